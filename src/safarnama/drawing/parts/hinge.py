"""Where getting customers ends and growing them begins: the stage at which they reach what the map is about."""

from __future__ import annotations

from safarnama.core.words import Text
from safarnama.drawing.pen import Pen
from safarnama.maps.model import Map
from safarnama.maps.stages import Stage
from safarnama.maps.words import say

# Where a map names no goal, a stage of such a name is taken for it.
_BUYING = (
    "purchase",
    "buy",
    "order",
    "checkout",
    "payment",
    "subscribe",
    "sign up",
    "خرید",
    "سفارش",
    "پرداخت",
    "ثبت‌نام",
    "اشتراک",
)
_KEPT = Text(
    en="Of 100 customers at {here}, {kept:count} come as far as {there}.",
    fa="از هر ۱۰۰ مشتری در «{here}»، {kept:count} نفر تا «{there}» می‌آیند.",
)


def hinge(document: Map) -> int:
    """The place of that stage: the first that holds a touchpoint of the goal, else one that is named after buying, else the
    one a little past the middle."""
    goals = set(document.goal_touchpoints)
    bound = [
        place
        for place, stage in enumerate(document.stages)
        if any(goals & set(step.touchpoints) for step in stage.steps)
    ]
    if bound:
        return bound[0]
    named = [place for place, stage in enumerate(document.stages) if _is_buying(stage)]
    return named[0] if named and named[0] else (len(document.stages) * 3 - 1) // 5


def _is_buying(stage: Stage) -> bool:
    said = " ".join(say(stage.name, language).lower() for language in ("en", "fa"))
    return any(word in said for word in _BUYING)


def kept(document: Map) -> tuple[Stage, Stage, float, int] | None:
    """From which stage to which, the share of customers that came on, and how many there were; None where not counted."""
    reach, at = document.derived.stages, hinge(document)
    here = document.stages[at]
    later = [stage for stage in document.stages[at + 1 :] if stage.id in reach]
    if here.id not in reach or not later or not reach[here.id].customers:
        return None
    share = min(1.0, reach[later[-1].id].customers / reach[here.id].customers)
    return here, later[-1], share, reach[here.id].customers


def kept_sentence(pen: Pen, document: Map) -> str:
    """How many come on, as a sentence; empty where that was not counted."""
    found = kept(document)
    if found is None:
        return ""
    here, there, share, _ = found
    names = (say(stage.name, pen.language) for stage in (here, there))
    return pen.say(_KEPT, **dict(zip(("here", "there"), names, strict=True)), kept=round(share * 100))
