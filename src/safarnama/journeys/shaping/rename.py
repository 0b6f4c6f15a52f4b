"""Rename: touchpoints, channels and other dimensions under other names, by rules; several may become one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import orjson

from safarnama.core.errors import unknown
from safarnama.core.taxonomy import TOUCHPOINT, Rule, Taxonomy, check_rules, renamed
from safarnama.core.words import Text
from safarnama.journeys.shaping.grouped import grouped
from safarnama.journeys.shard import Shard

if TYPE_CHECKING:
    from safarnama.journeys.journeys import Journeys


class Regrouped(Mapping[str, np.ndarray]):
    """The dimensions of a shard, one of them read through a table, code → code, when it is first looked at."""

    def __init__(self, words: Mapping[str, np.ndarray], name: str, table: np.ndarray) -> None:
        self._words, self._name, self._table = words, name, table
        self._made: np.ndarray | None = None

    def __getitem__(self, name: str) -> np.ndarray:
        if name != self._name:
            return self._words[name]
        if self._made is None:
            column = self._words[name]
            self._made = self._table.astype(column.dtype)[column]
        return self._made

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)


def rename(journeys: Journeys, of: str, rules: Sequence[Rule], strict: bool = True) -> Journeys:
    """Names of touchpoints (or of a dimension) as the rules read them. Nothing is sorted or written anew: the table by which
    codes are read changes. Raises ``Mistake`` for a pattern that fits nothing, unless not ``strict``."""
    scope = journeys.scope
    if of == TOUCHPOINT:
        names: Sequence[str] = scope.touchpoints
    elif of in scope.words:
        names = scope.words[of]
    elif not strict:
        return journeys
    else:
        raise unknown(Text(en="Dimension", fa="بعد"), of, [TOUCHPOINT, *scope.words])
    if strict:
        check_rules(rules, names)
    new = renamed(names, rules)
    if list(new) == list(names):
        return journeys
    if of == TOUCHPOINT:
        return grouped(journeys, dict(zip(names, new, strict=True)))
    values = sorted(set(new))
    places = {value: place + 1 for place, value in enumerate(values)}
    table = np.array([0, *(places[value] for value in new)], np.int64)
    mark = hashlib.sha256(orjson.dumps([scope.fingerprint, of, list(names), new])).hexdigest()[:16]

    def one(shard: Shard) -> Shard:
        return replace(shard, words=Regrouped(shard.words, of, table)) if of in shard.words else shard

    made = journeys.reshaped(one)
    return replace(made, scope=replace(scope, words={**scope.words, of: values}, fingerprint=mark))


def by_taxonomy(journeys: Journeys, taxonomy: Taxonomy, strict: bool = True) -> Journeys:
    """All rules of a taxonomy."""
    for of, rules in taxonomy.rules.items():
        journeys = rename(journeys, of, rules, strict)
    return journeys
