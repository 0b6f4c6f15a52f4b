"""How fast a large map is drawn: 12 stages, 60 steps, 20 lanes; after one card changed, with fonts loaded and no scene kept."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from safarnama.core import registry
from safarnama.core.words import LANGUAGES
from safarnama.drawing.layouts.layout import layouts_of_a_map
from safarnama.drawing.outputs.output import Drawing
from safarnama.drawing.svg import svg
from safarnama.maps.model import Map

_STAGES, _STEPS = 12, 60
_KINDS = (
    "doing", "touchpoints", "channels", "thinking", "quotes", "feeling", "feelings", "expectations", "needs", "jobs",
    "enablers", "barriers", "strengths", "pains", "opportunities", "measures", "frontstage", "backstage", "support", "systems",
)  # fmt: skip
_EN = "Compares the price, the size and what others say before the basket"
_FA = "پیش از سبد، قیمت و سایز و حرف دیگران را با هم می‌سنجد"
_DAY = date(2026, 11, 24)
# What each may take, in milliseconds: the goals of the house.
_GOALS = {"svg": 50, "png": 500, "pdf": 1000, "pptx": 1000}


def run(repeats: int) -> int:
    """Print the milliseconds of each part, the median of ``repeats``; returns how many goals of the grid are missed."""
    document = _large()
    print(
        f"12 stages, {_STEPS} steps, {len(_KINDS)} lanes, {sum(len(lane.cards) for lane in document.lanes)} cards; median of {repeats}, ms"
    )
    print(f"{'layout':<12}{'language':<10}{'layout':>9}{'+ svg':>9}{'png 1x':>9}{'pdf':>9}{'pptx':>9}")
    missed = 0
    for layout in layouts_of_a_map():
        for language in LANGUAGES:
            took = _times(document, layout, language, repeats, all_outputs=layout == "grid")
            cells = "".join(
                f"{took[name]:9.0f}" if name in took else f"{'':>9}" for name in ("layout", "svg", "png", "pdf", "pptx")
            )
            print(f"{layout:<12}{language:<10}{cells}")
            missed += sum(took[name] > goal for name, goal in _GOALS.items() if layout == "grid")
    print(
        "goals of the grid:",
        ", ".join(f"{name} {goal}" for name, goal in _GOALS.items()),
        "-",
        f"{missed} missed" if missed else "all met",
    )
    return missed


def _times(document: Map, layout: str, language: str, repeats: int, all_outputs: bool) -> dict[str, float]:
    chosen = registry.find("layout", layout).of({})
    number = 0

    def changed() -> Map:
        """The map with another text on one card, so that nothing drawn before can be used again whole."""
        nonlocal number
        number += 1
        document.lanes[0].cards[7].text = {"en": f"{_EN} {number}", "fa": f"{_FA} {number}"}
        return document

    def drawing() -> Drawing:
        made = changed()
        return Drawing(lambda spoken: chosen.scene(made, spoken, _DAY), language, document=made, today=_DAY)

    took = {
        "layout": _median(lambda: chosen.scene(changed(), language, _DAY), repeats),
        "svg": _median(lambda: svg(chosen.scene(changed(), language, _DAY)), repeats),
    }
    if all_outputs:
        for name in ("png", "pdf", "pptx"):
            output = registry.find("output", name).of({"scale": 1} if name == "png" else {})
            took[name] = _median(lambda output=output: output.write(drawing()), max(3, repeats // 3))  # type: ignore[misc]
    return took


def _median(work: Callable[[], Any], repeats: int) -> float:
    work()  # fonts, icons and portraits are loaded once
    found = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        found.append((time.perf_counter() - start) * 1000)
    return statistics.median(found)


def _large() -> Map:
    """A map with a card at every third step of each lane and a point of feeling at every step."""
    steps = [{"id": f"s{n}", "name": {"en": f"Step number {n}", "fa": f"گام شماره {n}"}} for n in range(_STEPS)]
    each = _STEPS // _STAGES
    lanes: list[dict[str, Any]] = []
    for kind in _KINDS:
        cards = []
        if kind != "feeling":
            for n in range(0, _STEPS, 1 if kind in ("doing", "touchpoints") else 3):
                words = {"en": f"{_EN} ({n})", "fa": f"{_FA} ({n})"}
                cards.append({"id": f"{kind}{n}", "at": f"s{n}", "text": words})
        lanes.append({"id": kind, "kind": kind, "cards": cards})
    points = [{"step": f"s{n}", "value": (n * 7 % 40) / 10 - 2} for n in range(_STEPS)]
    return Map.model_validate(
        {
            "id": "large",
            "title": {"en": "A large map", "fa": "نقشه‌ای بزرگ"},
            "stages": [
                {
                    "id": f"g{n}",
                    "name": {"en": f"Stage {n + 1}", "fa": f"مرحله {n + 1}"},
                    "steps": steps[n * each : (n + 1) * each],
                }
                for n in range(_STAGES)
            ],
            "lanes": lanes,
            "personas": [{"id": "p", "name": {"en": "Mina", "fa": "مینا"}}],
            "curves": [{"id": "feeling", "kind": "feeling", "points": points}],
        }
    )
