"""Conformance: a bar for each step of the plan, parted by what became of it, and what came on top of the plan below."""

from __future__ import annotations

from typing import Any

from safarnama.core.finding import Finding
from safarnama.core.words import Text
from safarnama.drawing.charts.naming import label
from safarnama.drawing.parts.evidence import count
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width

_STATES = {
    "done": ("lapis", Text(en="done", fa="انجام‌شده")),
    "failed": ("pain", Text(en="failed", fa="ناموفق")),
    "out_of_order": ("second", Text(en="out of order", fa="نابه‌جا")),
    "missing": (None, Text(en="missing", fa="انجام‌نشده")),
}
_EXTRA = Text(en="Outside of the plan", fa="بیرون از برنامه")
_ANY = Text(en="any of them", fa="هر کدام از آنها")
_ONLY = Text(
    en="for {n:count} of them this is all that is wrong",
    fa="{n:count} نفر از ایشان فقط همین‌جا از برنامه جدا شده‌اند",
)
_BAR, _MOST = 24.0, 8


def draw(pen: Pen, finding: Finding, x: float, y: float, room: float) -> float:
    at = y
    for segment, rows in _segments(finding).items():
        if segment is not None:
            at += 6
            pen.text(x, at + 13, label(pen, "segment", segment), 13, 800, "lapis")
            at += 26
        at += _plan(pen, rows, x, at, room)
        at += _extra(pen, rows, x, at + 6, room) + 14
    return at - y


def _segments(finding: Finding) -> dict[str | None, list[dict[str, Any]]]:
    parts: dict[str | None, list[dict[str, Any]]] = {}
    for row in finding.rows():
        parts.setdefault(row.get("segment"), []).append(row)
    return parts


def _plan(pen: Pen, rows: list[dict[str, Any]], x: float, y: float, room: float) -> float:
    steps: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        if row["step"] is not None and row["deviation"] in _STATES:
            steps.setdefault(row["step"], []).append(row)
    names = {step: label(pen, "touchpoint", found[0]["touchpoint"]) for step, found in steps.items()}
    rail = min(220.0, max((width(name, 13, 600) for name in names.values()), default=0) + 40)
    used = {row["deviation"] for found in steps.values() for row in found if row["customers"]}
    at = x
    for state in (state for state in _STATES if state in used):
        colour, word = _STATES[state]
        _part(pen, at, y + 2, 11, 11, colour)
        at += 16 + pen.text(at + 16, y + 11.5, pen.say(word), 11, 600, "ink-2") + 20
    down = y + 26
    for step, found in steps.items():
        pen.text(x, down + 17, pen.form(step, "count"), 13, 800, "ink-3")
        pen.text(x + 20, down + 17, names[step], 13, 600, room=rail - 32)
        _bar(pen, found, x + rail, down, room - rail)
        near = [(row["only"], row["deviation"]) for row in found if row["only"]]
        if near:
            most = max(near)
            said = pen.say(_ONLY, n=most[0]) if most[0] >= 5 else ""
            hue = _STATES[most[1]][0] or "ink-2"
            colour = "second-text" if hue == "second" else hue
            if said and pen.text(x + rail + 2, down + _BAR + 14, said, 10, 400, colour, room=room - rail):
                down += 14
        down += _BAR + 14
    return down - y


def _bar(pen: Pen, rows: list[dict[str, Any]], x: float, y: float, room: float) -> None:
    at = x
    for row in rows:
        wide = row["share"] * room
        if wide <= 0:
            continue
        colour, _ = _STATES[row["deviation"]]
        _part(pen, at, y, max(1.0, wide - 1), _BAR, colour)
        said = pen.form(row["share"], "percent")
        if width(said, 11.5, 700) + 10 < wide:
            ink = "ink-2" if colour is None else "paper"
            pen.text(at + wide / 2, y + 16.5, said, 11.5, 700, ink, anchor="middle")
        at += wide


def _part(pen: Pen, x: float, y: float, wide: float, high: float, colour: str | None) -> None:
    """A hollow grey box stands for what is not there."""
    if colour is None:
        pen.box(x + 0.5, y + 0.5, max(0.5, wide - 1), high - 1, "paper", "assumed-edge", radius=2, dash="3 2.5")
    else:
        pen.box(x, y, wide, high, colour, radius=2)


def _extra(pen: Pen, rows: list[dict[str, Any]], x: float, y: float, room: float) -> float:
    """Touchpoints that are no step of the plan, by how many customers they came to."""
    outside = [row for row in rows if row["deviation"] == "ad_hoc" and row["customers"]]
    if not outside:
        return 0.0
    pen.line(x, y, x + room, y, "rule")
    pen.text(x, y + 20, pen.say(_EXTRA), 12, 800, "ink-2")
    down = y + 30
    for row in outside[: _MOST + 1]:
        name = pen.say(_ANY) if row["touchpoint"] is None else label(pen, "touchpoint", row["touchpoint"])
        pen.text(x, down + 12, name, 11.5, 600 if row["touchpoint"] is None else 400, room=180)
        pen.box(x + 190, down + 4, max(1.0, (room - 330) * row["share"]), 9, "gone-ribbon", radius=2)
        said = f"{pen.form(row['share'], 'percent.1')} · {count(pen, row['customers'], 'customers')}"
        pen.text(x + room, down + 12, said, 10.5, 400, "ink-2", anchor="end")
        down += 20
    return down - y
