"""The lanes of a grid: one file draws one kind of content, in the columns all lanes share.

Each draws below ``y`` and returns the height it needs; drawn once to measure and once for good, with the height it got.
"""

from __future__ import annotations

from collections.abc import Callable

from safarnama.core.words import Text
from safarnama.drawing.lanes import backstage, doing, measures, quotes, tinted, touchpoints
from safarnama.drawing.parts.frame import Frame
from safarnama.drawing.pen import Pen
from safarnama.maps.model import Lane, Map

Draw = Callable[[Pen, Map, Lane, Frame, float], float]

DRAW: dict[str, Draw] = {
    "doing": doing.draw,
    "touchpoints": touchpoints.draw,
    "thinking": quotes.draw,
    "strengths": tinted.draw,
    "pains": tinted.draw,
    "opportunities": tinted.draw,
    "measures": measures.draw,
    "frontstage": backstage.draw,
    "backstage": backstage.draw,
    "support": backstage.draw,
    "evidence": backstage.draw,
}
TITLES: dict[str, Text] = {
    "doing": Text(en="Doing", fa="چه می‌کند"),
    "touchpoints": Text(en="Touchpoints", fa="نقاط تماس"),
    "thinking": Text(en="Saying", fa="چه می‌گوید"),
    "feeling": Text(en="Feeling", fa="احساس"),
    "strengths": Text(en="Strengths", fa="نقاط قوت"),
    "pains": Text(en="Pain points", fa="نقاط درد"),
    "opportunities": Text(en="Opportunities", fa="فرصت‌ها"),
    "measures": Text(en="Measures", fa="شاخص‌ها"),
    "frontstage": Text(en="Front stage", fa="روی صحنه"),
    "backstage": Text(en="Behind the scenes", fa="پشت صحنه"),
    "support": Text(en="Support", fa="پشتیبانی"),
    "evidence": Text(en="Physical evidence", fa="شواهد فیزیکی"),
}
ICONS = {
    "doing": "footprints",
    "touchpoints": "map-pin",
    "thinking": "quote",
    "feeling": "activity",
    "strengths": "thumbs-up",
    "pains": "zap",
    "opportunities": "lightbulb",
    "measures": "gauge",
    "frontstage": "monitor",
    "backstage": "settings",
    "support": "database",
    "evidence": "package-open",
}
