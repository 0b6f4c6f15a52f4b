"""Collapse against lists: repeats and rounds, with every column in its place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.journeys.logs import Event, journeys_of, logs
from tests.journeys.shaped import Mine, read, rich, same_arrays


def once(mine: Mine) -> Mine:
    return [event for place, event in enumerate(mine) if place == 0 or mine[place - 1][1] != event[1]]


def rounds(mine: Mine) -> Mine:
    """Drop the shortest round that ends here and was walked just before."""
    kept: Mine = []
    for event in mine:
        kept.append(event)
        names = [name for _, name, _, _ in kept]
        for size in range(1, 9):
            if len(names) >= 2 * size and names[-size:] == names[-2 * size : -size]:
                del kept[-size:]
                break
    return kept


@given(logs, st.integers(1, 3))
def test_repeats_in_a_row_become_the_first_of_them(log: list[Event], parts: int) -> None:
    journeys = rich(log, parts)
    assert read(journeys.collapse()) == [(key, once(mine)) for key, mine in read(journeys)]


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 10**11), st.sampled_from("ab")), max_size=80) | logs)
def test_a_round_walked_again_is_dropped(log: list[Event]) -> None:
    journeys = rich(log)
    assert read(journeys.collapse(loops=True)) == [(key, rounds(mine)) for key, mine in read(journeys)]


@given(logs)
def test_groups_that_share_a_name_are_repeats(log: list[Event]) -> None:
    journeys = rich(log)
    grouped = journeys.grouped({name: "z" for name in journeys.touchpoints if name in "abc"})
    assert read(grouped.collapse()) == [(key, once(mine)) for key, mine in read(grouped)]


def test_by_hand() -> None:
    journeys = journeys_of([(1, at * 10, what) for at, what in enumerate("aabababcc")])
    assert journeys.collapse().events == 7
    assert journeys.collapse(loops=True).events == 3
    assert journeys.shape("collapse").events == 7


@given(logs)
def test_nothing_is_copied_when_nothing_changes(log: list[Event]) -> None:
    journeys = journeys_of(log).collapse()
    assert all(same_arrays(a, b) for a, b in zip(journeys.shards, journeys.collapse().shards, strict=True))
