"""One short grammar for shaping journeys, the same in the command line, addresses, the API and the library.

A chain of shapes, each taking what the one before gave, separated by ``;``::

    collapse                          repeats in a row become one
    collapse loops                    a round of up to eight touchpoints walked again is dropped too
    where did a > b within 7d         only the customers, or the events, that meet a condition (see ``core.grammar``)
    rename checkout_*|pay=checkout    touchpoints under other names, by rules (see ``core.taxonomy``)
    rename channel insta*=social      the same for channels, devices, …
    cross                             touchpoint × channel: product_view@app (``cross device``: × device)
    cut before purchase 7d            up to the first purchase, only the last seven days before it if a time is given
    cut after signup 30d              from the first signup on
    cut first 5; cut last 5           the first or the last events
    sessions                          each session a journey of its own: a pause of more than 30 minutes begins one
    sessions 1h midnight campaign     of more than an hour; so does a new day, and another campaign
    episodes 30d                      each episode a journey: a pause of more than 30 days begins one
    episodes by month                 by the calendar: day, week or month
    episodes until purchase           each ends with a purchase; the last may be unfinished
    episodes from visit               each begins with a visit

A name with spaces or signs stands in double quotes, ``A|B`` is either. Both directions are lossless:
``parse_shapes(say_shapes(x)) == x``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from safarnama.core.errors import Mistake, unknown
from safarnama.core.grammar import Filter, Reader, parse_duration, quoted, say_duration
from safarnama.core.taxonomy import TOUCHPOINT, Rule
from safarnama.core.words import Text
from safarnama.core.words.digits import latin


@dataclass(frozen=True, slots=True)
class Collapse:
    """Repeats in a row become one; with ``loops`` a round walked again becomes one round."""

    loops: bool = False

    def __str__(self) -> str:
        return "collapse loops" if self.loops else "collapse"


@dataclass(frozen=True, slots=True)
class Only:
    """The customers, or the events, that meet a condition."""

    condition: Filter

    def __str__(self) -> str:
        return f"where {self.condition}"


@dataclass(frozen=True, slots=True)
class Rename:
    """Touchpoints, or the values of a dimension of events, under other names."""

    rules: tuple[Rule, ...]
    of: str = TOUCHPOINT

    def __str__(self) -> str:
        of = "" if self.of == TOUCHPOINT else f"{quoted(self.of)} "
        return f"rename {of}{', '.join(map(str, self.rules))}"


@dataclass(frozen=True, slots=True)
class Cross:
    """Each touchpoint together with the channel, or another dimension, where it happened."""

    of: str = "channel"

    def __str__(self) -> str:
        return "cross" if self.of == "channel" else f"cross {quoted(self.of)}"


@dataclass(frozen=True, slots=True)
class CutAt:
    """The part ``before`` or ``after`` the first event of ``goal``, that event included, no further from it than ``within``."""

    side: str
    goal: tuple[str, ...]
    within: timedelta | None = None

    def __str__(self) -> str:
        within = "" if self.within is None else f" {say_duration(self.within)}"
        return f"cut {self.side} {_either(self.goal)}{within}"


@dataclass(frozen=True, slots=True)
class CutTo:
    """The ``first`` or the ``last`` so many events."""

    side: str
    count: int

    def __str__(self) -> str:
        return f"cut {self.side} {self.count}"


@dataclass(frozen=True, slots=True)
class Sessions:
    """Each session a journey: a pause of more than ``gap`` begins one; so does, if wanted, a new day (``midnight``) or another
    value of the dimension ``change``, such as campaign."""

    gap: timedelta = timedelta(minutes=30)
    midnight: bool = False
    change: str | None = None

    def __str__(self) -> str:
        # A dimension that is called midnight is told from the word by its quotes.
        change = (
            "" if self.change is None else ' "midnight"' if self.change == "midnight" else f" {quoted(self.change)}"
        )
        return f"sessions {say_duration(self.gap)}{' midnight' if self.midnight else ''}{change}"


@dataclass(frozen=True, slots=True)
class Episodes:
    """Each episode a journey: a pause of more than ``gap`` begins one; or each ``by`` day, week or month; or each ``until`` a goal
    is reached; or each from a touchpoint of ``opening`` on. One of the four is given."""

    gap: timedelta | None = None
    by: str | None = None
    until: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.gap is not None:
            return f"episodes {say_duration(self.gap)}"
        if self.by is not None:
            return f"episodes by {self.by}"
        return f"episodes until {_either(self.until)}" if self.until else f"episodes from {_either(self.opening)}"


Shape = Collapse | Only | Rename | Cross | CutAt | CutTo | Sessions | Episodes
PERIODS = ("day", "week", "month")
Shaping = tuple[Shape, ...]


def parse_shapes(text: str) -> Shaping:
    """A chain of shapes from its string form; raises ``Mistake`` where it stops making sense."""
    bounds = [found.start() for found in re.finditer(r'"(?:[^"\\]|\\.)*"|;', text) if found[0] == ";"]
    parts = [text[start:end] for start, end in zip([0, *(at + 1 for at in bounds)], [*bounds, len(text)], strict=True)]
    shapes = tuple(_one(part.strip()) for part in parts if part.strip())
    if not shapes:
        raise Mistake(
            Text(
                en="There is no shape here. Write one, such as {example}",
                fa="شکلی داده نشده است. یکی بنویسید، مانند {example}",
            ),
            example="collapse; cut first 5",
        )
    return shapes


def say_shapes(shapes: Sequence[Shape]) -> str:
    return "; ".join(map(str, shapes))


def _one(text: str) -> Shape:
    reader = _Reader(text)
    word = reader.peek()[1]
    if word not in _RULES:
        raise unknown(Text(en="Shape", fa="شکل"), word, list(_RULES))
    reader.position += 1
    shape = _RULES[word](reader)
    reader.end()
    return shape


def _collapse(reader: _Reader) -> Shape:
    return Collapse(loops=reader.take("loops") is not None)


def _where(reader: _Reader) -> Shape:
    return Only(reader.either())


def _rename(reader: _Reader) -> Shape:
    # A name before another name says what is renamed.
    of = reader.name() if reader.after()[0] in ("word", "name") else TOUCHPOINT
    rules = [reader.rule()]
    while reader.take(","):
        rules.append(reader.rule())
    return Rename(tuple(rules), of)


def parse_rules(text: str) -> Rename:
    """Rules for names from their string form: ``checkout_*|pay=checkout``, ``channel insta*=social``."""
    shape = parse_shapes(f"rename {text}")
    if len(shape) != 1 or not isinstance(shape[0], Rename):
        raise _Reader(f"rename {text}").lost()
    return shape[0]


def _cross(reader: _Reader) -> Shape:
    return Cross() if reader.peek()[0] == "end" else Cross(reader.name())


def _cut(reader: _Reader) -> Shape:
    side = reader.take("before", "after", "first", "last")
    if side is None:
        raise reader.lost()
    if side in ("first", "last"):
        count = latin(reader.name())
        if not count.isdecimal() or int(count) < 1:
            raise reader.lost()
        return CutTo(side, int(count))
    return CutAt(side, reader.names(), reader.duration())


def _sessions(reader: _Reader) -> Shape:
    gap = reader.span() or Sessions().gap
    midnight = reader.peek() == ("word", "midnight") and reader.take("midnight") is not None
    return Sessions(gap, midnight, None if reader.peek()[0] == "end" else reader.name())


def _episodes(reader: _Reader) -> Shape:
    how = reader.take("by", "until", "from")
    if how == "by":
        period = reader.take(*PERIODS)
        if period is None:
            raise reader.lost()
        return Episodes(by=period)
    if how is not None:
        names = reader.names()
        return Episodes(until=names) if how == "until" else Episodes(opening=names)
    gap = reader.span()
    if gap is None:
        raise reader.lost()
    return Episodes(gap=gap)


_RULES: dict[str, Callable[[_Reader], Shape]] = {
    "collapse": _collapse,
    "where": _where,
    "rename": _rename,
    "cross": _cross,
    "cut": _cut,
    "sessions": _sessions,
    "episodes": _episodes,
}
_HOW: dict[str, str] = {
    "collapse": "collapse · collapse loops",
    "where": "where did add_to_cart > purchase within 7d and channel = app",
    "rename": 'rename checkout_*=checkout · rename a|b=c, "Landing page"=visit · rename channel insta*=social',
    "cross": "cross · cross device",
    "cut": "cut before purchase 7d · cut after signup · cut first 5 · cut last 5",
    "sessions": "sessions · sessions 1h · sessions 30min midnight · sessions 30min campaign",
    "episodes": "episodes 30d · episodes by week · episodes until purchase · episodes from visit",
}


class _Reader(Reader):
    """Reads one shape."""

    def duration(self) -> timedelta | None:
        """A length of time from all that is left, or None when nothing is."""
        words = []
        while self.peek()[0] == "word":
            words.append(self.peek()[1])
            self.position += 1
        length = parse_duration(" ".join(words)) if words else None
        if length is not None and length <= timedelta(0):
            raise self.lost()
        return length

    def span(self) -> timedelta | None:
        """A length of time if one comes here, written in one word (``1h30m``) or in two (``30 min``)."""
        word = latin(self.peek()[1])
        if self.peek()[0] != "word" or not word[0].isdigit():
            return None
        self.position += 1
        if word.isdecimal() and self.peek()[0] == "word":
            word = f"{word} {self.peek()[1]}"
            self.position += 1
        length = parse_duration(word)
        if length <= timedelta(0):
            raise self.lost()
        return length

    def after(self) -> tuple[str, str]:
        """The token after the one that comes."""
        at = self.position + 1
        return self.tokens[at][:2] if at < len(self.tokens) else ("end", "")

    def rule(self) -> Rule:
        patterns = self.names()
        if not self.take("="):
            raise self.lost()
        return Rule(patterns, self.name())

    def lost(self, at: int | None = None) -> Mistake:
        rule = self.text.split(maxsplit=1)[0]
        return Mistake(
            Text(
                en="Could not read the shape {text}. Write it like: {how}",
                fa="شکل {text} خوانده نشد. آن را به یکی از این صورت‌ها بنویسید: {how}",
            ),
            text=repr(self.text),
            how=_HOW.get(rule, " · ".join(_HOW.values())),
        )


def _either(names: Sequence[str]) -> str:
    return "|".join(map(quoted, names))
