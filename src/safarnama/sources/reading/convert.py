"""From the rows of a file to canonical rows, column by column, with every row that does not fit set aside."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safarnama.events import hashing
from safarnama.events.identifiers import handles, normalised
from safarnama.events.schema import DIMENSIONS, LATE, PROPERTY, SKEWED, WHO
from safarnama.sources.reading import times
from safarnama.sources.reading.cells import bots_among, cells_of, constant, plain, texts_of, words_of
from safarnama.sources.reading.moments import NEVER, keep_file_order, moments, scaled
from safarnama.sources.reading.numbers import numbers
from safarnama.sources.reading.plan import Plan, survey_scale
from safarnama.sources.reading.scored import scored

_US_DAY = 86_400_000_000
_KEPT = ("user_agent", "consent")


@dataclass
class SetAside:
    """Rows that did not fit: their place in the batch, why, in which column and what was seen there."""

    places: list[np.ndarray] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    def add(self, mask: np.ndarray, reason: str, column: str, cells: Any, good: np.ndarray) -> None:
        """Set aside the rows of ``mask`` that are still good, for one reason."""
        places = np.flatnonzero(mask & good)
        good[places] = False
        if places.size:
            shown = cells.take(pa.array(places)).to_pylist() if cells is not None else [None] * places.size
            self.places.append(places)
            self.reasons += [reason] * places.size
            self.columns += [column] * places.size
            self.seen += ["" if value is None else str(value) for value in shown]


@dataclass
class Converted:
    """Canonical rows, the hash of each as it stood in the file, keys of event ids, identifier values, what was set aside, and of a
    survey how many answers of each column lie outside its scale."""

    table: pa.Table
    hashes: np.ndarray
    event_keys: np.ndarray | None
    identified: list[tuple[str, pa.Array, pa.Array]]
    aside: SetAside
    aside_hashes: np.ndarray
    outside: dict[str, int] = field(default_factory=dict)


class Converter:
    """Applies a plan to the batches of one file."""

    def __init__(self, plan: Plan, key: bytes, source: str) -> None:
        self.plan = plan
        self.key = key
        self.source = source
        self.now = int(time.time() * 1e6)

    def convert(self, table: pa.Table, hashes: np.ndarray) -> Converted:
        """``table``: rows as they stand in the file. ``hashes``: of its own columns, shape (n,)."""
        table = _completed(table, self.plan)
        good = np.ones(len(table), bool)
        aside = SetAside()
        columns: dict[str, pa.Array] = {}
        identified: list[tuple[str, pa.Array, pa.Array]] = []
        event_keys = None
        if self.plan.kind != "costs":
            self._who(table, columns, identified)
        if self.plan.kind == "events":
            self._when(table, columns, aside, good)
            if not self.plan.wide:
                self._what(table, columns, aside, good)
                self._amounts(table, columns, aside, good)
                self._score(table, columns, aside, good)
            self._where(table, columns)
            keep_file_order(columns)
            event_keys = self._event_ids(table)
        elif self.plan.kind == "customers":
            some = np.zeros(len(table), bool)
            for name, column in columns.items():
                if name.startswith(WHO):
                    some |= ~np.asarray(column.is_null())
            first = next(iter(self.plan.identifiers.values()))
            aside.add(~some, "identifier_missing", first, cells_of(table, first), good)
        else:
            self._costs(table, columns, aside, good)
        if not self.plan.wide:
            self._properties(table, columns)
        made = pa.table(columns)
        if self.plan.wide:
            return self._answers(table, made, hashes, identified, aside, good)
        aside_hashes = hashes[np.concatenate(aside.places)] if aside.places else np.zeros(0, np.uint64)
        if not good.all():
            mask = pa.array(good)
            made, hashes = made.filter(mask), hashes[good]
            event_keys = event_keys[good] if event_keys is not None else None
        return Converted(made, hashes, event_keys, identified, aside, aside_hashes)

    # ------------------------------------------------------------------ who

    def _who(self, table: pa.Table, columns: dict[str, pa.Array], identified: list[Any]) -> None:
        for kind, name in self.plan.identifiers.items():
            values = normalised(cells_of(table, name), kind, self.plan.country)
            repeats = pa.types.is_dictionary(values.type)
            words = values.dictionary if repeats else values
            mine = handles(words, kind, self.key)
            columns[WHO + kind] = mine.take(values.indices) if repeats else mine
            identified.append((kind, words, mine))

    # ------------------------------------------------------------------ when

    def _when(self, table: pa.Table, columns: dict[str, pa.Array], aside: SetAside, good: np.ndarray) -> None:
        plan = self.plan
        if "time" not in plan.roles or plan.day_of_month:
            local = np.full(len(table), plan.at or 0, np.int64)
            if plan.day_of_month:
                days, _ = numbers(table[plan.roles["time"]])
                local += np.where(np.isfinite(days), days - 1, 0).astype(np.int64) * _US_DAY
            columns["when"] = pa.array(times.to_utc(local, plan.timezone))
            return
        parts = [plan.roles["time"]] if plan.roles["time"] in table.column_names else plan.roles["time"].split("+")
        cells = cells_of(table, parts[0])
        read = times.read(cells, plan.order)
        kinds = read.kinds
        if len(parts) == 2:
            clock = times.read(cells_of(table, parts[1]), plan.order)
            read.values[clock.kinds == times.CLOCK] += clock.values[clock.kinds == times.CLOCK]
            kinds = np.where(clock.kinds == times.CLOCK, kinds, np.int8(times.UNREADABLE))
            kinds = np.where(clock.kinds == times.NO_SUCH_DAY, np.int8(times.NO_SUCH_DAY), kinds)
        empty = np.asarray(cells.is_null())
        aside.add(empty, "time_missing", plan.roles["time"], None, good)
        aside.add(kinds == times.NO_SUCH_DAY, "no_such_day", plan.roles["time"], cells, good)
        aside.add(
            np.isin(kinds, (times.UNREADABLE, times.CLOCK)),
            "time_unreadable",
            plan.roles["time"],
            cells,
            good,
        )
        when = read.values
        local_kinds = np.isin(kinds, (times.LOCAL, times.DAY))
        if local_kinds.any():
            when = np.where(local_kinds, 0, when)
            when[local_kinds] = times.to_utc(read.values[local_kinds], plan.timezone)
        epochs = kinds == times.EPOCH
        if epochs.any():
            when[epochs] = scaled(read.values[epochs], plan.epoch)
        flags = np.zeros(len(table), np.uint8)
        self._clock_skew(table, when, flags)
        aside.add(when > self.now + 2 * _US_DAY, "time_in_future", plan.roles["time"], cells, good)
        columns["when"] = pa.array(when)
        if "user_agent" in plan.roles:
            flags |= bots_among(cells_of(table, plan.roles["user_agent"]))
        if flags.any():
            columns["flags"] = pa.array(flags)

    def _clock_skew(self, table: pa.Table, when: np.ndarray, flags: np.ndarray) -> None:
        """Put right what a device with a wrong clock wrote: what it calls its sending time is known here as the time of
        arrival, so the difference is its error (the rule of Segment's and RudderStack's collectors)."""
        if "received_at" not in self.plan.roles:
            return
        received = self._moments(table, "received_at")
        known = received != NEVER
        if "sent_at" in self.plan.roles:
            sent = self._moments(table, "sent_at")
            shift = np.where(known & (sent != NEVER), received - sent, 0)
            # Up to a minute is the way through the network; over a year is a broken field, not a clock.
            wrong = (np.abs(shift) > 60_000_000) & (np.abs(shift) < 366 * _US_DAY)
            when[wrong] += shift[wrong]
            flags[wrong] |= SKEWED
        flags[known & (received - when > _US_DAY)] |= LATE

    def _moments(self, table: pa.Table, role: str) -> np.ndarray:
        return moments(cells_of(table, self.plan.roles[role]), self.plan.order, self.plan.timezone)

    # ------------------------------------------------------------------ what

    def _what(self, table: pa.Table, columns: dict[str, pa.Array], aside: SetAside, good: np.ndarray) -> None:
        plan = self.plan
        if plan.touchpoint is not None:
            columns["what"] = constant(plan.touchpoint, len(table))
            return
        if "touchpoint" in plan.roles:
            cells = cells_of(table, plan.roles["touchpoint"])
            words = words_of(cells)
            aside.add(np.asarray(words.is_null()), "touchpoint_missing", plan.roles["touchpoint"], cells, good)
            columns["what"] = words
        elif "instrument" in plan.roles:
            columns["what"] = words_of(cells_of(table, plan.roles["instrument"]))
        else:
            columns["what"] = constant(plan.roles["score"], len(table))

    def _amounts(self, table: pa.Table, columns: dict[str, pa.Array], aside: SetAside, good: np.ndarray) -> None:
        if "value" in self.plan.roles:
            name = self.plan.roles["value"]
            columns["value"] = self._money(table, name, "value_unreadable", aside, good)
            if "currency" in self.plan.roles:
                columns["currency"] = words_of(cells_of(table, self.plan.roles["currency"]))

    def _money(self, table: pa.Table, name: str, reason: str, aside: SetAside, good: np.ndarray) -> pa.Array:
        amounts, bad = numbers(table[name])
        aside.add(bad, reason, name, cells_of(table, name), good)
        known = np.isfinite(amounts) & (np.abs(amounts) < 9e15)
        minor = np.zeros(len(table), np.int64)
        minor[known] = np.rint(amounts[known] * self.plan.money).astype(np.int64)
        return pa.array(minor, mask=~known)

    def _score(self, table: pa.Table, columns: dict[str, pa.Array], aside: SetAside, good: np.ndarray) -> None:
        plan = self.plan
        if "score" not in plan.roles:
            if "text" in plan.roles:
                columns["text"] = texts_of(cells_of(table, plan.roles["text"]))
            return
        name = plan.roles["score"]
        answers, bad = numbers(table[name])
        low, high = np.zeros(len(table)), np.zeros(len(table))
        instruments = np.zeros(len(table), np.int32)
        words: dict[str, int] = {}
        surveys = (
            words_of(cells_of(table, plan.roles["instrument"]))
            if "instrument" in plan.roles
            else constant("", len(table))
        )
        places = pc.fill_null(surveys.indices, len(surveys.dictionary)).to_numpy(zero_copy_only=False)
        for place, survey in enumerate([*surveys.dictionary.to_pylist(), ""]):
            scale = survey_scale(plan, survey)
            mine = places == place
            low[mine], high[mine] = scale.low, scale.high
            instruments[mine] = words.setdefault(scale.instrument, len(words))
        given = np.isfinite(answers)
        aside.add(
            bad | (given & ((answers < low) | (answers > high))),
            "score_unreadable",
            name,
            cells_of(table, name),
            good,
        )
        given &= (answers >= low) & (answers <= high)
        columns |= scored(np.where(given, answers, 0), given, low, high, instruments, list(words))
        if "text" in plan.roles:
            columns["text"] = texts_of(cells_of(table, plan.roles["text"]))

    def _answers(
        self,
        table: pa.Table,
        made: pa.Table,
        hashes: np.ndarray,
        identified: list[Any],
        aside: SetAside,
        good: np.ndarray,
    ) -> Converted:
        """One scored event for every answered question of a wide row, in the order of the columns."""
        parts, part_hashes = [], []
        outside: dict[str, int] = {}
        places = np.arange(len(table))
        for number, (name, scale) in enumerate(self.plan.scales.items()):
            answers, _ = numbers(table[name])
            said = np.isfinite(answers) & good
            given = said & (answers >= scale.low) & (answers <= scale.high)
            outside[name] = int(np.count_nonzero(said & ~given))
            mine = places[given]
            part = made.take(pa.array(mine))
            columns: dict[str, pa.Array] = {"what": constant(name.strip(), len(mine))}
            ones = np.ones(len(mine), bool)
            low, high = np.full(len(mine), scale.low), np.full(len(mine), scale.high)
            columns |= scored(answers[given], ones, low, high, np.zeros(len(mine), np.int32), [scale.instrument])
            for column, values in columns.items():
                part = part.append_column(column, values)
            parts.append(part)
            part_hashes.append(
                hashing.mixed(hashes[given] ^ hashing.rows(pa.table({name: ["answer"]}))[0]) + np.uint64(number)
            )
        joined = pa.concat_tables(parts).unify_dictionaries()
        aside_hashes = hashes[np.concatenate(aside.places)] if aside.places else np.zeros(0, np.uint64)
        return Converted(joined, np.concatenate(part_hashes), None, identified, aside, aside_hashes, outside)

    # ------------------------------------------------------------------ where, and the rest

    def _where(self, table: pa.Table, columns: dict[str, pa.Array]) -> None:
        for role in DIMENSIONS:
            if role in self.plan.roles:
                columns[role] = words_of(cells_of(table, self.plan.roles[role]))
            elif role == "channel" and self.plan.channel:
                columns[role] = constant(self.plan.channel, len(table))
        if "session" in self.plan.roles:
            values = normalised(cells_of(table, self.plan.roles["session"]), "session")
            columns["session"] = plain(handles(values, "session", self.key))

    def _event_ids(self, table: pa.Table) -> np.ndarray | None:
        if "event_id" not in self.plan.roles:
            return None
        cells = cells_of(table, self.plan.roles["event_id"])
        keys = hashing.rows(pa.table({"source": constant(self.source, len(table)), "event_id": cells}))
        return np.where(np.asarray(cells.is_null()), np.uint64(0), keys)

    def _properties(self, table: pa.Table, columns: dict[str, pa.Array]) -> None:
        for name in (
            *self.plan.properties,
            *(column for role, column in self.plan.roles.items() if role in _KEPT),
        ):
            if name not in table.column_names:
                continue
            cells = cells_of(table, name)
            if cells.null_count == len(cells):
                continue
            if pa.types.is_string(cells.type) or pa.types.is_large_string(cells.type):
                cells = cells.cast(pa.string()).dictionary_encode()
            columns[PROPERTY + name] = cells

    def _costs(self, table: pa.Table, columns: dict[str, pa.Array], aside: SetAside, good: np.ndarray) -> None:
        roles = self.plan.roles
        columns["value"] = self._money(table, roles["cost"], "cost_unreadable", aside, good)
        for role in ("channel", "campaign"):
            if role in roles:
                columns[role] = words_of(cells_of(table, roles[role]))
        if "time" in roles:
            cells = cells_of(table, roles["time"])
            aside.add(np.asarray(cells.is_null()), "time_missing", roles["time"], None, good)
            spelled = pa.array([_first_of_month(cell) for cell in cells.to_pylist()], pa.string())
            read = times.read(spelled, self.plan.order)
            aside.add(
                ~np.isin(read.kinds, (times.LOCAL, times.DAY, times.ABSOLUTE)),
                "time_unreadable",
                roles["time"],
                cells,
                good,
            )
            local = np.isin(read.kinds, (times.LOCAL, times.DAY))
            when = np.where(read.kinds == times.ABSOLUTE, read.values, 0)
            when[local] = times.to_utc(read.values[local], self.plan.timezone)
            columns["when"] = pa.array(when)


def _completed(table: pa.Table, plan: Plan) -> pa.Table:
    """The table with every column the plan speaks of: rows of JSON need not all have the same."""
    spoken = [
        part for name in plan.roles.values() for part in ([name] if name in table.column_names else name.split("+"))
    ]
    for name in (*spoken, *plan.scales) if plan.wide else spoken:
        if name not in table.column_names:
            table = table.append_column(name, pa.nulls(len(table), pa.string()))
    return table


def _first_of_month(cell: Any) -> str | None:
    text = None if cell is None else str(cell).strip()
    if not text:
        return None
    if re.fullmatch(r"\d{4}[-/]\d{1,2}", text):
        return f"{text}-01"
    # "Mar 2024", «فروردین ۱۴۰۳»
    return f"1 {text}" if re.fullmatch(r"[^\W\d]+\.? \d{4}", text) else text
