"""What stages are for: what the customer and the company want there, who answers for it, and what it costs departments."""

from __future__ import annotations

from safarnama.core.words import Text
from safarnama.drawing.parts import evidence
from safarnama.drawing.parts.frame import Frame, stage_columns
from safarnama.drawing.parts.journey import rail_name
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width
from safarnama.maps.model import Map
from safarnama.maps.stages import Effort, Stage
from safarnama.maps.words import say

_TITLE = Text(en="Goals and owners", fa="هدف‌ها و مسئولان")
_SPENT = Text(en="{department} {level:count}/5", fa="{department} {level:count} از ۵")
_SIZE, _CHIP = 9.8, 17.0


def plans(pen: Pen, document: Map, frame: Frame, y: float) -> float:
    """Draw it below ``y``; returns the height, none where no stage says any of it."""
    if not any(_wants(pen, stage) or _chips(pen, stage) or stage.evidence for stage in document.whole.stages):
        return 0.0
    high = rail_name(pen, frame, y + 1, pen.say(_TITLE))
    for stage, (first, after) in zip(document.stages, stage_columns(document), strict=True):
        x, room = frame.x(first) + 9, frame.x(after) - frame.x(first) - 16
        with pen.within(stage.id, "plan"):
            high = max(high, _stage(pen, stage, x, y, room))
    return high + 4


def _stage(pen: Pen, stage: Stage, x: float, y: float, room: float) -> float:
    used = 7.0
    for icon, said in _wants(pen, stage):
        pen.icon(icon, x + 6, y + used + 7, 11, "lapis")
        used += pen.block(x + 16, y + used, said, room - 16, _SIZE, 400, "ink-2", lines=3, tight=True) + 3
    at = 0.0
    for number, (icon, said) in enumerate(_chips(pen, stage)):
        wide = min(room, width(said, 9.2, 600) + 27)
        if number and at + wide > room:
            at, used = 0.0, used + _CHIP + 3
        pen.box(x + at, y + used, wide, _CHIP, "surface", "rule", radius=_CHIP / 2)
        pen.icon(icon, x + at + 10, y + used + _CHIP / 2, 10, "lapis")
        pen.text(x + at + 18, y + used + 11.8, said, 9.2, 600, "ink-2", room=wide - 25)
        at += wide + 4
    used += _CHIP + 3 if at else 0.0
    if stage.evidence:
        evidence.line(pen, stage.evidence, x, y + used + 10, room)
        used += 14
    return used


def _wants(pen: Pen, stage: Stage) -> list[tuple[str, str]]:
    """The goals of the customer and of the company."""
    goals = (("target", stage.goal), ("store", stage.business_goal))
    return [(icon, said) for icon, words in goals if (said := say(words, pen.language))]


def _chips(pen: Pen, stage: Stage) -> list[tuple[str, str]]:
    """The owner, and each department with its effort."""
    owner = say(stage.owner, pen.language)
    return [*([("user", owner)] if owner else []), *(("gauge", _spent(pen, each)) for each in stage.effort)]


def _spent(pen: Pen, each: Effort) -> str:
    department = say(each.department, pen.language)
    return pen.say(_SPENT, department=department, level=each.level) if each.level else department
