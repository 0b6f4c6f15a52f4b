"""The encoded form says exactly what the events said, in whatever order they came."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from safarnama.journeys.encode import code_type, encode, end_of
from safarnama.journeys.journeys import Journeys
from safarnama.journeys.moments import moments_of
from tests.journeys.logs import Event, by_customer, journeys_of, logs


def told(journeys: Journeys) -> list[list[tuple[int, str]]]:
    """Every customer's journey out of the arrays, as (milliseconds, touchpoint)."""
    found = []
    for shard in journeys.shards:
        when = moments_of(shard)
        for customer in np.flatnonzero(shard.mask()).tolist():
            slots = range(int(shard.offset[customer]), int(shard.offset[customer + 1]) - 1)
            assert shard.code[shard.offset[customer + 1] - 1] == shard.end
            found.append([(int(when[i]), journeys.touchpoints[shard.code[i]]) for i in slots])
    return sorted(found)


@given(logs)
def test_nothing_is_lost_and_order_is_by_time(log: list[Event]) -> None:
    journeys = journeys_of(log)
    assert told(journeys) == sorted(by_customer(log).values())
    assert journeys.events == len(log)
    assert journeys.customers == len({customer for customer, _, _ in log})


@given(logs, st.randoms(use_true_random=False), st.integers(1, 5))
def test_the_order_and_the_split_of_the_rows_have_no_say(log: list[Event], chance: random.Random, parts: int) -> None:
    shuffled = list(log)
    chance.shuffle(shuffled)
    one, two = journeys_of(log), journeys_of(shuffled)
    for a, b in zip(one.shards, two.shards, strict=True):
        for name in ("code", "gap", "offset", "first", "key", "long_at", "long_ms"):
            assert np.array_equal(getattr(a, name), getattr(b, name)), name
    keys = np.array([hash(customer) + 1 for customer, _, _ in log], np.uint64)
    times = np.array([time * 1000 for _, time, _ in log], np.int64)
    codes = np.array([ord(what) - 97 for _, _, what in log], np.uint8)
    whole = encode([(keys, times, codes)], np.uint8)
    cuts = [len(log) * part // parts for part in range(parts + 1)]
    pieces = encode([(keys[a:b], times[a:b], codes[a:b]) for a, b in itertools.pairwise(cuts)], np.uint8)
    for name in ("code", "gap", "offset", "first", "key", "long_at", "long_ms"):
        assert np.array_equal(getattr(whole, name), getattr(pieces, name)), name


def test_a_customer_with_a_million_events_and_one_with_one() -> None:
    chance = np.random.default_rng(1)
    times = chance.integers(-(10**15), 10**15, 1_000_000)
    table = pa.table({"who": [7] * 1_000_000 + [8], "when": [*times.tolist(), 5], "what": ["a", "b"] * 500_000 + ["a"]})
    journeys = Journeys.from_table(table, customer="who", touchpoint="what", time="when")
    assert (journeys.customers, journeys.events) == (2, 1_000_001)
    shard = journeys.shards[0]
    long = int(np.argmax(np.diff(shard.offset)))
    when = moments_of(shard)[shard.offset[long] : shard.offset[long + 1] - 1]
    assert np.array_equal(when, np.sort(times) // 1000)


def test_more_touchpoints_than_two_bytes_hold() -> None:
    names = [f"t{number:06d}" for number in range(70_000)]
    table = pa.table({"who": [1] * 70_000, "when": list(range(70_000)), "what": names})
    journeys = Journeys.from_table(table, customer="who", touchpoint="what", time="when")
    assert journeys.scope.size == 70_000
    assert journeys.shards[0].code.dtype == np.uint32
    assert [what for _, what in told(journeys)[0]][:2] == ["t000000", "t000001"]
    assert code_type(254) == np.uint8 and code_type(255) == np.uint16 and code_type(65_535) == np.uint32
    assert end_of(np.uint32) == (1 << 24) - 1


def test_an_empty_table_gives_empty_journeys() -> None:
    journeys = journeys_of([])
    assert (journeys.customers, journeys.events, journeys.touchpoints) == (0, 0, ())
