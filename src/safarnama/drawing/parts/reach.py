"""How many customers come how far: the drop after a stage, and where most leave."""

from __future__ import annotations

from safarnama.core.words import Text
from safarnama.drawing.pen import Pen
from safarnama.maps.model import Map
from safarnama.maps.words import say

_MOST = Text(
    en="Most customers are lost between {here} and {there}: {share:percent.1} of those at {here} go no further.",
    fa="بیشترین ریزش میان «{here}» و «{there}» است: {share:percent.1} از کسانی که به «{here}» می‌رسند، پیش‌تر نمی‌روند.",
)


def drop(document: Map, place: int) -> float | None:
    """The share of those at a stage who do not come to the next that was counted; None where that is not known."""
    reach = [document.derived.stages.get(stage.id) for stage in document.stages]
    here = reach[place]
    following = next((found for found in reach[place + 1 :] if found), None)
    if here is None or following is None or not here.customers or following.customers >= here.customers:
        return None
    return 1 - following.customers / here.customers


def leavers(pen: Pen, document: Map) -> str:
    """A sentence that says after which stage most customers leave; empty where nothing was counted."""
    reach = document.derived.stages
    drops = [
        (share * reach[document.stages[place].id].customers, share, place)
        for place in range(len(document.stages))
        if (share := drop(document, place))
    ]
    if not drops:
        return ""
    _, share, place = max(drops)
    following = next(stage for stage in document.stages[place + 1 :] if stage.id in reach)
    here, there = (say(stage.name, pen.language) for stage in (document.stages[place], following))
    return pen.say(_MOST, here=here, there=there, share=share)
