"""Journeys: what customers did, in order of time. The one object that questions are asked of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safarnama.core import grammar
from safarnama.core.errors import Mistake, unknown
from safarnama.core.finding import Finding
from safarnama.core.shapes import PERIODS, Collapse, Cross, CutAt, CutTo, Episodes, Sessions, Shape, parse_shapes
from safarnama.core.taxonomy import TOUCHPOINT, Rule, Taxonomy
from safarnama.core.words import Text
from safarnama.core.workspace import Workspace
from safarnama.events.store import EventStore
from safarnama.journeys import local
from safarnama.journeys.elsewhere import Change, Elsewhere, Look
from safarnama.journeys.partial import Partial
from safarnama.journeys.people import people_of
from safarnama.journeys.saving import opened, save
from safarnama.journeys.scope import Scope, alphabet_of
from safarnama.journeys.segments import segments_of
from safarnama.journeys.shaping.chain import shaped
from safarnama.journeys.shaping.grouped import grouped
from safarnama.journeys.shaping.later import Later
from safarnama.journeys.shaping.rename import by_taxonomy
from safarnama.journeys.shaping.where import where
from safarnama.journeys.shard import Shard
from safarnama.journeys.store import Manifest
from safarnama.journeys.tables import from_parquet, from_table

Runner = Callable[[Any, Any, Scope], Partial]


@dataclass(frozen=True)
class Journeys:
    """The journeys of some customers, in shards. Frozen: shaping gives another Journeys over the same arrays.

    ``shards`` are here, or elsewhere on a cluster; ``runner`` counts a question over them.
    """

    shards: Sequence[Shard] | Elsewhere
    scope: Scope
    workspace: Workspace | None = None
    runner: Runner = field(default=local.count, repr=False)

    @classmethod
    def stored(cls, workspace: Workspace, manifest: Manifest, shards: list[Shard]) -> Journeys:
        """The journeys of a workspace's store; customers that are bots or did not agree to analytics do not count."""
        facts = {**manifest.facts, "sources": _sources(workspace)}
        facts["refused_customers"] = sum(int((_refusals(shard) & ~_flag(shard, "bot")).sum()) for shard in shards)
        settings = workspace.settings
        touchpoints, table = alphabet_of(manifest.touchpoints, shards[0].end if shards else 255)
        attributes = sorted({name for shard in shards if shard.attributes for name in shard.attributes.column_names})
        scope = Scope(
            touchpoints=touchpoints,
            table=table,
            words=manifest.words,
            timezone=settings.timezone,
            calendar=settings.calendar,
            currency=settings.currency,
            first=manifest.first,
            last=manifest.last,
            fingerprint=manifest.fingerprint,
            facts=facts,
            attributes=tuple(name for name in attributes if name != "bot"),
        )
        return cls(tuple(willing(shard) for shard in shards), scope, workspace)

    @classmethod
    def from_parquet(cls, path: str | Path, **columns: Any) -> Journeys:
        """Journeys from a Parquet file: ``customer``, ``touchpoint``, ``time`` and ``dimensions`` name its columns."""
        return from_parquet(path, **columns)

    @classmethod
    def from_table(cls, table: pa.Table, **columns: Any) -> Journeys:
        """Journeys from an Arrow table: ``customer``, ``touchpoint``, ``time`` and ``dimensions`` name its columns."""
        return from_table(table, **columns)

    def save(self, folder: str | Path) -> Path:
        """Write these journeys, in the shape they are in, into a new folder, for ``Journeys.open``."""
        return save(self, folder)

    @classmethod
    def open(cls, folder: str | Path) -> Journeys:
        """The journeys that ``save`` wrote: mapped from disk in milliseconds, however many they are."""
        return opened(folder)

    @classmethod
    def on_spark(cls, session: Any, table: Any, **columns: Any) -> Journeys:
        """Journeys on a Spark cluster: every question is counted there and answers what it answers here.

        ``session``: a SparkSession. ``table``: a DataFrame, the name of a table or the path of Parquet files that all workers can
        read, with ``columns`` as in ``from_table``; it is encoded there once, into ``shards`` parts (twice the cluster's cores
        unless given). Or a Workspace in a folder that all workers can read. Needs ``pip install 'safarnama[spark]'`` here, and
        numpy, numba and pyarrow on the workers; the package itself is sent to them.

        >>> Journeys.on_spark(session, "/shared/events", customer="user_id", touchpoint="event", time="at")  # doctest: +SKIP
        """
        from safarnama.journeys.spark.placing import on_spark

        return on_spark(session, table, **columns)

    def __repr__(self) -> str:
        return f"Journeys({self.customers:,} customers, {self.events:,} events, {self.scope.size} touchpoints)"

    @property
    def customers(self) -> int:
        """How many customers count."""
        return sum(customers for customers, _ in self.gathered(_sizes))

    @property
    def events(self) -> int:
        """How many events the customers that count have."""
        return sum(events for _, events in self.gathered(_sizes))

    @property
    def touchpoints(self) -> tuple[str, ...]:
        return self.scope.touchpoints

    def ask(self, question: Any) -> Finding:
        """Answer a question, such as ``Funnel(steps=["view", "buy"], window="7d")``."""
        found: Finding = question.answer(self)
        return found

    def behind(self, question: Any, row: int, column: str | None = None) -> Journeys:
        """The journeys of the customers behind one number of an answer: ``row`` from 1, ``column`` such as *customers* or *left*.

        >>> journeys.behind(Funnel(steps="view,add,buy"), 3, "left")  # doctest: +SKIP
        """
        found: Journeys = question.customers(self, row, column)[0]
        return found

    def people(self, after: Sequence[str] = (), most: int = 20, question: Any = None) -> pa.Table:
        """The customers one by one; see ``journeys.people``."""
        return people_of(self, after, most, question)

    def count(self, question: Any) -> Partial:
        """The partial of a question over all customers that count."""
        return self.runner(question, self.shards, self.scope)

    def where(self, condition: str | grammar.Filter) -> Journeys:
        """The journeys of those customers, or with those events only, that meet a condition; see ``core.grammar``.

        >>> journeys.where("city = Tehran and did purchase within 30d")  # doctest: +SKIP
        """
        return where(self, grammar.parse_filter(condition) if isinstance(condition, str) else condition)

    def shape(self, shapes: str | Sequence[Shape]) -> Journeys:
        """The same customers' journeys in another shape: a chain such as ``"collapse; cut before purchase 7d"``; see
        ``core.shapes``."""
        return shaped(self, parse_shapes(shapes) if isinstance(shapes, str) else tuple(shapes))

    def collapse(self, loops: bool = False) -> Journeys:
        """Repeats in a row become one, the first; with ``loops`` so does a round of touchpoints that is walked again."""
        return self.shape([Collapse(loops)])

    def crossed(self, of: str = "channel") -> Journeys:
        """Each touchpoint together with where it happened, as one touchpoint: ``product_view@app``. ``of``: channel, device, …"""
        return self.shape([Cross(of)])

    def before(self, goal: str | Sequence[str], within: str | timedelta | None = None) -> Journeys:
        """What led to the first event of ``goal``, and that event; at most ``within`` before it."""
        return self.shape([CutAt("before", _names(goal), _length(within))])

    def after(self, goal: str | Sequence[str], within: str | timedelta | None = None) -> Journeys:
        """The first event of ``goal`` and what followed; at most ``within`` after it."""
        return self.shape([CutAt("after", _names(goal), _length(within))])

    def first(self, events: int) -> Journeys:
        """The first ``events`` events of every customer."""
        return self.shape([CutTo("first", events)])

    def last(self, events: int) -> Journeys:
        """The last ``events`` events of every customer."""
        return self.shape([CutTo("last", events)])

    def sessions(self, gap: str | timedelta = "30min", midnight: bool = False, change: str | None = None) -> Journeys:
        """Every session as a journey of its own: a pause of more than ``gap`` begins one; so does a new day in the workspace's
        time zone with ``midnight``, and another value of the dimension ``change``, such as campaign, than the last one seen.

        The sessions of a customer keep its key and attributes. Nothing is sorted again.
        """
        length = _length(gap)
        assert length is not None
        return self.shape([Sessions(length, midnight, change)])

    def episodes(
        self,
        gap: str | timedelta | None = None,
        by: str | None = None,
        until: str | Sequence[str] = (),
        opening: str | Sequence[str] = (),
    ) -> Journeys:
        """Every episode as a journey of its own: parted by a pause of more than ``gap``, ``by`` day, week or month (of the
        workspace's calendar), ``until`` a goal that closes each, or from each touchpoint of ``opening``. Exactly one is given.

        >>> journeys.episodes(until="purchase").ask(Paths())  # doctest: +SKIP
        """
        if sum(map(bool, (gap, by, until, opening))) != 1:
            raise Mistake(_ONE_WAY)
        if by is not None and by not in PERIODS:
            raise unknown(Text(en="Period", fa="دوره تقویمی"), by, list(PERIODS))
        return self.shape([Episodes(_length(gap), by, _names(until), _names(opening))])

    def grouped(self, groups: Mapping[str, str]) -> Journeys:
        """The same journeys with touchpoints renamed: ``groups`` says old name → new name; several may share one.

        Nothing is rewritten: only the table by which codes are read changes.
        """
        return grouped(self, groups)

    def renamed(self, rules: Mapping[str, str] | str | Path | Taxonomy, of: str = TOUCHPOINT) -> Journeys:
        """The same journeys under other names, by rules: ``{"checkout_*": "checkout", "pay": "checkout"}``, or a file of them
        (YAML or CSV); ``of`` is what a mapping renames: touchpoint, channel, device, …

        Nothing is rewritten. Raises ``Mistake`` for a rule that fits no name, with the names nearest to it.
        """
        if isinstance(rules, Mapping):
            taxonomy = Taxonomy({of: tuple(Rule((pattern,), name) for pattern, name in rules.items())})
        else:
            taxonomy = rules if isinstance(rules, Taxonomy) else Taxonomy.read(rules)
        return by_taxonomy(self, taxonomy)

    def by(self, attribute: str) -> dict[str, Journeys]:
        """The journeys of every segment of an attribute, the largest first."""
        return segments_of(self, attribute)

    def with_shards(self, shards: Sequence[Shard]) -> Journeys:
        """The same journeys over other shards."""
        return replace(self, shards=tuple(shards))

    def reshaped(self, change: Change) -> Journeys:
        """The same journeys with every shard changed, when somebody looks at it; see ``Elsewhere`` for what a change must be."""
        if isinstance(self.shards, Elsewhere):
            return replace(self, shards=self.shards.reshaped(change))
        return replace(self, shards=Later(self.shards, change))

    def gathered(self, look: Look) -> list[Any]:
        """What ``look`` finds in each shard, wherever it is, in the order of the customers' keys."""
        if isinstance(self.shards, Elsewhere):
            return self.shards.gathered(look)
        return [look(shard) for shard in self.shards]


_ONE_WAY = Text(
    en="Episodes are parted in one way: by gap, by (day, week, month), until a goal, or from an opening. Give exactly one.",
    fa="دوره‌ها تنها به یک راه جدا می‌شوند: با gap، با by (day، week، month)، با until تا یک هدف، یا با opening از یک آغاز. درست یکی را بدهید.",
)


def _sizes(shard: Shard) -> tuple[int, int]:
    return shard.counted, shard.counted_events


def willing(shard: Shard) -> Shard:
    """The shard with bots, and customers who said no to analytics, not counting."""
    return shard.only(~(_flag(shard, "bot") | _refusals(shard)))


def _names(names: str | Sequence[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _length(length: str | timedelta | None) -> timedelta | None:
    return grammar.parse_duration(length) if isinstance(length, str) else length


def _sources(workspace: Workspace) -> list[dict[str, Any]]:
    """What each source brought, and what of it was set aside."""
    found: dict[str, dict[str, Any]] = {}
    for segment in EventStore(workspace).manifest.segments:
        source = found.setdefault(
            segment.source, {"source": segment.source, "kind": segment.kind, "rows": 0, "rejected": 0, "duplicates": 0}
        )
        source["rows"] += segment.rows
        source["rejected"] += segment.rejected
        source["duplicates"] += segment.duplicates
    return list(found.values())


def _flag(shard: Shard, name: str) -> np.ndarray:
    if shard.attributes is None or name not in shard.attributes.column_names:
        return np.zeros(shard.customers, bool)
    return pc.fill_null(shard.attributes[name], False).to_numpy(zero_copy_only=False)


_REFUSED = pa.array(["no", "false", "0", "denied", "refused", "withdrawn", "opt out", "optout", "خیر", "نه", "ندارد"])


def _refusals(shard: Shard) -> np.ndarray:
    """Customers who said no. Nothing said is not a no: analytics inside the company is what the data was collected for."""
    if shard.attributes is None or "consent" not in shard.attributes.column_names:
        return np.zeros(shard.customers, bool)
    said = pc.utf8_lower(pc.utf8_trim_whitespace(pc.cast(shard.attributes["consent"], pa.string())))
    return pc.fill_null(pc.is_in(said, _REFUSED), False).to_numpy(zero_copy_only=False)
