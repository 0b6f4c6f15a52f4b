"""How much room a workbook wants: a file of a kilobyte can name cells so far apart that no memory holds what is between."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from math import inf
from pathlib import Path
from typing import Any
from xml.parsers import expat

from safarnama.core.words import Text

_FREE = 5_000_000  # cells that any workbook may have, full or empty
_UNPACKED = 4_000_000_000  # bytes
_CHUNK = 1 << 20
_LONGEST = 64  # bytes of a place, wherever a piece ends
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,7})(\d{1,10})["']""")  # of a row or a cell
# How no program writes it, though it may be read: then places are looked at one by one.
_UNUSUAL = (b"r='", b"r =", b"r\t=", b"r\n=", b"r\r=", b"r= ", b"r=\t", b"r=\n", b"r=\r")
_MOST_REPEATED = 1 << 40
TOO_WIDE = Text(
    en="its cells stand so far apart, or unpack to so much, that it cannot be read safely. Save the rows you need as CSV and try again.",
    fa="خانه‌هایش آن‌قدر از هم دورند، یا چنان بزرگ باز می‌شود، که خواندنش امن نیست. سطرهای لازم را به شکل CSV ذخیره کنید و دوباره امتحان کنید.",
)


def too_wide(file: Path) -> bool:
    """Whether reading a workbook could take far more memory than its cells are worth. One that is damaged is not: reading
    says that better."""
    try:
        with zipfile.ZipFile(file) as book:
            parts = book.infolist()
            if sum(part.file_size for part in parts) > _UNPACKED:
                return True
            for part in parts:
                if not part.filename.lower().endswith(".xml"):
                    continue
                # A sheet that is full needs at least a byte a cell. It may have any name: what is none has no places.
                most = max(_FREE, part.file_size)
                areas = (_repeated,) if part.filename == "content.xml" else (_at_most, _area)
                if all(area(_chunks(book, part)) > most for area in areas):
                    return True
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError, expat.ExpatError):
        pass
    return False


def _chunks(book: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """A part of a workbook, piece by piece."""
    with book.open(part) as sheet:
        while chunk := sheet.read(_CHUNK):
            yield chunk


def _whole(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Pieces that begin with the end of the one before, so that no place is torn."""
    before = b""
    for chunk in chunks:
        yield before + chunk
        before = chunk[-_LONGEST:]


def _at_most(chunks: Iterator[bytes]) -> float:
    """More cells than a sheet of XLSX can have, by the length of its places alone: quick, and enough for nearly all."""
    letters = digits = 1
    for chunk in _whole(chunks):
        if any(sign in chunk for sign in _UNUSUAL):
            return inf
        while re.search(rb'r="[A-Za-z]{%d,7}\d' % (letters + 1), chunk):
            letters += 1
        while re.search(rb'r="[A-Za-z]{0,7}\d{%d}' % (digits + 1), chunk):
            digits += 1
    return 26.0 ** (letters + 1) / 25 * 10**digits


def _area(chunks: Iterator[bytes]) -> int:
    """Rows × columns between the first and the last cell of a sheet of XLSX."""
    first = last = left = right = 0
    for chunk in _whole(chunks):
        found = _PLACE.findall(chunk)
        if found:
            rows = {int(row) for _, row in found}
            columns = {_column(letters.upper()) for letters in {letters for letters, _ in found} if letters}
            first, last = min(first or min(rows), *rows), max(last, *rows)
            if columns:
                left, right = min(left or min(columns), *columns), max(right, *columns)
    return (last - first + 1) * (right - left + 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _repeated(chunks: Iterator[bytes]) -> int:
    """The most cells that a table of ODS has, up to its last that holds something, with all that are said to be repeated."""
    row = column = wide = high = most = 0
    times = 1

    def begins(tag: str, about: dict[str, Any]) -> None:
        nonlocal row, column, wide, high, times
        if tag == "table:table":
            row = wide = high = 0
        elif tag == "table:table-row":
            column, times = 0, _times(about.get("table:number-rows-repeated"))
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            column += _times(about.get("table:number-columns-repeated"))
            if "office:value-type" in about:
                wide, high = max(wide, column), row + times

    def ends(tag: str) -> None:
        nonlocal row, most
        if tag == "table:table-row":
            row += times
        elif tag == "table:table":
            most = max(most, wide * high)

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = begins, ends
    for chunk in chunks:
        parser.Parse(chunk)
    return most


def _times(written: str | None) -> int:
    return min(int(written), _MOST_REPEATED) if written and written.isascii() and written.isdecimal() else 1
