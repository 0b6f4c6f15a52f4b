"""Vocabulary: the names of touchpoints and of the values of dimensions, each with its code.

Codes are given in the order in which names come, so a new name never moves an old one. Making everything anew puts them in the
order of the alphabet; opening the store does so for touchpoints, by the table of the scope.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safarnama.events.schema import DIMENSIONS, PROPERTY

_WORD_LIMIT = 250  # a property with more values than this is not carried along
_PROPERTY_LIMIT = 24
_OWN = (*DIMENSIONS, "instrument", "source")


class Names:
    """Names, each with its code."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self.places = {name: place for place, name in enumerate(known)}

    def __len__(self) -> int:
        return len(self.places)

    def codes(self, column: pa.ChunkedArray, offset: int) -> np.ndarray:
        """The code of every value of a dictionary column plus ``offset``; 0 for null; int32. Learns names it does not know."""
        parts = []
        for chunk in column.chunks:
            words = chunk.dictionary.to_pylist()
            indices = pc.fill_null(chunk.indices, len(words)).to_numpy(zero_copy_only=False)
            # A dictionary may hold words that no row uses any more.
            used = np.bincount(indices, minlength=len(words) + 1) > 0
            table = np.zeros(len(words) + 1, np.int32)
            for place, word in enumerate(words):
                if used[place] and word is not None:
                    table[place] = self.places.setdefault(word, len(self.places)) + offset
            parts.append(table[indices])
        return np.concatenate(parts) if parts else np.zeros(0, np.int32)

    def ranks(self) -> np.ndarray:
        """The alphabetical place of every code, int32."""
        ranks = np.empty(len(self), np.int32)
        for rank, name in enumerate(sorted(self.places)):
            ranks[self.places[name]] = rank
        return ranks


@dataclass
class Vocabulary:
    """``words``: column of the events → its values. ``dropped``: properties with too many values to be carried along."""

    touchpoints: Names = field(default_factory=Names)
    words: dict[str, Names] = field(default_factory=dict)
    dropped: set[str] = field(default_factory=set)

    @classmethod
    def load(cls, kept: dict[str, Any]) -> Vocabulary:
        words = {name: Names(values) for name, values in kept["words"].items()}
        return cls(Names(kept["touchpoints"]), words, set(kept["dropped"]))

    def dump(self) -> dict[str, Any]:
        words = {name: list(names.places) for name, names in self.words.items() if name not in self.dropped}
        return {"touchpoints": list(self.touchpoints.places), "words": words, "dropped": sorted(self.dropped)}

    def in_order(self) -> Vocabulary:
        """The same names with codes in alphabetical order."""
        words = {name: Names(sorted(names.places)) for name, names in self.words.items()}
        return Vocabulary(Names(sorted(self.touchpoints.places)), words, self.dropped)

    def of_column(self, column: str, values: pa.ChunkedArray) -> np.ndarray | None:
        """The codes of a column; None for one that is not carried along."""
        is_property = column.startswith(PROPERTY)
        if not (is_property or column in _OWN) or column in self.dropped or not pa.types.is_dictionary(values.type):
            return None
        names = self.words.setdefault(column, Names())
        if not is_property:
            return names.codes(values, 1)
        if all(pc.count_distinct(chunk.indices).as_py() <= _WORD_LIMIT for chunk in values.chunks):
            codes = names.codes(values, 1)
            if len(names) <= _WORD_LIMIT:
                return codes
        self.dropped.add(column)
        return None

    def of_source(self, source: str) -> int:
        """The code of a source."""
        places = self.words.setdefault("source", Names()).places
        return places.setdefault(source, len(places)) + 1

    def carried(self) -> dict[str, str]:
        """Dimension → its column: all of our own, then the first properties by their names."""
        known = sorted(name for name, names in self.words.items() if len(names) and name not in self.dropped)
        own = [name for name in known if not name.startswith(PROPERTY)]
        properties = [name for name in known if name.startswith(PROPERTY) and name.removeprefix(PROPERTY) not in own]
        return {name.removeprefix(PROPERTY): name for name in (*own, *properties[:_PROPERTY_LIMIT])}
