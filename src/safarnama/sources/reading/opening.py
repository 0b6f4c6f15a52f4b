"""Which source reads a file, and what tells its bytes from any others."""

from __future__ import annotations

import hashlib
from pathlib import Path

from safarnama.core import registry
from safarnama.sources.reading.bytes import check
from safarnama.sources.source import Source


def source_for(file: Path) -> Source:
    """The source that reads a file, by its ending or, where that says nothing, by how it begins."""
    check(file)
    ending = "".join(file.suffixes[-2:]).lower().removesuffix(".gz")
    ending = "." + ending.rpartition(".")[2] if ending else ""
    file_sources = [registry.find("source", name) for name in registry.names("source")]
    for found in file_sources:
        if ending in getattr(found, "suffixes", ()):
            return found(file=file)
    with open(file, "rb") as stream:
        start = stream.read(4)
    name = {b"PAR1": "parquet", b"PK\x03\x04": "xlsx", b"\xd0\xcf\x11\xe0": "xlsx"}.get(start)
    if name is None:
        name = {b"{": "json", b"[": "json", b"<": "xes"}.get(start.lstrip()[:1], "csv")
    return registry.find("source", name)(file=file)


def digest_of(file: Path) -> str:
    """A name for the bytes of a file: 32 hexadecimal figures."""
    with open(file, "rb") as stream:
        return hashlib.file_digest(stream, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
