"""Segments: the customers of each value of an attribute."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safarnama.journeys.columns import check_name, first_words, is_of_event
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard

if TYPE_CHECKING:
    from safarnama.journeys.journeys import Journeys

LARGEST = 20
OTHER = "other"
UNKNOWN = "unknown"


def segments_of(journeys: Journeys, attribute: str) -> dict[str, Journeys]:
    """The journeys of every segment, the largest first; what does not fit among the 20 largest is *other*, never lost.

    A dimension of events (channel, device …) puts a customer where its first event with a value was.
    """
    check_name(attribute, journeys.scope)
    values = [_values(shard, attribute, journeys.scope) for shard in journeys.shards]
    sizes: dict[str, int] = {}
    for shard, (words, codes) in zip(journeys.shards, values, strict=True):
        counted = np.bincount(codes[shard.mask()], minlength=len(words))
        for word, size in zip(words, counted.tolist(), strict=True):
            sizes[word] = sizes.get(word, 0) + size
    ranked = sorted(
        (word for word, size in sizes.items() if size), key=lambda word: (word == UNKNOWN, -sizes[word], word)
    )
    shown = ranked if len(ranked) <= LARGEST else ranked[: LARGEST - 1]
    groups: dict[str, list[Shard]] = {word: [] for word in shown}
    if len(shown) < len(ranked):
        groups[OTHER] = []
    for shard, (words, codes) in zip(journeys.shards, values, strict=True):
        for name, members in groups.items():
            chosen = [
                place for place, word in enumerate(words) if word == name or (name == OTHER and word not in groups)
            ]
            members.append(shard.only(np.isin(codes, chosen)))
    return {name: journeys.with_shards(members) for name, members in groups.items()}


def _values(shard: Shard, attribute: str, scope: Scope) -> tuple[list[str], np.ndarray]:
    """The values an attribute can have, and the place of each customer's among them (C,)."""
    if is_of_event(attribute, scope):
        return [UNKNOWN, *scope.words[attribute]], first_words(shard, attribute)
    if shard.attributes is None or attribute not in shard.attributes.column_names:
        return [UNKNOWN], np.zeros(shard.customers, np.int64)
    column = shard.attributes[attribute].combine_chunks()
    column = column.chunk(0) if isinstance(column, pa.ChunkedArray) else column
    if not pa.types.is_dictionary(column.type):
        column = pc.cast(column, pa.string()).dictionary_encode()
    words = column.dictionary.cast(pa.string()).to_pylist()
    return [*words, UNKNOWN], pc.fill_null(column.indices, len(words)).to_numpy(zero_copy_only=False).astype(np.int64)
