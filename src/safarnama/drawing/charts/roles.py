"""Roles: for every stage the channels that open it, assist and close it, side by side."""

from __future__ import annotations

from typing import Any

from safarnama.core.finding import Finding
from safarnama.core.words import Text
from safarnama.drawing.charts.naming import label
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import fit

_PARTS = {
    "opens": (Text(en="opens", fa="آغاز می‌کند"), "lapis"),
    "assists": (Text(en="assists", fa="یاری می‌کند"), "ink-3"),
    "closes": (Text(en="closes", fa="به پایان می‌برد"), "gain"),
}
_RAIL, _FIGURE, _GAP, _HIGH, _MOST = 150.0, 52.0, 18.0, 26.0, 8
_MORE = Text(en="and {n:channels} more in the table", fa="و {n:channels} دیگر در جدول")


def draw(pen: Pen, finding: Finding, x: float, y: float, room: float) -> float:
    wide = (room - _RAIL - 3 * _GAP) / 3
    at = y
    groups: dict[tuple[str | None, int], list[dict[str, Any]]] = {}
    for row in finding.rows():
        groups.setdefault((row.get("segment"), row["stage"]), []).append(row)
    staged = len({stage for _, stage in groups}) > 1
    for part, (said, ink) in enumerate(_PARTS.values()):
        pen.text(x + _RAIL + _GAP + part * (wide + _GAP), at + 12, pen.say(said), 12, 700, ink)
    at += 22
    segment = None
    for (group, stage), rows in groups.items():
        if group is not None and group != segment:
            segment = group
            pen.text(x, at + 17, label(pen, "segment", segment), 13, 800, "lapis")
            at += 26
        if staged:
            pen.line(x, at + 2, x + room, at + 2, "rule")
            head = label(pen, "stage", stage)
            if rows[0]["touchpoints"]:
                head = f"{head} · {label(pen, 'touchpoint', rows[0]['touchpoints'])}"
            pen.text(x, at + 18, fit(head, room, 12, 700), 12, 700, "ink-2")
            at += 26
        # All shares of a stage are of the same customers, so one scale serves its three columns.
        everyone = rows[0]["customers"] / rows[0]["share"]
        for row in rows[:_MOST]:
            middle = at + _HIGH / 2
            pen.text(x, middle + 4.5, fit(label(pen, "channel", row["channel"]), _RAIL - 6, 12, 600), 12, 600)
            for place, (name, (_, ink)) in enumerate(_PARTS.items()):
                left = x + _RAIL + _GAP + place * (wide + _GAP)
                share = row[name] / everyone
                full = wide - _FIGURE
                pen.box(left, middle - 6, full, 12, "track", radius=2)
                if row[name]:
                    pen.box(left, middle - 6, max(2.0, share * full), 12, ink, radius=2)
                bold = 800 if row["role"] == name else 400
                pen.text(left + full + 8, middle + 4, pen.form(share, "percent"), 11.5, bold)
            at += _HIGH
        if len(rows) > _MOST:
            pen.text(x, at + 13, pen.say(_MORE, n=len(rows) - _MOST), 11, 400, "ink-3")
            at += 20
        at += 8
    return at - y
