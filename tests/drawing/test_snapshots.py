"""What people see, as text: a change of any drawing shows in the difference. Renew with SAFARNAMA_SNAPSHOTS=write."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from safarnama.core import registry
from safarnama.core.words import LANGUAGES
from safarnama.drawing.layouts.layout import layouts_of_a_map
from safarnama.drawing.svg import svg
from safarnama.maps.model import Map
from tests.maps.drawn import DAY

HERE = Path(__file__).parent / "snapshots"
EXAMPLES = Path(__file__).parents[2] / "examples"
# Every layout of one map; another that says what the first does not, with the people who
# buy together and who in the company has a part in it; and a wall of both.
SHOWN = [
    *(("gift", layout) for layout in layouts_of_a_map()),
    *(("committee", layout) for layout in ("grid", "path", "exchange")),
    ("committee", "persona"),
    ("committee", "stakeholders"),
    ("gift+committee", "atlas"),
]


@pytest.mark.parametrize(("example", "layout"), SHOWN)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_looks_as_it_did(example: str, layout: str, language: str) -> None:
    maps = [Map.load(EXAMPLES / f"{name}.yaml") for name in example.split("+")]
    drawn = svg(registry.find("layout", layout)().scene(maps if len(maps) > 1 else maps[0], language, DAY))
    # One mark a line, so that a difference can be read.
    drawn = re.sub(r"(?<=>)(?=<)", "\n", drawn) + "\n"
    kept = HERE / f"{example}-{layout}-{language}.svg"
    if os.environ.get("SAFARNAMA_SNAPSHOTS") == "write":
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(drawn, encoding="utf-8")
    assert drawn == kept.read_text(encoding="utf-8")
