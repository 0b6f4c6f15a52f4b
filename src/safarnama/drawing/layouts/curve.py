"""Curve: peaks and valleys of what customers felt from step to step, for up to five personas."""

from __future__ import annotations

from datetime import date
from math import ceil
from typing import Any, ClassVar

from safarnama.core.words import Text
from safarnama.drawing.layouts.layout import Layout
from safarnama.drawing.parts import evidence, whose
from safarnama.drawing.parts.columns import Columns, needed
from safarnama.drawing.parts.frame import stage_columns
from safarnama.drawing.parts.labels import Labels
from safarnama.drawing.parts.legend import Sign
from safarnama.drawing.parts.missing import missing
from safarnama.drawing.parts.sheet import MARGIN, WIDE, sheet
from safarnama.drawing.parts.strokes import runs, stretch
from safarnama.drawing.parts.whose import Felt
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Gradient, Scene, smooth
from safarnama.drawing.setting import PLAIN, Setting
from safarnama.drawing.shaping import fit, width
from safarnama.maps.derived import Point
from safarnama.maps.evidence import STANDINGS, standing
from safarnama.maps.model import Map
from safarnama.maps.words import say

_LEAST, _RAIL, _HIGH = 94.0, 92.0, 380.0
_KICKER = Text(en="Peaks and valleys", fa="قله‌ها و دره‌ها")
_KICKER_OF_CHANCE = Text(en="Chance of reaching the goal", fa="بخت رسیدن به هدف")
_HIGHEST = Text(
    en="Customers feel best at {high} and worst at {low}.",
    fa="احساس مشتری در «{high}» از همه بهتر و در «{low}» از همه بدتر است.",
)
_GAP_AT = Text(
    en="{one} and {other} differ most at {step}: by {gap:number.1} of four levels.",
    fa="بیشترین تفاوت {one} و {other} در «{step}» است: {gap:number.1} پله از چهار پله.",
)
_INSTEAD = Text(
    en="Nobody has asked customers how they felt; this is how likely they reach the goal from each step.",
    fa="کسی از مشتریان نپرسیده که چه احساسی داشته‌اند؛ این بخت رسیدن آنان به هدف از هر گام است.",
)
_UNKNOWN = Text(en="Nobody has asked customers how they felt.", fa="هنوز کسی از مشتریان نپرسیده که چه احساسی داشته‌اند.")
_HINT = Text(
    en="Import a survey and discover the map again, or draw a curve by hand: it will count as assumed.",
    fa="نظرسنجی وارد کنید و نقشه را دوباره کشف کنید، یا منحنی را دستی بکشید: فرض شمرده می‌شود.",
)
_LEVELS = (
    (2, Text(en="very good", fa="بسیار خوب"), "gain"),
    (1, Text(en="good", fa="خوب"), "ink-3"),
    (0, Text(en="neutral", fa="بی‌طرف"), "ink-3"),
    (-1, Text(en="bad", fa="بد"), "ink-3"),
    (-2, Text(en="very bad", fa="بسیار بد"), "pain"),
)
_NO_DATA = Text(en="no data", fa="بدون داده")
_PEAK = Text(en="Peak: {step}", fa="قله: {step}")
_VALLEY = Text(en="Valley: {step}", fa="دره: {step}")
_DEEPEST = Text(en="Deepest valley: {step}", fa="ژرف‌ترین دره: {step}")
_GAP = Text(en="gap {gap:number.1}", fa="شکاف {gap:number.1} پله")
_TRUTH = Text(en="moment of truth", fa="لحظه حقیقت")
_BAND = Text(en="95% interval", fa="بازه ۹۵٪")
_ASSUMED = Text(en="assumed", fa="فرض")


class Curve(Layout):
    """What customers felt from step to step: the whole sheet is the curve."""

    title: ClassVar[Text] = Text(en="Curve", fa="منحنی")
    by_stage: ClassVar[bool] = True

    example: ClassVar[dict[str, Any]] = {}

    def scene(self, document: Map, language: str, today: date | None = None, setting: Setting = PLAIN) -> Scene:
        curves = whose.curves(document, "feeling", language)
        chance = not curves
        curves = curves or whose.curves(document, "chance", language)

        def body(pen: Pen, x: float, y: float, room: float, tall: float) -> float:
            if not curves:
                return missing(pen, "activity", pen.say(_UNKNOWN), pen.say(_HINT), x, y, room, tall)
            return _Plot(pen, document, curves, Columns(x, room, len(document.steps), _RAIL, 0), chance).draw(y, tall)

        return sheet(
            document,
            language,
            today,
            body,
            kicker=_KICKER_OF_CHANCE if chance and curves else _KICKER,
            finding=_finding(Pen(language, today), document, curves, chance),
            signs=_signs(document, curves),
            wide=max(WIDE, 2 * MARGIN + needed(len(document.steps), _LEAST, _RAIL, 0)) if curves else WIDE,
            setting=setting,
        )


def _signs(document: Map, curves: list[Felt]) -> list[Sign]:
    known = [point for curve in curves for point in curve.points.values()]
    kinds = {standing(point.evidence) for point in known}
    signs: list[Sign] = [(kind, evidence.WORDS[kind]) for kind in STANDINGS if kind in kinds and kind != "assumed"]
    if any(point.low is not None for point in known):
        signs.append(("band", _BAND))
    if "assumed" in kinds:
        signs.append(("dashed", _ASSUMED))
    if curves and any(step.moment_of_truth for step in document.steps):
        signs.append(("star", _TRUTH))
    return signs


def _finding(pen: Pen, document: Map, curves: list[Felt], chance: bool) -> str:
    if not curves:
        return ""
    if chance:
        return pen.say(_INSTEAD)
    steps, before = document.whole.steps, document.before[1]
    if len(curves) > 1 and (found := _widest(curves)):
        step, gap = found
        one, other = (curve.name for curve in curves[:2])
        return pen.say(_GAP_AT, one=one, other=other, step=say(steps[before + step].name, pen.language), gap=gap)
    known = curves[0].every
    firm = {step: point.value for step, point in known.items() if point.evidence} or {
        step: point.value for step, point in known.items()
    }
    if len(firm) < 2 or max(firm.values()) == min(firm.values()):
        return ""
    high, low = (say(steps[before + pick(firm, key=firm.__getitem__)].name, pen.language) for pick in (max, min))
    return pen.say(_HIGHEST, high=high, low=low)


def _widest(curves: list[Felt]) -> tuple[int, float] | None:
    """The step where the first two curves lie furthest apart, and how far."""
    one, other = (curve.every for curve in curves[:2])
    gaps = {step: abs(one[step].value - other[step].value) for step in one.keys() & other.keys()}
    step = max(sorted(gaps), key=gaps.__getitem__, default=None)
    return (step, gaps[step]) if step is not None and gaps[step] >= 0.1 else None


class _Plot:
    """The picture: stages above, levels beside, curves, steps below."""

    def __init__(self, pen: Pen, document: Map, curves: list[Felt], columns: Columns, chance: bool) -> None:
        self.pen, self.document, self.curves, self.columns, self.chance = pen, document, curves, columns, chance
        self.known = [curve.points for curve in curves]
        points = [point for curve in curves for point in curve.every.values()]
        tops = [point.high if point.high is not None else point.value for point in points]
        self.full = min(1.0, max(0.1, ceil(max(tops, default=1.0) * 10.5) / 10))
        self.top = self.bottom = 0.0

    @property
    def right(self) -> float:
        return self.columns.x + self.columns.room

    def level(self, value: float) -> float:
        if self.chance:
            return self.bottom - 24 - value / self.full * (self.bottom - self.top - 64)
        return (self.top + self.bottom) / 2 - value * (self.bottom - self.top - 80) / 4

    def draw(self, y: float, tall: float) -> float:
        feet = self._feet(Pen(self.pen.language, self.pen.today), 0)
        self.top = y + 30
        self.bottom = self.top + max(_HIGH, tall - 30 - feet)
        self._ground()
        self._stages(y)
        labels = Labels(self.pen, self.columns.left, self.top + 4, self.right, self.bottom - 4)
        for place, step in enumerate(self.document.steps):
            if step.moment_of_truth:
                x = self.columns.middle(place)
                # The dotted line leads from the star to the curve.
                heights = [self.level(known[place].value) for known in self.known if place in known]
                end = min(heights, default=self.bottom) - 16
                self.pen.line(x, self.top + 22, x, max(self.top + 24, end), "opportunity", 1, dash="1.5 4")
                self.pen.icon("star", x, self.top + 14, 14, "opportunity")
                labels.take(x - 8, self.top + 5, x + 8, self.top + 22)
        for number in reversed(range(len(self.curves))):
            self._line(number, labels)
        for number in reversed(range(len(self.curves))):
            self._dots(number, labels)
        self._words(labels)
        return 30 + (self.bottom - self.top) + self._feet(self.pen, self.bottom)

    def _ground(self) -> None:
        pen, left, wide = self.pen, self.columns.left, self.columns.room - self.columns.rail
        low = "surface" if self.chance else "mood-low"
        pen.box(left, self.top, wide, self.bottom - self.top, Gradient(((0, "mood-high"), (0.5, "surface"), (1, low))))
        if self.chance:
            for part in range(5):
                value = self.full * part / 4
                self._rule(value, pen.form(value, "percent"), "ink-3", part == 0, 400)
            return
        for value, name, colour in _LEVELS:
            self._rule(value, pen.say(name), colour, value == 0, 600 if colour != "ink-3" else 400)

    def _rule(self, value: float, said: str, colour: str, strong: bool, weight: int) -> None:
        y = self.level(value)
        self.pen.line(self.columns.left, y, self.right, y, "ink-3" if strong else "rule", 1.2 if strong else 0.8)
        self.pen.text(self.columns.left - 12, y + 4, said, 12, weight, colour, anchor="end", room=_RAIL - 14)

    def _stages(self, y: float) -> None:
        pen, columns = self.pen, self.columns
        for place, (stage, (first, after)) in enumerate(
            zip(self.document.stages, stage_columns(self.document), strict=True)
        ):
            x, end = columns.start(first), columns.start(after)
            if place:
                pen.line(x, y, x, self.bottom, "rule", 1)
            number = pen.form(self.document.before[0] + place + 1, "count")
            x += 10 if place else 2
            with pen.within(stage.id, "stage", title=say(stage.name, pen.language)):
                taken = pen.text(x, y + 19, number, 14, 700, "lapis") + 8
                room = end - 10 - x - taken
                reach = self.document.derived.stages.get(stage.id)
                name = say(stage.name, pen.language)
                share = pen.form(reach.share, "percent") if reach else ""
                if share and width(name, 14, 700) + 12 + width(share, 11.5) <= room:
                    pen.text(end - 8, y + 19, share, 11.5, 400, "ink-3", anchor="end")
                size = next((size for size in (14.0, 12.5) if width(name, size, 700) <= room), 11.0)
                pen.text(x + taken, y + 19, name, size, 700, room=room)

    def _at(self, number: int) -> dict[int, tuple[float, float]]:
        return {
            step: (self.columns.middle(step), self.level(point.value)) for step, point in self.known[number].items()
        }

    def _line(self, number: int, labels: Labels) -> None:
        columns = self.columns
        drawn = self.curves[number].drawn
        edges = {-1: columns.left, columns.count: columns.start(columns.count)}
        at = {step: (edges.get(step) or columns.middle(step), self.level(point.value)) for step, point in drawn.items()}
        for run in runs(sorted(drawn)):
            labels.keep_off(smooth([at[step] for step in run]))
            stretch(
                self.pen,
                run,
                drawn,
                at,
                self.level,
                whose.INKS[self.curves[number].number][0],
                3.5 if number == 0 else 2.75,
            )

    def _dots(self, number: int, labels: Labels) -> None:
        pen, place = self.pen, self.curves[number].number
        faces = {} if number or self.chance else self._extremes()
        for step, (x, y) in sorted(self._at(number).items()):
            point = self.known[number][step]
            with pen.within(f"{self.document.steps[step].id}{f'-{number}' if number else ''}", "dot"):
                if step in faces:
                    icon, colour, _ = faces[step]
                    pen.disc(x, y, 14, "surface")
                    pen.icon(icon, x, y, 27, colour, 1.9)
                elif point.evidence:
                    whose.marker(pen, place, x, y, 6, wide=2.4)
                else:
                    whose.marker(pen, place, x, y, 6, stroke=None if place else "ink-3", wide=2, dash="3 2.4")
            half = 15 if step in faces else 8
            labels.take(x - half, y - half, x + half, y + half)

    def _extremes(self) -> dict[int, tuple[str, str, Text]]:
        """Steps of the first curve that get a face: peak, deepest valley, and other deep ones that stand apart."""
        firm = {step: point.value for step, point in self.curves[0].every.items() if point.evidence}
        if len(firm) < 2:
            return {}
        found: dict[int, tuple[str, str, Text]] = {}
        peak, low = max(firm, key=firm.__getitem__), min(firm, key=firm.__getitem__)
        if firm[peak] >= 0.5:
            found[peak] = ("laugh" if firm[peak] > 1.8 else "smile", "gain", _PEAK)
        if firm[low] <= -0.5:
            found[low] = ("angry" if firm[low] <= -1.5 else "frown", "pain", _DEEPEST)
        others = sorted(
            (step for step, value in firm.items() if value <= -1 and step != low and self._is_valley(step, firm)),
            key=firm.__getitem__,
        )
        for step in others[:2]:
            found[step] = ("angry" if firm[step] <= -1.5 else "frown", "pain", _VALLEY)
        return {step: look for step, look in found.items() if step in self.known[0]}

    def _is_valley(self, step: int, firm: dict[int, float]) -> bool:
        beside = [firm[each] for each in (step - 1, step + 1) if each in firm]
        return all(firm[step] < value for value in beside)

    def _words(self, labels: Labels) -> None:
        """What is written on the picture: peaks and valleys, the gap, whose curve is whose, and where nothing is known."""
        pen, columns = self.pen, self.columns
        for step in range(len(self.document.steps)):
            if not any(step in known for known in self.known):
                x, y = columns.middle(step), self.level(0)
                pen.disc(x, y, 5, "surface", "nodata", stroke_width=1.5)
                labels.take(x - 6, y - 6, x + 6, y + 6)
        at = self._at(0)
        for step, (_, colour, words) in ({} if self.chance else self._extremes()).items():
            x, y = at[step]
            point = self.known[0][step]
            best = point.evidence[0]
            counted = f" · {evidence.count(pen, best.n, best.unit)}" if best.n is not None else ""
            name = pen.say(words, step=say(self.document.steps[step].name, pen.language))
            lines = [(name, 13.5, 700, colour), (pen.form(point.value, "signed.1") + counted, 11.5, 400, "ink-2")]
            above = [(x + aside, y - away) for away in (56, 76) for aside in (0, -70, 70)]
            below = [(x + aside, y + away) for away in (20, 40) for aside in (0, -70, 70)]
            labels.put(lines, above + below if colour == "gain" else below + above, 240.0)
        if len(self.curves) > 1 and not self.chance:
            self._gap(labels)
        if len(self.curves) > 1:
            for number, curve in enumerate(self.curves):
                said = [(curve.name, 14.0, 700, whose.INKS[curve.number][1])]
                places = [
                    (x, y + away)
                    for _, (x, y) in sorted(self._at(number).items(), reverse=True)
                    for away in (-34.0, 16.0, -54.0, 34.0)
                ]
                labels.put(said, places, 170.0)
        for step in range(len(self.document.steps)):
            if not any(step in known for known in self.known):
                x, y = columns.middle(step), self.level(0)
                labels.put([(pen.say(_NO_DATA), 11, 400, "ink-3")], ((x, y + 10), (x, y - 24)), columns.wide)

    def _gap(self, labels: Labels) -> None:
        step, gap = _widest(self.curves) or (-1, 0.0)
        if not 0 <= step < self.columns.count:
            return
        pen, x = self.pen, self.columns.middle(step)
        top, low = sorted(self.level(self.known[number][step].value) for number in (0, 1))
        said = pen.say(_GAP, gap=gap)
        half = width(said, 11.5, 600) / 2 + 14
        middle = (top + low) / 2
        if low - top < 56 or not labels.free(x - half, middle - 13, x + half, middle + 13):
            return
        pen.line(x, top + 12, x, low - 18, "ink", 1.2, dash="2 3")
        pen.box(x - half, middle - 12, 2 * half, 24, "ink", radius=12)
        pen.text(x, middle + 4, said, 11.5, 600, "paper", anchor="middle")
        labels.take(x - half, middle - 13, x + half, middle + 13)

    def _feet(self, pen: Pen, y: float) -> float:
        """The steps, and below each how many were asked; returns the height."""
        high, room = 0.0, self.columns.wide - 10
        for place, step in enumerate(self.document.steps):
            x = self.columns.middle(place)
            with pen.within(step.id, "felt", title=say(step.name, pen.language)):
                used = 10 + pen.block(
                    x,
                    y + 10,
                    say(step.name, pen.language),
                    room,
                    12.5,
                    600,
                    "ink-2",
                    lines=3,
                    anchor="middle",
                    tight=True,
                )
                said, state = self._asked(pen, self.known[0].get(place))
                size = next((size for size in (11.0, 10.5) if width(said, size) + 14 <= room), 10.5)
                said = fit(said, room - 14, size)
                left = x - (width(said, size) + (14 if state else 0)) / 2
                if state:
                    evidence.mark(pen, state, left + 5, y + used + 11, 9.5)
                pen.text(left + (14 if state else 0), y + used + 15, said, size, 400, "ink-3")
            high = max(high, used + 22)
        return high

    def _asked(self, pen: Pen, point: Point | None) -> tuple[str, str]:
        if point is None:
            return pen.say(_NO_DATA), ""
        if not point.evidence:
            return pen.say(_ASSUMED), "assumed"
        best = point.evidence[0]
        said = evidence.count(pen, best.n, best.unit) if best.n is not None else pen.say(evidence.WORDS[best.kind])
        return said, "stale" if best.stale(pen.today) else best.kind
