"""Parts of a map are maps, lose no card, and know where in the whole they stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from safarnama.maps.model import Map
from safarnama.maps.parting import between
from tests.maps.drawn import maps


@given(maps(stages=(1, 5)), st.data())
def test_parts_are_maps_and_lose_no_card(document: Map, data: st.DataObject) -> None:
    count = len(document.steps)
    ends = sorted({*data.draw(st.lists(st.integers(1, count), max_size=4)), count})
    spanning = document.lanes[0].cards[0] if document.lanes and document.lanes[0].cards else None
    if spanning:
        spanning.until = document.stages[-1].id
    parts = [between(document, first, after) for first, after in zip([0, *ends[:-1]], ends, strict=True)]
    cards = {card.id for lane in document.lanes for card in lane.cards}
    assert {card.id for part in parts for lane in part.lanes for card in lane.cards} == cards
    assert [step.id for part in parts for step in part.steps] == [step.id for step in document.steps]
    for part, first in zip(parts, [0, *ends[:-1]], strict=True):
        read = Map.model_validate(part.model_dump(by_alias=True))
        assert part.whole is document
        assert part.before[1] == first
        assert document.stages[part.before[0]].id == part.stages[0].id
        # Written down it is a map like any other.
        assert read.whole is read
        assert read.before == (0, 0)


def test_a_part_of_a_part_knows_the_whole() -> None:
    document = Map.model_validate(
        {
            "id": "m",
            "title": "m",
            "stages": [{"id": f"g{n}", "name": "g", "steps": [{"id": f"s{n}", "name": "s"}]} for n in range(5)],
        }
    )
    part = between(between(document, 1, 5), 2, 4)
    assert part.whole is document
    assert part.before == (3, 3)
