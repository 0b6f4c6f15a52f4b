"""XES: the standard form of event logs in process mining (IEEE 1849), plain or compressed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar
from xml.parsers import expat

import numpy as np
import pyarrow as pa
from pydantic import PrivateAttr

from safarnama.core.errors import Mistake
from safarnama.core.parameters import File
from safarnama.core.words import Text
from safarnama.sources.reading.bytes import opened
from safarnama.sources.source import Rows, Source, nothing_in

_BATCH = 50_000
_CHUNK = 1 << 18
_MOST_COLUMNS = 2_000
_MOST_DEEP = 64
_MOST_IN_A_TAG = 16 << 20  # bytes
_VALUES = frozenset({"string", "date", "int", "float", "boolean", "id"})
_NO_NAME = "concept:name"


class Xes(Source):
    """A log of cases and their events. Attributes of a case come as columns that begin with ``case:``; one inside
    another is named with a dot. Every case is a customer; a case without a name goes by its number."""

    title: ClassVar[Text] = Text(en="Event log (XES)", fa="لاگ رویداد (XES)")
    example: ClassVar[dict[str, Any]] = {"file": "log.xes"}
    suffixes: ClassVar[tuple[str, ...]] = (".xes",)

    file: File

    _lines: list[np.ndarray] = PrivateAttr(default_factory=list)
    _nameless: int = PrivateAttr(0)

    def read(self) -> Iterator[Rows]:
        self._lines.clear()
        log = _Log()
        found = False
        with opened(self.file) as (stream, raw):
            while chunk := stream.read(_CHUNK):
                self._feed(log, chunk)
                if log.events >= _BATCH:
                    found = True
                    yield self._taken(log, raw.tell())
            self._feed(log, b"")
            if log.events:
                found = True
                yield self._taken(log, raw.tell())
        self._nameless = log.nameless
        if not found:
            raise nothing_in(
                self.file,
                Text(
                    en="its log holds no events. Export it again with its traces.",
                    fa="لاگ آن هیچ رویدادی ندارد. آن را دوباره همراه traceهایش خروجی بگیرید.",
                ),
            )

    def line_numbers(self, indices: np.ndarray) -> np.ndarray:
        return np.concatenate(self._lines)[indices] if self._lines else indices + 1

    def notices(self) -> list[tuple[Text, dict[str, object]]]:
        if not self._nameless:
            return []
        return [
            (
                Text(
                    en="No name (concept:name) in the file: {n:customers}, called by their number in it.",
                    fa="بدون نام (concept:name) در فایل: {n:customers} که با شماره‌شان در آن خوانده می‌شوند.",
                ),
                {"n": self._nameless},
            )
        ]

    def _feed(self, log: _Log, chunk: bytes) -> None:
        try:
            log.feed(chunk)
        except expat.ExpatError as error:
            raise nothing_in(
                self.file,
                Text(
                    en=f"it is not whole XML: line {error.lineno} cannot be read. Copy it again from where it came.",
                    fa=f"XML سالمی نیست: سطر {error.lineno} خوانده نمی‌شود. آن را دوباره از مبدأ کپی کنید.",
                ),
            ) from error
        except _Refused as refused:
            raise self._refused(refused) from None

    def _refused(self, refused: _Refused) -> Mistake:
        return nothing_in(self.file, refused.why)

    def _taken(self, log: _Log, position: int) -> Rows:
        table, lines = log.take()
        self._lines.append(lines)
        return Rows(table, read=position)


class _Refused(Exception):
    def __init__(self, en: str, fa: str) -> None:
        self.why = Text(en=en, fa=fa)


class _Log:
    """What the parser has met: the case it is in, and the events not yet taken, column by column."""

    def __init__(self) -> None:
        self.events = 0
        self.nameless = 0
        self._cases = 0
        self._columns: dict[str, list[str | None]] = {}
        self._known: set[str] = set()
        self._lines: list[int] = []
        self._case: dict[str, str] = {}
        self._event: dict[str, str] | None = None
        self._line = 0
        self._tags: list[str] = []
        self._keys: list[str] = []  # of the attributes that are open
        self._in_case = False
        self._waiting = 0  # bytes fed since anything was met
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._opened
        self._parser.EndElementHandler = self._closed
        # A log needs no entities; declared ones can blow a small file up or reach for other files.
        self._parser.EntityDeclHandler = self._entity
        self._parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def feed(self, chunk: bytes) -> None:
        """Read on; an empty chunk is the end of the file."""
        self._waiting += len(chunk)
        self._parser.Parse(chunk, not chunk)
        if self._waiting > _MOST_IN_A_TAG:
            raise _Refused(
                f"after line {self._parser.CurrentLineNumber} comes a tag of more than {_MOST_IN_A_TAG >> 20} MB. "
                "Look at that line; no log is written so.",
                f"پس از سطر {self._parser.CurrentLineNumber} برچسبی بزرگ‌تر از {_MOST_IN_A_TAG >> 20} مگابایت آمده است. "
                "آن سطر را ببینید؛ هیچ لاگی این‌گونه نوشته نمی‌شود.",
            )

    def take(self) -> tuple[pa.Table, np.ndarray]:
        """The events met so far and the lines they began on."""
        for cells in self._columns.values():
            cells.extend([None] * (self.events - len(cells)))
        table = pa.table({name: pa.array(cells, pa.string()) for name, cells in self._columns.items()})
        lines = np.array(self._lines, np.int64)
        self._columns, self._lines, self.events = {}, [], 0
        return table, lines

    def _opened(self, tag: str, attributes: dict[str, str]) -> None:
        self._waiting = 0
        tag = tag.rpartition(":")[2]
        if not self._tags and tag != "log":
            raise _Refused(
                f"it is XML that begins with <{tag}>. An XES log begins with <log>.",
                f"XMLی است که با <{tag}> آغاز می‌شود. لاگ XES با <log> آغاز می‌شود.",
            )
        self._tags.append(tag)
        if len(self._tags) > _MOST_DEEP:
            raise _Refused(
                f"line {self._parser.CurrentLineNumber} lies more than {_MOST_DEEP} tags deep.",
                f"سطر {self._parser.CurrentLineNumber} بیش از {_MOST_DEEP} برچسب تودرتو دارد.",
            )
        if tag == "trace":
            self._in_case, self._case = True, {}
            self._cases += 1
        elif tag == "event":
            self._event, self._line = {}, self._parser.CurrentLineNumber
        elif self._in_case or self._event is not None:
            self._attribute(tag, attributes)

    def _attribute(self, tag: str, attributes: dict[str, str]) -> None:
        key = attributes.get("key", "")
        self._keys.append(key)
        if tag not in _VALUES or not key or not attributes.get("value"):
            return
        name = ".".join(part for part in self._keys if part)
        if self._event is not None:
            self._event[name] = attributes["value"]
        else:
            self._case[f"case:{name}"] = attributes["value"]

    def _closed(self, tag: str) -> None:
        self._waiting = 0
        self._tags.pop()
        tag = tag.rpartition(":")[2]
        if tag == "trace":
            self._in_case, self._case = False, {}
        elif tag == "event" and self._event is not None:
            self._add(self._event)
            self._event = None
        elif self._keys:
            self._keys.pop()

    def _add(self, event: dict[str, str]) -> None:
        if self._in_case and f"case:{_NO_NAME}" not in self._case:
            self._case[f"case:{_NO_NAME}"] = str(self._cases)
            self.nameless += 1
        for cells in (self._case, event):
            for name, value in cells.items():
                column = self._columns.get(name)
                if column is None:
                    column = self._columns[name] = []
                    self._known.add(name)
                if len(column) > self.events:  # an event that calls an attribute as the case's column is called
                    column[self.events] = value
                    continue
                if len(column) < self.events:
                    column.extend([None] * (self.events - len(column)))
                column.append(value)
        if len(self._known) > _MOST_COLUMNS:
            raise _Refused(
                f"up to line {self._line} it names more than {_MOST_COLUMNS:,} different attributes.",
                f"تا سطر {self._line} بیش از {_MOST_COLUMNS:,} ویژگی متفاوت نام برده است.",
            )
        self._lines.append(self._line)
        self.events += 1

    def _entity(self, *declared: Any) -> None:
        raise _Refused(
            "it declares XML entities, which are not read because they can reach for other files. Remove its DOCTYPE.",
            "موجودیت XML تعریف می‌کند که خوانده نمی‌شود، چون می‌تواند سراغ فایل‌های دیگر برود. DOCTYPE آن را حذف کنید.",
        )
