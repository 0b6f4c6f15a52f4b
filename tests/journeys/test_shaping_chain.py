"""Two shapes one after the other against the same two done to lists, and questions asked of what they give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

import safarnama as sn
from safarnama.journeys.journeys import Journeys
from safarnama.journeys.shaping.later import Later
from tests.journeys.logs import LETTERS, Event, logs
from tests.journeys.shaped import Mine, read, rich
from tests.journeys.test_shaping_collapse import once, rounds
from tests.journeys.test_shaping_cut import cut
from tests.journeys.test_shaping_split import parted
from tests.questions.test_funnel import furthest

By = Callable[[Mine], list[Mine]]  # what becomes of one journey
SEEN = [(6, place * 7, what) for place, what in enumerate(LETTERS)]
SHAPES: dict[str, By] = {
    "collapse": lambda mine: [once(mine)],
    "collapse loops": lambda mine: [rounds(mine)],
    "cut before b 5s": lambda mine: [cut(mine, "before", ("b",), 5000)],
    "cut after a|c": lambda mine: [cut(mine, "after", ("a", "c"), None)],
    "cut first 3": lambda mine: [mine[:3]],
    "cut last 2": lambda mine: [mine[-2:]],
    "sessions 40s": lambda mine: parted(mine, lambda past, now: now[0] - past[0] > 40_000),
    "episodes until b": lambda mine: parted(mine, lambda past, now: past[1] == "b"),
    "where touchpoint != a": lambda mine: [[event for event in mine if event[1] != "a"]],
    "where never c": lambda mine: [mine] if all(what != "c" for _, what, _, _ in mine) else [],
}
PAIRS = st.lists(st.sampled_from(sorted(SHAPES)), min_size=2, max_size=2)


def by_hand(journeys: Journeys, chain: list[str]) -> list[tuple[int, Mine]]:
    found = read(journeys)
    for shape in chain:
        found = [(key, part) for key, mine in found for part in SHAPES[shape](mine) if part]
    return found


@settings(max_examples=200)
@given(logs, PAIRS, st.integers(1, 3))
def test_two_shapes_are_the_second_of_the_first(log: list[Event], chain: list[str], parts: int) -> None:
    journeys = rich([*log, *SEEN], parts)
    assert read(journeys.shape("; ".join(chain))) == by_hand(journeys, chain)


@given(logs, PAIRS, st.integers(1, 3))
def test_questions_count_what_the_shapes_left(log: list[Event], chain: list[str], parts: int) -> None:
    journeys = rich([*log, *SEEN], parts)
    shape = "; ".join(chain)
    left = [[(when, what) for when, what, _, _ in mine] for _, mine in by_hand(journeys, chain)]
    funnel = journeys.ask(sn.Funnel(steps="a,b", window="10s", shape=shape))
    reached = [furthest(mine, [["a"], ["b"]], 10_000) for mine in left]
    assert [row["customers"] for row in funnel.rows()] == [sum(far >= step for far in reached) for step in (1, 2)]
    assert funnel.n == len(left)
    flow = journeys.ask(sn.Flow(shape=shape))
    follows = Counter(
        pair for mine in left for pair in zip([None, *(w for _, w in mine)], [*(w for _, w in mine), None], strict=True)
    )
    assert {(row["from"], row["to"]): row["count"] for row in flow.rows()} == follows
    paths = journeys.ask(sn.Paths(length=50, collapse=False, shape=shape, top=100))
    taken = Counter(" > ".join(what for _, what in mine) for mine in left)
    assert {row["path"]: row["customers"] for row in paths.rows()} == taken
    matrix = journeys.ask(sn.Stepmatrix(steps=2, shape=shape))
    assert matrix.n == len(left)


def test_nothing_is_done_before_somebody_looks() -> None:
    journeys = rich(SEEN, 2).collapse().first(2).where("never f")
    assert isinstance(journeys.shards, Later)
    assert repr(journeys.shards) == f"Later(0 of {len(journeys.shards)} shards made)"
    assert journeys.shards[0] is journeys.shards[0]
