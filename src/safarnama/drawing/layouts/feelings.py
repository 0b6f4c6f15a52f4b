"""Feelings: good and bad ones by name at every stage, their balance, and what helps or stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from safarnama.core.words import Text
from safarnama.drawing.layouts.layout import Layout
from safarnama.drawing.parts import evidence
from safarnama.drawing.parts.balance import balance, faces, is_bad
from safarnama.drawing.parts.columns import Columns, needed
from safarnama.drawing.parts.content import by_stage, felt
from safarnama.drawing.parts.frame import stage_columns
from safarnama.drawing.parts.heads import heads
from safarnama.drawing.parts.legend import signs_of_evidence
from safarnama.drawing.parts.missing import missing
from safarnama.drawing.parts.sheet import MARGIN, WIDE, sheet
from safarnama.drawing.parts.tile import tile
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Scene
from safarnama.drawing.setting import PLAIN, Setting
from safarnama.drawing.shaping import width
from safarnama.maps.evidence import Evidence
from safarnama.maps.lanes import Card
from safarnama.maps.model import Map
from safarnama.maps.words import say

_LEAST, _AT_MOST, _NAMED = 178.0, 4, 3
_KICKER = Text(en="Feelings, and what stands in the way", fa="احساس‌ها، و آنچه سد راه است")
_BAD_AT = Text(
    en="On balance, customers feel bad at {names:list}.", fa="روی هم رفته، احساس مشتری در {names:list} بد است."
)
_BAD_AT_MANY = Text(
    en="On balance, customers feel bad at {bad:count} of {stages:stages}.",
    fa="روی هم رفته، احساس مشتری در {bad:count} مرحله از {stages:stages} بد است.",
)
_NOT_BAD = Text(en="On balance, customers feel bad at no stage.", fa="روی هم رفته، احساس مشتری در هیچ مرحله‌ای بد نیست.")
_NOT_BAD_WHERE_ASKED = Text(
    en="Where customers were asked, they feel bad at no stage.",
    fa="هر جا از مشتریان پرسیده شده، احساسشان بد نیست.",
)
_UNKNOWN = Text(
    en="This map names no feelings, and nobody has asked customers how they felt.",
    fa="این نقشه هیچ احساسی را نام نمی‌برد و کسی هم از مشتریان نپرسیده که چه احساسی داشته‌اند.",
)
_HINT = Text(
    en="Add cards to a lane of feelings, or import a survey and discover the map again.",
    fa="به ردیف احساس‌ها کارت بیفزایید، یا نظرسنجی وارد کنید و نقشه را دوباره کشف کنید.",
)
_BALANCE = Text(en="Balance", fa="تراز احساس")
_OF_SHARES = Text(en="good minus bad, of 100", fa="خوب منهای بد، از ۱۰۰")
_OF_CURVE = Text(en="mean of the steps, −2 to +2", fa="میانگین گام‌ها، از −۲ تا +۲")
_NAMES = {
    "positive": (Text(en="Good feelings", fa="احساس خوب"), "smile", "gain"),
    "negative": (Text(en="Bad feelings", fa="احساس بد"), "frown", "pain"),
    "neutral": (Text(en="Other feelings", fa="احساس‌های دیگر"), "meh", "ink-2"),
}
_SHARE = Text(en="share of those asked", fa="سهم پاسخ‌دهندگان")
_MOMENTS = {
    "positive": (Text(en="Good moments", fa="لحظه‌های خوب"), "smile", "gain"),
    "negative": (Text(en="Bad moments", fa="لحظه‌های بد"), "frown", "pain"),
}
_FROM_CURVE = Text(en="from the feeling curve", fa="از منحنی احساس")
_BARS = Text(en="bars: 0 to {full}", fa="درازای میله: ۰ تا {full}")
_NO_DATA = Text(en="no data", fa="بدون داده")
_NONE = Text(en="none known", fa="چیزی ثبت نشده")
_MORE = Text(en="+ {n:count} more", fa="و {n:count} تای دیگر")
_HELPS = Text(en="Enablers", fa="پیش‌برنده‌ها"), Text(en="what helps", fa="آنچه کمک می‌کند")
_BARS_WAY = Text(en="Barriers", fa="موانع"), Text(en="what stands in the way", fa="آنچه سد راه است")
_PAINS = Text(en="Pain points", fa="نقاط درد"), Text(en="what hurts", fa="آنچه می‌آزارد")


@dataclass(frozen=True)
class _Bar:
    """One line of a row: what is felt, how much on the scale of the sheet, how that is said, what it rests on."""

    id: str
    name: str
    share: float | None
    said: str
    found: Sequence[Evidence]


class Feelings(Layout):
    """Named feelings at every stage, with what helps and what stands in the way."""

    title: ClassVar[Text] = Text(en="Feelings", fa="احساس‌ها")
    by_stage: ClassVar[bool] = True

    example: ClassVar[dict[str, Any]] = {}

    def scene(self, document: Map, language: str, today: date | None = None, setting: Setting = PLAIN) -> Scene:
        pen = Pen(language, today)
        whole, before = document.whole, document.before[0]
        everywhere, of_shares = balance(whole)
        level = {
            place - before: value for place, value in everywhere.items() if 0 <= place - before < len(document.stages)
        }
        most = max(map(abs, everywhere.values()), default=0.0)
        signs = signs_of_evidence(document, pen)
        shares = _shares(whole)
        if shares:
            full = pen.form(_full(shares), "percent")
            signs.append(("", Text(en=_BARS.say("en", full=full), fa=_BARS.say("fa", full=full))))

        def body(pen: Pen, x: float, y: float, room: float, tall: float) -> float:
            return _Rows(pen, document, Columns(x, room, len(document.stages))).draw(y, level, of_shares, most)

        return sheet(
            document,
            language,
            today,
            body,
            kicker=_KICKER,
            finding=_finding(pen, whole, everywhere),
            signs=signs,
            wide=max(WIDE, 2 * MARGIN + needed(len(document.stages), _LEAST)),
            setting=setting,
        )


def _finding(pen: Pen, document: Map, level: dict[int, float]) -> str:
    if not level:
        return ""
    bad = [say(document.stages[place].name, pen.language) for place in sorted(level) if is_bad(level[place])]
    if not bad:
        return pen.say(_NOT_BAD if len(level) == len(document.stages) else _NOT_BAD_WHERE_ASKED)
    if len(bad) > _NAMED:
        return pen.say(_BAD_AT_MANY, bad=len(bad), stages=len(document.stages))
    return pen.say(_BAD_AT, names=bad)


def _named(document: Map) -> bool:
    """Whether any feeling is named."""
    return any(by_stage(document, ("feelings",)))


def _shares(document: Map) -> list[float]:
    figures = (document.figure(card) for cards in by_stage(document, ("feelings",)) for card in cards)
    return [figure.value for figure in figures if figure and figure.form.startswith("percent")]


def _full(shares: Sequence[float]) -> float:
    """The end of the scale that all bars share: the next ten per cent."""
    return min(1.0, max(0.1, -(-max(shares) * 100 // 10) / 10)) if shares else 1.0


class _Rows:
    """The rows of the sheet over the columns of its stages."""

    def __init__(self, pen: Pen, document: Map, columns: Columns) -> None:
        self.pen, self.document, self.columns = pen, document, columns
        self.full = _full(_shares(document.whole))

    def draw(self, y: float, level: dict[int, float], of_shares: bool, most: float) -> float:
        at = y + heads(self.pen, self.document, self.columns, y, self._asked()) + 12
        if level:
            note = self.pen.say(_OF_SHARES if of_shares else _OF_CURVE)
            self.columns.name(self.pen, at + 44, "activity", self.pen.say(_BALANCE), note)
            at += faces(self.pen, self.columns, at, level, of_shares, most) + 8
        if not level and not _named(self.document):
            room = self.columns.room - self.columns.rail
            hint = self.pen.say(_HINT)
            at += missing(self.pen, "heart", self.pen.say(_UNKNOWN), hint, self.columns.left, at, room, 220.0) + 14
        rows = self._by_name() if _named(self.document) else self._moments()
        for look, below, bars in rows:
            at += self._bars(at, *look, below, bars)
        at += self._cards(at, ("enablers", "strengths"), _HELPS, "thumbs-up", "gain")
        barriers = by_stage(self.document, ("barriers", "objections"))
        if any(barriers):
            at += self._cards(at, ("barriers", "objections"), _BARS_WAY, "triangle-alert", "opportunity")
        else:
            at += self._cards(at, ("pains",), _PAINS, "zap", "pain")
        return at - y

    def _asked(self) -> list[str]:
        """How many were asked at each stage: the most that any of its feelings rests on."""
        points, said = felt(self.document), []
        feelings = by_stage(self.document, ("feelings",))
        for place, (first, after) in enumerate(stage_columns(self.document)):
            found = [each for card in feelings[place] for each in self.document.evidence(card)]
            if not found:
                found = [each for step in range(first, after) if step in points for each in points[step].evidence]
            best = max((each for each in found if each.n is not None), key=lambda each: each.n or 0, default=None)
            said.append(evidence.count(self.pen, best.n or 0, best.unit) if best else "")
        return said

    # ------------------------------------------------------------------ what is felt

    def _by_name(self) -> list[tuple[tuple[Text, str, str], Text, list[list[_Bar]]]]:
        """A row for each kind of feeling that somebody named."""
        rows = []
        for polarity, look in _NAMES.items():
            stages = [
                [self._bar(card) for card in cards if (card.polarity or "neutral") == polarity]
                for cards in by_stage(self.document, ("feelings",))
            ]
            if any(stages) or polarity != "neutral":
                rows.append((look, _SHARE, stages))
        return rows

    def _bar(self, card: Card) -> _Bar:
        figure = self.document.figure(card)
        share = figure.value / self.full if figure and figure.form.startswith("percent") else None
        said = self.pen.form(figure.value, figure.form) if figure else ""
        if not said and self.document.evidence(card):
            said = self.pen.say(_NO_DATA)
        name = say(card.text, self.pen.language) or (say(figure.label, self.pen.language) if figure else "")
        return _Bar(f"card-{card.id}", name or "–", share, said, self.document.evidence(card))

    def _moments(self) -> list[tuple[tuple[Text, str, str], Text, list[list[_Bar]]]]:
        """Where no feeling is named, the steps that feel good and those that feel bad."""
        points, rows = felt(self.document), []
        if not points:
            return []
        for polarity, look in _MOMENTS.items():
            sign = 1 if polarity == "positive" else -1
            stages = []
            for first, after in stage_columns(self.document):
                bars = []
                for place in range(first, after):
                    point = points.get(place)
                    if point and point.value * sign > 0:
                        step = self.document.steps[place]
                        said = self.pen.form(point.value, "signed.1")
                        share = abs(point.value) / 2
                        bars.append(
                            _Bar(f"felt-{step.id}", say(step.name, self.pen.language), share, said, point.evidence)
                        )
                stages.append(bars)
            rows.append((look, _FROM_CURVE, stages))
        return rows

    def _bars(self, y: float, title: Text, icon: str, colour: str, note: Text, stages: list[list[_Bar]]) -> float:
        pen, columns = self.pen, self.columns
        pen.line(columns.x, y, columns.x + columns.room, y, "rule")
        high = 14 + columns.name(pen, y + 14, icon, pen.say(title), pen.say(note), colour)
        for place, bars in enumerate(stages):
            used = 12.0
            for bar in bars[:_AT_MOST]:
                used += self._one(bar, columns.start(place), y + used, colour)
            if len(bars) > _AT_MOST:
                said = pen.say(_MORE, n=len(bars) - _AT_MOST)
                pen.text(columns.start(place), y + used + 9, said, 11, 400, "ink-3", room=columns.wide)
                used += 18
            if not bars:
                pen.text(columns.start(place), y + 26, pen.say(_NONE), 11.5, 400, "ink-3", room=columns.wide)
                used += 22
            high = max(high, used)
        return high + 6

    def _one(self, bar: _Bar, x: float, y: float, colour: str) -> float:
        pen, wide = self.pen, self.columns.wide
        role, _, name = bar.id.partition("-")
        backed = bool(bar.found)
        with pen.within(name, role, title=bar.name):
            said = bar.said or ("" if backed else pen.say(evidence.WORDS["assumed"]))
            figure = width(said, 12, 500)
            if not backed and bar.said:
                evidence.mark(pen, "assumed", x + wide - figure - 10, y + 10, 9)
            if said:
                pen.text(x + wide, y + 14, said, 12, 500, "ink-2", anchor="end")
            room = wide - figure - (24 if not backed and bar.said else 10)
            used = pen.block(x, y, bar.name, room, 14, 700, "ink" if backed else "ink-2", lines=2, tight=False)
            if bar.share is not None:
                track = f"{colour}-tint" if colour in ("gain", "pain") else "track"
                if backed:
                    pen.box(x, y + used, wide, 8, track, radius=4)
                    pen.box(x, y + used, max(8.0, min(1.0, bar.share) * wide), 8, colour, radius=4)
                else:
                    pen.box(x, y + used, wide, 8, "paper", radius=4)
                    pen.box(
                        x,
                        y + used,
                        max(8.0, min(1.0, bar.share) * wide),
                        8,
                        "paper",
                        "assumed-edge",
                        radius=4,
                        dash="3 2",
                        hatched=True,
                    )
            else:
                pen.box(x, y + used, wide, 8, "paper", "assumed-edge", radius=4, dash="3 2", hatched=True)
        return used + 17

    # ------------------------------------------------------------------ what helps and what does not

    def _cards(self, y: float, kinds: Sequence[str], title: tuple[Text, Text], icon: str, hue: str) -> float:
        pen, document, columns = self.pen, self.document, self.columns
        stages = by_stage(document, kinds)
        if not any(stages):
            return 0.0
        pen.line(columns.x, y, columns.x + columns.room, y, "rule")
        high = 14 + columns.name(pen, y + 14, icon, pen.say(title[0]), pen.say(title[1]), hue)
        blind = Pen(pen.language, pen.today)
        tallest = max(
            (tile(blind, document, card, 0, 0, columns.wide, hue, icon=icon) for cards in stages for card in cards[:1]),
            default=40.0,
        )
        for place, cards in enumerate(stages):
            x = columns.start(place)
            if not cards:
                pen.text(x, y + 26, pen.say(_NONE), 11.5, 400, "ink-3", room=columns.wide)
                continue
            used = 12.0
            for card in cards[:2]:
                least = tallest if card is cards[0] else 0.0
                used += max(least, tile(pen, document, card, x, y + used, columns.wide, hue, least, icon)) + 8
            if len(cards) > 2:
                pen.text(x + 2, y + used + 9, pen.say(_MORE, n=len(cards) - 2), 11, 400, "ink-3", room=columns.wide)
                used += 16
            high = max(high, used)
        return high + 10
