"""What a source is: something that yields rows with named columns, and can say on which line each row stood."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import numpy as np
import pyarrow as pa

from safarnama.core.errors import Mistake
from safarnama.core.plugin import PlugIn
from safarnama.core.words import Text


@dataclass(frozen=True)
class BrokenRow:
    """A row that could not even be cut into columns. ``line`` counts from 1."""

    line: int
    reason: str
    seen: str


@dataclass
class Rows:
    """Some rows as they stand in the file. ``broken`` are those among them that have no columns at all."""

    table: pa.Table
    broken: list[BrokenRow] = field(default_factory=list)
    read: int = 0  # bytes of the file read so far, for progress


class Source(PlugIn):
    """A place where rows come from. One file of this folder is one source.

    ``read()`` yields ``Rows`` in the order of the file, each of bounded size. ``line_numbers(indices)`` says on which line
    the rows stood, counted over all rows yielded. Both raise ``Mistake`` when there is nothing that could be read.
    """

    suffixes: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def read(self) -> Iterator[Rows]: ...

    @abstractmethod
    def line_numbers(self, indices: np.ndarray) -> np.ndarray: ...

    def notices(self) -> list[tuple[Text, dict[str, object]]]:
        """What a person should know about how it was read; complete once ``read`` is through."""
        return []


def nothing_in(file: Path, why: Text) -> Mistake:
    """The mistake of a file that holds no rows, with the reason."""
    return Mistake(Text(en="{file} was not imported: {why}", fa="{file} وارد نشد: {why}"), file=file.name, why=why)
