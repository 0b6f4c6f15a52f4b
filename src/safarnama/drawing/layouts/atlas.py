"""Atlas: all maps of a collection on one wall, those that belong together on common ground."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from math import sqrt
from typing import Any, ClassVar, Literal

from safarnama.core.words import Text
from safarnama.drawing.layouts.layout import Layout
from safarnama.drawing.parts import evidence
from safarnama.drawing.parts.brand import brand
from safarnama.drawing.parts.glance import Glance
from safarnama.drawing.parts.legend import Sign, legend
from safarnama.drawing.parts.small import Small
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Scene
from safarnama.drawing.setting import PLAIN, Setting
from safarnama.drawing.shaping import wrap
from safarnama.maps.collection import families
from safarnama.maps.evidence import STANDINGS
from safarnama.maps.model import Map
from safarnama.maps.words import say

_MARGIN, _TILE, _ONLY, _GAP, _GROUND = 52.0, 352.0, 520.0, 26.0, 10.0
_MOST = 8  # columns
_KICKER = Text(en="Atlas of journey maps", fa="اطلس نقشه‌های سفر مشتری")
_FINDING = Text(
    en="{n:maps}: {share:percent} of what they say rests on evidence",
    fa="{n:maps}: {share:percent} از آنچه می‌گویند مستند است",
)
_ONE = Text(
    en="{share:percent} of what this map says rests on evidence",
    fa="{share:percent} از آنچه این نقشه می‌گوید مستند است",
)
_EMPTY = Text(en="{n:maps}, and nothing on them yet", fa="{n:maps} که هنوز چیزی بر آنها نیست")
_FUTURE = Text(en="{n:maps} of the future state", fa="{n:maps} از وضع مطلوب")
_IDEAL = Text(en="{n:maps} of the ideal state", fa="{n:maps} از وضع آرمانی")
_LATE = Text(en="{n:maps} overdue for review", fa="{n:maps} نیازمند بازبینی")
_OLD = Text(en="{n:maps} on stale data", fa="{n:maps} با داده قدیمی")
_PAINS = Text(
    en="{n:count} pain points and {m:count} opportunities in all", fa="{n:count} نقطه درد و {m:count} فرصت در مجموع"
)
_ASSUMED = Text(en="assumed or no data", fa="فرض یا بدون داده")
_BELONG = Text(
    en="on one ground: variants, and maps that show a step", fa="روی یک زمینه: گونه‌ها و نقشه‌هایی که گامی را نشان می‌دهند"
)


class Atlas(Layout):
    """All maps at a glance: title, persona, stages, curve, honesty, counts, age, and how they belong together."""

    title: ClassVar[Text] = Text(en="Atlas", fa="اطلس")
    example: ClassVar[dict[str, Any]] = {}
    draws: ClassVar[Literal["map", "persona", "finding", "diff", "collection"]] = "collection"

    def scene(
        self, document: Map | Sequence[Map], language: str, today: date | None = None, setting: Setting = PLAIN
    ) -> Scene:
        maps = [document] if isinstance(document, Map) else list(document)
        pen = Pen(language, today, setting)
        glances = [Glance.of(each, pen.today) for each in maps]
        order = [(place, family) for family, mine in enumerate(families(maps)) for place in mine]
        sizes = Counter(family for _, family in order)
        columns = min(_MOST, max(1, round(sqrt(1.1 * len(maps)))))
        wide = _ONLY if len(maps) == 1 else _TILE
        tiles = [Small(maps, glance, wide) for glance in glances]
        room = columns * (wide + _GAP) - _GAP
        y = 28 + _head(pen, glances, _MARGIN, 28, room) + 24
        for start in range(0, len(order), columns):
            row = order[start : start + columns]
            high = max(tiles[place].height(language, pen.today) for place, _ in row)
            for family, run in groupby(enumerate(row), key=lambda each: each[1][1]):
                numbers = [number for number, _ in run]
                if sizes[family] > 1:
                    left = _MARGIN + numbers[0] * (wide + _GAP) - _GROUND
                    broad = len(numbers) * (wide + _GAP) - _GAP + 2 * _GROUND
                    pen.box(left, y - _GROUND, broad, high + 2 * _GROUND, "sunk", "rule", radius=9)
            for number, (place, _) in enumerate(row):
                with pen.within(str(place), "map", title=say(maps[place].title, language)):
                    tiles[place].draw(pen, _MARGIN + number * (wide + _GAP), y, high)
            y += high + _GAP
        y += legend(pen, None, _MARGIN, y, room, _signs(glances, sizes)) + 24
        title = _finding(pen, glances)
        return Scene(
            width=room + 2 * _MARGIN,
            height=y,
            marks=tuple(pen.marks),
            direction=pen.direction,
            language=language,
            title=title,
            description=" · ".join([pen.say(_KICKER), *(say(maps[place].title, language) for place, _ in order)]),
        )


def _head(pen: Pen, glances: Sequence[Glance], x: float, y: float, wide: float) -> float:
    """Draw it below ``y``; returns its height."""
    pen.line(x, y, x + wide, y, "ink", 2.5)
    brand(pen, x, y + 22, pen.say(_KICKER), 11.5, wide, mark=True)
    said = _finding(pen, glances)
    size = next((size for size in (29.0, 25.0, 21.0) if len(wrap(said, wide, size, 800)) <= 1), 19.0)
    used = 29 + pen.block(x, y + 29, said, wide, size, 800, lines=3, tight=True)
    facts = []
    for text, n in (
        (_FUTURE, sum(each.document.state == "future" for each in glances)),
        (_IDEAL, sum(each.document.state == "ideal" for each in glances)),
        (_LATE, sum(each.late > 0 for each in glances)),
        (_OLD, sum(each.old > 0 for each in glances)),
    ):
        if n:
            facts.append(pen.say(text, n=n))
    pains, ideas = sum(each.pains for each in glances), sum(each.opportunities for each in glances)
    facts.append(pen.say(_PAINS, n=pains, m=ideas))
    return used + 4 + pen.block(x, y + used + 4, " · ".join(facts), wide, 13, 400, "ink-2", lines=3)


def _finding(pen: Pen, glances: Sequence[Glance]) -> str:
    """How much of what all maps say rests on evidence."""
    cards = sum(each.honesty.cards for each in glances)
    if not cards:
        return pen.say(_EMPTY, n=len(glances))
    share = sum(each.honesty.backed for each in glances) / cards
    return pen.say(_ONE if len(glances) == 1 else _FINDING, n=len(glances), share=share)


def _signs(glances: Sequence[Glance], sizes: Mapping[int, int]) -> list[Sign]:
    signs: list[Sign] = [
        (state, evidence.WORDS[state]) for state in STANDINGS if any(each.honesty.counts[state] for each in glances)
    ]
    signs.append(("dashed", _ASSUMED))
    if any(size > 1 for size in sizes.values()):
        signs.append(("ground", _BELONG))
    return signs
