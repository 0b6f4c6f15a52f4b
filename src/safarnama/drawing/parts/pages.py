"""What of a grid stands on which page: stages stay together where they fit, lanes where they fit, and every card stands once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import ceil

from safarnama.drawing.parts.frame import rows_of
from safarnama.maps.lanes import Card, Lane
from safarnama.maps.model import Map


@dataclass(frozen=True)
class Block:
    """What stays together: a lane or rows of it, with the cards that reach it from earlier pages; without a lane, the curve."""

    lane: Lane | None = None
    reaching: tuple[Card, ...] = ()

    def rows(self, document: Map) -> list[Block]:
        """The same row by row."""
        if self.lane is None:
            return [self]
        rows = rows_of(document, self.lane.cards) or [[]]
        lanes = [self.lane.model_copy(update={"cards": row}) for row in rows]
        return [Block(lane, () if number else self.reaching) for number, lane in enumerate(lanes)]


@dataclass(frozen=True)
class Piece:
    """What of a map stands on a sheet: its stages, and its lanes and the curve from the top down. ``first`` says that no page
    goes before it; ``pages`` on which page a card stands, for those that reach this one."""

    document: Map
    blocks: Sequence[Block]
    first: bool = True
    pages: dict[str, int] = field(default_factory=dict)


def spread(lengths: Sequence[int], most: int, alone: bool = False) -> list[tuple[int, int]]:
    """Columns in runs of at most ``most``, from a first to the one before the last, as few and as even as can be. A run ends
    between two of ``lengths``, or within one that is longer; ``alone`` lets none go on behind a length.

    >>> spread([3, 2, 2, 4], 6)
    [(0, 5), (5, 11)]
    >>> spread([7, 1], 4)
    [(0, 4), (4, 8)]
    >>> spread([2, 3], 9, alone=True)
    [(0, 2), (2, 5)]
    """
    if alone and len(lengths) > 1:
        apart, at = [], 0
        for length in lengths:
            apart += [(at + first, at + after) for first, after in spread([length], most)]
            at += length
        return apart
    pieces = []
    for length in lengths:
        parts = ceil(length / most)
        pieces += [length // parts + (number < length % parts) for number in range(parts)]

    def packed(limit: int) -> list[int]:
        runs = [0]
        for piece in pieces:
            if runs[-1] and runs[-1] + piece > limit:
                runs.append(0)
            runs[-1] += piece
        return runs

    fewest = len(packed(most))
    runs = packed(next(limit for limit in range(max(pieces), most + 1) if len(packed(limit)) == fewest))
    ends = [sum(runs[: number + 1]) for number in range(len(runs))]
    return list(zip([0, *ends[:-1]], ends, strict=True))


def pack(
    document: Map,
    blocks: Sequence[Block],
    high: Callable[[Block, Sequence[Block]], float],
    room: Callable[[int], float],
) -> list[list[Block]]:
    """Blocks on pages from the top down, as few as it takes and as even as that lets them be. ``high`` says what a block takes
    below others, ``room`` what a page has for them. Empty where a row alone is higher than a page."""

    def packed(spare: float) -> list[list[Block]]:
        pages: list[list[Block]] = [[]]
        left = room(0) - spare
        for block in blocks:
            whole = high(block, ()) <= room(len(pages)) - spare
            for piece in [block] if whole else block.rows(document):
                taken = high(piece, pages[-1])
                if taken > left and pages[-1]:
                    pages.append([])
                    left, taken = room(len(pages) - 1) - spare, high(piece, ())
                if taken > left:
                    return []
                pages[-1].append(piece)
                left -= taken
        return pages

    found = packed(0)
    low, top = 0.0, room(1)
    while found and len(found) > 1 and top - low > 8:
        spare = (low + top) / 2
        tighter = packed(spare)
        if len(tighter) == len(found):
            found, low = tighter, spare
        else:
            top = spare
    return [_joined(page) for page in found]


def _joined(page: Sequence[Block]) -> list[Block]:
    """The rows of a lane that came onto one page as one block again."""
    found: list[Block] = []
    for block in page:
        last = found[-1] if found else None
        if last and last.lane and block.lane and last.lane.id == block.lane.id:
            cards = [*last.lane.cards, *block.lane.cards]
            found[-1] = Block(last.lane.model_copy(update={"cards": cards}), last.reaching)
        else:
            found.append(block)
    return found
