"""A finding as a picture: its headline above, the chart, and what to keep in mind below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from safarnama.core import registry
from safarnama.core.finding import Finding
from safarnama.core.words import Text
from safarnama.core.workspace import write
from safarnama.drawing.outputs.output import Drawing
from safarnama.drawing.parts import evidence
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Scene
from safarnama.drawing.shaping import width, wrap

_WIDE, _MARGIN = 860.0, 36.0
_NOTHING = Text(en="Nothing to draw", fa="چیزی برای کشیدن نیست")
_KICKER = Text(en="Safarnama · {title}", fa="سفرنامه · {title}")

# Draws below y within x and width; returns the height it took.
DrawChart = Callable[[Pen, Finding, float, float, float], float]


@dataclass(frozen=True)
class Picture:
    """A picture of a finding. ``svg(language)`` gives text, ``save(path, language)`` writes svg, png or pdf."""

    finding: Finding
    draw: DrawChart

    def scene(self, language: str) -> Scene:
        """The picture as a scene."""
        pen = Pen(language)
        room = _WIDE - 2 * _MARGIN
        title = self.finding.say(language)
        question = registry.find("question", self.finding.question).title
        y = 30.0
        pen.line(_MARGIN, y, _WIDE - _MARGIN, y, "ink", 2)
        y += 12
        pen.text(_MARGIN, y + 11, pen.say(_KICKER, title=question), 11, 600, "lapis")
        y += 20
        size = next((size for size in (22.0, 19.0, 17.0) if len(wrap(title, room, size, 800)) <= 2), 15.5)
        # However many names of the other script are in it, a headline is a sentence of its language and begins where that begins.
        for line in wrap(title, _even(title, room, size), size, 800, lines=3):
            pen.text(_MARGIN, y + pen.rise(size, tight=True), line, size, 800, direction=pen.direction)
            y += pen.leading(size, tight=True)
        y += 6
        y += self._counted(pen, _MARGIN, y, room) + 16
        y += self.draw(pen, self.finding, _MARGIN, y, room) if self.finding.table.num_rows else self._empty(pen, y)
        caveats = self.finding.say_caveats(language)
        if caveats:
            y += 14
            pen.line(_MARGIN, y, _WIDE - _MARGIN, y, "rule")
            y += 6
            for caveat in caveats:
                y += pen.block(_MARGIN, y, caveat, room, 10.5, 400, "ink-3", lines=2)
        return Scene(_WIDE, y + 24, tuple(pen.marks), pen.direction, language, title, title)

    def svg(self, language: str = "en", theme: str = "paper") -> str:
        """The picture as SVG text."""
        return self._write("svg", language, theme).decode()

    def png(self, language: str = "en", theme: str = "paper") -> bytes:
        """The picture in pixels."""
        return self._write("png", language, theme)

    def pdf(self, language: str = "en", theme: str = "paper") -> bytes:
        """The picture for print."""
        return self._write("pdf", language, theme)

    def save(self, path: str | Path, language: str = "en", theme: str = "paper") -> Path:
        """Write the picture; the ending of the name says the format."""
        path = Path(path)
        write(path, self._write(path.suffix.removeprefix("."), language, theme))
        return path

    def _repr_html_(self) -> str:
        return self.svg()

    def _write(self, output: str, language: str, theme: str) -> bytes:
        kind = registry.find("output", output)
        if kind.needs_map:
            kind = registry.find("output", "svg")
        written: bytes = kind().write(Drawing(self.scene, language, theme))
        return written

    def _counted(self, pen: Pen, x: float, y: float, room: float) -> float:
        finding = self.finding
        said = evidence.count(pen, finding.n, finding.n_unit)
        if finding.period:
            said += " · " + pen.form(finding.period, "period")
        surveyed = finding.n_unit == "answers"
        evidence.mark(pen, "surveyed" if surveyed else "measured", x + 5, y + 8, 10)
        pen.text(x + 15, y + 11.5, said, 11.5, 400, "ink-3", room=room)
        return 18

    def _empty(self, pen: Pen, y: float) -> float:
        room = _WIDE - 2 * _MARGIN
        pen.box(_MARGIN, y, room, 90, "paper", "assumed-edge", radius=5, dash="3 2.5", hatched=True)
        said = pen.say(_NOTHING)
        pen.box(_WIDE / 2 - width(said, 12) / 2 - 10, y + 32, width(said, 12) + 20, 26, "paper", radius=4)
        pen.text(_WIDE / 2, y + 49, said, 12, 400, "ink-3", anchor="middle")
        return 90


def _even(title: str, room: float, size: float) -> float:
    """The least room in which a headline takes no more lines than it must: no last line of one word."""
    many = len(wrap(title, room, size, 800))
    low, high = 0.55 * room, room
    while many > 1 and high - low > 4:
        middle = (low + high) / 2
        low, high = (low, middle) if len(wrap(title, middle, size, 800)) <= many else (middle, high)
    return high
