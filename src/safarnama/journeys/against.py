"""Two answers of one question held against each other, row by row: what names a row, its number in both, the interval of their
difference and the chance of it.

A share of separate customers has Newcombe's interval. Everything else is drawn again: see ``resampling``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from safarnama.core.finding import Finding
from safarnama.core.intervals import Z95, by_draws, newcombe, two_shares
from safarnama.core.labels import BETWEEN
from safarnama.core.words import Text
from safarnama.journeys.resampling import DRAWS, drawn_again
from safarnama.journeys.segments import OTHER

if TYPE_CHECKING:
    from safarnama.journeys.journeys import Journeys

Row = dict[str, Any]
_SEED = 20_260_925
_NEAR_POINTS, _NEAR_TENTH = 0.05, 0.1
_FORMS = {form: Text(en=f"{{value:{form}}}", fa=f"{{value:{form}}}") for form in ("percent.1", "duration", "number.2")}
_PLACES = ("step", "stage", "size", "since", "over_seconds", "within_seconds")
_ANSWERS = ("role", "stands_out", "level", "also")  # words that an answer says of a row, which do not name it
_ENDS = ("low", "high")


def is_compared(field: pa.Field) -> bool:
    """Whether a column is a number of its own: no place, and no end of the interval of another."""
    number = pa.types.is_integer(field.type) or pa.types.is_floating(field.type)
    return number and field.name not in _PLACES and field.name.rsplit("_", 1)[-1] not in _ENDS


def labels_of(table: pa.Table) -> list[str]:
    """What names every row: its words, and the number of its step."""
    words = [
        field.name
        for field in table.schema
        if field.name in _PLACES or (pa.types.is_string(field.type) and field.name not in _ANSWERS)
    ]
    columns = ([_word(name, value) for value in table[name].to_pylist()] for name in words)
    return [BETWEEN.join(filter(None, parts)) for parts in zip(*columns, strict=True)]


def _word(column: str, value: Any) -> str | None:
    if value is None:
        # Where a journey begins and where it ends are not the same, though both lack a touchpoint.
        return "…" if column in ("from", "to") else None
    return str(round(value)) if isinstance(value, float) else str(value)


@dataclass(frozen=True)
class Number:
    """The column that is compared. ``ends``: the columns of its interval where that is of a share (Wilson's)."""

    column: str
    columns: list[str]

    @property
    def share(self) -> bool:
        return self.column.startswith("share")

    @property
    def ends(self) -> tuple[str, str] | None:
        # The interval of ``share_of_previous`` is ``previous_low`` and ``previous_high``.
        short = self.column.rsplit("_", 1)[-1]
        ends = ("low", "high") if self.column == "share" else (f"{short}_low", f"{short}_high")
        return ends if self.share and {self.column, *ends} <= set(self.columns) else None

    def alike(self, row: Row) -> bool:
        """Whether the two surely are as good as the same."""
        if row["difference"] is None:
            return False
        near = _NEAR_POINTS if self.share else _NEAR_TENTH * abs(row["first"])
        return not row["clear"] and max(-row["difference_low"], row["difference_high"]) <= near

    def spoken(self, value: float) -> dict[str, str]:
        form = "percent.1" if self.share else "duration" if self.column.endswith("_seconds") else "number.2"
        return {language: _FORMS[form].say(language, value=value) for language in ("en", "fa")}


@dataclass(frozen=True)
class Draws:
    """A number of every row in customers drawn again. ``values`` float64 (rows, DRAWS), nan where there is none; ``there`` bool, where
    there is such a row; both by the number of what names it."""

    number: dict[str, int]
    values: np.ndarray
    there: np.ndarray
    among: list[Any]

    @classmethod
    def made(cls, asked: Any, journeys: Journeys, column: str) -> Draws:
        inside = asked._asked(journeys)
        asked = asked.model_copy(update={"where": None, "shape": None})
        number: dict[str, int] = {}
        among: list[Any] = []
        found = []
        for partial in drawn_again(inside, asked, _SEED):
            table = asked.table(partial, inside.scope)
            labels = labels_of(table)
            for place, label in enumerate(labels):
                if label not in number:
                    number[label] = len(number)
                    among += map(asked.among, table.slice(place, 1).to_pylist())
            values = table[column].cast(pa.float64()).to_numpy(zero_copy_only=False)
            found.append(([number[label] for label in labels], values))
        draws = cls(number, np.full((len(number), DRAWS), np.nan), np.zeros((len(number), DRAWS), bool), among)
        for draw, (rows, values) in enumerate(found):
            draws.values[rows, draw], draws.there[rows, draw] = values, True
        return draws

    def of(self, label: str, among: Any, share: bool) -> np.ndarray:
        """The number of a row in every draw. Where others of the same customers are drawn, a share without a row is none."""
        row = self.number.get(label)
        values, there = (
            (self.values[row], self.there[row]) if row is not None else (np.full(DRAWS, np.nan), np.zeros(DRAWS, bool))
        )
        if not share or there.all():
            return values
        others = [place for place, each in enumerate(self.among) if each == among]
        return np.where(~there & self.there[others].any(axis=0), 0.0, values)


class Side:
    """One of the two groups: its answer with all rows by what names them."""

    def __init__(self, asked: Any, finding: Finding, number: Number, draws: Draws | None) -> None:
        self.asked, self.number, self.draws = asked, number, draws
        self.rows = dict(zip(labels_of(finding.table), finding.rows(), strict=True))
        self.folded = any(map(_folded, self.rows))
        # Of how many the shares are, by whom they are among.
        self.sizes = {asked.among(row): _size(row, number) for row in self.rows.values()}

    def said(self, label: str, sides: list[Side]) -> Told | None:
        """The number of a row; where it has no such row but others of the same customers, the share of these is none."""
        row = self.rows.get(label)
        either = next(side.rows[label] for side in sides if label in side.rows)
        among = self.asked.among(either)
        if row is None and (not self.number.share or among not in self.sizes):
            return None
        value = 0.0 if row is None else row[self.number.column]
        if value is None:
            return None
        draws = None if self.draws is None else self.draws.of(label, among, self.number.share)
        customers = None if row is None else row.get("customers")
        if self.number.ends is None:
            return Told(float(value), draws, customers)
        n = self.sizes[among] if row is None else _size(row, self.number)
        low, high = (row[end] for end in self.number.ends) if row is not None else (0.0, Z95**2 / (n + Z95**2))
        return Told(value, draws, customers, (value, low, high), (round(value * n), n))


@dataclass(frozen=True)
class Told:
    """A number of one group, drawn again where that is wanted, and of how many customers; of a share its interval, and hits and n."""

    value: float
    draws: np.ndarray | None
    customers: int | None
    interval: tuple[float, float, float] | None = None
    hits: tuple[int, int] = (0, 0)


def both(first: Side, second: Side) -> Iterator[str]:
    """What names the rows of both; not what one has among its rest, for the other may have it there too."""
    for label in dict.fromkeys([*first.rows, *second.rows]):
        missing = (label not in first.rows and first.folded) or (label not in second.rows and second.folded)
        if not _folded(label) and not missing:
            yield label


def _folded(label: str) -> bool:
    return OTHER in label.split(BETWEEN)


def _size(row: Row, number: Number) -> int:
    """Of how many the share of a row is, as its own interval tells."""
    if number.ends is None:
        return 0
    share, low, high = row[number.column], row[number.ends[0]], row[number.ends[1]]
    if share is None:
        return 0
    # Wilson's ends are the roots of (share − p)² = z²·p(1 − p)/n, so either of them gives n.
    end = high if high < 1 else low
    return round(Z95**2 * end * (1 - end) / (share - end) ** 2) if share != end else 0


def compared(a: Told | None, b: Told | None) -> Row | None:
    """A row of the answer, but for what names it; None where neither has the number."""
    if a is None and b is None:
        return None
    row: Row = {"first": a and a.value, "second": b and b.value, "chance": 1.0}
    found = _interval(a, b) if a is not None and b is not None else None
    if a is None or b is None or found is None:
        return {**row, "difference": None, "difference_low": None, "difference_high": None}
    low, high, chance = found
    return {**row, "difference": b.value - a.value, "difference_low": low, "difference_high": high, "chance": chance}


def _interval(a: Told, b: Told) -> tuple[float, float, float] | None:
    """The ends of the interval of b − a, and its chance."""
    plain = None
    if a.interval is not None and b.interval is not None:
        plain = (*newcombe(a.interval, b.interval)[1:], two_shares(*a.hits, *b.hits))
    if a.draws is None or b.draws is None:
        return plain
    drawn = by_draws((a.value, a.customers), (b.value, b.customers), a.draws, b.draws)
    if drawn is None or plain is None or all(np.nanstd(draws) > 0 for draws in (a.draws, b.draws)):
        return drawn
    # A share of none or all is the same in every draw, which says nothing about how sure it is.
    return min(drawn[0], plain[0]), max(drawn[1], plain[1]), max(drawn[2], plain[2])
