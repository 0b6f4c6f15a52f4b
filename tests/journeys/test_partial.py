"""What is counted adds up: in any order, in any grouping, however wide the keys are."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from safarnama.journeys.partial import Keyed, Partial, total

small, wide = st.integers(-3, 3), st.integers(-(2**63), 2**63 - 1)
rows = st.lists(st.tuples(small | wide, small | wide, st.integers(1, 9)), max_size=30)


def keyed(chosen: list[tuple[int, int, int]]) -> Keyed:
    table = np.array(chosen, np.int64).reshape(-1, 3)
    return Keyed.of(table[:, :2], table[:, 2])


def plain(found: Keyed) -> list[tuple[tuple[int, ...], int]]:
    return [(tuple(key), count) for key, (count,) in zip(found.keys.tolist(), found.counts.tolist(), strict=True)]


@given(rows)
def test_equal_keys_are_added_and_stand_in_order(chosen: list[tuple[int, int, int]]) -> None:
    counted: Counter[tuple[int, int]] = Counter()
    for a, b, n in chosen:
        counted[a, b] += n
    assert plain(keyed(chosen)) == sorted(counted.items())


@given(st.lists(rows, max_size=5))
def test_the_total_does_not_mind_how_it_was_spread(parts: list[list[tuple[int, int, int]]]) -> None:
    partials = [Partial(sums={"n": np.array([len(part)])}, keyed={"k": keyed(part)}) for part in parts]
    whole = total(partials)
    one_by_one = Partial()
    for partial in reversed(partials):
        one_by_one = partial + one_by_one
    assert plain(whole.keyed.get("k", keyed([]))) == plain(keyed([row for part in parts for row in part]))
    if partials:
        assert plain(one_by_one.keyed["k"]) == plain(whole.keyed["k"])
        assert whole.sums["n"].tolist() == [sum(map(len, parts))]
