"""Which encoding a text file has, and text out of bytes that do not keep to it."""

from __future__ import annotations

import codecs
import io
import itertools
from collections.abc import Iterator
from typing import BinaryIO

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def detect(sample: bytes) -> str | None:
    """The encoding of a text file from its first bytes: UTF-8, UTF-16, Windows-1256 or Latin-1; None for binary data.

    >>> detect("نام,زمان\\n".encode("cp1256")), detect("café,née\\n".encode("latin-1")), detect(bytes(range(40)))
    ('cp1256', 'latin-1', None)
    """
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name
    zeros = sample.count(0)
    if zeros > len(sample) // 5:
        # Latin text in UTF-16 without a mark has a zero in every second byte.
        odd = sample[1::2].count(0)
        name = "utf-16-le" if odd * 2 > zeros else "utf-16-be"
        return name if max(odd, zeros - odd) > 0.9 * zeros and _is_text(sample.decode(name, "ignore")) else None
    if not _is_text(sample.decode("latin-1")):
        return None
    lines = sample.splitlines()
    whole = lines[:-1] if len(lines) > 1 else lines  # the sample may cut its last line
    foreign = [line for line in whole if not line.isascii()]
    broken = [line for line in foreign if not _decodes(line)]
    # A few lines of another encoding inside a UTF-8 file are mended one by one later.
    if 2 * len(broken) <= len(foreign):
        return "utf-8"
    return legacy(b"\n".join(broken))


def legacy(data: bytes) -> str:
    """Windows-1256 or Latin-1, for bytes that are not UTF-8.

    Persian words are runs of bytes above 127; accents of Latin text stand alone between plain letters.

    >>> legacy("سلام".encode("cp1256")), legacy("née".encode("latin-1"))
    ('cp1256', 'latin-1')
    """
    high = sum(byte > 127 for byte in data)
    paired = sum(a > 127 and b > 127 for a, b in itertools.pairwise(data))
    return "cp1256" if paired * 2 > high else "latin-1"


def mend(value: bytes) -> str:
    """Text from bytes that should have been UTF-8: as UTF-8 if they are, else in the legacy encoding they look like."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        # cp1256 leaves no byte undefined that Persian text would use; the replacement is for the rest.
        return value.decode(legacy(value), "replace")


def lines_of(stream: BinaryIO, encoding: str) -> Iterator[str]:
    """The lines of a text file, each with its ending, whatever bytes stand there."""
    if encoding not in ("utf-8", "utf-8-sig"):
        text = io.TextIOWrapper(stream, encoding, "replace", newline="")
        try:
            yield from text
        finally:
            text.detach()
        return
    for number, line in enumerate(stream):
        line = line if number else line.removeprefix(codecs.BOM_UTF8)
        if b"\r" not in line[:-2]:
            yield mend(line)
        else:  # files of old Macs end their lines with a carriage return alone
            yield from io.StringIO(mend(line), newline="")


def _decodes(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_text(text: str) -> bool:
    control = sum(ord(letter) < 32 and letter not in "\t\r\n\f\x1a\x1b" for letter in text)
    return control <= max(2, len(text) // 1000)
