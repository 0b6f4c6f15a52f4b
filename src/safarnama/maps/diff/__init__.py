"""What changed between two maps, by ids: in words, structure and numbers."""

from safarnama.maps.diff.change import KINDS, Change
from safarnama.maps.diff.comparing import Diff, diff

__all__ = ["KINDS", "Change", "Diff", "diff"]
