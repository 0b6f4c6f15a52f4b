"""A chain of shapes: each takes the journeys that the one before gave."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import orjson

from safarnama.core.shapes import Collapse, Cross, CutAt, CutTo, Episodes, Only, Rename, Sessions, Shape, say_shapes
from safarnama.journeys.shaping.collapse import collapse
from safarnama.journeys.shaping.cross import cross
from safarnama.journeys.shaping.cut import cut_at, cut_to
from safarnama.journeys.shaping.rename import rename
from safarnama.journeys.shaping.split import episodes, sessions
from safarnama.journeys.shaping.where import where

if TYPE_CHECKING:
    from safarnama.journeys.journeys import Journeys


def shaped(journeys: Journeys, shapes: Sequence[Shape]) -> Journeys:
    """The journeys after all shapes, in their order. Raises ``Mistake`` for a name that is not there."""
    if not shapes:
        return journeys
    made = journeys
    for shape in shapes:
        made = _one(made, shape)
    # The same data in another shape is another thing to a finding.
    mark = hashlib.sha256(orjson.dumps([journeys.scope.fingerprint, say_shapes(shapes)])).hexdigest()[:16]
    return replace(made, scope=replace(made.scope, fingerprint=mark))


def _one(journeys: Journeys, shape: Shape) -> Journeys:
    match shape:
        case Collapse():
            return collapse(journeys, shape)
        case Only():
            return where(journeys, shape.condition)
        case Rename():
            return rename(journeys, shape.of, shape.rules)
        case Cross():
            return cross(journeys, shape)
        case CutAt():
            return cut_at(journeys, shape)
        case CutTo():
            return cut_to(journeys, shape)
        case Sessions():
            return sessions(journeys, shape)
        case Episodes():
            return episodes(journeys, shape)
