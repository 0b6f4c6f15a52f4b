"""Shops that several tests look at, each simulated once."""

from __future__ import annotations

import pytest

from safarnama.simulation import TROUBLE_KINDS, Shop, simulate

from .reading import Files


@pytest.fixture(scope="session")
def calm(tmp_path_factory) -> Shop:
    """A shop without any trouble."""
    return simulate(tmp_path_factory.mktemp("calm"), 3000, seed=11, troubles=0)


@pytest.fixture(scope="session")
def calm_files(calm) -> Files:
    return Files(calm.folder)


@pytest.fixture(scope="session")
def troubled(tmp_path_factory) -> Shop:
    """A shop with every kind of trouble."""
    return simulate(tmp_path_factory.mktemp("troubled"), 6000, seed=4, troubles=list(TROUBLE_KINDS))


@pytest.fixture(scope="session")
def troubled_files(troubled) -> Files:
    return Files(troubled.folder)
