"""A simulated Persian online shop with known troubles: ``simulate(folder)`` writes a year of its files."""

from safarnama.simulation.shop import Shop, simulate
from safarnama.simulation.troubles import TROUBLE_KINDS, Trouble

__all__ = ["TROUBLE_KINDS", "Shop", "Trouble", "simulate"]
