"""JSON: one object a line (NDJSON), or one list of objects."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import Any, BinaryIO, ClassVar

import numpy as np
import orjson
import pyarrow as pa
from pydantic import PrivateAttr

from safarnama.core.parameters import File
from safarnama.core.words import Text
from safarnama.sources.reading.bytes import BINARY, EMPTY, opened
from safarnama.sources.reading.encoding import detect, lines_of, mend
from safarnama.sources.source import BrokenRow, Rows, Source, nothing_in

_BATCH = 50_000
_NO_OBJECTS = Text(
    en="it holds no JSON objects. One object a line, or one list of objects, is needed.",
    fa="شیء JSON ندارد. در هر سطر یک شیء، یا یک فهرست از اشیا لازم است.",
)


class Json(Source):
    """JSON objects, one a line or in a list. Nested fields get names with dots: ``context.device``."""

    title: ClassVar[Text] = Text(en="JSON and NDJSON", fa="JSON و NDJSON")
    example: ClassVar[dict[str, Any]] = {"file": "events.ndjson"}
    suffixes: ClassVar[tuple[str, ...]] = (".json", ".ndjson", ".jsonl")

    file: File

    _lines: list[np.ndarray] = PrivateAttr(default_factory=list)
    _repaired: int = PrivateAttr(0)

    def read(self) -> Iterator[Rows]:
        with opened(self.file) as (stream, _):
            start = stream.read(1 << 16)
        encoding = detect(start)
        if not start.strip():
            raise nothing_in(self.file, EMPTY)
        if encoding is None:
            raise nothing_in(self.file, BINARY)
        first = start.decode(encoding, "ignore").lstrip("\ufeff \r\n\t")[:1]
        self._lines.clear()
        found = False
        with opened(self.file) as (stream, raw):
            objects = self._listed(stream, encoding) if first == "[" else self._one_a_line(stream, encoding)
            for rows in self._batches(objects):
                rows.read = raw.tell()
                found = found or bool(rows.table.num_rows)
                yield rows
        if not found:
            raise nothing_in(self.file, _NO_OBJECTS)

    def notices(self) -> list[tuple[Text, dict[str, object]]]:
        if not self._repaired:
            return []
        return [
            (
                Text(
                    en="{n:lines} held NaN, Infinity or half a character and were mended.",
                    fa="{n:lines} مقدار NaN یا Infinity یا نویسه ناقص داشت و اصلاح شد.",
                ),
                {"n": self._repaired},
            )
        ]

    def line_numbers(self, indices: np.ndarray) -> np.ndarray:
        return np.concatenate(self._lines)[indices] if self._lines else indices + 1

    def _one_a_line(self, stream: BinaryIO, encoding: str) -> Iterator[tuple[int, Any]]:
        plain = encoding in ("utf-8", "utf-8-sig")
        lines = stream if plain else (line.encode() for line in lines_of(stream, encoding))
        for number, line in enumerate(lines, start=1):
            bare = line.removeprefix(codecs.BOM_UTF8).strip()
            if bare:
                yield number, self._parsed(bare)

    def _listed(self, stream: BinaryIO, encoding: str) -> Iterator[tuple[int, Any]]:
        whole = self._parsed(stream.read().decode(encoding, "replace").lstrip("\ufeff").encode())
        if not isinstance(whole, list):
            raise nothing_in(self.file, _NO_OBJECTS)
        yield from enumerate(whole, start=1)

    def _parsed(self, line: bytes) -> Any:
        """The value on a line, or the line itself (bytes) where it is none."""
        try:
            return orjson.loads(line)
        except orjson.JSONDecodeError:
            pass
        try:
            # The standard reader takes what real event SDKs send and orjson refuses: NaN, Infinity, lone surrogates.
            value = json.loads(mend(line), parse_constant=lambda name: None)
            mended = json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
        except (ValueError, RecursionError):
            return line
        self._repaired += 1
        return mended

    def _batches(self, objects: Iterator[tuple[int, Any]]) -> Iterator[Rows]:
        rows: list[dict[str, Any]] = []
        lines: list[int] = []
        broken: list[BrokenRow] = []
        for line, value in objects:
            if isinstance(value, dict) and value:
                rows.append(_flat(value))
                lines.append(line)
            else:
                shown = value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode()
                broken.append(BrokenRow(line, "json", mend(shown)[:300]))
            if len(rows) >= _BATCH:
                self._lines.append(np.array(lines, np.int64))
                yield Rows(_columns(rows), broken)
                rows, lines, broken = [], [], []
        if rows or broken:
            self._lines.append(np.array(lines, np.int64))
            yield Rows(_columns(rows), broken)


def _flat(value: dict[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, inner in value.items():
        if isinstance(inner, dict):
            for below, leaf in _flat(inner).items():
                flat[f"{name}.{below}"] = leaf
        else:
            flat[name] = inner
    return flat


def _columns(rows: list[dict[str, Any]]) -> pa.Table:
    names: dict[str, None] = {}
    for row in rows:
        names.update(dict.fromkeys(row))
    columns = {name: pa.array([_plain(row.get(name)) for row in rows], pa.string()) for name in names}
    return pa.table(columns) if columns else pa.table({})


def _plain(value: Any) -> str | None:
    """A leaf as text. Text columns keep what was written; the reader of a role makes numbers and times of it."""
    if value is None or isinstance(value, str):
        return value or None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return orjson.dumps(value).decode() if value else None
