"""Which rows are new is the same in one pass and in many, and the same as counting one by one says."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safarnama.events.arrivals import KNOWN, REPEATED, Arrivals, identity

# Few values, spread over the whole range of hashes; 0 is a hash like any other, and no id.
values = st.sampled_from([0, 1, 2, 1 << 61, (1 << 62) + 5, 1 << 63, (1 << 64) - 1])
rows = st.lists(st.tuples(values, values), max_size=40)


def one_by_one(
    log: list[tuple[int, int]], earlier: set[int]
) -> tuple[list[bool], list[bool], list[bool], list[bool], set[int]]:
    """New, suspected, known and repeated rows, and the keys that are kept."""
    seen: Counter[int] = Counter()
    ids: set[int] = set()
    new, suspected, known, repeated, keys = [], [], [], [], set()
    for value, event in log:
        cell = int(identity(np.array([value], np.uint64), np.array([seen[value]]))[0])
        again = event != 0 and event in ids
        old = not again and (cell in earlier or event in earlier)
        repeated.append(again)
        known.append(old)
        new.append(not again and not old)
        suspected.append(new[-1] and event == 0 and seen[value] > 0)
        if new[-1]:
            keys |= {cell, event} if event else {cell}
        seen[value] += 1
        ids.add(event)
    return new, suspected, known, repeated, keys


@pytest.mark.parametrize("pass_rows", [3, 1000])
@given(log=rows, before=rows, batch=st.integers(1, 9))
def test_new_rows_are_found(
    pass_rows: int, log: list[tuple[int, int]], before: list[tuple[int, int]], batch: int
) -> None:
    earlier = one_by_one(before, set())[4]
    new, suspected, known, repeated, keys = one_by_one(log, earlier)
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("safarnama.events.arrivals.PASS_ROWS", pass_rows)
        patch.setattr("safarnama.events.arrivals._CHUNK", 7)
        arrivals = Arrivals(Path(folder))
        for at in range(0, len(log), batch):
            hashes, events = (np.array([row[k] for row in log[at : at + batch]], np.uint64) for k in (0, 1))
            arrivals.add(hashes, events if events.any() else None)
        decided = arrivals.decide([np.sort(np.array(sorted(earlier), np.uint64))])
        arrivals.close()
        assert decided.keep.tolist() == new
        assert decided.suspected.tolist() == suspected
        assert ((decided.state & KNOWN) != 0).tolist() == known
        assert ((decided.state & REPEATED) != 0).tolist() == repeated
        runs = [np.load(path) for path in sorted(Path(folder).iterdir())]
        assert all((np.sort(run) == run).all() for run in runs)
        assert {int(key) for run in runs for key in run} == keys
