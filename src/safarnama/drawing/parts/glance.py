"""What is to be known of a map at a glance, counted once: how far it may be believed, what stands on it, how old it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from safarnama.drawing.parts.content import cards_of
from safarnama.maps.evidence import STALE_AFTER
from safarnama.maps.model import Honesty, Map


@dataclass(frozen=True)
class Glance:
    """``last`` is the last day that anything on the map rests on; ``old`` how many days ago that is, where it is too long ago to
    believe it (else 0); ``late`` how many days its review is overdue."""

    document: Map
    honesty: Honesty
    pains: int
    opportunities: int
    last: date | None
    old: int
    late: int

    @classmethod
    def of(cls, document: Map, today: date) -> Glance:
        cards = [card for lane in document.lanes for card in lane.cards]
        ends = [each.end for card in cards for each in document.evidence(card) if each.end]
        last = max([*ends, *([document.derived.end] if document.derived.end else [])], default=None)
        age = (today - last).days if last else 0
        return cls(
            document=document,
            honesty=document.honesty(today),
            pains=len(cards_of(document, ("pains",))),
            # What the plan scores mostly stands on a card, too.
            opportunities=max(len(cards_of(document, ("opportunities",))), len(document.opportunities)),
            last=last,
            old=age if age > STALE_AFTER else 0,
            late=max(0, (today - document.review_due).days) if document.review_due else 0,
        )
