"""Friction: where, for whom and when things go worse than usual."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pyarrow as pa

from safarnama.core.finding import Chart, Sentence
from safarnama.core.intervals import wilson
from safarnama.core.parameters import Duration
from safarnama.core.words import Text
from safarnama.core.words.lexicon import touchpoint, value_title
from safarnama.journeys.affected import Trouble, affected
from safarnama.journeys.alarms import Alarm, Found, alarms, together
from safarnama.journeys.moments import day_of
from safarnama.journeys.partial import Partial
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.journeys.weeks import Following, Plan, Weeks, most_met
from safarnama.questions.question import Opener, Question, Row

if TYPE_CHECKING:
    from safarnama.journeys.journeys import Journeys


class Friction(Question):
    """Where, for whom and when something goes worse than usual.

    Of every touchpoint it is watched, week by week and for every device, place and channel: whether what usually comes next
    comes (*fails*), whether it comes late (*slow*), whether people do the same again at once (*repeats*), whether they are
    gone for ``silence`` (*leaves*), whether they answer below the middle of the scale (*low*), and whether on their channel this
    happens *instead* of the usual. Usual is the same place at other times and other places at the same time. Names play no
    part. A row is one thing found: in these weeks ``hits`` of ``n`` against ``usual``; signs of the same trouble are together
    in one row.
    """

    title: ClassVar[Text] = Text(en="Friction", fa="اصطکاک")
    example: ClassVar[dict[str, Any]] = {}
    chart: ClassVar[Chart | None] = Chart("friction", {"label": "touchpoint", "share": "share", "usual": "usual"})
    unit: ClassVar[str] = "events"
    opens: ClassVar[tuple[str, ...]] = ("hits",)
    occurrences: ClassVar[tuple[str, ...]] = opens
    sentences: ClassVar[dict[str, Text]] = {
        "none": Text(en="Nothing goes worse than usual anywhere", fa="هیچ‌جا چیزی بدتر از معمول نیست"),
        "found": Text(
            en="{first}; {n:troubles} in all",
            fa="{first}؛ روی‌هم {n:troubles}",
        ),
    }
    kinds: ClassVar[dict[str, Text]] = {
        "fails": Text(
            en="after “{touchpoint}” {share:percent} do not come to “{next}”, usually {usual:percent}",
            fa="پس از «{touchpoint}»، {share:percent} به «{next}» نمی‌رسند؛ معمول {usual:percent} است",
        ),
        "slow": Text(
            en="from “{touchpoint}” to “{next}” {share:percent} wait long, usually {usual:percent}",
            fa="از «{touchpoint}» تا «{next}»، {share:percent} دیر می‌رسند؛ معمول {usual:percent} است",
        ),
        "repeats": Text(
            en="{share:percent} repeat “{touchpoint}” at once, usually {usual:percent}",
            fa="{share:percent} بی‌درنگ «{touchpoint}» را تکرار می‌کنند؛ معمول {usual:percent} است",
        ),
        "leaves": Text(
            en="{share:percent} leave at “{touchpoint}”, usually {usual:percent}",
            fa="{share:percent} در «{touchpoint}» می‌روند؛ معمول {usual:percent} است",
        ),
        "low": Text(
            en="{share:percent} answer badly at “{touchpoint}”, usually {usual:percent}",
            fa="{share:percent} در «{touchpoint}» پاسخ بد می‌دهند؛ معمول {usual:percent} است",
        ),
        "instead": Text(
            en="{share:percent} end in “{touchpoint}”, usually {usual:percent}",
            fa="{share:percent} به «{touchpoint}» می‌رسند؛ معمول {usual:percent} است",
        ),
    }
    _where: ClassVar[Text] = Text(en="{value}: ", fa="{value}: ")

    silence: Duration = "7d"  # type: ignore[assignment]

    _found: Found | None = None  # the troubles, where they were found before

    def held(self, journeys: Journeys) -> Question:
        inside = self._asked(journeys)
        partial = self.counted(inside)
        if not partial.sums:
            return self
        same = self.model_copy()
        same._found = Found(*self._troubles(partial, inside.scope))
        return same

    def counted(self, journeys: Journeys) -> Partial:
        if self._found is not None:
            return journeys.count(self)
        # First what usually comes next and how soon; then, week by week and place by place, how often it does.
        first = journeys.count(Following(most_met(journeys)))
        if not first.sums:
            return first
        return first + journeys.count(Weeks(Plan.of(first, journeys.scope, self.silence)))

    def count(self, shard: Shard, scope: Scope) -> Partial:
        if self._found is None:
            raise TypeError("friction is counted in two passes; ask it through journeys")
        return self._found.count(shard, scope)

    def size(self, partial: Partial) -> int:
        return int(partial.sums["events"].sum()) if partial.sums else 0

    def table(self, partial: Partial, scope: Scope) -> pa.Table:
        if not partial.sums:
            return _SCHEMA.empty_table()
        found = self._troubles(partial, scope)[1] if self._found is None else self._found.met(partial)
        return pa.Table.from_pylist([_row(signs, scope) for signs in found], schema=_SCHEMA)

    def opener(self, journeys: Journeys) -> Opener:
        plan, found = self._troubles(self.counted(journeys), journeys.scope)
        return _Met(tuple(signs[0].trouble(plan) for signs in found))

    def _troubles(self, partial: Partial, scope: Scope) -> tuple[Plan, list[list[Alarm]]]:
        """What was watched, and the signs of each trouble, the first of which stands for it."""
        plan = Plan.of(partial, scope, self.silence)
        return plan, together(alarms(plan, partial))

    def turn(self, row: Row, column: str) -> tuple[str, ...]:
        return (row["touchpoint"],)

    def headline(self, partial: Partial, table: pa.Table, scope: Scope) -> Sentence:
        rows = table.to_pylist()
        if not rows:
            return Sentence("none")
        first = {language: self.say(rows[0], language) for language in ("en", "fa")}
        return Sentence("found", {"first": first, "n": len(rows)})

    @classmethod
    def say(cls, row: dict[str, Any], language: str) -> str:
        """A row of the answer as a sentence."""
        names = {key: touchpoint(row[key]).title for key in ("touchpoint", "next") if row[key]}
        said = cls.kinds[row["kind"]].say(language, **{**row, **names})
        if row["value"]:
            said = cls._where.say(language, value=value_title(row["value"])) + said
        return said[0].upper() + said[1:]


@dataclass(frozen=True)
class _Met:
    """Whom each trouble of the answer met."""

    troubles: tuple[Trouble, ...]

    def behind(self, shard: Shard, scope: Scope, row: Row, column: str, rows: Sequence[Row]) -> np.ndarray:
        return affected(shard, scope, self.troubles[list(rows).index(row)])


def _row(group: list[Alarm], scope: Scope) -> dict[str, Any]:
    alarm = group[0]
    low, high = wilson(alarm.run.hits, alarm.run.n)
    places = [other for other in group if other.dimension]
    where = alarm if alarm.dimension else (places[0] if places and places[0].run.sign > 0.5 * alarm.run.sign else alarm)
    also = dict.fromkeys(
        scope.touchpoints[number] for other in group for number in (other.at, other.next) if number >= 0
    )
    return {
        "kind": alarm.kind,
        "touchpoint": scope.touchpoints[alarm.at],
        "next": scope.touchpoints[alarm.next] if alarm.next >= 0 else None,
        "dimension": where.dimension or None,
        "value": where.value or None,
        "start": str(day_of(alarm.from_ms, scope)),
        "end": str(day_of(alarm.to_ms, scope)),
        "n": alarm.run.n,
        "hits": alarm.run.hits,
        "share": alarm.run.share,
        "low": low,
        "high": high,
        "usual": alarm.run.usual,
        "excess": alarm.run.excess,
        "sign": alarm.run.sign,
        "signs": len(group),
        "also": ", ".join(also),
    }


_SCHEMA = pa.schema(
    [
        ("kind", pa.string()),
        ("touchpoint", pa.string()),
        ("next", pa.string()),
        ("dimension", pa.string()),
        ("value", pa.string()),
        ("start", pa.string()),
        ("end", pa.string()),
        ("n", pa.int64()),
        ("hits", pa.int64()),
        ("share", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("usual", pa.float64()),
        ("excess", pa.float64()),
        ("sign", pa.float64()),
        ("signs", pa.int64()),
        ("also", pa.string()),
    ]
)
