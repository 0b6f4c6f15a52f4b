"""What rows of a finding are called in a picture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from safarnama.core.errors import Mistake
from safarnama.core.grammar import parse_steps
from safarnama.core.labels import path_title
from safarnama.core.words import Text, speech
from safarnama.core.words.calendar import say_month
from safarnama.core.words.lexicon import channel_title, touchpoint, value_title
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width, wrap

_OTHER, _UNKNOWN = Text(en="other", fa="دیگر"), Text(en="unknown", fa="نامشخص")
_LITTLE = Text(en="<0.1%", fa="کمتر از ۰٫۱٪")
_STAGE = Text(en="Stage {n:number}", fa="مرحله {n:number}")

_SIZES = {
    "one": Text(en="1 event", fa="۱ رویداد"),
    "so": Text(en="{low} events", fa="{low} رویداد"),
    "to": Text(en="{low}–{high} events", fa="{low} تا {high} رویداد"),
    "more": Text(en="{low} events or more", fa="{low} رویداد یا بیشتر"),
}


def label(pen: Pen, column: str, value: Any, per: str = "touchpoint") -> str:
    """A cell that names a row, in the pen's language."""
    if value is None:
        return pen.say(_UNKNOWN)
    if column == "stage":
        return pen.say(_STAGE, n=value)
    if column == "size":
        return size(str(value), pen.language)
    if column == "path":
        return path_title(str(value), pen.language)
    if column == "channel":
        return pen.say(channel_title(str(value)))
    if column == "segment":
        return pen.say(value_title(str(value)))
    if column in ("cohort", "period"):
        return period(str(value), pen.language)
    if column == "name" and per != "touchpoint":
        if per in ("day", "week", "month"):
            return period(str(value), pen.language)
        return pen.say(value_title(str(value)))
    return step(pen, str(value))


def share(pen: Pen, value: float) -> str:
    """A share in words; what is there but rounds to nothing is said to be little, not none."""
    return pen.say(_LITTLE) if 0 < value < 0.0005 else pen.form(value, "percent")


def lines(text: str, room: float, size: float, weight: int, most: int) -> list[str]:
    """A name in lines that fit into ``room``. A word that is wider ends with "…": no name is broken inside a word."""
    words = []
    for word in text.split():
        # Names made of several words may break at their joints.
        if any(width(part, size, weight) > room for part in re.findall(r"[^_/\-.@]+[_/\-.@]*|[_/\-.@]+", word)):
            word = _cut(word, room, size, weight)
        words.append(word)
    told = [line.replace("……", "…") for line in wrap(" ".join(words), room, size, weight, most)]
    if most == 1 and told and told[0].endswith("…") and width(told[0], size, weight) < 0.6 * room:
        # Little is left of it at the end of a word: as much as there is room for.
        told = [_cut(" ".join(text.split()), room, size, weight)]
    return told or [""]  # a name without a letter (an underscore) is a line without a word


def _cut(text: str, room: float, size: float, weight: int) -> str:
    while len(text) > 1 and width(text + "…", size, weight) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def written(
    pen: Pen,
    x: float,
    middle: float,
    told: Sequence[str],
    size: float,
    weight: int,
    colour: str = "ink",
    halo: str | None = None,
) -> None:
    """The lines of a name about their middle, each from where reading starts: a name of the other script stays in its column."""
    lead = pen.leading(size, tight=True)
    base = middle - lead * len(told) / 2 + pen.rise(size, tight=True)
    # A path of an English sheet runs from left to right, whatever script most of its names are of.
    runs = pen.direction if pen.language == "en" and any("›" in line for line in told) else None
    for number, line in enumerate(told):
        pen.text(x, base + number * lead, line, size, weight, colour, halo=halo, direction=runs)


def period(written: str, language: str) -> str:
    """A month ("2026-06", or "1405-04" of the Jalali calendar), or the first day of a day or week, in words."""
    if len(written) > 7:
        return speech.say(written, "date", language)
    return say_month(written, language, "jalali" if int(written[:4]) < 1700 else "gregorian")


def step(pen: Pen, name: str) -> str:
    """A step, ``A|B`` as "A / B"."""
    try:
        names = parse_steps(name)[0].names
    except Mistake:
        names = (name,)
    return " / ".join(pen.say(touchpoint(each).title) for each in names)


def size(written: str, language: str) -> str:
    """How many events something has: ``1``, ``3–5`` or ``21+``."""
    low, to, high = written.rstrip("+").partition("–")
    key = "one" if written == "1" else "more" if written.endswith("+") else "to" if to else "so"
    return _SIZES[key].say(language, low=int(low), high=int(high or low))
