"""Mermaid: the map as a ``journey`` diagram, for wikis and repositories that draw it."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from safarnama.core.words import Text
from safarnama.drawing.outputs.output import Drawing, Output
from safarnama.drawing.svg import FORBIDDEN
from safarnama.maps.model import Map
from safarnama.maps.words import say

# What has a meaning in the grammar, and what looks like it and has none.
_LIKE = str.maketrans({":": "∶", ";": "；", "#": "＃", "%": "٪", ",": "‚", "<": "‹", ">": "›"})
_KEYWORD = re.compile(r"^(title|section|journey|acctitle|accdescr)\b", re.IGNORECASE)
_MIDDLE = 3


class Mermaid(Output):
    """Stages as sections, steps as tasks with a score from 1 to 5 out of the feeling curve, personas as actors. Cards do not fit
    into the grammar; a step without a feeling scores 3."""

    title: ClassVar[Text] = Text(en="Mermaid journey", fa="نمودار سفر Mermaid")
    example: ClassVar[dict[str, Any]] = {}
    media: ClassVar[str] = "text/vnd.mermaid; charset=utf-8"
    needs_map: ClassVar[bool] = True

    def write(self, drawing: Drawing) -> bytes:
        assert drawing.document is not None
        document, language = drawing.document, drawing.language
        scores = _scores(document)
        actors = ", ".join(_plain(say(persona.name, language)) for persona in document.personas)
        lines = ["journey", f"    title {_plain(say(document.title, language))}"]
        goal = say(document.goal, language)
        lines += [f"    accDescr: {_plain(goal)}"] if goal else []
        for stage in document.stages:
            lines.append(f"    section {_plain(say(stage.name, language))}")
            for step in stage.steps:
                name = _KEYWORD.sub("\u200b\\1", _plain(say(step.name, language)))
                lines.append(f"      {name}: {scores.get(step.id, _MIDDLE)}" + (f": {actors}" if actors else ""))
        return ("\n".join(lines) + "\n").encode()


def _scores(document: Map) -> dict[str, int]:
    """The feeling at each step, from −2 … +2 to 1 … 5; where there are several curves, the first that says it."""
    found: dict[str, int] = {}
    for curve in document.curves_of("feeling"):
        for point in curve.points:
            found.setdefault(point.step, max(1, min(5, round(point.value) + _MIDDLE)))
    return found


def _plain(text: str) -> str:
    """A text on one line without a sign that the grammar would read."""
    return " ".join(FORBIDDEN.sub("", text).split()).translate(_LIKE) or "–"
