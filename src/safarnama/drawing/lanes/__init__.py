"""The lanes of a grid: one file draws one kind of content, in the columns all lanes share.

Each draws below ``y`` and returns the height it needs; drawn once to measure and once for good, with the height it got.
"""

from __future__ import annotations

from collections.abc import Callable

from safarnama.core.words import Text
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
TITLES: dict[str, Text] = {
    "doing": Text(en="Doing", fa="چه می‌کند"),
    "touchpoints": Text(en="Touchpoints", fa="نقاط تماس"),
    "channels": Text(en="Channels", fa="کانال‌ها"),
    "thinking": Text(en="Saying", fa="چه می‌گوید"),
    "quotes": Text(en="Quotes", fa="نقل قول‌ها"),
    "feeling": Text(en="Feeling", fa="احساس"),
    "feelings": Text(en="Feelings", fa="احساس‌ها"),
    "expectations": Text(en="Expectations", fa="انتظارها"),
    "needs": Text(en="Needs", fa="نیازها"),
    "jobs": Text(en="Jobs to be done", fa="کارهایی که باید انجام شود"),
    "motives": Text(en="Motives", fa="انگیزه‌ها"),
    "rewards": Text(en="Rewards", fa="پاداش‌ها"),
    "enablers": Text(en="Enablers", fa="پیش‌برنده‌ها"),
    "barriers": Text(en="Barriers", fa="موانع"),
    "objections": Text(en="Objections", fa="اعتراض‌ها"),
    "strengths": Text(en="Strengths", fa="نقاط قوت"),
    "pains": Text(en="Pain points", fa="نقاط درد"),
    "moments": Text(en="Moments of truth", fa="لحظه‌های حقیقت"),
    "opportunities": Text(en="Opportunities", fa="فرصت‌ها"),
    "measures": Text(en="Measures", fa="شاخص‌ها"),
    "resources": Text(en="Resources", fa="منابع در دسترس مشتری"),
    "images": Text(en="Pictures", fa="تصویرها"),
    "evidence": Text(en="Physical evidence", fa="شواهد فیزیکی"),
    "frontstage": Text(en="Front stage", fa="روی صحنه"),
    "backstage": Text(en="Behind the scenes", fa="پشت صحنه"),
    "support": Text(en="Support", fa="پشتیبانی"),
    "systems": Text(en="Systems", fa="سامانه‌ها"),
    "exits": Text(en="Ways out", fa="راه‌های خروج"),
    "notes": Text(en="Notes", fa="یادداشت‌ها"),
}
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
