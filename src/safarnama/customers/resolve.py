"""Who is who: identifiers into customers, from links alone.

Identifiers are taken from the strongest type to the weakest. Each joins the customers it is linked to, unless that would make one
person of two: then it is *ambiguous* (a family's tablet, a shared phone) and belongs to nobody by itself. So two logged-in
users are never merged by a device, and the order in which rows came has no say.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from safarnama.core.compiled import compiled
from safarnama.events.schema import strength

# How many identifiers of a type one customer may have; what would break a limit is not joined.
LIMITS = {"customer": 1, "user": 1, "email": 5, "phone": 5, "device_id": 20, "anonymous": 200}
_OWN_LIMIT = 10


@dataclass(frozen=True)
class Resolved:
    """``handles`` (sorted, uint64), the key of each one's customer, and whether it is ambiguous; all of shape (n,)."""

    handles: np.ndarray
    customers: np.ndarray
    ambiguous: np.ndarray


def resolve(handles: np.ndarray, types: list[str], kinds: np.ndarray, a: np.ndarray, b: np.ndarray) -> Resolved:
    """Join identifiers into customers.

    ``handles``: distinct, uint64 (n,). ``kinds``: place of each one's type in ``types`` (n,). ``a``, ``b``: linked
    handles (m,). A customer's key is the handle of its strongest identifier (the smallest of equals).
    """
    order = np.argsort(handles)
    handles, kinds = handles[order], kinds[order]
    ranks = np.array([strength(kind) for kind in types], np.int64)[kinds] if len(types) else np.zeros(0, np.int64)
    left, right = np.searchsorted(handles, a), np.searchsorted(handles, b)
    # Neighbours of every identifier as one run of places: each link counts in both directions.
    ends = np.concatenate([left, right])
    others = np.concatenate([right, left])[np.argsort(ends, kind="stable")]
    starts = np.concatenate([[0], np.cumsum(np.bincount(ends, minlength=handles.size))]).astype(np.int64)
    limits = np.array([LIMITS.get(kind, _OWN_LIMIT) for kind in types], np.int64)
    turn = np.lexsort((handles, ranks))
    roots, ambiguous = _join(turn, ranks, kinds.astype(np.int64), starts, others.astype(np.int64), limits)
    return Resolved(handles, _keys(handles, ranks, roots), ambiguous)


@compiled
def _root(parent, place):
    while parent[place] != place:
        parent[place] = parent[parent[place]]
        place = parent[place]
    return place


@compiled
def _join(turn, ranks, kinds, starts, others, limits):
    n = turn.size
    parent = np.arange(n)
    ambiguous = np.zeros(n, np.bool_)
    held = np.zeros((n, limits.size), np.int32)  # identifiers of each type, at the root of a customer
    for place in range(n):
        held[place, kinds[place]] = 1
    together = np.zeros(limits.size, np.int64)
    met = np.empty(16, np.int64)
    for t in range(n):
        me = turn[t]
        # The customers that this one is linked to by identifiers at least as strong.
        count = 0
        for k in range(starts[me], starts[me + 1]):
            other = others[k]
            if ranks[other] > ranks[me] or ambiguous[other] or other == me:
                continue
            root = _root(parent, other)
            if root == _root(parent, me):
                continue
            new = True
            for j in range(count):
                if met[j] == root:
                    new = False
            if new:
                if count == met.size:
                    grown = np.empty(2 * met.size, np.int64)
                    grown[:count] = met
                    met = grown
                met[count] = root
                count += 1
        if count == 0:
            continue
        mine = _root(parent, me)
        fits = True
        for kind in range(limits.size):
            together[kind] = held[mine, kind]
            for j in range(count):
                together[kind] += held[met[j], kind]
            if together[kind] > limits[kind]:
                fits = False
        if not fits:
            # A strong identifier that does not fit stays a customer of its own; a weak one is anybody's.
            ambiguous[me] = ranks[me] > 1
            continue
        for j in range(count):
            parent[met[j]] = mine
        for kind in range(limits.size):
            held[mine, kind] = together[kind]
    roots = np.empty(n, np.int64)
    for place in range(n):
        roots[place] = _root(parent, place)
    return roots, ambiguous


def _keys(handles: np.ndarray, ranks: np.ndarray, roots: np.ndarray) -> np.ndarray:
    order = np.lexsort((handles, ranks, roots))
    first = np.concatenate([[True], roots[order][1:] != roots[order][:-1]]) if handles.size else np.zeros(0, bool)
    best = np.empty(handles.size, np.uint64)
    best[roots[order][first]] = handles[order][first]
    return best[roots]
