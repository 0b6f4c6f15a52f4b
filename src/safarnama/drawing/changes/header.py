"""The head of the picture of a diff: the finding, the two maps, how many changes of each kind, and honesty before and now."""

from __future__ import annotations

from collections import Counter

from safarnama.core.words import Text
from safarnama.drawing.changes import tags
from safarnama.drawing.changes.curves import BEFORE, NOW, sample
from safarnama.drawing.changes.passage import arrow, passage
from safarnama.drawing.parts.brand import brand
from safarnama.drawing.parts.honesty import bar, score
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width, wrap
from safarnama.maps.diff import KINDS, Diff
from safarnama.maps.model import Map
from safarnama.maps.words import say

_KICKER = Text(en="Safarnama · What changed", fa="سفرنامه · چه عوض شد")
_CHANGES = Text(en="Changes", fa="تغییرها")
_HONESTY = Text(en="Honesty: cards backed by evidence", fa="اعتبار نقشه: سهم کارت‌های مستند")
_OF = Text(en="{backed:count} of {n:cards}", fa="{backed:count} از {n:cards}")
_CARDS, _COVERAGE = Text(en="Cards", fa="کارت‌ها"), Text(en="Cells filled", fa="خانه‌های پر")
_STEPS, _CUSTOMERS = Text(en="Steps", fa="گام‌ها"), Text(en="Customers in the data", fa="مشتریان داده")
_UNTIL = Text(en="Data up to", fa="داده تا")
_NOTHING = "–"


def header(pen: Pen, found: Diff, x: float, y: float, wide: float) -> float:
    """Draw it below ``y``; returns its height."""
    pen.line(x, y, x + wide, y, "ink", 2.5)
    top = y + 15
    scale = wide / 1516
    title, maps, honesty = 480 * scale, 400 * scale, 306 * scale
    counts = wide - title - maps - honesty
    heights = [
        _title(pen, found, x, top, title - 24),
        _maps(pen, found, x + title + 22, top, maps - 44),
        _counts(pen, found, x + title + maps + 22, top, counts - 44),
        _honesty(pen, found, x + wide - honesty + 22, top, honesty - 22),
    ]
    high = max(94.0, *heights)
    for at in (title, title + maps, wide - honesty):
        pen.line(x + at, top, x + at, top + high)
    return high + 15 + 16


def _title(pen: Pen, found: Diff, x: float, y: float, room: float) -> float:
    brand(pen, x, y + 11, pen.say(_KICKER), 11, room, mark=True)
    said = found.headline(pen.language, pen.today)
    # One line before a larger type.
    fits = [(size, lines) for lines in (1, 2) for size in (31, 27, 23.5, 20.5)[: 3 if lines == 1 else 4]]
    size = next((size for size, lines in fits if len(wrap(said, room, size, 800)) <= lines), 18.0)
    return 20 + pen.block(x, y + 20, said, room, size, 800, lines=4, tight=True)


def _maps(pen: Pen, found: Diff, x: float, y: float, room: float) -> float:
    """What each map is called, and their sizes side by side."""
    used = 0.0
    for name, text, document in (("before", BEFORE, found.old), ("now", NOW, found.new)):
        sample(pen, name, x, y + used + 8)
        label = pen.say(text)
        pen.text(x + 36, y + used + 11.5, label, 9.5, 500, "ink-3")
        at = x + 36 + max(width(pen.say(each), 9.5, 500) for each in (BEFORE, NOW)) + 12
        old = name == "before"
        said = say(document.title, pen.language)
        used += pen.block(at, y + used, said, x + room - at, 11, 400 if old else 600, "ink-2" if old else "ink", lines=2) + 4  # fmt: skip
    used += 4
    facts = _facts(pen, found)
    space = (room - 16) / 2
    for number in range(0, len(facts), 2):
        high = 0.0
        for (fact, was, now), left in zip(facts[number : number + 2], (x, x + space + 16), strict=False):
            pen.text(left, y + used + 9, pen.say(fact), 9.5, 500, "ink-3", room=space)
            if was == now:
                high = max(high, pen.block(left, y + used + 12, now, space, 11.5, 400, "ink-2", lines=1))
            else:
                high = max(high, passage(pen, left, y + used + 12, was, now, space, 11.5))
        used += 12 + high + 4
    return used


def _facts(pen: Pen, found: Diff) -> list[tuple[Text, str, str]]:
    """Sizes of the two maps that either of them has."""

    def of(document: Map) -> list[tuple[Text, str]]:
        honesty, derived = document.honesty(pen.today), document.derived
        return [
            (_CARDS, pen.form(honesty.cards, "count")),
            (_STEPS, pen.form(len(document.steps), "count")),
            (_COVERAGE, pen.form(honesty.coverage, "percent")),
            (_CUSTOMERS, pen.form(derived.customers, "count") if derived.customers else _NOTHING),
            (_UNTIL, pen.form(derived.end, "date") if derived.end else _NOTHING),
        ]

    pairs = [(label, was, now) for (label, was), (_, now) in zip(of(found.old), of(found.new), strict=True)]
    return [(label, was, now) for label, was, now in pairs if (was, now) != (_NOTHING, _NOTHING)]


def _counts(pen: Pen, found: Diff, x: float, y: float, room: float) -> float:
    """How many changes there are of each kind, on one scale."""
    pen.text(x, y + 9, pen.say(_CHANGES), 9.5, 500, "ink-3")
    counts = Counter(change.kind for change in found)
    most = max(counts.values(), default=1)
    names = max(width(pen.say(tags.WORDS[kind]), 10, 600) for kind in KINDS) + 15
    base = y + 27.0
    for kind in KINDS:
        n = counts[kind]
        hue = tags.colour(kind) if n else "ink-3"
        pen.icon(tags.ICONS[kind], x + 5, base - 3.4, 11, hue, 2.2)
        pen.text(x + 15, base, pen.say(tags.WORDS[kind]), 10, 600 if n else 400, hue, room=room - 40)
        taken = pen.text(x + names + 8, base, pen.form(n, "count"), 11, 800 if n else 400, "ink" if n else "ink-3")
        space = room - names - 8 - taken - 8
        if n and space > 12:
            pen.box(x + names + 16 + taken, base - 6.5, max(3.0, space * n / most), 5, hue, radius=2.5)
        base += 16.5
    return base - 12 - y


def _honesty(pen: Pen, found: Diff, x: float, y: float, room: float) -> float:
    old, new = found.old.honesty(pen.today), found.new.honesty(pen.today)
    pen.text(x, y + 9, pen.say(_HONESTY), 9.5, 500, "ink-3", room=room)
    at = x
    if old.score != new.score:
        at += pen.text(x, y + 47, score(pen, old), 25, 800, "ink-3") + 14
        arrow(pen, at, y + 37, 16)
        at += 14
    at += pen.text(at, y + 47, score(pen, new), 38, 800, "lapis") + 10
    pen.text(at, y + 47, pen.say(_OF, backed=new.backed, n=new.cards), 11, 400, "ink-3", room=x + room - at)
    used = 58.0
    for text, honesty in ((BEFORE, old), (NOW, new)):
        label = max(width(pen.say(each), 9.5) for each in (BEFORE, NOW)) + 9
        pen.text(x, y + used + 7.5, pen.say(text), 9.5, 400, "ink-2")
        bar(pen, honesty, x + label, y + used, room - label, 8)
        used += 16
    return used
