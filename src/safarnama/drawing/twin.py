"""A map as a table: what a drawing shows, for those who cannot see it."""

from __future__ import annotations

from safarnama.maps.lanes import Card, Lane
from safarnama.maps.model import Map

Cells = list[tuple[int, list[Card]]]


def rows(document: Map) -> list[tuple[Lane, Cells]]:
    """For every lane that holds something its cells from the first step to the last, each with how many columns it covers.

    Cards that overlap share a cell over all their columns.
    """
    return [(lane, _cells(document, lane)) for lane in document.lanes if lane.cards]


def _cells(document: Map, lane: Lane) -> Cells:
    cells: Cells = []
    at = 0  # the first column that no cell covers yet
    for card in sorted(lane.cards, key=document.columns):
        start, end = document.columns(card)
        if cells and start < at:
            span, found = cells[-1]
            cells[-1] = (span + max(0, end - at), [*found, card])
        else:
            cells += [(1, [])] * (start - at) + [(end - start, [card])]
        at = max(at, end)
    return cells + [(1, [])] * (len(document.steps) - at)
