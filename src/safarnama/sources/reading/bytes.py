"""Opening a file that may be compressed, and knowing how far it has been read."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from safarnama.core.errors import Mistake
from safarnama.core.words import Text
from safarnama.sources.source import nothing_in


@contextmanager
def opened(file: Path) -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """The file's bytes (decompressed) and the raw file beneath, whose position is the progress.

    What is wrong with the file is a ``Mistake``, also when a compressed file turns out to be cut.
    """
    check(file)
    with open(file, "rb") as raw:
        zipped = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        stream = cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if zipped else raw
        try:
            yield stream, raw
        except (EOFError, gzip.BadGzipFile, zlib.error, OSError) as error:
            if not zipped:
                raise
            raise nothing_in(
                file,
                Text(
                    en="the compressed file is damaged or cut. Copy it again from where it came.",
                    fa="فایل فشرده خراب یا ناقص است. آن را دوباره از مبدأ کپی کنید.",
                ),
            ) from error


def check(file: Path) -> None:
    """Raise ``Mistake`` for a file that is missing, a folder, empty or not to be read."""
    if file.is_dir():
        raise nothing_in(
            file,
            Text(en="it is a folder. Name the files inside it.", fa="پوشه است. فایل‌های درون آن را نام ببرید."),
        )
    if not file.exists():
        raise Mistake(
            Text(
                en="{file} does not exist. Check the name; the current folder is {folder}.",
                fa="{file} وجود ندارد. نام را بررسی کنید؛ پوشه جاری {folder} است.",
            ),
            file=file,
            folder=Path.cwd(),
        )
    if not os.access(file, os.R_OK):
        raise nothing_in(
            file,
            Text(en="you may not read it. Ask its owner.", fa="اجازه خواندن آن را ندارید. از صاحب آن بخواهید."),
        )
    if file.stat().st_size == 0:
        raise nothing_in(file, EMPTY)


EMPTY = Text(en="it is empty. Export it again with its rows.", fa="خالی است. آن را دوباره همراه سطرهایش خروجی بگیرید.")
BINARY = Text(
    en="it is not a table of text, Parquet, Excel or JSON. Export it as CSV and try again.",
    fa="جدول متنی، Parquet، Excel یا JSON نیست. آن را به شکل CSV خروجی بگیرید و دوباره امتحان کنید.",
)
HEADER_ONLY = Text(
    en="it has a header and no rows. Export it again with its rows.",
    fa="فقط سرستون دارد و هیچ سطری ندارد. آن را دوباره همراه سطرهایش خروجی بگیرید.",
)
