"""Variants: the journeys that are the same, as one row with a count; and how unlike two of them are."""

from __future__ import annotations

import numpy as np

from safarnama.core.compiled import compiled
from safarnama.journeys.partial import Keyed
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard


def variants_of(shard: Shard, scope: Scope, length: int, goal: tuple[int, ...] = ()) -> np.ndarray:
    """The first ``length`` different touchpoints in a row of every customer that counts, int64 (customers, length), filled up with
    -1: repeats are one, and with ``goal`` (numbers) nothing after the first goal."""
    ends = np.zeros(scope.size + 1, np.bool_)
    ends[list(goal)] = True
    found = np.full((shard.counted, length), -1, np.int64)
    _variants(shard.code, shard.offset, shard.runs, scope.table, ends, found)
    return found


def counted(variants: np.ndarray) -> Keyed:
    """The distinct ones with how many customers have each."""
    return Keyed.of(variants, np.ones(len(variants), np.int64))


def distances(variants: np.ndarray, others: np.ndarray) -> np.ndarray:
    """How unlike each of the variants (rows, filled up with -1) is to each of the others, float64 (V, O), from 0 (the same) to 1: the
    insertions, deletions and replacements that make one of the other (Levenshtein, 1966), over the length of the longer."""
    found = np.zeros((len(variants), len(others)))
    _distances(
        np.ascontiguousarray(variants),
        (variants >= 0).sum(1),
        np.ascontiguousarray(others),
        (others >= 0).sum(1),
        found,
    )
    return found


@compiled
def _variants(code, offset, runs, table, ends, found):
    place = 0
    length = found.shape[1]
    for r in range(runs.shape[0]):
        for customer in range(runs[r, 0], runs[r, 1]):
            many = 0
            before = np.int64(-1)
            for i in range(offset[customer], offset[customer + 1] - 1):
                number = np.int64(table[code[i]])
                if number != before:
                    if many == length:
                        break
                    found[place, many] = number
                    many += 1
                    before = number
                if ends[number]:
                    break
            place += 1


@compiled
def _distances(variants, lengths, others, widths, found):
    row = np.empty(others.shape[1] + 1, np.int64)
    for a in range(variants.shape[0]):
        for b in range(others.shape[0]):
            n, m = lengths[a], widths[b]
            for j in range(m + 1):
                row[j] = j
            for i in range(n):
                corner = row[0]
                row[0] = i + 1
                for j in range(m):
                    change = corner + (variants[a, i] != others[b, j])
                    corner = row[j + 1]
                    row[j + 1] = min(change, row[j] + 1, row[j + 1] + 1)
            found[a, b] = row[m] / max(n, m, 1)
