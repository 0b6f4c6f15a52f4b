"""Blueprint: the customer's half over the business's half, with the lines between them, arrows and failures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any, ClassVar

from safarnama.core.words import Text
from safarnama.drawing.layouts.layout import Layout
from safarnama.drawing.parts.cells import Cell, cell_height, cells, draw_cell
from safarnama.drawing.parts.columns import Columns, needed
from safarnama.drawing.parts.content import by_step, cards_of, felt
from safarnama.drawing.parts.failure import returned, tag, tag_height
from safarnama.drawing.parts.frame import stage_columns
from safarnama.drawing.parts.legend import Sign, signs_of_evidence
from safarnama.drawing.parts.missing import missing
from safarnama.drawing.parts.sheet import MARGIN, WIDE, sheet
from safarnama.drawing.parts.times import times
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Scene
from safarnama.drawing.setting import PLAIN, Setting
from safarnama.drawing.tokens import stage_colour
from safarnama.maps.lanes import Card
from safarnama.maps.model import Map
from safarnama.maps.words import say

_LEAST, _RAIL, _GAP, _BETWEEN = 132.0, 146.0, 26.0, 46.0
# A tag rises so far over its box, and is at most so much wider, its start 8 before the box.
_MOST_AIR, _GAPS, _OVER, _BESIDE = 34.0, 4, 11.0, 13.0
_KICKER = Text(en="Service blueprint", fa="نقشه خدمت")
_HALVES = Text(
    en="Above the line of visibility what the customer sees, below it what makes it happen.",
    fa="بالای خط رؤیت آنچه مشتری می‌بیند، پایین آن آنچه پشتش کار می‌کند.",
)
_BREAKS_AT = Text(en="Customers run into trouble at {names:list}.", fa="مشتری در {names:list} به دردسر می‌خورد.")
_BREAKS_MANY = Text(
    en="Customers run into trouble at {broken:count} of {steps:steps}.",
    fa="مشتری در {broken:count} گام از {steps:steps} به دردسر می‌خورد.",
)
_NOTHING = Text(en="This map does not say what the business does.", fa="این نقشه نمی‌گوید که کسب‌وکار چه می‌کند.")
_HINT = Text(
    en="Add lanes of touchpoints, front stage, behind the scenes and support.",
    fa="ردیف‌های نقاط تماس، روی صحنه، پشت صحنه و پشتیبانی را بیفزایید.",
)
_FLOW, _FAILURE = (
    Text(en="flow", fa="جریان"),
    Text(en="a pain point reaches the customer", fa="نقطه دردی به مشتری می‌رسد"),
)
_CUSTOMER = Text(en="Customer", fa="مشتری"), Text(en="what they do", fa="آنچه می‌کند")
_EVIDENCE = Text(en="Evidence", fa="شواهد فیزیکی"), Text(en="what they can touch", fa="آنچه لمس می‌کند")
_TOUCHPOINTS = Text(en="Touchpoints", fa="نقاط تماس"), Text(en="where they meet us", fa="جای دیدار با ما")
_FRONT = Text(en="Front stage", fa="روی صحنه"), Text(en="people and screens", fa="آدم‌ها و صفحه‌ها")
_BACK = Text(en="Behind the scenes", fa="پشت صحنه"), Text(en="out of sight", fa="دور از چشم")
_SUPPORT = Text(en="Support", fa="پشتیبانی"), Text(en="systems, partners", fa="سامانه‌ها و همکاران")
_INTERACTION = Text(en="Line of interaction", fa="خط تعامل")
_VISIBILITY = Text(en="Line of visibility", fa="خط رؤیت")
_INTERNAL = Text(en="Internal interaction", fa="تعامل درونی")


class Blueprint(Layout):
    """The customer over the business, with the lines of interaction and visibility."""

    title: ClassVar[Text] = Text(en="Service blueprint", fa="نقشه خدمت")
    by_stage: ClassVar[bool] = True

    example: ClassVar[dict[str, Any]] = {}

    def scene(self, document: Map, language: str, today: date | None = None, setting: Setting = PLAIN) -> Scene:
        pen = Pen(language, today)
        pains = _pains(document)
        signs: list[Sign] = [
            ("arrow", _FLOW),
            *([("failure", _FAILURE)] if any(map(document.evidence, pains.values())) else []),
        ]

        def body(pen: Pen, x: float, y: float, room: float, tall: float) -> float:
            columns = Columns(x, room, len(document.steps), _RAIL, _GAP)
            # Once to see what is left of the sheet, then with that between the rows.
            used = _Sheet(Pen(language, today), document, columns, pains).draw(y)
            air = min(_MOST_AIR, max(0.0, tall - used) / _GAPS)
            return _Sheet(pen, document, columns, pains, air).draw(y)

        return sheet(
            document,
            language,
            today,
            body,
            kicker=_KICKER,
            finding=_finding(pen, document.whole, _pains(document.whole)),
            signs=[*signs, *signs_of_evidence(document, pen)],
            wide=max(WIDE, 2 * MARGIN + needed(len(document.steps), _LEAST, _RAIL, _GAP)),
            setting=setting,
        )


def _pains(document: Map) -> dict[int, Card]:
    """Step → the pain point shown there: where it spans several, at the one that feels worst."""
    points, found = felt(document), dict[int, Card]()
    for card in cards_of(document, ("pains",)):
        first, after = document.columns(card)
        known = [step for step in range(first, after) if step in points]
        step = min(known, key=lambda each: points[each].value) if known else after - 1
        found.setdefault(step, card)
    return found


def _finding(pen: Pen, document: Map, pains: dict[int, Card]) -> str:
    broken = [step for step in sorted(pains) if document.evidence(pains[step])]
    if not broken:
        return pen.say(_HALVES)
    names = [say(document.steps[step].name, pen.language) for step in broken]
    if len(names) > 3:
        return pen.say(_BREAKS_MANY, broken=len(names), steps=len(document.steps))
    return pen.say(_BREAKS_AT, names=names)


@dataclass
class _Row:
    """Where the boxes of a row stand, to join them with arrows: the cell, its top and its bottom."""

    boxes: list[tuple[Cell, float, float]] = field(default_factory=list)

    def at(self, column: int, lowest: bool) -> tuple[Cell, float, float] | None:
        found = [box for box in self.boxes if box[0].first <= column < box[0].after]
        return (max if lowest else min)(found, key=lambda box: box[1], default=None)


class _Sheet:
    """The rows from the top down."""

    def __init__(self, pen: Pen, document: Map, columns: Columns, pains: dict[int, Card], air: float = 0.0) -> None:
        self.pen, self.document, self.columns, self.pains, self.air = pen, document, columns, pains, air
        self.right = columns.x + columns.room

    def draw(self, y: float) -> float:
        document, pen = self.document, self.pen
        front = cards_of(document, ("frontstage",))
        touchpoints = cards_of(document, ("touchpoints", "channels"))
        back = cards_of(document, ("backstage",))
        support = cards_of(document, ("support", "systems"))
        at = y + self._stages(y) + 12
        physical = by_step(document, ("evidence",))
        if any(physical):
            at += self._seen(at, physical, _EVIDENCE, "package-open")
        elif front and touchpoints:
            at += self._seen(at, by_step(document, ("touchpoints",)), _TOUCHPOINTS, "map-pin")
        customer, high = self._customer(at)
        bottom = at + high
        if not (front or touchpoints or back or support):
            room = self.columns.room - _RAIL
            return (
                bottom
                + 30
                + missing(
                    pen, "settings", pen.say(_NOTHING), pen.say(_HINT), self.columns.left, bottom + 24, room, 180.0
                )
                - y
            )
        at = bottom + self._line(bottom, _INTERACTION, "hand", 1.25, "7 5")
        shown, icon = (front, "monitor") if front else (touchpoints, "map-pin")
        title = _FRONT if front else (_FRONT[0], _TOUCHPOINTS[0])
        tags = [tag_height(pen, document, card, self.columns.wide + _BESIDE) for card in self.pains.values()]
        inset = max(tags) - _OVER + 4 if tags else 0.0
        meeting, high = self._boxes(at, shown, title, icon, inset)
        self._join(customer, meeting, "both")
        self._failures(customer, meeting)
        at += high or inset
        if back or support:
            ground = len(pen.marks)
            top = at + (_BETWEEN + self.air) / 2
            at += self._line(at, _VISIBILITY, "eye-off", 2.25, None)
            behind, high = self._boxes(at, back, _BACK, "settings")
            self._join(meeting, behind, "down")
            at += high
            if support:
                if back:
                    at += self._line(at, _INTERNAL, "waypoints", 1.25, "2 4")
                systems, high = self._boxes(at, support, _SUPPORT, "database")
                self._join(behind if back else meeting, systems, "down")
                at += high
            at += 14
            # The ground of what nobody sees lies under all that was drawn on it.
            under = Pen(pen.language, pen.today)
            under.box(self.columns.left - 8, top, self.right - self.columns.left + 8, at - top, "sunk", radius=4)
            pen.marks[ground:ground] = under.marks
        return at + times(pen, document, self.columns, at + 12 + self.air) + 12 + self.air - y

    # ------------------------------------------------------------------ rows

    def _stages(self, y: float) -> float:
        """Names over a rule as long as the stage."""
        pen, stages, before = self.pen, self.document.stages, self.document.before[0]
        for place, (stage, (first, after)) in enumerate(zip(stages, stage_columns(self.document), strict=True)):
            x, end = self.columns.start(first), self.columns.start(after) - _GAP
            with pen.within(stage.id, "stage", title=say(stage.name, pen.language)):
                number = pen.form(before + place + 1, "count")
                taken = pen.text(x, y + 14, number, 13, 700, "lapis") + 7
                pen.text(x + taken, y + 14, say(stage.name, pen.language), 13, 700, room=end - x - taken)
            pen.box(x, y + 22, end - x, 3, stage_colour(before + place, len(self.document.whole.stages)), radius=1.5)
        return 28.0

    def _seen(self, y: float, steps: Sequence[Sequence[Card]], title: tuple[Text, Text], icon: str) -> float:
        """What the customer can touch: an icon and a few words, with a dotted line to what they do there."""
        pen, columns = self.pen, self.columns
        high = columns.name(pen, y + 6, icon, pen.say(title[0]), pen.say(title[1])) + 6
        used = []
        for place, cards in enumerate(steps):
            if not cards:
                used.append(0.0)
                continue
            x = columns.middle(place)
            said = pen.form([say(card.text, pen.language) for card in cards[:2] if card.text], "list")
            with pen.within(cards[0].id, title=said):
                pen.icon(cards[0].icon or icon, x, y + 13, 19, "ink-2")
                used.append(
                    28
                    + pen.block(
                        x, y + 28, said, columns.wide + 8, 12, 400, "ink-2", lines=3, anchor="middle", tight=True
                    )
                )
        high = max(high, *used) + 18
        for place, end in enumerate(used):
            if end:
                pen.line(
                    columns.middle(place),
                    y + end + 4,
                    columns.middle(place),
                    y + high - 4,
                    "assumed-edge",
                    1,
                    dash="2 3",
                )
        return high

    def _customer(self, y: float) -> tuple[_Row, float]:
        """What the customer does, step by step, in filled boxes with arrows between them."""
        pen, columns, row = self.pen, self.columns, _Row()
        named = columns.name(pen, y + 6, "footprints", pen.say(_CUSTOMER[0]), pen.say(_CUSTOMER[1])) + 6
        touched = by_step(self.document, ("touchpoints", "channels"))
        icons = [next((card.icon for card in cards if card.icon), "footprints") for cards in touched]
        names = [say(step.name, pen.language) for step in self.document.steps]
        room = columns.wide - 46
        high = max(56.0, named, *(pen.height(name, room, 12.5, 600, 4, True) + 22 for name in names))
        for place, (step, name) in enumerate(zip(self.document.steps, names, strict=True)):
            x = columns.start(place)
            with pen.within(step.id, "step", title=name):
                pen.box(x, y, columns.wide, high, "lapis", radius=5)
                pen.icon(icons[place], x + 20, y + high / 2, 18, "paper")
                tall = pen.height(name, room, 12.5, 600, 4, True)
                pen.block(x + 37, y + (high - tall) / 2, name, room, 12.5, 600, "paper", lines=4, tight=True)
                if step.moment_of_truth:
                    pen.disc(x + columns.wide - 4, y + 2, 10, "surface", "opportunity", stroke_width=1.2)
                    pen.icon("star", x + columns.wide - 4, y + 2, 12, "opportunity")
            row.boxes.append((Cell(place, place + 1, ()), y, y + high))
        for place, _ in pairwise(range(columns.count)):
            x = columns.start(place) + columns.wide
            pen.arrow(x + 4, y + high / 2, x + _GAP - 4, y + high / 2, "ink-2")
        return row, high

    def _boxes(
        self, y: float, cards: Sequence[Card], title: tuple[Text, Text], icon: str, inset: float = 0.0
    ) -> tuple[_Row, float]:
        pen, columns, row = self.pen, self.columns, _Row()
        if not cards:
            return row, 0.0
        named = columns.name(pen, y + 6, icon, pen.say(title[0]), pen.say(title[1])) + 6
        at = y
        for number, found in enumerate(cells(self.document, cards)):
            at += 10 if number else 0
            high = inset + max(cell_height(pen, self.document, cell, self._wide(cell)) for cell in found)
            for cell in found:
                draw_cell(pen, self.document, cell, columns.start(cell.first), at, self._wide(cell), high, icon, inset)
                row.boxes.append((cell, at, at + high))
            at += high
        return row, max(named, at - y)

    def _wide(self, cell: Cell) -> float:
        return self.columns.start(cell.after) - _GAP - self.columns.start(cell.first)

    def _line(self, y: float, name: Text, icon: str, wide: float, dash: str | None) -> float:
        pen, at = self.pen, y + (_BETWEEN + self.air) / 2
        pen.icon(icon, self.columns.x + 10, at, 15, "ink", 1.9)
        pen.text(self.columns.x + 26, at + 4, pen.say(name), 11.5, 600, room=_RAIL - 40)
        pen.line(self.columns.left - 8, at, self.right, at, "ink", wide, dash=dash)
        return _BETWEEN + self.air

    # ------------------------------------------------------------------ between rows

    def _join(self, upper: _Row, lower: _Row, way: str) -> None:
        """Arrows between boxes that stand over each other, one for each pair."""
        pairs: dict[tuple[float, int, int, int], tuple[float, float, Cell]] = {}
        for column in range(self.columns.count):
            above, below = upper.at(column, lowest=True), lower.at(column, lowest=False)
            if above and below:
                first, after = max(above[0].first, below[0].first), min(above[0].after, below[0].after)
                pairs[below[1], below[0].first, first, after] = (above[2], below[1], below[0])
        for (_, _, first, after), (top, bottom, cell) in pairs.items():
            x = (self.columns.start(first) + self.columns.start(after) - _GAP) / 2
            acts = way == "down" or all(card.kind != "communication" for card in cell.cards)
            self.pen.arrow(x, top + 4, x, bottom - 4, "ink-2")
            if not acts:
                self.pen.arrow(x, bottom - 4, x, top + 4, "ink-2")

    def _failures(self, customer: _Row, meeting: _Row) -> None:
        """Pain points as tags on the box where they are met, and a dashed way back to the customer."""
        pen, columns = self.pen, self.columns
        for step, card in sorted(self.pains.items()):
            above = customer.at(step, lowest=True)
            box = meeting.at(step, lowest=False)
            if above is None:
                continue
            x, wide = columns.start(step), columns.wide
            top = box[1] if box else above[2] + _BETWEEN + self.air
            if box and self.document.evidence(card):
                returned(pen, x + wide, columns.gap, top + 24, above[2], x + wide / 2 + 30)
            tag(pen, self.document, card, x - 8, top - _OVER, wide + _BESIDE)
