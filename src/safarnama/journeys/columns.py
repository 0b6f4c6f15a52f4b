"""What is known by name of customers and of their events: attributes, dimensions, and how they compare with values."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safarnama.core.compiled import compiled
from safarnama.core.errors import unknown
from safarnama.core.grammar import Compare
from safarnama.core.words import Text
from safarnama.core.words.digits import latin
from safarnama.core.words.normalise import key
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard


def check_name(name: str, scope: Scope) -> None:
    """Raise ``Mistake`` when nothing goes by that name."""
    known = [*scope.words, *scope.attributes]
    if name not in known and name != "touchpoint":
        raise unknown(Text(en="Attribute", fa="ویژگی"), name, ["touchpoint", *known])


def is_of_event(name: str, scope: Scope) -> bool:
    """Whether a name belongs to events rather than to customers."""
    return name == "touchpoint" or name in scope.words


def events_that(shard: Shard, scope: Scope, condition: Compare) -> np.ndarray:
    """Which slots meet a condition on a dimension of the event, bool (S,); END slots never do."""
    if condition.name == "touchpoint":
        good = np.append(_matches(list(scope.touchpoints), condition), False)
        return good[scope.table[shard.code]]
    good = np.concatenate([[_none(condition)], _matches(list(scope.words[condition.name]), condition)])
    column = shard.words.get(condition.name)
    mask = good[column] if column is not None else np.full(shard.code.size, good[0])
    mask[shard.offset[1:] - 1] = False
    return mask


def customers_that(shard: Shard, condition: Compare) -> np.ndarray:
    """Which customers meet a condition on one of their attributes, bool (C,). Unknown meets only ``!=``."""
    column = (
        shard.attributes[condition.name]
        if shard.attributes is not None and condition.name in shard.attributes.column_names
        else None
    )
    if column is None:
        return np.full(shard.customers, _none(condition))
    column = column.combine_chunks()
    column = column.chunk(0) if isinstance(column, pa.ChunkedArray) else column
    if not pa.types.is_dictionary(column.type):
        column = pc.cast(column, pa.string()).dictionary_encode()
    words = column.dictionary.cast(pa.string()).to_pylist()
    good = np.append(_matches(words, condition), _none(condition))
    return good[pc.fill_null(column.indices, len(words)).to_numpy(zero_copy_only=False)]


def first_words(shard: Shard, name: str) -> np.ndarray:
    """The first value of a dimension that each customer showed, as its code, shape (C,); 0 is none."""
    out = np.zeros(shard.customers, np.int64)
    column = shard.words.get(name)
    if column is not None:
        _first_filled(column, shard.offset, out)
    return out


@compiled
def _first_filled(column, offset, out):
    for c in range(out.size):
        for i in range(offset[c], offset[c + 1] - 1):
            if column[i] != 0:
                out[c] = column[i]
                break


def _none(condition: Compare) -> bool:
    return condition.sign == "!="


def _matches(words: list[str], condition: Compare) -> np.ndarray:
    """Which of these values meet a condition. Names match as a person reads them; numbers and days compare as such."""
    if condition.sign in ("=", "!="):
        wanted = {key(value) for value in condition.values}
        equal = np.array([key(word) in wanted for word in words], bool)
        return equal if condition.sign == "=" else ~equal
    compare = {"<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal}[condition.sign]
    limit = _number(condition.values[0])
    numbers = np.array([_number(word) for word in words], float)
    if np.isnan(limit) or np.all(np.isnan(numbers)):
        # Days and codes of equal length compare as text does.
        return np.array([bool(compare(np.str_(word), np.str_(condition.values[0]))) for word in words], bool)
    with np.errstate(invalid="ignore"):
        return np.asarray(compare(numbers, limit))


def _number(text: str) -> float:
    try:
        return float(latin(text).replace(",", ""))
    except ValueError:
        return float("nan")
