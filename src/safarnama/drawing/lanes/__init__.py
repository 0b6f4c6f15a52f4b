"""The lanes of a grid: one file draws one kind of content, in the columns all lanes share.

Each draws below ``y`` and returns the height it needs; drawn once to measure and once for good, with the height it got.
"""

from __future__ import annotations

from collections.abc import Callable

from safarnama.drawing.lanes import (
    backstage,
    channels,
    doing,
    feelings,
    images,
    measures,
    needs,
    quotes,
    tinted,
    touchpoints,
)
from safarnama.drawing.parts.frame import Frame
from safarnama.drawing.pen import Pen
from safarnama.maps.lanes import Lane
from safarnama.maps.model import Map
from safarnama.maps.naming import LANES

Draw = Callable[[Pen, Map, Lane, Frame, float], float]

DRAW: dict[str, Draw] = {
    "doing": doing.draw,
    "touchpoints": touchpoints.draw,
    "channels": channels.draw,
    "thinking": quotes.draw,
    "quotes": quotes.draw,
    "feelings": feelings.draw,
    "expectations": needs.draw,
    "needs": needs.draw,
    "jobs": needs.draw,
    "motives": needs.draw,
    "rewards": needs.draw,
    "enablers": tinted.draw,
    "barriers": tinted.draw,
    "risks": tinted.draw,
    "objections": tinted.draw,
    "strengths": tinted.draw,
    "pains": tinted.draw,
    "moments": tinted.draw,
    "opportunities": tinted.draw,
    "measures": measures.draw,
    "resources": backstage.draw,
    "images": images.draw,
    "frontstage": backstage.draw,
    "backstage": backstage.draw,
    "support": backstage.draw,
    "systems": backstage.draw,
    "evidence": backstage.draw,
    "exits": backstage.draw,
    "notes": doing.draw,
}
TITLES = LANES
ICONS = {
    "doing": "footprints",
    "touchpoints": "map-pin",
    "channels": "share-2",
    "thinking": "quote",
    "quotes": "quote",
    "feeling": "activity",
    "feelings": "heart",
    "expectations": "eye",
    "needs": "target",
    "jobs": "clipboard-check",
    "motives": "sparkles",
    "rewards": "gift",
    "enablers": "thumbs-up",
    "barriers": "triangle-alert",
    "risks": "shield-check",
    "objections": "message-circle-warning",
    "strengths": "thumbs-up",
    "pains": "zap",
    "moments": "star",
    "opportunities": "lightbulb",
    "measures": "gauge",
    "resources": "package",
    "images": "camera",
    "evidence": "package-open",
    "frontstage": "monitor",
    "backstage": "settings",
    "support": "database",
    "systems": "server",
    "exits": "undo-2",
    "notes": "file-text",
}
