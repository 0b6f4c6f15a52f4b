"""Rows into a shard: put in order, coded as the store codes them, with everything that journeys carry along."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safarnama.core.compiled import compiled
from safarnama.events import hashing
from safarnama.journeys.attributes import Attributes
from safarnama.journeys.encode import Encoded, code_type, encode, end_of
from safarnama.journeys.rows import NUMBER, TEXT, WORDS
from safarnama.journeys.shard import Shard, Sparse
from safarnama.journeys.vocabulary import Vocabulary

_PUBLIC_KEY = bytes(16)


@dataclass(frozen=True)
class Coding:
    """How the codes of rows become those of a shard.

    ``ranks``: code of a row → place in the alphabet, by which equal times are ordered; ``codes``: that place → code in the
    shard. ``words``: dimension → column of the rows, their code → code in the shard, and a mark of the value itself.
    """

    ranks: np.ndarray
    codes: np.ndarray
    words: dict[str, tuple[str, np.ndarray, np.ndarray]]

    @classmethod
    def of(cls, met: Vocabulary, stored: Vocabulary) -> Coding:
        """``met``: the codes of the rows; ``stored``: the same names as the shard is to code them."""
        kind = code_type(len(stored.touchpoints))
        codes = np.full(end_of(kind) + 1, end_of(kind), kind)
        for rank, name in enumerate(sorted(met.touchpoints.places)):
            codes[rank] = stored.touchpoints.places[name]
        words = {}
        for name, column in stored.carried().items():
            values, own = met.words[column].places, stored.words[column].places
            table = np.array([0, *(own[value] + 1 for value in values)], _word_type(len(own)))
            marks = np.concatenate([[0], hashing.keyed(pa.array(list(values), pa.string()), _PUBLIC_KEY)])
            words[name] = (WORDS + column, table, marks.astype(np.uint64))
        return cls(met.touchpoints.ranks().astype(kind), codes, words)


def made_shard(rows: pa.Table, coding: Coding, attributes: Attributes, prefix: int) -> Shard:
    """The journeys of rows whose customers' keys have ``prefix`` top bits in common."""
    made = _in_order(rows, coding, prefix)
    words = {}
    for name, (column, table, _) in coding.words.items():
        if column in rows.column_names:
            words[name] = _gathered(made.order, table[_filled(rows[column])])
        else:
            words[name] = np.zeros(made.order.size, table.dtype)
    words["flags"] = _gathered(made.order, rows["flags"].to_numpy())
    slots = np.empty(len(rows), np.int64)
    filled = np.flatnonzero(made.order >= 0)
    slots[made.order[filled]] = filled
    numbers = {}
    for column in rows.column_names:
        if column.startswith(NUMBER):
            has = np.flatnonzero(~np.asarray(rows[column].is_null()))
            if has.size:
                order = np.argsort(slots[has])
                values = rows[column].drop_null().to_numpy()
                numbers[column.removeprefix(NUMBER)] = Sparse(slots[has][order], values[order])
    about = attributes.of(made.key)
    bots = _inhuman(made.code, made.gap, made.offset)
    if bots.any():
        flag = pa.array(bots)
        about = pa.table({"bot": flag}) if about is None else about.append_column("bot", flag)
    if not np.array_equal(coding.codes[: coding.ranks.size], np.arange(coding.ranks.size)):
        made.code = coding.codes[made.code]
    return Shard(
        made.code, made.gap, made.offset, made.first, made.key, made.long_at, made.long_ms, words, numbers, about,
        micro=made.micro if made.micro.any() else None,
    )  # fmt: skip


def _in_order(rows: pa.Table, coding: Coding, prefix: int) -> Encoded:
    """The rows by customer, time and touchpoint; what is still equal by what else it says, never by when it was read."""
    columns = [rows[name].to_numpy() for name in ("key", "when", "code")]
    half = len(rows) // 2
    chunks = [
        (columns[0][part], columns[1][part], coding.ranks[columns[2][part]])
        for part in (slice(half), slice(half, None))
    ]
    made = encode(chunks, coding.ranks.dtype.type, prefix, micro=True)
    tied = np.zeros(made.code.size + 1, bool)
    tied[1:-1] = (made.gap[1:] == 0) & (made.code[1:] == made.code[:-1]) & (made.micro[1:] == made.micro[:-1])
    if tied.any():
        inside = np.flatnonzero(tied[:-1] | tied[1:])
        run = np.cumsum(~tied[:-1][inside])
        places = made.order[inside]
        made.order[inside] = places[np.lexsort((_marks(rows, coding, places), run))]
    return made


def _marks(rows: pa.Table, coding: Coding, places: np.ndarray) -> np.ndarray:
    """A mark of what each of these rows says, uint64."""
    few = rows.take(pa.array(places))
    marks = few["flags"].to_numpy().astype(np.uint64)
    for column, _, values in coding.words.values():
        if column in few.column_names:
            marks = hashing.mixed(marks) + values[_filled(few[column])]
        else:
            marks = hashing.mixed(marks)
    for column in sorted(name for name in few.column_names if name.startswith(NUMBER) and name != NUMBER + TEXT):
        has = ~np.asarray(few[column].is_null())
        value = pc.fill_null(few[column], 0).to_numpy().view(np.uint64)
        salt = np.uint64(sum(column.encode()))
        marks += np.where(has, hashing.mixed(value ^ hashing.mixed(marks) ^ salt), np.uint64(0))
    return marks


def _filled(column: pa.ChunkedArray) -> np.ndarray:
    return pc.fill_null(column, 0).to_numpy()


def _word_type(values: int) -> type[np.unsignedinteger]:
    return np.uint8 if values < 256 else np.uint16 if values < 65_536 else np.uint32


@compiled
def _gather_into(order, column, out):
    for i in range(order.size):
        if order[i] >= 0:
            out[i] = column[order[i]]


def _gathered(order: np.ndarray, column: np.ndarray) -> np.ndarray:
    out = np.zeros(order.size, column.dtype)
    _gather_into(order, column, out)
    return out


@compiled
def _inhuman(code, gap, offset):
    """Customers whose pace no person keeps: 200 moments or more, nine in ten of them within three seconds of the last.

    Several events of one moment (the lines of a basket) are one.
    """
    bots = np.zeros(offset.size - 1, np.bool_)
    for c in range(offset.size - 1):
        moments = 0
        quick = 0
        for i in range(offset[c] + 1, offset[c + 1] - 1):
            if gap[i] > 0:
                moments += 1
                if gap[i] <= 3000:
                    quick += 1
        bots[c] = moments >= 200 and quick * 10 >= moments * 9
    return bots
