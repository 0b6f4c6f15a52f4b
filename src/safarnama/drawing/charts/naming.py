"""What rows of a finding are called in a picture."""

from __future__ import annotations

from typing import Any

from safarnama.core.errors import Mistake
from safarnama.core.grammar import parse_steps
from safarnama.core.words import Text
from safarnama.core.words.calendar import say_month
from safarnama.core.words.lexicon import channel_title, touchpoint, value_title
from safarnama.drawing.pen import Pen

_OTHER, _UNKNOWN = Text(en="other", fa="دیگر"), Text(en="unknown", fa="نامشخص")
_STAGE = Text(en="Stage {n:number}", fa="مرحله {n:number}")


def label(pen: Pen, column: str, value: Any, per: str = "touchpoint") -> str:
    """A cell that names a row, in the pen's language."""
    if value is None:
        return pen.say(_UNKNOWN)
    if column == "stage":
        return pen.say(_STAGE, n=value)
    if column == "path":
        return path(pen, str(value))
    if column == "channel":
        return pen.say(channel_title(str(value)))
    if column == "segment":
        return pen.say(value_title(str(value)))
    if column == "name" and per != "touchpoint":
        if per == "month":
            calendar = "jalali" if int(str(value)[:4]) < 1700 else "gregorian"
            return say_month(str(value), pen.language, calendar)  # type: ignore[arg-type]
        return pen.say(value_title(str(value)))
    return step(pen, str(value))


def step(pen: Pen, name: str) -> str:
    """A step, ``A|B`` as "A / B"."""
    try:
        names = parse_steps(name)[0].names
    except Mistake:
        names = (name,)
    return " / ".join(pen.say(touchpoint(each).title) for each in names)


def path(pen: Pen, written: str) -> str:
    """A path of steps; the mark between them turns with the reading direction by itself."""
    if written == "other":
        return pen.say(_OTHER)
    return " › ".join(step(pen, part) for part in written.split(" > "))
