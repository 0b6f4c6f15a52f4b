"""Journeys with every sort of column, and all of them read back: what the tests of shapes have in common."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa

from safarnama.journeys.journeys import Journeys
from safarnama.journeys.moments import moments_of
from safarnama.journeys.shard import Shard, Sparse
from tests.journeys.logs import Event, journeys_of

Told = tuple[int, str, str | None, int | None]  # milliseconds, touchpoint, where, a number that only some events have
Mine = list[Told]


def rich(log: list[Event], parts: int = 1) -> Journeys:
    """Journeys with a dimension, a number at every other event and an attribute, in one or more shards."""
    journeys = journeys_of(log, where="yes")
    shard = journeys.shards[0]
    events = np.flatnonzero(shard.code != shard.end)
    some = events[::2].astype(np.int64)
    full = replace(
        shard,
        numbers={"value": Sparse(some, some * 7 + 1)},
        attributes=pa.table({"name": [f"{key:016x}" for key in shard.key]}),
    )
    return journeys.with_shards(tuple(full.split(parts)))


def told(log: list[Event]) -> Journeys:
    """Journeys in which where something happened is a channel, and every third event answers a survey on a scale of 0 to 10."""
    journeys = journeys_of(log, where="yes")
    shard = journeys.shards[0]
    some = np.flatnonzero(shard.code != shard.end)[::3].astype(np.int64)
    asked = np.zeros(shard.code.size, np.uint8)
    asked[some] = 1 + some % 2
    numbers = {
        "score": Sparse(some, some * 1000 % 11_000),
        "scale_low": Sparse(some, np.zeros(some.size, np.int64)),
        "scale_high": Sparse(some, np.full(some.size, 10_000)),
    }
    full = replace(shard, numbers=numbers, words={**shard.words, "channel": shard.words["where"], "instrument": asked})
    words = {**journeys.scope.words, "channel": journeys.scope.words["where"], "instrument": ["nps", "stars"]}
    return replace(journeys.with_shards([full]), scope=replace(journeys.scope, words=words))


def read(journeys: Journeys) -> list[tuple[int, Mine]]:
    """Key and events of every journey that counts, in the order of the arrays; what must be aligned is held to be."""
    found = []
    for shard in journeys.shards:
        when = moments_of(shard)
        number = dict(
            zip(*(part.tolist() for part in (shard.numbers["value"].at, shard.numbers["value"].value)), strict=True)
        )
        assert np.all(np.diff(shard.numbers["value"].at) > 0)
        assert shard.attributes is not None
        for customer in np.flatnonzero(shard.mask()).tolist():
            start, stop = int(shard.offset[customer]), int(shard.offset[customer + 1]) - 1
            assert shard.code[stop] == shard.end
            assert stop > start
            assert shard.gap[start] == 0
            assert shard.first[customer] == when[start]
            assert shard.attributes["name"][customer].as_py() == f"{shard.key[customer]:016x}"
            mine = [
                (
                    int(when[i]),
                    journeys.touchpoints[journeys.scope.table[shard.code[i]]],
                    ([None, *journeys.scope.words["where"]])[shard.words["where"][i]],
                    number.get(i),
                )
                for i in range(start, stop)
            ]
            found.append((int(shard.key[customer]), mine))
    return found


def same_arrays(a: Shard, b: Shard) -> bool:
    """Whether nothing was copied."""
    return a.code is b.code and a.gap is b.gap and a.offset is b.offset
