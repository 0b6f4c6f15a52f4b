"""CSV: a row a card, for spreadsheets and programs."""

from __future__ import annotations

import csv
import io
from typing import Any, ClassVar

from safarnama.core.formulas import defused
from safarnama.core.words import Text
from safarnama.drawing.cards import COLUMNS, rows
from safarnama.drawing.outputs.output import Drawing, Output


class Csv(Output):
    """Every card, point of the feeling curve and empty step as a row. Text that a spreadsheet would run is defused."""

    title: ClassVar[Text] = Text(en="Table of cards (CSV)", fa="جدول کارت‌ها (CSV)")
    example: ClassVar[dict[str, Any]] = {}
    media: ClassVar[str] = "text/csv; charset=utf-8"
    needs_map: ClassVar[bool] = True

    def write(self, drawing: Drawing) -> bytes:
        assert drawing.document is not None
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(title.say(drawing.language) for title in COLUMNS.values())
        for row in rows(drawing.document, drawing.language, drawing.today):
            writer.writerow(defused(row[name]) for name in COLUMNS)
        # The mark by which spreadsheets know UTF-8.
        return b"\xef\xbb\xbf" + out.getvalue().encode()
