"""Templates are maps that somebody can begin with: whole, in two languages, and each in its own words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from typer.testing import CliRunner

import safarnama as sn
from safarnama.cli.app import app_with
from safarnama.core import registry
from safarnama.core.errors import Mistake
from safarnama.core.words import LANGUAGES
from safarnama.drawing.scene import Text
from safarnama.maps.check.checking import check
from safarnama.maps.document import parse_map, to_yaml
from safarnama.maps.model import Map
from safarnama.maps.templates import own, template, templates
from tests.drawing.geometry import fallen, overlaps
from tests.maps.drawn import DAY

LATER = DAY + timedelta(days=3650)


def _written(part: Any) -> Iterator[dict[str, str]]:
    """Every text of a map that is in two languages."""
    if isinstance(part, BaseModel):
        part = part.model_dump(mode="json", by_alias=True, exclude_none=True)
    if isinstance(part, dict):
        if part and set(part) <= set(LANGUAGES):
            yield part
        else:
            for each in part.values():
                yield from _written(each)
    elif isinstance(part, list):
        for each in part:
            yield from _written(each)


def _sentences(name: str) -> set[str]:
    return {said for text in _written(template(name)) for said in text.values() if len(said.split()) > 3}


@pytest.mark.parametrize("name", templates())
def test_a_template_is_a_whole_map(name: str) -> None:
    document = template(name)
    assert document.kind == "template"
    assert len(document.stages) >= 5
    assert len(document.steps) >= 12
    assert document.personas
    assert all(set(text) == set(LANGUAGES) for text in _written(document))
    assert [step.id for step in document.steps if not step.touchpoints] == [], "every step can be bound to data"
    report = check(document, today=DAY)
    assert report.problems == ()
    assert parse_map(to_yaml(document).encode()) == document


@pytest.mark.parametrize("name", templates())
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_is_drawn_whole(name: str, language: str) -> None:
    scene = registry.find("layout", "grid").of({}).scene(template(name), language, DAY)
    assert overlaps(scene) == []
    assert fallen(scene) == []


@pytest.mark.parametrize("name", templates())
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_a_template_is_cut(name: str, language: str) -> None:
    for layout in ("grid", "stages", "path", "loop"):
        scene = registry.find("layout", layout).of({}).scene(template(name), language, DAY)
        cut = [mark.text for mark in scene.walk() if isinstance(mark, Text) and mark.text.endswith("…")]
        assert cut == [], layout


@pytest.mark.parametrize("name", templates())
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_of_stages_is_filled_without_numbers(name: str, language: str) -> None:
    scene = registry.find("layout", "stages").of({}).scene(template(name), language, DAY)
    legend = scene.height - 60
    lowest = max(mark.y for mark in scene.walk() if isinstance(mark, Text) and mark.y < legend)
    assert lowest > 0.75 * scene.height


def test_templates_hardly_share_a_sentence() -> None:
    said = {name: _sentences(name) for name in templates()}
    for one, other in combinations(said, 2):
        shared = said[one] & said[other]
        assert len(shared) < 0.03 * len(said[one]), shared


def test_a_template_stands_where_a_file_does(tmp_path: Path) -> None:
    assert Map.load("template:online_shop") == sn.template("online shop")
    assert Map.load("template:online_shop").draw(tmp_path / "map.svg", language="fa").exists()
    with pytest.raises(Mistake, match="online_shop"):
        sn.template("onlin_shop")


@pytest.mark.parametrize("name", templates())
def test_a_template_does_not_age_but_a_map_made_of_it_does(name: str) -> None:
    """Its dates are examples; once it is somebody's map they set their own, and are told when those have passed."""
    document = template(name)
    assert check(document, today=LATER).problems == ()
    mine = own(document)
    assert mine.kind == "planned"
    assert mine.review_due is None
    assert [action.due for action in mine.actions if action.due] == []
    assert {problem.code for problem in check(mine, today=LATER).problems} >= {"M103"}
    dated = mine.model_copy(update={"review_due": DAY})
    assert "M104" in {problem.code for problem in check(dated, today=LATER).problems}


@pytest.mark.parametrize(("ending", "kind"), [("yaml", "planned"), ("json", "planned"), ("md", None)])
def test_a_template_kept_as_a_file_is_ones_own(tmp_path: Path, ending: str, kind: str | None) -> None:
    path = tmp_path / f"mine.{ending}"
    result = CliRunner().invoke(app_with(), ["draw", "template:hotel", "-o", str(path)])
    assert result.exit_code == 0, result.output
    assert ("kind: planned" in result.output) is (kind is not None)
    if kind:
        assert Map.load(path).kind == kind
