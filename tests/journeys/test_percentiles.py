"""Percentiles by key are the same, whether keys have a table or are put in order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safarnama.journeys import percentiles
from safarnama.journeys.percentiles import Percentiles, near, owners, spread, wanted

rows = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 3), st.integers(0, 12) | st.integers(0, 2**45)), min_size=1, max_size=80
)


def found(chosen: list[tuple[int, int, int]]) -> tuple[list[object], ...]:
    who, keys, values = np.array(sorted(chosen), np.int64).T.copy()
    spreading, people = spread(keys, values), owners(keys, who.astype(np.int32))
    here = Percentiles.of(spreading, (10, 50, 90))
    around = near(wanted([spreading], (10, 50, 90)), keys, values)
    arrays = (
        spreading.keys, spreading.counts, people.keys, people.counts, around.keys, around.counts, here.values(around)
    )  # fmt: skip
    return tuple(array.tolist() for array in arrays)


@given(rows)
def test_a_table_and_an_order_give_the_same(chosen: list[tuple[int, int, int]]) -> None:
    tabled = found(chosen)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(percentiles, "_TABLE", 0)
        assert found(chosen) == tabled


@given(rows)
def test_percentiles_are_those_of_the_values(chosen: list[tuple[int, int, int]]) -> None:
    values = found(chosen)[-1]
    for key, mine in zip(sorted({key for _, key, _ in chosen}), values, strict=True):
        own = [value for _, key_of, value in chosen if key_of == key]
        assert np.allclose(mine, np.percentile(own, (10, 50, 90)), rtol=1e-12)
