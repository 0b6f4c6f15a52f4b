"""Scores: a dot with its interval on the scale from very bad to very good, NPS beside it where it was asked."""

from __future__ import annotations

from safarnama.core.finding import Finding
from safarnama.core.words import Text
from safarnama.drawing.charts.naming import label
from safarnama.drawing.charts.rows import room_for
from safarnama.drawing.parts.evidence import count
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width

_MOST = 26
_ENDS = (Text(en="very bad", fa="بسیار بد"), Text(en="neutral", fa="بی‌طرف"), Text(en="very good", fa="بسیار خوب"))
_MORE = Text(en="and {n:rows} more in the table", fa="و {n:rows} دیگر در جدول")
_NPS = Text(en="NPS {nps:signed.1}", fa="NPS {nps:signed.1}")
_MEAN = Text(en="{mean:number.2} of {high:number}", fa="{mean:number.2} از {high:number}")


def draw(pen: Pen, finding: Finding, x: float, y: float, room: float) -> float:
    rows = room_for(finding.rows(), _MOST)
    names = [label(pen, "touchpoint", row["touchpoint"]) for row in rows]
    if "segment" in finding.table.column_names:
        names = [label(pen, "segment", row["segment"]) + " · " + name for row, name in zip(rows, names, strict=True)]
    rail = min(0.36 * room, max(width(each, 12.5, 600) for each in names) + 18)
    start, full = x + rail, room - rail - 190
    at = y + 20

    def place(feeling: float) -> float:
        return start + (feeling + 2) / 4 * full

    for value, end, anchor in zip((-2, 0, 2), _ENDS, ("start", "middle", "end"), strict=True):
        pen.text(place(value), y + 10, pen.say(end), 10.5, 400, "ink-3", anchor=anchor)  # type: ignore[arg-type]
    high = 28.0
    for value in (-2, -1, 0, 1, 2):
        pen.line(place(value), at, place(value), at + high * len(rows), "ink-3" if value == 0 else "rule", 0.75)
    for row, said in zip(rows, names, strict=True):
        middle = at + high / 2
        colour = "gain" if row["feeling_low"] > 0 else "pain" if row["feeling_high"] < 0 else "ink-3"
        pen.text(x, middle + 4.5, said, 12.5, 600, room=rail - 12)
        pen.line(
            place(row["feeling_low"]), middle, place(row["feeling_high"]), middle, colour, 3, round=True, opacity=0.45
        )
        pen.disc(place(row["feeling"]), middle, 5, colour)
        told = (
            pen.say(_NPS, nps=row["nps"])
            if row["nps"] is not None
            else pen.say(_MEAN, mean=row["mean"], high=row["scale_high"])
        )
        pen.text(start + full + 16, middle + 4.5, told, 12, 700)
        pen.text(x + room, middle + 4.5, count(pen, row["answers"], "answers"), 11, 400, "ink-3", anchor="end")
        at += high
    if finding.table.num_rows > len(rows):
        pen.text(x, at + 16, pen.say(_MORE, n=finding.table.num_rows - len(rows)), 11, 400, "ink-3")
        at += 22
    return at - y
