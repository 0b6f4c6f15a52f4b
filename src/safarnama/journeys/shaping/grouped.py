"""Grouped: touchpoints under other names, several under one if they mean the same."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import orjson

from safarnama.core.errors import unknown
from safarnama.core.words import Text

if TYPE_CHECKING:
    from safarnama.journeys.journeys import Journeys


def grouped(journeys: Journeys, groups: Mapping[str, str]) -> Journeys:
    """Rename touchpoints; those not named keep their names. Raises ``Mistake`` for a touchpoint that is not there."""
    scope = journeys.scope
    for name in groups:
        if name not in scope.touchpoints:
            raise unknown(Text(en="Touchpoint", fa="نقطه تماس"), name, list(scope.touchpoints))
    renamed = [groups.get(name, name) for name in scope.touchpoints]
    alphabet = sorted(set(renamed))
    places = {name: place for place, name in enumerate(alphabet)}
    numbers = np.array([*(places[name] for name in renamed), len(alphabet)], np.int32)
    # The same data under other names is another thing to a finding.
    mark = hashlib.sha256(orjson.dumps([scope.fingerprint, sorted(groups.items())])).hexdigest()[:16]
    return replace(
        journeys,
        scope=replace(scope, touchpoints=tuple(alphabet), table=numbers[scope.table], fingerprint=mark),
    )
