"""Segments: the customers of each value of an attribute."""

from __future__ import annotations

from functools import partial
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
    scope = journeys.scope

    def look(shard: Shard) -> dict[str, int]:
        words, codes = _values(shard, attribute, scope)
        counted = np.bincount(codes[shard.mask()], minlength=len(words))
        return dict(zip(words, counted.tolist(), strict=True))

    sizes: dict[str, int] = {}
    for found in journeys.gathered(look):
        for word, size in found.items():
            sizes[word] = sizes.get(word, 0) + size
    ranked = sorted(
        (word for word, size in sizes.items() if size), key=lambda word: (word == UNKNOWN, -sizes[word], word)
    )
    shown = ranked if len(ranked) <= LARGEST else ranked[: LARGEST - 1]
    names = [*shown, OTHER] if len(shown) < len(ranked) else shown

    def members(shard: Shard, name: str) -> Shard:
        words, codes = _values(shard, attribute, scope)
        chosen = [place for place, word in enumerate(words) if word == name or (name == OTHER and word not in names)]
        return shard.only(np.isin(codes, chosen))

    return {name: journeys.reshaped(partial(members, name=name)) for name in names}


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
