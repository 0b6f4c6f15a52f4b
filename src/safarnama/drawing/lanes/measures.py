"""Measures: a figure a step, its course over time beside it, what it is of, and how many were counted."""

from __future__ import annotations

from safarnama.drawing.parts import evidence, whose
from safarnama.drawing.parts.aims import aims
from safarnama.drawing.parts.frame import Frame, rows_of
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import points
from safarnama.drawing.shaping import width
from safarnama.maps.derived import Figure
from safarnama.maps.lanes import Card, Lane
from safarnama.maps.model import Map
from safarnama.maps.words import say


def draw(pen: Pen, document: Map, lane: Lane, frame: Frame, y: float) -> float:
    at = y
    for row in rows_of(document, lane.cards):
        tallest = 0.0
        for card in row:
            with pen.within(card.id):
                tallest = max(tallest, _measure(pen, document, card, frame, at))
        at += tallest
    return at - y


def _measure(pen: Pen, document: Map, card: Card, frame: Frame, y: float) -> float:
    x, wide = frame.span(document, card)
    x, room = x + 9, wide - 18
    figure = document.figure(card)
    found = document.evidence(card)
    shown = pen.form(figure.value, figure.form) if figure else "–"
    taken = pen.text(
        x,
        y + 25,
        shown,
        18 if width(shown, 18, 800) <= room else 14,
        800,
        "ink" if found else "ink-3",
        room=room,
    )
    if figure and len(figure.series) > 2 and taken + 54 <= room:
        trend(pen, figure, x + room - 44, y + 11, 44, 15)
    used = 31.0
    label = say(figure.label, pen.language) if figure and figure.label else say(card.text, pen.language)
    used += pen.block(x, y + used, label, room, 10, 400, "ink-2", lines=2)
    for said in aims(figure, pen.language):
        used += pen.block(x, y + used, said, room, 9.5, 600, "ink-2", lines=2, tight=True)
    used += whose.subject(pen, document, card, x, y + used, room)
    evidence.line(pen, found, x, y + used + 11, room)
    return used + 18


def trend(pen: Pen, figure: Figure, x: float, y: float, wide: float, high: float) -> None:
    """A line over time, broken where nothing was counted; its end is marked."""
    known = [value for value in figure.series if value is not None]
    if len(known) < 2:
        return
    low, top = min(known), max(known)
    span = (top - low) or 1.0
    step = wide / (len(figure.series) - 1)
    run: list[tuple[float, float]] = []
    for number, value in enumerate([*figure.series, None]):
        if value is not None:
            run.append((x + number * step, y + high - (value - low) / span * high))
            continue
        if len(run) > 1:
            pen.path(points(*run), stroke="lapis", width=1.5)
        run = []
    final = [place for place, value in enumerate(figure.series) if value is not None][-1]
    value = figure.series[final]
    assert value is not None
    pen.disc(x + final * step, y + high - (value - low) / span * high, 2.3, "lapis")
