"""The kernels of the laboratory: the fastest that was found for one clean log of at most 254 touchpoints and integer ids.

No names, no filters, no shapes, no intervals, no table at the end: bare loops, as the mark to measure the product against.
"""
# ruff: noqa: C408

from __future__ import annotations

from pathlib import Path
from typing import Any

import numba as nb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench.engine import questions as asked

NT = nb.config.NUMBA_NUM_THREADS
C = dict(nogil=True, cache=True, boundscheck=False)
u64, u32, i64 = nb.uint64, nb.uint32, nb.int64
PHI = np.uint64(0x9E3779B97F4A7C15)
SAT = np.uint32(0xFFFFFFFF)


@nb.njit(parallel=True, **C)
def part_hist(ids, bits, T):
    B = 1 << bits
    h = np.zeros((T, B), np.int64)
    n = ids.size
    for p in nb.prange(T):
        c = np.zeros(B, np.int64)
        for i in range(n * p // T, n * (p + 1) // T):
            c[u64((u64(ids[i]) * PHI) >> u64(64 - bits))] += 1
        h[p] = c
    return h


@nb.njit(parallel=True, **C)
def part_scatter(ids, code, ts, start, bits, T):
    n = ids.size
    pi = np.empty(n, np.int64)
    pt = np.empty(n, np.int64)
    pc = np.empty(n, np.uint8)
    for p in nb.prange(T):
        pos = start[p].copy()
        for i in range(n * p // T, n * (p + 1) // T):
            b = u64((u64(ids[i]) * PHI) >> u64(64 - bits))
            q = pos[b]
            pos[b] = q + 1
            pi[q] = ids[i]
            pt[q] = ts[i]
            pc[q] = code[i]
    return pi, pt, pc


@nb.njit(parallel=True, **C)
def bucket_factorize(pi, bstart, bits):
    """per bucket: dense local ids (first seen order) and rows per customer"""
    B = bstart.size - 1
    dense = np.empty(pi.size, np.uint32)
    ncust = np.zeros(B, np.int64)
    keys = np.empty(pi.size, np.int64)  # only the first ncust[b] of each region are used
    cnts = np.empty(pi.size, np.int32)
    for b in nb.prange(B):
        lo = bstart[b]
        hi = bstart[b + 1]
        r = hi - lo
        cb = 4
        while (1 << cb) < r // 4 + 16:
            cb += 1
        slot = np.full(1 << cb, -1, np.int32)
        mask = (1 << cb) - 1
        m = 0
        for i in range(lo, hi):
            k = pi[i]
            j = i64((u64(k) * PHI) >> u64(32)) & mask
            while True:
                s = slot[j]
                if s < 0:
                    slot[j] = m
                    keys[lo + m] = k
                    cnts[lo + m] = 0
                    s = m
                    m += 1
                    if m * 2 > mask:  # grow
                        cb += 1
                        mask = (1 << cb) - 1
                        slot = np.full(1 << cb, -1, np.int32)
                        for q in range(m):
                            z = i64((u64(keys[lo + q]) * PHI) >> u64(32)) & mask
                            while slot[z] >= 0:
                                z = (z + 1) & mask
                            slot[z] = q
                    break
                if keys[lo + s] == k:
                    break
                j = (j + 1) & mask
            cnts[lo + s] += 1
            dense[i] = s
        ncust[b] = m
    return dense, ncust, keys, cnts


@nb.njit(parallel=True, **C)
def bucket_place(dense, pt, pc, bstart, ncust, keys, cnts, ev0, cu0, END):
    """final arrays, customer by customer, END sentinel after each; repair of order inside a customer if needed"""
    B = bstart.size - 1
    n2 = ev0[B]
    code = np.empty(n2 + 1, np.uint8)
    gap = np.zeros(n2 + 1, np.uint32)
    off = np.empty(cu0[B] + 1, np.int64)
    first = np.empty(cu0[B], np.int64)
    cust = np.empty(cu0[B], np.int64)
    off[cu0[B]] = n2
    code[n2] = END
    nover = np.zeros(B, np.int64)
    oi = np.empty(dense.size, np.int64)
    ox = np.empty(dense.size, np.int64)  # pages stay untouched unless a gap saturates
    for b in nb.prange(B):
        lo = bstart[b]
        hi = bstart[b + 1]
        m = ncust[b]
        pos = np.empty(m, np.int64)
        t = np.empty(hi - lo + m, np.int64)
        base = ev0[b]
        q = base
        for s in range(m):
            pos[s] = q
            off[cu0[b] + s] = q
            cust[cu0[b] + s] = keys[lo + s]
            q += cnts[lo + s] + 1
        for i in range(lo, hi):
            s = dense[i]
            z = pos[s]
            pos[s] = z + 1
            code[z] = pc[i]
            t[z - base] = pt[i]
        over = 0
        for s in range(m):
            a = off[cu0[b] + s]
            e = a + cnts[lo + s]
            for i in range(a + 1, e):
                v = t[i - base]
                if v < t[i - 1 - base]:
                    w = code[i]
                    j = i - 1
                    while j >= a and t[j - base] > v:
                        t[j + 1 - base] = t[j - base]
                        code[j + 1] = code[j]
                        j -= 1
                    t[j + 1 - base] = v
                    code[j + 1] = w
            first[cu0[b] + s] = t[a - base]
            code[e] = END
            gap[e] = 0
            gap[a] = 0
            for i in range(a + 1, e):
                g = t[i - base] - t[i - 1 - base]
                if g >= 4294967295:
                    gap[i] = SAT
                    oi[lo + over] = i
                    ox[lo + over] = g - 4294967295
                    over += 1
                else:
                    gap[i] = u32(g)
        nover[b] = over
    tot = nover.sum()
    ri = np.empty(tot, np.int64)
    rx = np.empty(tot, np.int64)
    p = 0
    for b in range(B):
        k = nover[b]
        lo = bstart[b]
        ri[p : p + k] = oi[lo : lo + k]
        rx[p : p + k] = ox[lo : lo + k]
        p += k
    return code, gap, off, first, cust, ri, rx


@nb.njit(parallel=True, **C)
def dfg(code, gap, S, parts):
    n = code.size - 1
    A = np.zeros((parts, S * S), np.int64)
    B = np.zeros((parts, S * S), np.int64)
    one = np.uint64(1) << np.uint64(47)
    for p in nb.prange(parts):
        lo = u64(n * p // parts)
        hi = u64(n * (p + 1) // parts)
        cnt = np.zeros(S * S, np.int64)
        tot = np.zeros(S * S, np.int64)
        t0 = np.zeros(S * S, np.uint64)
        t1 = np.zeros(S * S, np.uint64)
        s = lo
        while s < hi:
            e = min(hi, s + u64(32768))
            q = s + ((e - s) & ~u64(1))
            i = s
            c0 = u32(code[i])
            while i < q:
                c1 = u32(code[i + u64(1)])
                c2 = u32(code[i + u64(2)])
                t0[u64(c0 * u32(S) + c1)] += one + np.uint64(gap[i + u64(1)])
                t1[u64(c1 * u32(S) + c2)] += one + np.uint64(gap[i + u64(2)])
                c0 = c2
                i += u64(2)
            if i < e:
                t0[u64(u32(code[i]) * u32(S) + u32(code[i + u64(1)]))] += one + np.uint64(gap[i + u64(1)])
            for j in range(S * S):
                cnt[j] += np.int64(t0[j] >> np.uint64(47)) + np.int64(t1[j] >> np.uint64(47))
                tot[j] += np.int64(t0[j] & (one - np.uint64(1))) + np.int64(t1[j] & (one - np.uint64(1)))
                t0[j] = 0
                t1[j] = 0
            s = e
        A[p] = cnt
        B[p] = tot
    return A.sum(0), B.sum(0)


@nb.njit(parallel=True, **C)
def pack(code, off, L, bits):
    n = off.size - 1
    key = np.empty(n, np.uint64)
    for c in nb.prange(n):
        i0 = u64(off[c])
        m = u64(min(off[c + 1] - 1 - off[c], L))
        k = np.uint64(0)
        for i in range(m):
            k = (k << np.uint64(bits)) | np.uint64(code[i0 + u64(i)] + 1)
        key[c] = k
    return key


@nb.njit(parallel=True, **C)
def count_part(key, pb):
    """radix partition of the keys by hash, then one small open-addressing counter per partition (fits L2)"""
    B = 1 << pb
    n = key.size
    st = np.zeros(B + 1, np.int64)
    for i in range(n):
        st[i64((key[i] * PHI) >> u64(64 - pb)) + 1] += 1
    st = np.cumsum(st)
    pos = st[:-1].copy()
    x = np.empty(n, np.uint64)
    for i in range(n):
        b = i64((key[i] * PHI) >> u64(64 - pb))
        x[pos[b]] = key[i]
        pos[b] += 1
    ok = np.empty(n, np.uint64)
    oc = np.empty(n, np.int32)
    um = np.zeros(B, np.int64)
    for b in nb.prange(B):
        lo = st[b]
        hi = st[b + 1]
        cb = 4
        while (1 << cb) < (hi - lo) * 2:
            cb += 1
        mask = (1 << cb) - 1
        slot = np.full(1 << cb, -1, np.int32)
        m = 0
        for i in range(lo, hi):
            k = x[i]
            j = i64((k * PHI) >> u64(20)) & mask
            while True:
                s = slot[j]
                if s < 0:
                    slot[j] = m
                    ok[lo + m] = k
                    oc[lo + m] = 1
                    m += 1
                    break
                if ok[lo + s] == k:
                    oc[lo + s] += 1
                    break
                j = (j + 1) & mask
        um[b] = m
    tot = um.sum()
    rk = np.empty(tot, np.uint64)
    rc = np.empty(tot, np.int32)
    p = 0
    for b in range(B):
        rk[p : p + um[b]] = ok[st[b] : st[b] + um[b]]
        rc[p : p + um[b]] = oc[st[b] : st[b] + um[b]]
        p += um[b]
    return rk, rc


@nb.njit(parallel=True, **C)
def funnel(code, gap, off, lut, S, window, parts):
    """lut: 0 = other, 1..S = step, S+1 = END. Block-wise branchless compaction of the interesting events, then the state machine."""
    nc = off.size - 1
    out = np.zeros((parts, 32), np.int64)
    NEG = np.int64(-(1 << 61))
    BLK = 4096
    for p in nb.prange(parts):
        i0 = u64(off[nc * p // parts])
        hi = u64(off[nc * (p + 1) // parts])
        loc = np.zeros(32, np.int64)
        st = np.full(32, NEG, np.int64)
        bt = np.empty(BLK + 1, np.int64)
        bs = np.empty(BLK + 1, np.uint8)
        t = np.int64(0)
        best = 0
        while i0 < hi:
            e = min(hi, i0 + u64(BLK))
            k = u64(0)
            for i in range(i0, e):
                s8 = lut[code[u64(i)]]
                t += np.int64(gap[u64(i)])
                bt[k] = t
                bs[k] = s8
                k += u64(s8 != 0)
            for r in range(k):
                s = np.int64(bs[u64(r)])
                if s > S:
                    loc[best] += 1
                    best = 0
                    for z in range(S):
                        st[z] = NEG
                elif s == 1:
                    st[0] = bt[u64(r)]
                    best = max(best, 1)
                else:
                    f = st[s - 2]
                    if bt[u64(r)] - f <= window:
                        st[s - 1] = f
                        best = max(best, s)
            i0 = e
        out[p] = loc
    return out.sum(0)


@nb.njit(parallel=True, **C)
def step_matrix(code, off, L, K, parts):
    n = off.size - 1
    out = np.zeros((parts, L * K), np.int64)
    for p in nb.prange(parts):
        loc = np.zeros(L * K, np.int32)
        for c in range(n * p // parts, n * (p + 1) // parts):
            i0 = u64(off[c])
            m = u64(min(off[c + 1] - 1 - off[c], L))
            r = u64(0)
            for i in range(m):
                loc[r + u64(code[i0 + u64(i)])] += 1
                r += u64(K)
        out[p] = loc
    return out.sum(0)


@nb.njit(parallel=True, fastmath=True, **C)
def session_count(gap, th, parts):
    n = gap.size
    out = np.zeros(parts, np.int64)
    for p in nb.prange(parts):
        s = 0
        for i in range(u64(n * p // parts), u64(n * (p + 1) // parts)):
            s += np.int64(gap[i] > th)
        out[p] = s
    return out.sum()


def _encode(path):
    table = pq.read_table(path, columns=["customer_id", "event", "ts"], read_dictionary=["event"])
    column = table["event"]
    names = sorted(set().union(*[chunk.dictionary.to_pylist() for chunk in column.chunks]))
    places = {name: place for place, name in enumerate(names)}
    code = np.empty(len(column), np.uint8)
    at = 0
    for chunk in column.chunks:
        own = np.array([places[name] for name in chunk.dictionary.to_pylist()], np.uint8)
        np.take(own, np.asarray(chunk.indices), out=code[at : at + len(chunk)])
        at += len(chunk)
    return names, code, table["customer_id"].to_numpy(), table["ts"].cast(pa.int64()).to_numpy()


def _sorted(path):
    names, code, ids, times = _encode(path)
    bits = max(4, int(np.ceil(np.log2(max(1, ids.size / 65536)))))
    flat = part_hist(ids, bits, NT).T.ravel()
    starts = np.concatenate([[0], np.cumsum(flat)])
    begins = starts[::NT].copy()
    spread = part_scatter(ids, code, times, starts[:-1].reshape(1 << bits, NT).T.copy(), bits, NT)
    dense, many, keys, counts = bucket_factorize(spread[0], begins, bits)
    customers = np.concatenate([[0], np.cumsum(many)])
    return names, *bucket_place(
        dense, spread[1], spread[2], begins, many, keys, counts, begins + customers, customers, len(names)
    )


def load(path: Path) -> asked.Tool:
    """The arrays made from the file, and how to ask them."""
    names, code, gap, offset, _, _, long_at, long_more = _sorted(path)
    touchpoints = len(names)
    lookup = np.zeros(256, np.uint8)
    steps = asked.steps_of(names)
    for place, name in enumerate(steps):
        lookup[names.index(name)] = place + 1
    lookup[touchpoints] = len(steps) + 1

    def flow() -> Any:
        side = touchpoints + 1
        count, total = dfg(code, gap, side, NT)
        np.add.at(total, code[long_at - 1].astype(np.int64) * side + code[long_at], long_more)
        count, total = (part.reshape(side, side)[:touchpoints, :touchpoints] for part in (count, total))
        return lambda: asked.flow(
            (names[a], names[b], int(count[a, b]), total[a, b] / count[a, b])
            for a, b in zip(*np.nonzero(count), strict=True)
        )

    def paths() -> Any:
        key = pack(code, offset, asked.LENGTH, 6)
        _, counts = count_part(key, max(2, int(np.log2(key.size / 16384 + 1))))
        top = min(asked.TOP, counts.size - 1)
        most = counts[np.argpartition(-counts, top)[: asked.TOP]]
        return lambda: asked.paths(counts.size, most.tolist())

    def reached() -> Any:
        ended = funnel(code, gap, offset, lookup, len(steps), asked.WINDOW_MS, NT)
        return lambda: asked.funnel(int(ended[step:].sum()) for step in range(1, len(steps) + 1))

    def stepmatrix() -> Any:
        cells = step_matrix(code, offset, asked.STEPS, touchpoints, NT).reshape(asked.STEPS, touchpoints)
        return lambda: asked.stepmatrix(
            (p + 1, names[t], int(cells[p, t])) for p, t in zip(*np.nonzero(cells), strict=True)
        )

    def sessions() -> Any:
        many = offset.size - 1 + session_count(gap, np.uint32(asked.GAP_MS), NT)
        return lambda: asked.sessions(many)

    asks: asked.Answers = {
        "flow": flow,
        "paths": paths,
        "funnel": reached,
        "stepmatrix": stepmatrix,
        "sessions": sessions,
    }
    return asked.Tool("lab kernels", asks)
