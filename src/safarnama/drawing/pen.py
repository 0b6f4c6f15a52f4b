"""A pen draws marks onto a sheet in logical coordinates and knows the sheet's language and setting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from safarnama.core.words import Text as Sentence
from safarnama.core.words import speech
from safarnama.drawing.icons import icon as known_icon
from safarnama.drawing.scene import Anchor, Arrow, Box, Direction, Fill, Group, Icon, Line, Mark, Path, Segment, Text
from safarnama.drawing.setting import PLAIN, Setting
from safarnama.drawing.shaping import fit, is_persian, width, wrap
from safarnama.drawing.tokens import line_height

_PERSIAN = re.compile("[\u0600-\u06ff]")


class Pen:
    """Collects marks, back to front. ``x`` grows from the side where reading starts, ``y`` downwards."""

    def __init__(self, language: str, today: date | None = None, setting: Setting = PLAIN) -> None:
        self.language = language
        self.today = today or date.today()
        self.setting = setting
        self.marks: list[Mark] = []

    @property
    def direction(self) -> Direction:
        return "rtl" if self.language == "fa" else "ltr"

    def say(self, text: Sentence, **arguments: object) -> str:
        """A sentence in the sheet's language."""
        return text.say(self.language, **arguments)

    def form(self, value: object, form: str) -> str:
        """A value in the sheet's language; forms as in ``core.words.speech``."""
        return speech.say(value, form, self.language)

    def add(self, *marks: Mark) -> None:
        self.marks.extend(marks)

    @contextmanager
    def within(self, name: str, role: str = "card", title: str = "") -> Iterator[None]:
        """What is drawn inside belongs together and leads back to the thing of that name; ``title`` says it whole."""
        outer, self.marks = self.marks, []
        try:
            yield
        finally:
            inner, self.marks = self.marks, outer
            if inner:
                self.add(Group(tuple(inner), id=f"{role}-{name}", title=title, role=role))

    # ------------------------------------------------------------------ words

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        weight: int = 400,
        colour: str = "ink",
        anchor: Anchor = "start",
        room: float | None = None,
        halo: str | None = None,
        direction: Direction | None = None,
    ) -> float:
        """One line with its baseline at ``y``; cut to ``room`` if one is given. Returns its width."""
        text = " ".join(text.split())
        if room is not None:
            text = fit(text, room, size, weight)
        if not text:
            return 0.0
        self.add(Text(x, y, text, size, weight, colour, anchor, direction or self._direction_of(text), halo))
        return width(text, size, weight)

    def block(
        self,
        x: float,
        y: float,
        text: str,
        room: float,
        size: float,
        weight: int = 400,
        colour: str = "ink",
        lines: int | None = None,
        anchor: Anchor = "start",
        tight: bool = False,
    ) -> float:
        """Several lines below ``y`` (their top), broken to ``room``. Returns their height."""
        broken = wrap(text, room, size, weight, lines)
        step = self.leading(size, tight)
        if anchor == "start" and text.count(" ") > 2 and is_persian(text) != (self.language == "fa"):
            # A sentence in the other script begins where that script begins: at the far side of their room.
            x, anchor = x + room, "end"
        # A line of Latin words inside a Persian sentence still is a line of that sentence.
        direction = self._direction_of(text)
        for number, line in enumerate(broken):
            base = y + self.rise(size, tight) + number * step
            self.text(x, base, line, size, weight, colour, anchor, direction=direction)
        return len(broken) * step

    def height(
        self,
        text: str,
        room: float,
        size: float,
        weight: int = 400,
        lines: int | None = None,
        tight: bool = False,
    ) -> float:
        """The height ``block`` would take."""
        return len(wrap(text, room, size, weight, lines)) * self.leading(size, tight)

    def leading(self, size: float, tight: bool = False) -> float:
        """From one line to the next."""
        return size * line_height(self.language, tight)

    def rise(self, size: float, tight: bool = False) -> float:
        """From the top of a line to its baseline."""
        return self.leading(size, tight) / 2 + size * (0.33 if self.language == "fa" else 0.35)

    def _direction_of(self, text: str) -> Direction:
        if self.language == "fa":
            return "rtl" if _PERSIAN.search(text) else "ltr"
        return "rtl" if is_persian(text) else "ltr"

    # ------------------------------------------------------------------ shapes

    def box(
        self,
        x: float,
        y: float,
        wide: float,
        high: float,
        fill: Fill = None,
        stroke: str | None = None,
        **more: object,
    ) -> None:
        self.add(Box(x, y, wide, high, fill, stroke, **more))  # type: ignore[arg-type]

    def disc(
        self, x: float, y: float, radius: float, fill: Fill = None, stroke: str | None = None, **more: object
    ) -> None:
        """A circle about its middle."""
        self.add(Box(x - radius, y - radius, 2 * radius, 2 * radius, fill, stroke, radius=radius, **more))  # type: ignore[arg-type]

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        stroke: str = "rule",
        wide: float = 1,
        **more: object,
    ) -> None:
        self.add(Line(x1, y1, x2, y2, stroke, wide, **more))  # type: ignore[arg-type]

    def arrow(
        self, x1: float, y1: float, x2: float, y2: float, stroke: str, wide: float = 1.5, head: float = 5
    ) -> None:
        """A line with an open head at its end."""
        self.add(Arrow(x1, y1, x2, y2, stroke, wide, head))

    def path(self, segments: tuple[Segment, ...], **more: object) -> None:
        self.add(Path(segments, **more))  # type: ignore[arg-type]

    def icon(
        self,
        name: str,
        x: float,
        y: float,
        size: float,
        colour: str = "ink",
        stroke: float = 1.75,
        turns: bool = False,
    ) -> None:
        """An icon about its middle."""
        known_icon(name)
        self.add(Icon(name, x - size / 2, y - size / 2, size, colour, stroke, turns))
