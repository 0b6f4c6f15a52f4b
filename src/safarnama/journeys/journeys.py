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
from safarnama.core.finding import Finding
from safarnama.core.shapes import Collapse, Cross, CutAt, CutTo, Shape, parse_shapes
from safarnama.core.taxonomy import TOUCHPOINT, Rule, Taxonomy
from safarnama.core.workspace import Workspace
from safarnama.events.store import EventStore
from safarnama.journeys import local
from safarnama.journeys.partial import Partial
from safarnama.journeys.people import people_of
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

Runner = Callable[[Any, Sequence[Shard], Scope], Partial]


@dataclass(frozen=True)
class Journeys:
    """The journeys of some customers, in shards. Frozen: shaping gives another Journeys over the same arrays."""

    shards: Sequence[Shard]
    scope: Scope
    workspace: Workspace | None = None
    runner: Runner = field(default=local.count, repr=False)

    @classmethod
    def stored(cls, workspace: Workspace, manifest: Manifest, shards: list[Shard]) -> Journeys:
        """The journeys of a workspace's store; customers that are bots or did not agree to analytics do not count."""
        facts = {**manifest.facts, "sources": _sources(workspace)}
        people = []
        for shard in shards:
            bots, refused = _flag(shard, "bot"), _refusals(shard)
            facts["refused_customers"] = facts.get("refused_customers", 0) + int((refused & ~bots).sum())
            people.append(shard.only(~(bots | refused)))
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
        return cls(tuple(people), scope, workspace)

    @classmethod
    def from_parquet(cls, path: str | Path, **columns: Any) -> Journeys:
        """Journeys from a Parquet file: ``customer``, ``touchpoint``, ``time`` and ``dimensions`` name its columns."""
        return from_parquet(path, **columns)

    @classmethod
    def from_table(cls, table: pa.Table, **columns: Any) -> Journeys:
        """Journeys from an Arrow table: ``customer``, ``touchpoint``, ``time`` and ``dimensions`` name its columns."""
        return from_table(table, **columns)

    def __repr__(self) -> str:
        return f"Journeys({self.customers:,} customers, {self.events:,} events, {self.scope.size} touchpoints)"

    @property
    def customers(self) -> int:
        """How many customers count."""
        return sum(shard.counted for shard in self.shards)

    @property
    def events(self) -> int:
        """How many events the customers that count have."""
        return sum(shard.counted_events for shard in self.shards)

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

    def people(self, after: Sequence[str] = (), most: int = 20) -> pa.Table:
        """The customers one by one; see ``journeys.people``."""
        return people_of(self, after, most)

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
        return replace(self, shards=shards if isinstance(shards, Later) else tuple(shards))


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
