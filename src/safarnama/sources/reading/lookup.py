"""A second table whose columns are added to the rows of a file by a key."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from safarnama.core.errors import Mistake, unknown
from safarnama.core.words import Text
from safarnama.sources.reading.opening import digest_of, source_for
from safarnama.sources.reading.plan import Notice


@dataclass
class Lookup:
    """A second table whose columns are added by a key."""

    table: pa.Table
    mine: str
    theirs: str
    file: str
    digest: str
    notices: list[Notice] = field(default_factory=list)

    @classmethod
    def of(cls, file: Path, on: str | None) -> Lookup:
        table = pa.concat_tables([rows.table for rows in source_for(file).read()], promote_options="permissive")
        table = table.unify_dictionaries().combine_chunks()
        mine, _, theirs = (on or "").partition("=")
        theirs = theirs or mine
        if not mine:
            raise Mistake(
                Text(
                    en="--join needs the key that both files share: --on KEY, or --on MINE=THEIRS.",
                    fa="برای --join کلید مشترک دو فایل لازم است: --on KEY یا --on MINE=THEIRS.",
                )
            )
        if theirs not in table.column_names:
            raise unknown(Text(en="Column", fa="ستون"), theirs, table.column_names)
        found = cls(table, mine, theirs, file.name, digest_of(file))
        keys = table[theirs].combine_chunks()
        repeated = len(keys) - len(pc.unique(keys))
        if repeated:
            found.notices.append(
                (
                    Text(
                        en="{file} names {n:rows} more than once by {key}; the first of each was taken.",
                        fa="در {file} {n:rows} با {key} تکراری است؛ نخستین هر کدام برداشته شد.",
                    ),
                    {"file": file.name, "n": repeated, "key": theirs},
                )
            )
        return found

    def joined(self, table: pa.Table) -> pa.Table:
        if self.mine not in table.column_names:
            raise unknown(Text(en="Column", fa="ستون"), self.mine, table.column_names)
        keys = pc.utf8_trim_whitespace(pc.cast(_decoded(self.table[self.theirs]), pa.string()))
        wanted = pc.utf8_trim_whitespace(pc.cast(_decoded(table[self.mine]), pa.string()))
        places = pc.index_in(wanted, keys)
        for name in self.table.column_names:
            if name != self.theirs and name not in table.column_names:
                table = table.append_column(name, self.table[name].combine_chunks().take(places.combine_chunks()))
        return table


def _decoded(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.cast(column, column.type.value_type) if pa.types.is_dictionary(column.type) else column
