"""Loop: the endless way between buying and recommending, as wide as the share of customers who walk it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from math import sqrt
from typing import Any, ClassVar

from safarnama.core.words import Text
from safarnama.core.words.digits import persian
from safarnama.drawing.layouts.layout import Layout
from safarnama.drawing.parts import evidence, ways
from safarnama.drawing.parts.content import BAD, by_stage, weightiest
from safarnama.drawing.parts.hinge import hinge, kept, kept_sentence
from safarnama.drawing.parts.labels import Labels, Line
from safarnama.drawing.parts.legend import Sign
from safarnama.drawing.parts.lemniscate import END, START, TURN, Lemniscate
from safarnama.drawing.parts.sheet import MARGIN, WIDE, sheet
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Gradient, Scene
from safarnama.drawing.setting import PLAIN, Setting
from safarnama.drawing.shaping import fit, width, wrap
from safarnama.maps.model import Map
from safarnama.maps.words import say

_REACH, _NODES = 424.0, 4  # the half width of the loop with so many nodes on a lobe; with more it grows
_LABEL, _ABOVE, _DISC = 190.0, 100.0, 50.0
_MOST_WAYS = 2  # from one stage
_WEDGE = 190.0  # the room below and above the crossing
_KICKER = Text(en="The endless loop", fa="حلقه بی‌پایان")
_UNCOUNTED = Text(
    en="How many customers come to each stage has not been counted; the loop is only a sketch.",
    fa="هنوز شمرده نشده که به هر مرحله چند مشتری می‌رسد؛ این حلقه تنها یک طرح است.",
)
_BUYING, _STAYING = Text(en="The cycle of buying", fa="چرخه خریدن"), Text(en="The cycle of staying", fa="چرخه ماندن")
_COME = Text(en="of {n:customers} come to {stage}", fa="از {n:customers} تا «{stage}» می‌آیند")
_STAY = Text(en="of {n:customers} stay until {stage}", fa="از {n:customers} تا «{stage}» می‌مانند")
_NOT_COUNTED = Text(en="not counted", fa="شمرده نشده")
_OUTSIDE = Text(en="From outside: {places:list}", fa="از بیرون: {places:list}")
_FROM_OUTSIDE = Text(en="From outside", fa="از بیرون")
_NOTHING = Text(en="nothing after it on this map", fa="پس از آن چیزی روی این نقشه نیست")
_WIDTH = Text(en="width: square root of the share of customers", fa="پهنا: ریشه دوم سهم مشتریان")
_MORE = Text(en="+ {n:count} more", fa="و {n:count} تای دیگر")
_BACK = Text(en="back to {number:count}", fa="برگشت به {number:count}")
_ON = Text(en="on to {number:count}", fa="رفتن به {number:count}")
_SKETCH = Text(en="sketch, not counted", fa="طرح؛ شمرده نشده")


class Loop(Layout):
    """The endless loop between buying and recommending."""

    title: ClassVar[Text] = Text(en="Loop", fa="حلقه")

    example: ClassVar[dict[str, Any]] = {}

    def scene(self, document: Map, language: str, today: date | None = None, setting: Setting = PLAIN) -> Scene:
        pen = Pen(language, today)
        turn = hinge(document)
        crowded = max(turn, len(document.stages) - turn - 1)
        reach = _REACH * max(1.0, crowded / _NODES)
        counted = any(stage.id in document.derived.stages for stage in document.stages)
        signs: list[Sign] = [("measured", _WIDTH)] if counted else [("assumed-box", _SKETCH)]

        def body(pen: Pen, x: float, y: float, room: float, tall: float) -> float:
            return _Ring(pen, document, turn, reach, x, room).draw(y, tall)

        return sheet(
            document,
            language,
            today,
            body,
            kicker=_KICKER,
            finding=kept_sentence(pen, document) if counted else pen.say(_UNCOUNTED),
            signs=signs,
            wide=max(WIDE, 2 * MARGIN + 2 * reach + 328),
            setting=setting,
        )


class _Ring:
    """The loop with its stages; the one at ``turn`` stands where it crosses itself."""

    def __init__(self, pen: Pen, document: Map, turn: int, reach: float, x: float, room: float) -> None:
        self.pen, self.document, self.turn, self.x, self.room = pen, document, turn, x, room
        self.reach = reach
        self.counts = [document.derived.stages.get(stage.id) for stage in document.stages]
        self.counted = any(self.counts)
        # Where each stage stands on the way: those before the crossing on the first lobe, those after it on the second.
        after = len(document.stages) - turn - 1
        self.places = [START + (TURN - START) * (number + 1) / (turn + 1) for number in range(turn)]
        self.places += [TURN] + [TURN + (END - TURN) * (number + 1) / (after + 1) for number in range(after)]
        shares, last = [], 1.0
        for found in self.counts:
            last = min(1.0, found.share) if found else last
            shares.append(last)
        self.shares = shares

    def draw(self, y: float, tall: float) -> float:
        pen = self.pen
        loop = Lemniscate(self.x + self.room / 2, 0, self.reach)
        high = max(tall, 2 * (loop.half_height + _ABOVE))
        loop = Lemniscate(loop.x, y + high / 2 + 8, self.reach)
        self._ribbons(loop)
        labels = Labels(pen, self.x, y - 6, self.x + self.room, y + high + 10)
        self._guard(loop, labels)
        self._crossing(loop, labels)
        self._eyes(loop, labels)
        self._outside(loop, y, labels)
        for place in range(len(self.places)):
            if place != self.turn:
                self._node(place, loop)
        for place in range(len(self.places)):
            if place != self.turn:
                self._label(place, loop, labels)
        return high + 10

    # ------------------------------------------------------------------ the ribbon

    def _wide(self, u: float) -> float:
        """The width at a place: between two stages it goes over smoothly from the one to the other."""
        if not self.counted:
            return 26.0
        known = [(START, self.shares[0]), *zip(self.places, self.shares, strict=True), (END, self.shares[-1])]
        if self.turn > 0:
            known[0] = (START, self.shares[-1])
        for (a, one), (b, other) in pairwise(known):
            if u <= b:
                part = (u - a) / ((b - a) or 1.0)
                part = part * part * (3 - 2 * part)
                return 7 + 50 * sqrt(one * (1 - part) + other * part)
        return 7 + 50 * sqrt(self.shares[-1])

    def _ribbons(self, loop: Lemniscate) -> None:
        halves = (
            (START, 0.0, Gradient(((0, "lapis-2"), (0.6, "lapis-2"), (1, "gain")), along=True)),
            (0.0, TURN, Gradient(((0, "lapis-2"), (1, "lapis")), along=True)),
            (TURN, 3.1416, Gradient(((0, "lapis"), (1, "gain")), along=True)),
            (3.1416, END, "gain"),
        )
        bare = self.turn == len(self.places) - 1
        for number, (first, last, fill) in enumerate(halves):
            outline = loop.ribbon(first, last + (0.012 if number in (0, 2) else 0), self._wide)
            if self.counted and not (bare and number > 1):
                self.pen.path(outline, fill=fill)
            else:
                self.pen.path(outline, fill="paper", stroke="assumed-edge", width=1.2, dash="5 4", hatched=True)
        stops = sorted({START, TURN, END, *self.places})
        for a, b in pairwise(stops):
            self._chevron(loop, (a + b) / 2)

    def _chevron(self, loop: Lemniscate, u: float) -> None:
        """Which way it goes."""
        (x, y), (dx, dy), size = loop.at(u), loop.along(u), min(6.0, self._wide(u) * 0.22 + 1.5)
        back = (x - dx * size * 0.6, y - dy * size * 0.6)
        one = (back[0] - dy * size, back[1] + dx * size)
        tip = (x + dx * size * 0.6, y + dy * size * 0.6)
        other = (back[0] + dy * size, back[1] - dx * size)
        self.pen.path((("M", one), ("L", tip), ("L", other)), stroke="paper" if self.counted else "ink-3", width=2)

    def _guard(self, loop: Lemniscate, labels: Labels) -> None:
        """No words on the ribbon."""
        for number in range(241):
            u = START + (END - START) * number / 240
            (x, y), half = loop.at(u), self._wide(u) / 2 + 1
            labels.take(x - half, y - half, x + half, y + half)
        for place in self.places:
            x, y = loop.at(place)
            labels.take(x - 23, y - 23, x + 23, y + 23)

    # ------------------------------------------------------------------ stages

    def _colour(self, place: int) -> str:
        return "lapis" if place <= self.turn else "gain"

    def _number(self, place: int) -> str:
        return persian(str(place + 1)) if self.pen.language == "fa" else str(place + 1)

    def _node(self, place: int, loop: Lemniscate) -> None:
        x, y = loop.at(self.places[place])
        cards = by_stage(self.document, ("touchpoints", "channels"))[place]
        icon = next((card.icon for card in cards if card.icon), "circle-dot")
        backed = self.counts[place] is not None
        self.pen.disc(x, y, 21, "surface", self._colour(place), stroke_width=2, dash=None if backed else "4 3")
        self.pen.icon(icon, x, y, 20, self._colour(place))

    def _lines(self, place: int, room: float, rows: int, ways_too: bool) -> list[Line]:
        """What is written beside a stage: its name, how many, its steps in so many rows, and what hurts most."""
        pen, stage, found = self.pen, self.document.stages[place], self.counts[place]
        name = f"{self._number(place)}  {say(stage.name, pen.language)}"
        lines: list[Line] = [(line, 15.5, 800, "ink") for line in wrap(name, room - 6, 15.5, 800, 2)]
        if found:
            said = f"{pen.form(found.share, 'percent')} · {evidence.count(pen, found.customers, 'customers')}"
            lines.append((said, 12, 400, "ink-2"))
        steps = [say(step.name, pen.language) for step in stage.steps]
        lines += [(row, 11.5, 400, "ink-3") for row in self._steps(steps, room, rows)]
        pain = weightiest(
            self.document, [card for card in by_stage(self.document, BAD)[place] if self.document.evidence(card)]
        )
        figure = self.document.figure(pain) if pain else None
        if pain and figure:
            told = say(figure.label, pen.language) or say(pain.text, pen.language)
            lines.append((f"{pen.form(figure.value, figure.form)} {told}", 12, 600, "pain"))
        return lines + [
            (row, 11.5, 500, "ink-2")
            for said in (self._ways(place) if ways_too else [])
            for row in wrap(said, room - 6, 11.5, 500, 4)
        ]

    def _ways(self, place: int) -> list[str]:
        """Where else customers go from a stage than on to its next."""
        stages = {step.id: number for number, stage in enumerate(self.document.stages) for step in stage.steps}
        found = [link for link in ways.apart(self.document) if stages[link.from_] == place != stages[link.to]]
        told = []
        for link in found[:_MOST_WAYS]:
            text = _BACK if stages[link.to] < place else _ON
            where = self.pen.say(text, number=stages[link.to] + 1)
            told.append(": ".join(filter(None, [where, ways.whole(self.pen, link)])))
        return told

    def _steps(self, steps: Sequence[str], room: float, most: int) -> list[str]:
        """The names of steps in rows, broken between names where that can be; those that find no room are counted."""
        pen = self.pen
        whole = pen.form(steps, "list")
        if width(whole, 11.5) <= room or not most:
            return [whole] if most else []
        comma = "،" if pen.language == "fa" else ","
        for shown in range(len(steps), 0, -1):
            parts = [f"{step}{comma}" for step in steps[: shown - 1]] + [steps[shown - 1]]
            parts += [pen.say(_MORE, n=len(steps) - shown)] if shown < len(steps) else []
            rows: list[str] = []
            for part in parts:
                if rows and width(f"{rows[-1]} {part}", 11.5) <= room:
                    rows[-1] += f" {part}"
                else:
                    rows += wrap(part, room, 11.5)
            if len(rows) <= most:
                return rows
        return [fit(whole, room, 11.5)]

    def _label(self, place: int, loop: Lemniscate, labels: Labels) -> None:
        pen, u = self.pen, self.places[place]
        (x, y), (nx, ny) = loop.at(u), loop.outward(u)
        stage = self.document.stages[place]
        # Less is said before nothing is: all of it, then fewer steps, then none, then no other ways, then the name alone.
        for rows, ways_too, most in (
            (3, True, 15),
            (2, True, 15),
            (1, True, 15),
            (0, True, 15),
            (0, False, 2),
            (0, False, 1),
        ):
            # Outside the loop, if need be in a narrower column, before inside it.
            for side, room in ((1, _LABEL), (1, 120.0), (-1, _LABEL), (-1, 120.0)):
                lines = self._lines(place, room, rows, ways_too)[:most]
                out = (side * nx, side * ny)
                if self._put(lines, labels, (x, y), out, room, stage.id, say(stage.name, pen.language)):
                    return

    def _put(
        self,
        lines: Sequence[Line],
        labels: Labels,
        at: tuple[float, float],
        out: tuple[float, float],
        room: float,
        name: str,
        whole: str,
    ) -> bool:
        (x, y), (nx, ny) = at, out
        said = [(fit(text, room, size, weight), size, weight) for text, size, weight, _ in lines]
        half = max(width(text, size, weight) for text, size, weight in said) / 2
        high = sum(size * 1.3 for _, size, _ in said)
        places = []
        for away in (26.0, 36.0, 52.0, 72.0):
            for turn in (0.0, 0.35, -0.35, 0.8, -0.8):
                ox, oy = nx - ny * turn, ny + nx * turn
                length = (ox * ox + oy * oy) ** 0.5
                ox, oy = ox / length, oy / length
                # The middle of the words lies so far that their frame only touches a circle about the node.
                places.append((x + ox * (away + half), y + oy * (away + high / 2) - high / 2))
        with self.pen.within(name, "reach", title=whole):
            return labels.put(lines, places, room, halo="paper")

    # ------------------------------------------------------------------ the crossing, the eyes, the way in

    def _crossing(self, loop: Lemniscate, labels: Labels) -> None:
        pen, place = self.pen, self.turn
        stage, found = self.document.stages[place], self.counts[place]
        x, y = loop.x, loop.y
        pen.disc(x, y, _DISC + 6, "paper")
        pen.disc(x, y, _DISC, "ink")
        labels.take(x - _DISC - 6, y - _DISC - 6, x + _DISC + 6, y + _DISC + 6)
        name = f"{self._number(place)}  {say(stage.name, pen.language)}"
        size = next((size for size in (17.0, 14.0, 12.0) if width(name, size, 800) <= 88), 11.0)
        with pen.within(stage.id, "hinge", title=say(stage.name, pen.language)):
            pen.text(x, y - (8 if found else -5), name, size, 800, "paper", anchor="middle", room=90)
            if found:
                pen.text(x, y + 13, pen.form(found.share, "percent"), 14, 600, "opportunity-mark", anchor="middle")
                pen.text(
                    x,
                    y + 30,
                    evidence.count(pen, found.customers, "customers"),
                    10.5,
                    400,
                    "paper",
                    anchor="middle",
                    room=78,
                )

        told = self._ways(place)
        lines = [(row, 11.5, 500, "ink-2") for said in told for row in wrap(said, _WEDGE - 6, 11.5, 500, 4)]
        if lines:
            high = 1.3 * 11.5 * len(lines)
            # The wedge opens with the distance from the crossing.
            aways = [14.0 + 16 * step for step in range(12)]
            free = [(x, y + _DISC + away) for away in aways] + [(x, y - _DISC - away - high) for away in aways]
            with pen.within(stage.id, "ways", title=" · ".join(told)):
                labels.put(lines, free, _WEDGE, halo="paper")

    def _eyes(self, loop: Lemniscate, labels: Labels) -> None:
        """The figure of each lobe in its middle."""
        pen, away = self.pen, self.reach * 0.58
        here = self.counts[self.turn]
        first = next((found for found in self.counts if found), None)
        stage = say(self.document.stages[self.turn].name, pen.language)
        come = (
            (pen.form(here.share, "percent"), pen.say(_COME, n=first.customers, stage=stage))
            if here and first
            else None
        )
        stays = None
        if found := kept(self.document):
            _, last, share, customers = found
            stays = pen.form(share, "percent"), pen.say(_STAY, n=customers, stage=say(last.name, pen.language))
        bare = self.turn == len(self.places) - 1
        for x, words, told, colour in (
            (loop.x - away, _BUYING, come, "lapis"),
            (loop.x + away, _STAYING, stays, "gain"),
        ):
            lines: list[Line] = [(pen.say(words), 13, 600, "ink-3")]
            if told:
                lines += [(told[0], 32, 800, colour), (told[1], 12, 400, "ink-2")]
            else:
                lines.append((pen.say(_NOTHING if bare and colour == "gain" else _NOT_COUNTED), 12, 400, "ink-3"))
            high = sum(size * 1.3 for _, size, _, _ in lines)
            labels.put(lines, ((x, loop.y - high / 2),), self.reach * 0.56, halo="paper")

    def _outside(self, loop: Lemniscate, y: float, labels: Labels) -> None:
        """New customers come in where the first lobe begins."""
        pen = self.pen
        cards = by_stage(self.document, ("touchpoints", "channels"))[0]
        names = [said for card in cards[:2] if (said := say(card.text, pen.language))]
        room = min(300.0, self.reach * 0.6)
        # One touchpoint in full says more than two that are cut.
        told = [pen.say(_OUTSIDE, places=names[:most]) for most in range(len(names), 0, -1)]
        said = next((each for each in told if width(each, 12.5, 600) <= room), (told or [pen.say(_FROM_OUTSIDE)])[-1])
        labels.put([(said, 12.5, 600, "ink-2")], ((loop.x, y + 2),), room, halo="paper")
        if self.turn == 0:
            return
        for number in range(5):
            u = START + 0.17 + 0.055 * number
            (x, end), (nx, ny), start = loop.at(u), loop.outward(u), loop.x + 26 - 13 * number
            # The strands end at the edge of the ribbon.
            x, end = x + nx * (self._wide(u) / 2 + 2), end + ny * (self._wide(u) / 2 + 2)
            pen.path(
                (("M", (start, y + 26)), ("C", (start, y + 70 + (end - y) * 0.3, x + 24, end - 50, x, end))),
                stroke="lapis-2",
                width=2,
                dash="1.6 4.4",
            )
            labels.take(min(x, start) - 2, y + 24, max(x, start) + 2, end)
