"""Customers' own words for the steps of a map, with nothing in them that points to a person."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from safarnama.core.workspace import Workspace
from safarnama.events.store import EventStore
from safarnama.journeys.journeys import Journeys
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.journeys.speaking import Subjects, subjects_of
from safarnama.text.redaction import redacted

_FEWEST = 5  # texts at a step; fewer stay unquoted
_TRIED = 40
_LENGTH = (18, 120)


@dataclass(frozen=True)
class Voice:
    """A quote, how many texts there are at that step, and the sources they came from."""

    text: str
    texts: int
    sources: tuple[str, ...]


def voices(workspace: Workspace, journeys: Journeys, step_of: dict[str, str], sore: set[str]) -> dict[str, Voice]:
    """A quote for every step (by its id) about which enough was said; for steps in ``sore``, of those who are unhappy."""
    found: dict[str, list[tuple[float, int]]] = defaultdict(list)
    subjects = subjects_of(journeys)
    scope = journeys.scope
    for said in journeys.gathered(lambda shard: _collected(shard, scope, subjects)):
        for touchpoint, score, ref in said:
            found[step_of[touchpoint]].append((score, ref))
    wanted = {step: refs for step, refs in found.items() if len(refs) >= _FEWEST}
    chosen = {step: _ranked(refs, step in sore) for step, refs in wanted.items()}
    texts = _texts(workspace, {ref for refs in chosen.values() for ref in refs})
    segments = EventStore(workspace).segments("events")
    quotes: dict[str, Voice] = {}
    for step, refs in chosen.items():
        said = [redacted(" ".join(texts[ref].split())) for ref in refs if ref in texts]
        good = [text for text in said if _LENGTH[0] <= len(text) <= _LENGTH[1]]
        if good:
            sources = sorted({segments[ref >> 40].source for _, ref in wanted[step]})
            quotes[step] = Voice(good[0], len(wanted[step]), tuple(sources))
    return quotes


def _collected(shard: Shard, scope: Scope, subjects: Subjects) -> list[tuple[str, float, int]]:
    """For every text the touchpoint it speaks of, how it scored (−1 to 1; 0 where it has no score) and where it is."""
    if "text" not in shard.numbers:
        return []
    text = shard.numbers["text"]
    owner = np.searchsorted(shard.offset, text.at, side="right") - 1
    counted = shard.mask()[owner]
    at, refs = text.at[counted], text.value[counted]
    about = subjects.of(shard, scope, at)
    scores = _scores(shard)
    return [
        (scope.touchpoints[number], scores.get(slot, 0.0), ref)
        for slot, number, ref in zip(at.tolist(), about.tolist(), refs.tolist(), strict=True)
    ]


def _scores(shard: Shard) -> dict[int, float]:
    if "score" not in shard.numbers or "scale_low" not in shard.numbers:
        return {}
    score, low, high = (shard.numbers[name] for name in ("score", "scale_low", "scale_high"))
    middle = (low.value.astype(float) + high.value) / 2
    half = np.maximum((high.value.astype(float) - low.value) / 2, 1)
    return dict(zip(score.at.tolist(), ((score.value - middle) / half).tolist(), strict=True))


def _ranked(refs: list[tuple[float, int]], sore: bool) -> list[int]:
    ordered = sorted(refs, key=lambda each: (each[0] if sore else -each[0], each[1]))
    return [ref for _, ref in ordered[:_TRIED]]


def _texts(workspace: Workspace, refs: set[int]) -> dict[int, str]:
    """The texts at these places of the event store: segment number and row."""
    store = EventStore(workspace)
    segments = store.segments("events")
    texts: dict[int, str] = {}
    for number, segment in enumerate(segments):
        wanted = {ref & ((1 << 40) - 1): ref for ref in refs if ref >> 40 == number}
        if not wanted:
            continue
        at = 0
        for part in store.read(segment, ["text"]):
            mine = sorted(row for row in wanted if at <= row < at + len(part))
            if mine and "text" in part.column_names:
                for row, text in zip(mine, part["text"].take([row - at for row in mine]).to_pylist(), strict=True):
                    if text:
                        texts[wanted[row]] = text
            at += len(part)
    return texts
