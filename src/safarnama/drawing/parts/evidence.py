"""How evidence looks: a mark and, beside it, n or the word, so that nothing assumed can be taken for measured."""

from __future__ import annotations

from collections.abc import Sequence

from safarnama.core.words import Text
from safarnama.core.words.counted import FEW, PEOPLE, counted, few
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width
from safarnama.maps.derived import Figure
from safarnama.maps.evidence import Evidence, Standing, standing
from safarnama.maps.naming import STANDINGS
from safarnama.maps.words import say

WORDS: dict[str, Text] = {**STANDINGS, "stale": Text(en="stale", fa="قدیمی")}
LEGEND: dict[str, Text] = {
    "measured": Text(en="measured from events", fa="داده: از رویدادها"),
    "surveyed": Text(en="surveyed", fa="نظرسنجی"),
    "observed": Text(en="observed in reviews, chats, interviews", fa="مشاهده: در نظرها، چت‌ها و مصاحبه‌ها"),
    "assumed": Text(en="assumed, not checked", fa="فرض: هنوز سنجیده نشده"),
    "stale": Text(en="stale: over 90 days", fa="قدیمی: بیش از ۹۰ روز"),
}
_MARK = 9.5


def look(pen: Pen, evidence: Sequence[Evidence]) -> tuple[Standing, bool]:
    """The standing of a card and whether all its evidence is stale."""
    return standing(evidence), bool(evidence) and all(each.stale(pen.today) for each in evidence)


def note_of(pen: Pen, evidence: Sequence[Evidence]) -> str:
    """What stands beside the mark: n with what was counted, or the word where one must be said."""
    state, stale = look(pen, evidence)
    if state == "assumed":
        return pen.say(WORDS["assumed"])
    best = next(each for each in evidence if each.kind == state)
    parts = [pen.say(WORDS["stale"])] if stale else []
    if best.n is not None:
        parts.append(count(pen, best.n, best.unit))
    elif not stale:
        parts.append(pen.say(WORDS[state]))
    return " · ".join(parts)


def count(pen: Pen, n: int, unit: str) -> str:
    """A count as drawings say it; one to four people are never told apart."""
    if unit not in PEOPLE or pen.language == "fa":
        return counted(n, "people" if unit in PEOPLE else unit, pen.language)
    return f"n = {FEW.en if few(n, unit) else pen.form(n, 'count')}"


def told(pen: Pen, each: Evidence) -> list[str]:
    """All that is known of one piece of evidence: its kind, n, period, source and note, and whether it is stale."""
    parts = [pen.say(WORDS[each.kind])]
    if each.n is not None:
        parts.append(count(pen, each.n, each.unit))
    if each.start and each.end:
        parts.append(pen.form((each.start, each.end), "period"))
    parts += [said for words in (each.source, each.note) if words and (said := say(words, pen.language))]
    return [*parts, pen.say(WORDS["stale"])] if each.stale(pen.today) else parts


_RANGE = Text(en="{low}–{high}", fa="{low} تا {high}")


def interval(pen: Pen, figure: Figure) -> str:
    """From where to where a figure may lie, in its own form: a unit that both ends share is said once."""
    low, high = (pen.form(end, figure.form) for end in (figure.low, figure.high))
    if figure.form.startswith("percent") and low[-1:] in "%٪":
        low = low[:-1]
    return pen.say(_RANGE, low=low, high=high)


def mark(pen: Pen, state: str, x: float, y: float, size: float = _MARK) -> None:
    """The mark of a standing about its middle."""
    pen.icon(f"evidence-{state}", x, y, size, "ink-3" if state in ("assumed", "stale") else "lapis")


def line(pen: Pen, evidence: Sequence[Evidence], x: float, y: float, room: float, size: float = 9) -> None:
    """Mark and note on one line with its baseline at ``y``."""
    state, stale = look(pen, evidence)
    mark(pen, "stale" if stale else state, x + _MARK / 2, y - size * 0.34)
    pen.text(x + _MARK + 4, y, note_of(pen, evidence), size, 400, "ink-3", room=room - _MARK - 4)


def line_width(pen: Pen, evidence: Sequence[Evidence], size: float = 9) -> float:
    return _MARK + 4 + width(note_of(pen, evidence), size)
