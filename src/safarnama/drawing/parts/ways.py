"""Ways beside the next step: arcs above the steps that lead back (loops) or ahead (branches), and the names of substages.

An arc leaves its step and comes down on another with an arrow; ways whose arcs or words would meet lie above each other.
On a page that shows a part of a map, a way to or from another page runs to the edge and says which step lies beyond.
"""

from __future__ import annotations

from collections import defaultdict

from safarnama.core.words import Text
from safarnama.drawing.particulars import way
from safarnama.drawing.parts import evidence
from safarnama.drawing.parts.frame import Frame, stage_columns
from safarnama.drawing.parts.journey import rail_name
from safarnama.drawing.parts.labels import Labels
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Segment
from safarnama.drawing.shaping import fit, width
from safarnama.maps.model import Map
from safarnama.maps.stages import Link
from safarnama.maps.words import say

_SUBSTAGE = Text(en="Substage", fa="زیرمرحله")
_WAYS = Text(en="Loops and branches", fa="حلقه‌ها و شاخه‌ها")
_MORE = Text(en="{n:count} more not drawn", fa="{n:count} تای دیگر رسم نشده")
_TO = Text(en="to step {number:count}", fa="به گام {number:count}")
_FROM = Text(en="from step {number:count}", fa="از گام {number:count}")
_AT_MOST, _TRACK, _BEND, _BETWEEN = 8, 21.0, 6.0, 11.0
_SIZE, _WIDEST = 9.5, 360.0
_ASSUMED = "4 3"


def substages(pen: Pen, document: Map, frame: Frame, y: float) -> float:
    """A thin row: each substage's name over a line as long as its steps; returns the height it takes."""
    if not any(step.substage for step in document.steps):
        return 0.0
    rail_name(pen, frame, y, pen.say(_SUBSTAGE))
    high = 0.0
    for stage, (first, _) in zip(document.stages, stage_columns(document), strict=True):
        for substage in stage.substages:
            columns = [first + place for place, step in enumerate(stage.steps) if step.substage == substage.id]
            if not columns:
                continue
            x, end = frame.x(columns[0]) + 9, frame.x(columns[-1] + 1) - 7
            with pen.within(substage.id, "substage", title=say(substage.name, pen.language)):
                pen.line(x, y + 6, end, y + 6, "lapis-2", 2)
                name = say(substage.name, pen.language)
                used = pen.block(x, y + 9, name, end - x, 10.5, 600, "ink-2", lines=2, tight=True)
            high = max(high, 9 + used)
    return max(high, 24.0) + 2 if high else 0.0


def apart(document: Map) -> list[Link]:
    """The ways that say more than that a step comes after the one before it."""
    places = {step.id: place for place, step in enumerate(document.whole.steps)}
    return [
        link
        for link in document.whole.links
        if link.kind != "next"
        or places[link.to] != places[link.from_] + 1
        or link.condition is not None
        or link.wait is not None
    ]


def links(pen: Pen, document: Map, frame: Frame, y: float) -> float:
    """The arcs of the ways that do not lead to the step beside; returns the height they take."""
    # Columns of this page; those of pages before it are negative.
    before = document.before[1]
    places = {step.id: place for place, step in enumerate(document.whole.steps, -before)}
    here = range(frame.columns)
    mine = [link for link in apart(document) if places[link.from_] in here or places[link.to] in here]
    if not mine:
        return 0.0
    shown = sorted(mine, key=lambda link: -(link.share or 0))[:_AT_MOST]
    rest = len(mine) - len(shown)
    pairs = [(places[link.from_], places[link.to]) for link in shown]
    stand = [(start in here, end in here) for start, end in pairs]
    ends = _ends(frame, pairs)
    said = [_words(pen, link, pair, before, frame.columns) for link, pair in zip(shown, pairs, strict=True)]
    tracks = _tracks(frame, ends, said)
    high = 12 + _TRACK * (max(tracks) + 1)
    rail_name(pen, frame, y, pen.say(_WAYS), pen.say(_MORE, n=rest) if rest else "")
    base = y + high
    labels = Labels(pen, frame.left - 4, y, frame.right, base)
    levels = [base - 4 - _TRACK * (track + 1) + _BETWEEN for track in tracks]
    for feet, standing, level in zip(ends, stand, levels, strict=True):
        for x, stands in zip(feet, standing, strict=True):
            if stands:
                labels.take(x - 3, level, x + 3, base)
    for number, (link, (start, end), level, words) in enumerate(zip(shown, ends, levels, said, strict=True)):
        with pen.within(f"{number}-{link.from_}-{link.to}", link.kind, title=whole(pen, link) or words):
            _arc(pen, start, end, level, base, *stand[number], dash=None if link.evidence else _ASSUMED)
            if words:
                _write(pen, labels, words, start, end, level)
    return high


def whole(pen: Pen, link: Link) -> str:
    """All that is known of a way, and of how many it was counted."""
    counted = [evidence.note_of(pen, link.evidence)] if link.evidence else []
    return " · ".join([*way(link, pen.language), *counted])


def _words(pen: Pen, link: Link, pair: tuple[int, int], before: int, columns: int) -> str:
    """What is known of it as far as there is room, and which step lies beyond the page."""
    start, end = pair
    said = fit(whole(pen, link), _WIDEST, _SIZE, 500)
    beyond = ""
    if not 0 <= end < columns:
        beyond = pen.say(_TO, number=before + end + 1)
    elif not 0 <= start < columns:
        beyond = pen.say(_FROM, number=before + start + 1)
    return " · ".join(filter(None, [said, beyond]))


def _ends(frame: Frame, pairs: list[tuple[int, int]]) -> list[tuple[float, float]]:
    """Where arcs stand on their steps: several at one step stand beside each other, so that none crosses another's foot. One
    whose step is on another page ends at the edge."""
    feet: dict[int, list[tuple[int, int]]] = defaultdict(list)
    found: dict[tuple[int, int], float] = {}
    for number, pair in enumerate(pairs):
        for side in (0, 1):
            if 0 <= pair[side] < frame.columns:
                feet[pair[side]].append((number, side))
            else:
                found[number, side] = frame.left if pair[side] < 0 else frame.right
    for step, standing in feet.items():
        # Those that go back first, the nearest outermost; then those that go on, the farthest first.
        def order(foot: tuple[int, int], step: int = step) -> tuple[bool, int, int]:
            other = pairs[foot[0]][1 - foot[1]]
            return other > step, (step - other), foot[0]

        apart = min(12.0, (frame.column - 24) / max(1, len(standing) - 1))
        for place, foot in enumerate(sorted(standing, key=order)):
            found[foot] = frame.middle(step) + (place - (len(standing) - 1) / 2) * apart
    return [(found[number, 0], found[number, 1]) for number in range(len(pairs))]


def _tracks(frame: Frame, ends: list[tuple[float, float]], said: list[str]) -> list[int]:
    """The lowest track on which each arc meets none that lies there, short ones first."""
    taken: list[list[tuple[float, float]]] = []
    found = [0] * len(ends)
    for number in sorted(range(len(ends)), key=lambda each: abs(ends[each][0] - ends[each][1])):
        low, high = sorted(ends[number])
        middle, half = (low + high) / 2, width(said[number], _SIZE, 500) / 2 + 8
        # The words stay within the sheet: near an edge they need their room on the inner side.
        middle = min(max(middle, frame.left + half), frame.right - half)
        low, high = min(low, middle - half) - 6, max(high, middle + half) + 6
        track = next(
            (place for place, row in enumerate(taken) if all(high < one or low > other for one, other in row)),
            len(taken),
        )
        if track == len(taken):
            taken.append([])
        taken[track].append((low, high))
        found[number] = track
    return found


def _arc(
    pen: Pen, start: float, end: float, level: float, base: float, leaves: bool, arrives: bool, dash: str | None
) -> None:
    """One way; ``leaves`` and ``arrives`` say whether its two steps stand on this page. What is only assumed is dashed."""
    way = 1 if end >= start else -1
    bend = min(_BEND, abs(end - start) / 2)
    line: list[Segment] = [("M", (start, level))]
    if leaves:
        rise = (start, level + bend * 0.45, start + way * bend * 0.55, level, start + way * bend, level)
        line = [("M", (start, base - 1)), ("L", (start, level + bend)), ("C", rise)]
    if arrives:
        fall = (end - way * bend * 0.45, level, end, level + bend * 0.45, end, level + bend)
        line += [("L", (end - way * bend, level)), ("C", fall)]
    else:
        line.append(("L", (end - way * bend, level)))
    pen.path(tuple(line), stroke="ink-3", width=1.25, dash=dash)
    if leaves:
        pen.disc(start, base - 1, 2.2, "ink-3")
    tip = (end, level + bend, end, base + 1) if arrives else (end - way * bend, level, end, level)
    pen.arrow(*tip, "ink-3", 1.25, head=3.5)


def _write(pen: Pen, labels: Labels, words: str, start: float, end: float, level: float) -> None:
    """The words above their arc: in its middle, else where no foot of another stands in the way; fewer where all find no place."""
    low, high = sorted((start, end))
    middle = (low + high) / 2
    for room in (_WIDEST * 2, 220.0, 140.0, 90.0):
        said = fit(words, room, _SIZE, 500)
        half = width(said, _SIZE, 500) / 2
        aside = [part / 10 * max(half, (high - low) / 2) for part in range(11)]
        places = [(middle + sign * way, level - 15.5) for way in aside for sign in (1, -1)]
        if labels.put([(said, _SIZE, 500, "ink-2")], places, 2 * half + 1, halo="paper"):
            return
