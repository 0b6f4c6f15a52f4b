"""What on a drawing opens: groups that stand for something become links, with a frame to hit and to see the focus on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from safarnama.drawing.bounds import bounds
from safarnama.drawing.scene import Box, Group, Link, Mark, Scene

# Where the thing of a kind and an id leads, and what it is called; None where nowhere.
Opens = Callable[[str, str], tuple[str, str] | None]
_OPENING = ("counted", "card", "reach", "drop", "felt", "dot", "map")


def linked(scene: Scene, opens: Opens) -> Scene:
    """The scene with links where ``opens`` says so."""
    return replace(scene, marks=tuple(_linked(mark, opens) for mark in scene.marks))


def _linked(mark: Mark, opens: Opens) -> Mark:
    if not isinstance(mark, Group):
        return mark
    kind, _, thing = mark.id.partition("-")
    found = opens(kind, thing) if mark.role in _OPENING and mark.role == kind else None
    if found is None:
        return replace(mark, marks=tuple(_linked(inner, opens) for inner in mark.marks))
    around = bounds(mark.marks)
    if around is None:
        return mark
    left, top, right, bottom = around
    frame = Box(left - 4, top - 3, right - left + 8, bottom - top + 6, radius=5)
    return Link((Group((frame,), role="frame"), mark), *found)
