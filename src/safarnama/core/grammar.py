"""One short grammar for steps and filters, the same in the command line, addresses and the API.

Steps::

    product_view, add_to_cart, "pay, online" | pay, survey?, !refund, purchase

A comma orders steps, ``A|B`` is either, ``A?`` may be left out, ``!A`` must not come between its neighbours. Filters::

    channel = app|website and city != "تهران" and age >= 30
    did add_to_cart > purchase within 7d and never refund
    reached purchase within 30d and not (did call then complaint within 2d)
    (device = ios or device = android) and during 2026-03-21..2026-06-21

A name with spaces or signs stands in double quotes. Both directions are lossless: ``parse(form(x)) == x``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from safarnama.core.errors import Mistake
from safarnama.core.words import Text
from safarnama.core.words.calendar import from_jalali
from safarnama.core.words.digits import latin


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an ordered set: any of ``names``; optional, or excluded between its neighbours."""

    names: tuple[str, ...]
    optional: bool = False
    excluded: bool = False

    def __str__(self) -> str:
        return ("!" if self.excluded else "") + "|".join(map(quoted, self.names)) + ("?" if self.optional else "")


@dataclass(frozen=True, slots=True)
class Compare:
    """An attribute of the customer or of the event against values: ``=``, ``!=``, ``<``, ``<=``, ``>``, ``>=``."""

    name: str
    sign: str
    values: tuple[str, ...]

    def __str__(self) -> str:
        return f"{quoted(self.name)} {self.sign} {'|'.join(map(quoted, self.values))}"


@dataclass(frozen=True, slots=True)
class Did:
    """The customer went through the steps in this order, all within a time from the first when one is given."""

    steps: tuple[Step, ...]
    within: timedelta | None = None
    never: bool = False

    def __str__(self) -> str:
        steps = " > ".join(map(str, self.steps))
        window = f" within {say_duration(self.within)}" if self.within is not None else ""
        return f"{'never' if self.never else 'did'} {steps}{window}"


@dataclass(frozen=True, slots=True)
class Reached:
    """The customer came to a goal (any of ``names``), within a time from its own first event when one is given."""

    names: tuple[str, ...]
    within: timedelta | None = None

    def __str__(self) -> str:
        window = f" within {say_duration(self.within)}" if self.within is not None else ""
        return f"reached {'|'.join(map(quoted, self.names))}{window}"


@dataclass(frozen=True, slots=True)
class During:
    """The event happened on these days (both included; None is open)."""

    start: date | None
    end: date | None

    def __str__(self) -> str:
        return f"during {say_dates((self.start, self.end))}"


@dataclass(frozen=True, slots=True)
class Not:
    of: Filter

    def __str__(self) -> str:
        return f"not {_bracketed(self.of)}"


@dataclass(frozen=True, slots=True)
class Both:
    """All of these (``join`` "and") or any of them ("or")."""

    join: str
    parts: tuple[Filter, ...]

    def __str__(self) -> str:
        return f" {self.join} ".join(_bracketed(part) for part in self.parts)


Filter = Compare | Did | Reached | During | Not | Both

_TOKEN = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|(<=|>=|!=|[=<>,|?!()])|([^\s"=<>,|?!()]+))')
_PLAIN = re.compile(r"[^\s\"=<>,|?!();\\]+")  # ; parts the shapes of a chain
_WORDS = {"and", "or", "not", "did", "never", "reached", "then", "within", "during"}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([^\W\d_]+)", re.UNICODE)
_SECONDS = {
    "ms": 0.001,
    "s": 1,
    "sec": 1,
    "second": 1,
    "ثانیه": 1,
    "m": 60,
    "min": 60,
    "minute": 60,
    "دقیقه": 60,
    "h": 3600,
    "hour": 3600,
    "ساعت": 3600,
    "d": 86400,
    "day": 86400,
    "روز": 86400,
    "w": 7 * 86400,
    "week": 7 * 86400,
    "هفته": 7 * 86400,
}


def quoted(name: str) -> str:
    """A name as the grammar writes it: in double quotes only where it must be."""
    if _PLAIN.fullmatch(name) and name not in _WORDS:
        return name
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def parse_steps(text: str) -> tuple[Step, ...]:
    """Steps from their string form; raises ``Mistake`` where it stops making sense."""
    reader = Reader(text)
    steps = [reader.step()]
    while reader.take(","):
        steps.append(reader.step())
    reader.end()
    return tuple(steps)


def say_steps(steps: Sequence[object]) -> str:
    return ",".join(map(str, steps))


def parse_filter(text: str) -> Filter:
    """A filter from its string form; raises ``Mistake`` where it stops making sense."""
    reader = Reader(text)
    found = reader.either()
    reader.end()
    return found


def parse_duration(text: str) -> timedelta:
    """A length of time: ``7d``, ``30min``, ``1h30m``, ``۷ روز``.

    >>> parse_duration("1h30m"), parse_duration("۷ روز")
    (datetime.timedelta(seconds=5400), datetime.timedelta(days=7))
    """
    plain = latin(text).strip().casefold()
    parts = _DURATION.findall(plain)
    if parts and not _DURATION.sub("", plain).strip():
        seconds = 0.0
        for amount, unit in parts:
            size = _SECONDS.get(unit, _SECONDS.get(unit.removesuffix("s")))
            if size is None:
                break
            seconds += float(amount) * size
        else:
            return timedelta(seconds=seconds)
    raise Mistake(
        Text(
            en="{seen} is not a length of time. Write it like 30min, 12h or 7d.",
            fa="{seen} مدت زمان نیست. آن را مانند 30min یا 12h یا 7d بنویسید.",
        ),
        seen=repr(text),
    )


def say_duration(length: timedelta) -> str:
    """The string form of a length of time, in the largest unit that divides it.

    >>> say_duration(timedelta(hours=36)), say_duration(timedelta(days=14))
    ('36h', '14d')
    """
    milliseconds = round(length.total_seconds() * 1000)
    for unit, size in (("d", 86_400_000), ("h", 3_600_000), ("min", 60_000), ("s", 1000)):
        if milliseconds % size == 0:
            return f"{milliseconds // size}{unit}"
    return f"{milliseconds}ms"


def parse_date(text: str) -> date:
    """A day written ``2026-03-21`` or, in the Jalali calendar, ``1405-01-01`` (also with / and Persian digits)."""
    found = re.fullmatch(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", latin(text).strip())
    if found:
        year, month, day = map(int, found.groups())
        if year < 1700:
            jalali = from_jalali(year, month, day)
            if jalali is not None:
                return jalali
        else:
            try:
                return date(year, month, day)
            except ValueError:
                pass
    raise Mistake(
        Text(
            en="{seen} is not a day. Write it like 2026-03-21 or 1405-01-01.",
            fa="{seen} تاریخ نیست. آن را مانند 1405-01-01 یا 2026-03-21 بنویسید.",
        ),
        seen=repr(text),
    )


def parse_dates(text: str) -> tuple[date | None, date | None]:
    """First and last day: ``2026-03-21..2026-06-21``; either end may be left open, one day stands for itself."""
    start, dots, end = text.partition("..")
    if not dots:
        day = parse_date(text)
        return day, day
    return parse_date(start) if start.strip() else None, parse_date(end) if end.strip() else None


def say_dates(dates: tuple[date | None, date | None]) -> str:
    start, end = dates
    return f"{start or ''}..{end or ''}"


def _bracketed(part: Filter) -> str:
    return f"({part})" if isinstance(part, Both) else str(part)


class Reader:
    """Reads one text from left to right, token by token; each method takes one rule of the grammar."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.tokens: list[tuple[str, str, int]] = []
        at = 0
        while at < len(text.rstrip()):
            found = _TOKEN.match(text, at)
            if not found:
                self.position = at
                raise self.lost(at)
            string, sign, word = found.groups()
            if string is not None:
                self.tokens.append(("name", re.sub(r"\\(.)", r"\1", string), found.end()))
            elif sign:
                self.tokens.append(("sign", sign, found.end()))
            else:
                self.tokens.append(("word", word, found.end()))
            at = found.end()

    def peek(self) -> tuple[str, str]:
        if self.position < len(self.tokens):
            return self.tokens[self.position][:2]
        return "end", ""

    def take(self, *values: str) -> str | None:
        kind, value = self.peek()
        if kind in ("sign", "word") and value in values:
            self.position += 1
            return value
        return None

    def name(self) -> str:
        kind, value = self.peek()
        if kind == "name" or (kind == "word" and value not in _WORDS):
            self.position += 1
            return value
        raise self.lost()

    def names(self) -> tuple[str, ...]:
        names = [self.name()]
        while self.take("|"):
            names.append(self.name())
        return tuple(names)

    def step(self) -> Step:
        excluded = self.take("!") is not None
        names = self.names()
        return Step(names, optional=self.take("?") is not None, excluded=excluded)

    def either(self) -> Filter:
        return self.joined("or", lambda: self.joined("and", self.one))

    def joined(self, join: str, rule: Callable[[], Filter]) -> Filter:
        parts = [rule()]
        while self.take(join):
            parts.append(rule())
        return parts[0] if len(parts) == 1 else Both(join, tuple(parts))

    def one(self) -> Filter:
        if self.take("not"):
            return Not(self.one())
        if self.take("("):
            inside = self.either()
            if not self.take(")"):
                raise self.lost()
            return inside
        if word := self.take("did", "never"):
            steps = [self.step()]
            while self.take(">", "then"):
                steps.append(self.step())
            return Did(tuple(steps), self.within(), never=word == "never")
        if self.take("reached"):
            return Reached(self.names(), self.within())
        if self.take("during"):
            return During(*parse_dates(self.name()))
        name = self.name()
        sign = self.take("=", "!=", "<", "<=", ">", ">=")
        if sign is None:
            raise self.lost()
        return Compare(name, sign, self.names())

    def within(self) -> timedelta | None:
        return parse_duration(self.name()) if self.take("within") else None

    def end(self) -> None:
        if self.peek()[0] != "end":
            raise self.lost()

    def lost(self, at: int | None = None) -> Mistake:
        if at is None:
            at = self.tokens[self.position - 1][2] if self.position else 0
        return Mistake(
            Text(
                en="Could not read {text} from “{rest}” on. Steps are written a,b|c,d? and filters city = x and did a > b.",
                fa="{text} از «{rest}» به بعد خوانده نشد. گام‌ها را به شکل a,b|c,d? و فیلتر را به شکل city = x and did a > b بنویسید.",
            ),
            text=repr(self.text),
            rest=self.text[at:].strip()[:30],
        )
