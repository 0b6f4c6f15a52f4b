"""The truth folder: who is who, what each row really is, and what the troubles did. Only tests read it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import orjson
import pyarrow as pa

from safarnama.core.words import Text
from safarnama.simulation import identity
from safarnama.simulation.dirt import BOT, DUPLICATE, LATE, REJECTED
from safarnama.simulation.files.batch import Batch
from safarnama.simulation.files.writing import RowGroups
from safarnama.simulation.kinds import KINDS
from safarnama.simulation.people import APP_DEVICE, DESKTOP, LEFT_EMAIL, LEFT_PHONE, MOBILE, SHARED
from safarnama.simulation.plan import Plan
from safarnama.simulation.texts.subjects import SUBJECTS
from safarnama.simulation.touchpoints import CALLS, EVENT_FILES, STAGES
from safarnama.simulation.troubles import Trouble

_FILE = pa.dictionary(pa.int8(), pa.string())
_EVENTS = pa.schema(
    [
        ("file", _FILE),
        ("row", pa.int64()),
        ("person", pa.int32()),
        ("stage", _FILE),
        ("duplicate", pa.bool_()),
        ("bot", pa.bool_()),
        ("late", pa.bool_()),
        ("rejected", pa.bool_()),
        ("trouble", pa.int8()),
    ]
)
_TEXTS = pa.schema(
    [("file", _FILE), ("row", pa.int64()), ("language", _FILE), ("sentiment", pa.int8()), ("subject", _FILE)]
)
_PEOPLE = pa.schema(
    [
        ("person", pa.int32()),
        ("kind", pa.string()),
        ("customer_id", pa.string()),
        ("user_id", pa.string()),
        ("phone", pa.string()),
        ("email", pa.string()),
        ("devices", pa.list_(pa.string())),
        ("household", pa.int32()),
    ]
)
_IDENTIFIERS = pa.schema([("type", pa.string()), ("value", pa.string()), ("person", pa.int32())])
_ROW_GROUP = 500_000
_SLOTS = tuple(int(slot) for slot in (DESKTOP, MOBILE, APP_DEVICE, SHARED))


class Truth:
    """The truth being written, piece by piece as the files are."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self._plan = plan
        self._events = RowGroups(folder / "events.parquet", _EVENTS, _ROW_GROUP)
        self._texts = RowGroups(folder / "texts.parquet", _TEXTS, _ROW_GROUP)
        self._people = RowGroups(folder / "people.parquet", _PEOPLE, _ROW_GROUP)
        self._identifiers = RowGroups(folder / "identifiers.parquet", _IDENTIFIERS, _ROW_GROUP)

    def rows(self, file: int, batch: Batch, rows: np.ndarray, broken: list[int]) -> None:
        """What the rows of a file are; ``broken`` are the rows that are no events at all."""
        events = batch.events
        flags = np.concatenate((events["flags"], np.full(len(broken), REJECTED, np.uint8)))
        place = np.concatenate((rows, np.array(broken, np.int64)))
        nobody = np.concatenate((batch.has(BOT), np.ones(len(broken), bool)))
        lost = np.concatenate((np.zeros(len(events), bool), np.ones(len(broken), bool)))
        trouble = _with(events["trouble"], -1, broken)
        columns = [
            _words(EVENT_FILES, np.full(len(place), file)),
            pa.array(place),
            pa.array(_with(events["person"], 0, broken), mask=nobody),
            _words(STAGES, _with(events["stage"], 0, broken), lost),
            *(pa.array((flags & flag) > 0) for flag in (DUPLICATE, BOT, LATE, REJECTED)),
            pa.array(trouble, mask=trouble < 0),
        ]
        columns[7] = pa.array(((flags & REJECTED) > 0) | lost)
        order = pa.array(np.argsort(place, kind="stable"))
        self._events.add(pa.Table.from_arrays(columns, schema=_EVENTS).take(order))
        self._tell_texts(file, batch, rows)

    def people(self, people: np.ndarray, first: int) -> None:
        """Who the people from number ``first`` on are, with all identifiers of theirs in the files."""
        plan = self._plan
        numbers = np.arange(first, first + len(people))
        user, customer = people["user"] == 1, people["customer"] == 1
        has_phone = customer | ((people["left"] & LEFT_PHONE) > 0)
        has_email = (customer | ((people["left"] & LEFT_EMAIL) > 0)) & (people["email"] == 1)
        known = {
            "customer_id": (identity.customer_ids(plan, numbers), customer),
            "user_id": (identity.user_ids(plan, numbers), user),
            "phone": (identity.phones(plan, numbers), has_phone),
            "email": (identity.emails(plan, people, numbers), has_email),
        }
        slots = np.array(_SLOTS)
        used = (people["used"][:, None] >> slots) & 1 == 1
        owner, slot = np.nonzero(used)
        devices = identity.device_ids(plan, numbers[owner], slots[slot])
        offsets = np.concatenate(([0], np.cumsum(used.sum(axis=1)))).astype(np.int32)
        home = np.where(people["together"] == 1, numbers // 2 * 2, numbers).astype(np.int32)
        kinds = pa.array([kind.name for kind in KINDS]).take(pa.array(people["kind"]))
        masked = [pa.array(ids.to_pylist(), pa.string(), mask=~has) for ids, has in known.values()]
        listed = pa.ListArray.from_arrays(pa.array(offsets), devices)
        table = [pa.array(numbers.astype(np.int32)), kinds, *masked, listed, pa.array(home)]
        self._people.add(pa.Table.from_arrays(table, schema=_PEOPLE))
        for kind, (ids, has) in known.items():
            self._identify(kind, ids.filter(pa.array(has)), numbers[has])
        self._identify("device", devices, numbers[owner])

    def close(self, troubles: list[Trouble]) -> None:
        """Finish the folder with what the troubles did."""
        for open_file in (self._events, self._texts, self._people, self._identifiers):
            open_file.close()
        told = [
            {
                "kind": trouble.kind,
                "touchpoints": trouble.touchpoints,
                "dimension": trouble.dimension,
                "value": trouble.value,
                "start": trouble.start,
                "end": trouble.end,
                "measure": _both(trouble.measure),
                "base_rate": trouble.base_rate,
                "trouble_rate": trouble.trouble_rate,
                "exposed": trouble.exposed,
                "excess": trouble.excess,
                "factor": trouble.factor,
                "sentence": _both(trouble.sentence),
            }
            for trouble in troubles
        ]
        (self.folder / "troubles.json").write_bytes(orjson.dumps(told, option=orjson.OPT_INDENT_2))

    def _tell_texts(self, file: int, batch: Batch, rows: np.ndarray) -> None:
        events = batch.events
        said = events["subject"] >= 0
        if not said.any():
            return
        # The call centre notes in Persian, whatever the caller writes in.
        english = (batch.people["english"][said] == 1) & (file != CALLS)
        columns = [
            _words(EVENT_FILES, np.full(int(said.sum()), file)),
            pa.array(rows[said]),
            _words(("fa", "en"), english.astype(np.int64)),
            pa.array(events["feeling"][said]),
            _words(SUBJECTS, events["subject"][said]),
        ]
        self._texts.add(pa.Table.from_arrays(columns, schema=_TEXTS))

    def _identify(self, kind: str, values: pa.Array, persons: np.ndarray) -> None:
        columns = [pa.array([kind] * len(values), pa.string()), values, pa.array(persons.astype(np.int32))]
        self._identifiers.add(pa.Table.from_arrays(columns, schema=_IDENTIFIERS))


def _with(values: np.ndarray, filler: int, broken: list[int]) -> np.ndarray:
    return np.concatenate((values, np.full(len(broken), filler, values.dtype)))


def _words(words: tuple[str, ...], places: np.ndarray, missing: np.ndarray | None = None) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(places.astype(np.int8), mask=missing), pa.array(words))


def _both(text: Text) -> dict[str, str]:
    return {"en": text.en, "fa": text.fa}
