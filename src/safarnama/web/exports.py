"""What leaves as a file: rows for a spreadsheet and pictures. Groups of one to four people never leave."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from fastapi.responses import Response

from safarnama.core import registry
from safarnama.core.errors import unknown
from safarnama.core.finding import Finding
from safarnama.core.formulas import defused
from safarnama.core.words import Text
from safarnama.core.words.counted import FEW, FEWEST
from safarnama.drawing.outputs.output import Drawing

_PEOPLE = ("customers", "converted", "stopped", "left")
_PICTURES = ("svg", "png", "pdf")


def rows_of(finding: Finding) -> list[dict[str, Any]]:
    """The rows with small groups hidden: their numbers are left out, and never those of one row alone, which the total
    would give away."""
    rows = finding.rows()
    people = next((name for name in _PEOPLE if name in finding.table.column_names), None)
    if people is None:
        return rows
    sizes = [row[people] for row in rows]
    hidden = {place for place, size in enumerate(sizes) if size is not None and 0 < size < FEWEST}
    if len(hidden) == 1 and len(rows) > 1:
        others = [place for place, size in enumerate(sizes) if place not in hidden and size]
        if others:
            hidden.add(min(others, key=lambda place: sizes[place]))
    return [_without_numbers(row, people) if place in hidden else row for place, row in enumerate(rows)]


def _without_numbers(row: dict[str, Any], people: str) -> dict[str, Any]:
    kept: dict[str, Any] = {name: value if isinstance(value, str) else None for name, value in row.items()}
    kept[people] = FEW.en if 0 < row[people] < FEWEST else None
    return kept


def csv_file(rows: Iterable[dict[str, Any]], columns: Sequence[str], name: str) -> Response:
    """Rows as CSV in UTF-8 that spreadsheets recognise; text they would run as a formula is defused."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([defused(row.get(column)) for column in columns])
    return Response(
        text.getvalue().encode("utf-8-sig"),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}.csv"'},
    )


def picture_file(finding: Finding, output: str, language: str) -> Response:
    """A finding's picture in one of the outputs that can hold one."""
    if output not in _PICTURES:
        raise unknown(Text(en="Picture", fa="تصویر"), output, list(_PICTURES))
    kind = registry.find("output", output)
    data = kind.of({}).write(Drawing(finding.picture().scene, language))
    return Response(
        data,
        media_type=kind.media,
        headers={"content-disposition": f'attachment; filename="{finding.id}-{language}.{output}"'},
    )
