"""What a question is: parameters, and three pure parts.

*Count* one shard of whole customers into a partial, *merge* partials (they add up by themselves), *conclude* from the total. The
first two run wherever the shards are; only the last sees everything.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol

import numpy as np
import pyarrow as pa

from safarnama.core.errors import Mistake, unknown
from safarnama.core.finding import Chart, Finding, Sentence
from safarnama.core.parameters import Attribute, Shaped, Where, kind_of
from safarnama.core.plugin import PlugIn
from safarnama.core.words import Text
from safarnama.journeys.elsewhere import Elsewhere
from safarnama.journeys.partial import Partial
from safarnama.journeys.scope import Scope
from safarnama.journeys.segments import OTHER, UNKNOWN
from safarnama.journeys.shard import Shard

if TYPE_CHECKING:
    from safarnama.journeys.journeys import Journeys
    from safarnama.journeys.local import Countable

_ALL = 1_000_000  # rows
Purpose = Literal["analytics", "personalisation", "prediction", "sharing"]
Row = Mapping[str, Any]


class Opener(Protocol):
    """Says whom a number of an answer opens to."""

    def behind(self, shard: Shard, scope: Scope, row: Row, column: str, rows: Sequence[Row]) -> np.ndarray: ...


class Question(PlugIn):
    """A frozen, typed request to journeys. One file of this folder is one question.

    ``shape`` gives the journeys another shape before anything else, ``where`` restricts it to some customers or events, ``by``
    answers it for every segment of an attribute.
    """

    purpose: ClassVar[Purpose] = "analytics"
    sentences: ClassVar[dict[str, Text]] = {}
    chart: ClassVar[Chart | None] = None
    unit: ClassVar[str] = "customers"
    # The columns whose numbers open to the customers behind them; the first is meant when none is named.
    opens: ClassVar[tuple[str, ...]] = ()
    # Of these the ones that count how often, not who: they open to the customers it happened to, who may be fewer.
    occurrences: ClassVar[tuple[str, ...]] = ()

    shape: Shaped | None = None
    where: Where | None = None
    by: Attribute | None = None

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if cls.opens and cls.behind is Question.behind and cls.opener is Question.opener:
            raise TypeError(
                f"{cls.__name__} opens {', '.join(cls.opens)}, but does not say to whom: define behind() or opener()"
            )

    @abstractmethod
    def count(self, shard: Shard, scope: Scope) -> Partial:
        """Count one shard. Pure; whole numbers only."""

    @abstractmethod
    def table(self, partial: Partial, scope: Scope) -> pa.Table:
        """The answer from everything counted, as rows."""

    @abstractmethod
    def size(self, partial: Partial) -> int:
        """How many were counted, in ``unit``."""

    @abstractmethod
    def headline(self, partial: Partial, table: pa.Table, scope: Scope) -> Sentence:
        """What the answer says, in a sentence of ``sentences``."""

    def caveats(self, partial: Partial, scope: Scope) -> list[Sentence]:
        """What else to keep in mind, beside what is said of every finding."""
        return []

    def check(self, scope: Scope) -> None:
        """Raise ``Mistake`` when the journeys do not have what the question names."""

    def behind(self, shard: Shard, scope: Scope, row: Row, column: str, rows: Sequence[Row]) -> np.ndarray:
        """Which customers of a shard stand behind the number in that row and column of the answer, bool (C,); ``rows`` are all
        rows of the answer. Needed for the columns in ``opens``."""
        return np.zeros(shard.customers, bool)  # nobody: nothing opens

    def turn(self, row: Row, column: str) -> tuple[str, ...]:
        """The touchpoints after which to look at what these customers did next; none means the end of their journeys."""
        return ()

    def opener(self, journeys: Journeys) -> Opener:
        """Who says whom a number opens to: the question itself, unless that must first look at all journeys."""
        return self

    def why(self, shard: Shard, scope: Scope, people: np.ndarray) -> list[str | None] | None:
        """Of each of these customers of a shard what is said of them alone, as words of the data; None when there is nothing."""
        return None

    def customers(self, journeys: Journeys, number: int, column: str | None = None) -> tuple[Journeys, tuple[str, ...]]:
        """The journeys of the customers behind a number of the answer, and the touchpoints after which to look at them.

        ``number``: the row, from 1. ``column``: one of ``opens``. Raises ``Mistake`` when there is no such row or column.
        """
        column = column or next(iter(self.opens), "")
        if not self.opens:
            raise Mistake(_CLOSED, title=self.title)
        if column not in self.opens:
            raise unknown(Text(en="Column", fa="ستون"), column, list(self.opens))
        rows = self.answer(journeys).rows()
        if not 1 <= number <= len(rows):
            raise Mistake(_NO_ROW, seen=number, rows=len(rows))
        row = rows[number - 1]
        journeys = self._asked(journeys)
        if self.by is not None:
            groups = {name or UNKNOWN: group for name, group in journeys.by(self.by).items()}
            journeys = groups[row["segment"]]
            rows = [each for each in rows if each["segment"] == row["segment"]]
        scope, opener = journeys.scope, self.opener(journeys)
        people = journeys.reshaped(lambda shard: shard.only(opener.behind(shard, scope, row, column, rows)))
        if not isinstance(people.shards, Elsewhere):
            tuple(people.shards)  # looked at now, so that a number that cannot be opened is refused here and not later
        return people, self.turn(row, column)

    def answer(self, journeys: Journeys) -> Finding:
        """Ask it of journeys."""
        journeys = self._asked(journeys)
        whole = self.counted(journeys)
        if self.by is None:
            return self.conclude(whole, journeys.scope)
        # The whole is counted apart, for a median is not the sum of the medians of its parts.
        parts = {name or UNKNOWN: self.counted(group) for name, group in journeys.by(self.by).items()}
        return self.conclude(whole, journeys.scope, parts)

    def _asked(self, journeys: Journeys) -> Journeys:
        """The journeys that are asked, in the shape and with the customers and events that were wanted."""
        if self.shape is not None:
            made = journeys.shape(self.shape)
            # The parameters say the shape already, so a finding keeps the mark of the data.
            journeys = replace(made, scope=replace(made.scope, fingerprint=journeys.scope.fingerprint))
        self.check(journeys.scope)
        return journeys if self.where is None else journeys.where(self.where)

    def counted(self, journeys: Journeys) -> Partial:
        """Everything counted, looking as often as is needed."""
        partial = journeys.count(self.counter(journeys))
        while (more := self.again([partial], journeys.scope)) is not None:
            partial += journeys.count(more)
        return partial

    def counter(self, journeys: Journeys) -> Countable:
        """Who counts: the question itself, unless that must first look at all journeys."""
        return self

    def again(self, partials: Sequence[Partial], scope: Scope) -> Countable | None:
        """What must still be counted (the values around a median, say) to answer from any of these partials; None when nothing.
        It is asked anew after every look, with what that found added."""
        return None

    def in_full(self, findings: Sequence[Finding]) -> Question:
        """The same question without a limit to its rows, to be held against these answers: a row that it does not have has none."""
        if "top" not in type(self).model_fields:
            return self
        high = getattr(kind_of(type(self).model_fields["top"]), "high", _ALL)
        return self.model_copy(update={"top": int(min(high, _ALL))})

    def held(self, journeys: Journeys) -> Question:
        """The same question with the rows that it finds in these journeys, to be asked of parts of them; itself unless every answer
        looks for rows of its own."""
        return self

    def among(self, row: Row) -> tuple[Any, ...]:
        """Of whom the share in a row is: rows that give the same are shares of the same customers or events."""
        return ()

    def conclude(self, whole: Partial, scope: Scope, segments: dict[str, Partial] | None = None) -> Finding:
        """The finding from everything counted, and from the partial of every segment when it is broken down."""
        table = self.table(whole, scope)
        headline = self.headline(whole, table, scope) if self.size(whole) else Sentence("nothing")
        if segments is not None:
            named = [_with_segment(name, self.table(partial, scope)) for name, partial in segments.items()]
            table = pa.concat_tables(named) if named else _with_segment(OTHER, table.slice(0, 0))
        return Finding(
            question=self.name(),
            parameters=self.parameters(),
            table=table,
            n=self.size(whole),
            n_unit=scope.unit if self.unit == "customers" else self.unit,
            period=scope.period,
            fingerprint=scope.fingerprint,
            headline=headline,
            caveats=(*self.caveats(whole, scope), *_of_the_data(scope)),
            chart=self.chart,
        )


_CLOSED = Text(
    en="The answers of “{title}” do not open to customers.",
    fa="پاسخ‌های «{title}» به فهرست مشتریان باز نمی‌شود.",
)
_NO_ROW = Text(
    en="There is no row {seen}: the answer has {rows:rows}, counted from 1.",
    fa="سطر {seen} نیست؛ پاسخ {rows:rows} دارد که از ۱ شمرده می‌شود.",
)


def _with_segment(name: str, table: pa.Table) -> pa.Table:
    return table.add_column(0, "segment", pa.array([name] * len(table), pa.string()))


def _of_the_data(scope: Scope) -> list[Sentence]:
    said = [] if scope.unit == "customers" else [Sentence(f"{scope.unit}_apart")]
    for fact, key in (
        ("bot_events", "bots_out"),
        ("duplicate_events", "duplicates_in"),
        ("refused_customers", "consent_out"),
    ):
        if scope.facts.get(fact):
            said.append(Sentence(key, {"n": int(scope.facts[fact])}))
    return said
