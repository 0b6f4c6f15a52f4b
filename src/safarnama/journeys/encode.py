"""From events in any order to journeys: arrays in the order of customers and time.

Two passes over small buckets that stay in the processor's cache. Rows are scattered to buckets by the top bits of their
customer's key; within a bucket each customer's rows are put in order; then everything is written where it belongs, an END
after every customer. Customers stand in the order of their keys and equal times in the order of their touchpoints' codes, so
the same rows give the same journeys, however they were ordered or split.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from safarnama.core.compiled import compiled

GAP_LIMIT = np.uint32(0xFFFFFFFF)  # a gap of 49.7 days or more: the rest of it stands in a list of its own
_BUCKET_ROWS = 1 << 16
_THREADS = 2


@dataclass
class Encoded:
    """Journeys as arrays; E events, C customers. See ``journeys.shard.Shard`` for what each holds.

    ``order``: for every slot of ``code`` the row it came from, -1 at an END; empty unless asked for. ``micro``: the microseconds beyond its millisecond,
    uint16, empty unless asked for.
    """

    code: np.ndarray
    gap: np.ndarray
    offset: np.ndarray
    first: np.ndarray
    key: np.ndarray
    long_at: np.ndarray
    long_ms: np.ndarray
    order: np.ndarray
    micro: np.ndarray


def code_type(touchpoints: int) -> type[np.unsignedinteger]:
    """The smallest type that holds so many touchpoints and END."""
    return next(kind for kind, end in _ENDS.items() if touchpoints < end)


def end_of(kind: Any) -> int:
    """The code of END in that type: fixed, so that new touchpoints never move it."""
    return _ENDS[np.dtype(kind).type]


# A table over all codes must stay small enough to be made for a question, so four bytes are not used up to their end.
_ENDS: dict[Any, int] = {np.uint8: 255, np.uint16: 65_535, np.uint32: (1 << 24) - 1}


def encode(
    chunks: list[tuple[np.ndarray, np.ndarray, np.ndarray]],
    kind: type[np.unsignedinteger],
    prefix: int = 0,
    micro: bool = False,
    order: bool = True,
) -> Encoded:
    """Put rows in order.

    ``chunks``: (customer keys uint64, microseconds int64, codes of ``kind``), each of shape (n_i,). No key may be 0.
    ``prefix``: how many of their top bits all keys have in common. ``micro``: keep the microseconds.
    ``order``: say which row stands in which slot.
    """
    n = sum(len(keys) for keys, _, _ in chunks)
    bits = max(1, int(np.ceil(np.log2(max(2, n / _BUCKET_ROWS)))))
    buckets = 1 << bits
    shift, skip = np.uint64(64 - bits), np.uint64(prefix)
    starts_of_chunk = np.concatenate([[0], np.cumsum([len(keys) for keys, _, _ in chunks])])
    # Each thread takes a run of chunks, so that rows of a bucket keep their order: it decides nothing, since ties are settled by
    # content, but what comes in the order of time need not be sorted again.
    share = starts_of_chunk[:-1] * _THREADS // max(1, n)
    runs = [np.flatnonzero(share == place) for place in range(_THREADS)]
    halves = [[chunks[at] for at in run] for run in runs]
    chunk_starts = [starts_of_chunk[run] for run in runs]
    with ThreadPoolExecutor(_THREADS) as pool:
        histograms = np.zeros((len(halves), buckets), np.int64)
        list(
            pool.map(
                lambda t: [_count(keys, skip, shift, histograms[t]) for keys, _, _ in halves[t]], range(len(halves))
            )
        )
        starts = np.concatenate([[0], np.cumsum(histograms.T.ravel())])
        cursors = starts[:-1].reshape(buckets, len(halves)).T.copy()
        bounds = np.append(starts[:: len(halves)][:buckets], n).astype(np.int64)
        keys = np.empty(n, np.uint64)
        times = np.empty(n, np.int64)
        codes = np.empty(n, kind)
        rows = np.empty(n if order else 0, np.uint32 if n < 2**32 else np.int64)

        def scatter(t: int) -> None:
            for (key, time, code), start in zip(halves[t], chunk_starts[t], strict=True):
                _scatter(key, time, code, np.int64(start), skip, shift, cursors[t], keys, times, codes, rows)

        list(pool.map(scatter, range(len(halves))))
        customers = np.zeros(buckets, np.int64)
        sizes = np.empty(n, np.int32)
        cuts = [buckets * place // _THREADS for place in range(_THREADS + 1)]
        list(
            pool.map(
                lambda t: _arrange(keys, times, codes, rows, bounds, cuts[t], cuts[t + 1], customers, sizes),
                range(_THREADS),
            )
        )
        before = np.concatenate([[0], np.cumsum(customers)])
        total = int(before[-1])
        end = kind(end_of(kind))
        made = Encoded(
            code=np.empty(n + total, kind),
            gap=np.empty(n + total, np.uint32),
            offset=np.empty(total + 1, np.int64),
            first=np.empty(total, np.int64),
            key=np.empty(total, np.uint64),
            long_at=np.zeros(0, np.int64),
            long_ms=np.zeros(0, np.int64),
            order=np.empty(n + total if order else 0, np.int64),
            micro=np.zeros(n + total if micro else 0, np.uint16),
        )
        made.offset[total] = n + total

        def emit(t: int) -> tuple[np.ndarray, np.ndarray]:
            return _emit(
                keys, times, codes, rows, bounds, cuts[t], cuts[t + 1], before, sizes, end,
                made.code, made.gap, made.offset, made.first, made.key, made.order, made.micro,
            )  # fmt: skip

        long = list(pool.map(emit, range(_THREADS)))
    made.long_at = np.concatenate([at for at, _ in long])
    made.long_ms = np.concatenate([ms for _, ms in long])
    return made


@compiled
def _count(keys, skip, shift, histogram):
    for i in range(keys.size):
        histogram[(keys[i] << skip) >> shift] += 1


@compiled
def _scatter(key, time, code, start, skip, shift, cursor, keys, times, codes, rows):
    for i in range(key.size):
        bucket = (key[i] << skip) >> shift
        to = cursor[bucket]
        cursor[bucket] = to + 1
        keys[to] = key[i]
        times[to] = time[i]
        codes[to] = code[i]
        if rows.size:
            rows[to] = start + i


@compiled
def _arrange(keys, times, codes, rows, bounds, from_bucket, to_bucket, customers, sizes):
    """Put the rows of each bucket in order, in place; ``sizes[bounds[b] + j]`` becomes the rows of its j-th customer."""
    for bucket in range(from_bucket, to_bucket):
        low = bounds[bucket]
        count = bounds[bucket + 1] - low
        if count == 0:
            customers[bucket] = 0
            continue
        # 1. Local numbers for customers, in the order they are met.
        width = 64
        while width < count // 4 + 16:
            width *= 2
        slots = np.full(width, -1, np.int32)
        local = np.empty(count, np.int32)
        met = np.empty(count, np.uint64)
        found = 0
        for i in range(count):
            key = keys[low + i]
            at = np.int64((key * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32)) & (width - 1)
            while slots[at] >= 0 and met[slots[at]] != key:
                at = (at + 1) & (width - 1)
            if slots[at] < 0:
                slots[at] = found
                met[found] = key
                found += 1
                local[i] = found - 1
                if found * 2 > width:
                    width *= 2
                    slots = np.full(width, -1, np.int32)
                    for j in range(found):
                        to = np.int64((met[j] * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32)) & (width - 1)
                        while slots[to] >= 0:
                            to = (to + 1) & (width - 1)
                        slots[to] = j
            else:
                local[i] = slots[at]
        customers[bucket] = found
        # 2. Customers in the order of their keys; their rows side by side.
        ranked = np.argsort(met[:found])
        place = np.empty(found, np.int32)
        for j in range(found):
            place[ranked[j]] = j
        cursor = np.zeros(found + 1, np.int64)
        for i in range(count):
            local[i] = place[local[i]]
            cursor[local[i] + 1] += 1
        for j in range(found):
            sizes[low + j] = cursor[j + 1]
            cursor[j + 1] += cursor[j]
        sorted_times = np.empty(count, np.int64)
        sorted_codes = np.empty(count, codes.dtype)
        sorted_rows = np.zeros(count, rows.dtype)
        for i in range(count):
            to = cursor[local[i]]
            cursor[local[i]] = to + 1
            sorted_times[to] = times[low + i]
            sorted_codes[to] = codes[low + i]
            if rows.size:
                sorted_rows[to] = rows[low + i]
        # 3. Each customer's rows by (time, code): most are in order already.
        start = 0
        for j in range(found):
            size = sizes[low + j]
            stop = start + size
            moves = 0
            sorted_already = True
            for i in range(start + 1, stop):
                if sorted_times[i] < sorted_times[i - 1] or (
                    sorted_times[i] == sorted_times[i - 1] and sorted_codes[i] < sorted_codes[i - 1]
                ):
                    sorted_already = False
                    break
            if not sorted_already:
                if size <= 64:
                    for i in range(start + 1, stop):
                        t = sorted_times[i]
                        c = sorted_codes[i]
                        r = sorted_rows[i]
                        k = i - 1
                        while k >= start and (sorted_times[k] > t or (sorted_times[k] == t and sorted_codes[k] > c)):
                            sorted_times[k + 1] = sorted_times[k]
                            sorted_codes[k + 1] = sorted_codes[k]
                            sorted_rows[k + 1] = sorted_rows[k]
                            k -= 1
                            moves += 1
                        sorted_times[k + 1] = t
                        sorted_codes[k + 1] = c
                        sorted_rows[k + 1] = r
                else:
                    by_code = np.argsort(sorted_codes[start:stop], kind="mergesort")
                    by_time = np.argsort(sorted_times[start:stop][by_code], kind="mergesort")
                    both = by_code[by_time]
                    sorted_times[start:stop] = sorted_times[start:stop][both]
                    sorted_codes[start:stop] = sorted_codes[start:stop][both]
                    sorted_rows[start:stop] = sorted_rows[start:stop][both]
            start = stop
        for i in range(count):
            times[low + i] = sorted_times[i]
            codes[low + i] = sorted_codes[i]
            if rows.size:
                rows[low + i] = sorted_rows[i]
        # The first slots of the bucket's keys now hold its customers' keys in order.
        for j in range(found):
            keys[low + j] = met[ranked[j]]


@compiled
def _emit(
    keys,
    times,
    codes,
    rows,
    bounds,
    from_bucket,
    to_bucket,
    before,
    sizes,
    end,
    code,
    gap,
    offset,
    first,
    key,
    order,
    micro,
):
    many = 0
    room = 64
    long_at = np.empty(room, np.int64)
    long_ms = np.empty(room, np.int64)
    for bucket in range(from_bucket, to_bucket):
        low = bounds[bucket]
        customer = before[bucket]
        to = low + customer
        row = low
        for j in range(before[bucket + 1] - customer):
            offset[customer + j] = to
            key[customer + j] = keys[low + j]
            past = times[row] // 1000
            first[customer + j] = past
            for i in range(row, row + sizes[low + j]):
                now = times[i] // 1000
                wait = now - past
                past = now
                if wait >= 4294967295:
                    if many == room:
                        room *= 2
                        grown = np.empty(room, np.int64)
                        grown[:many] = long_at
                        long_at = grown
                        grown = np.empty(room, np.int64)
                        grown[:many] = long_ms
                        long_ms = grown
                    long_at[many] = to
                    long_ms[many] = wait - 4294967295
                    many += 1
                    gap[to] = np.uint32(4294967295)
                else:
                    gap[to] = np.uint32(wait)
                code[to] = codes[i]
                if order.size:
                    order[to] = rows[i]
                if micro.size:
                    micro[to] = times[i] - now * 1000
                to += 1
            row += sizes[low + j]
            code[to] = end
            gap[to] = 0
            if order.size:
                order[to] = -1
            to += 1
    return long_at[:many].copy(), long_ms[:many].copy()
