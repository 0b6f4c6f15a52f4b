"""Cross: each touchpoint together with the channel (or another dimension) where it happened, as one touchpoint."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import orjson

from safarnama.core.compiled import compiled
from safarnama.core.errors import Mistake, unknown
from safarnama.core.shapes import Cross
from safarnama.core.words import Text
from safarnama.journeys.encode import code_type, end_of
from safarnama.journeys.scope import identity_table
from safarnama.journeys.shard import Shard

if TYPE_CHECKING:
    from safarnama.journeys.journeys import Journeys

_MOST = 1 << 26  # pairs that may be


def cross(journeys: Journeys, shape: Cross) -> Journeys:
    """``product_view`` on channel *app* becomes ``product_view@app``; an event that has no channel keeps its name.

    Which pairs there are is looked up at once, in one pass; the codes are written when somebody looks. Order and times stay.
    """
    scope = journeys.scope
    if shape.of not in scope.words:
        raise unknown(Text(en="Dimension", fa="بعد"), shape.of, list(scope.words))
    values = ["", *scope.words[shape.of]]
    pairs = scope.size * len(values)
    if pairs > _MOST:
        raise Mistake(_MANY, touchpoints=scope.size, of=shape.of, values=len(values) - 1)

    def look(shard: Shard) -> np.ndarray:
        seen = np.zeros(pairs + len(values), bool)
        _seen(shard.code, _column(shard, shape.of), scope.table, len(values), seen)
        return seen

    seen = np.logical_or.reduce([np.zeros(pairs + len(values), bool), *journeys.gathered(look)])
    there = np.flatnonzero(seen[:pairs])
    names = [
        f"{scope.touchpoints[pair // len(values)]}@{values[pair % len(values)]}"
        if pair % len(values)
        else scope.touchpoints[pair // len(values)]
        for pair in there.tolist()
    ]
    alphabet = sorted(set(names))
    places = {name: place for place, name in enumerate(alphabet)}
    kind = code_type(len(alphabet))
    codes = np.full(seen.size, end_of(kind), kind)
    codes[there] = [places[name] for name in names]

    def one(shard: Shard) -> Shard:
        code = np.empty(shard.code.size, kind)
        _crossed(shard.code, _column(shard, shape.of), scope.table, len(values), codes, code)
        return replace(shard, code=code, micro=None)

    made = journeys.reshaped(one)
    mark = hashlib.sha256(orjson.dumps([scope.fingerprint, str(shape)])).hexdigest()[:16]
    table = identity_table(len(alphabet), end_of(kind))
    return replace(made, scope=replace(scope, touchpoints=tuple(alphabet), table=table, fingerprint=mark))


def _column(shard: Shard, of: str) -> np.ndarray:
    column = shard.words.get(of)
    return np.zeros(shard.code.size, np.uint8) if column is None else column


@compiled
def _seen(code, column, table, width, seen):
    for i in range(code.size):
        seen[np.int64(table[code[i]]) * width + np.int64(column[i])] = True


@compiled
def _crossed(code, column, table, width, codes, out):
    for i in range(code.size):
        out[i] = codes[np.int64(table[code[i]]) * width + np.int64(column[i])]


_MANY = Text(
    en="{touchpoints:touchpoints} times {values:count} values of {of} are too many together. Merge some first: rename …",
    fa="{touchpoints:touchpoints} در {values:count} مقدارِ {of} بیش از اندازه است. نخست بعضی را یکی کنید: rename …",
)
