"""The sheet of a persona: everything that is written of them stands on it, and nothing of anybody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from safarnama.core import registry
from safarnama.core.errors import Mistake
from safarnama.core.words import LANGUAGES
from safarnama.core.words.lexicon import channel_title, value_title
from safarnama.drawing.scene import Icon, Scene, Text
from safarnama.maps.model import Map
from safarnama.maps.people import Persona
from safarnama.maps.words import say
from tests.maps.drawn import DAY

COMMITTEE = Path(__file__).parents[2] / "examples" / "committee.yaml"


def sheet(document: Map, language: str, persona: str | None = None) -> Scene:
    scene: Scene = (
        registry.find("layout", "persona").of({"persona": persona} if persona else {}).scene(document, language, DAY)
    )
    return scene


def words_of(scene: Scene) -> str:
    return " ".join(mark.text for mark in scene.walk() if isinstance(mark, Text))


def written(value: Any, language: str) -> Iterator[str]:
    """All words of a persona in a language, however deep."""
    if isinstance(value, dict) and set(value) <= {"fa", "en"}:
        yield say(value, language)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from written(inner, language)
    elif isinstance(value, list):
        for inner in value:
            yield from written(inner, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["shirin", "kaveh", "nasrin", "pouya"])
def test_all_that_is_written_of_a_persona_is_on_the_sheet(name: str, language: str) -> None:
    document = Map.load(COMMITTEE)
    persona = next(each for each in document.personas if each.id == name)
    shown = words_of(sheet(document, language, name))
    every = [said for said in written(persona.model_dump(mode="json"), language) if said]
    assert len(every) >= 3
    assert [said for said in every if said not in shown] == []
    assert persona.segment is None or persona.segment in shown
    for channel in persona.channels:
        assert channel_title(channel).say(language) in shown
    for device in persona.devices:
        assert value_title(device).say(language).lower() in shown.lower()


@pytest.mark.parametrize("language", LANGUAGES)
def test_conflicts_are_those_of_the_persona(language: str) -> None:
    document = Map.load(COMMITTEE)
    for persona in document.personas:
        shown = words_of(sheet(document, language, persona.id))
        for conflict in document.conflicts:
            mine = persona.id in conflict.between
            assert (say(conflict.text, language) in shown) is mine
            assert (say(conflict.way_out, language) in shown) is mine or conflict.way_out is None


def test_the_first_persona_unless_told_and_no_other() -> None:
    document = Map.load(COMMITTEE)
    assert sheet(document, "en") == sheet(document, "en", "shirin")
    for wrong in ("kave", "kaveh_feels"):
        with pytest.raises(Mistake) as seen:
            sheet(document, "en", wrong)
        assert "kaveh" in seen.value.say("en")
        assert wrong in seen.value.say("fa")
    nobody = document.model_copy(update={"personas": [], "conflicts": []})
    assert "All customers" in words_of(sheet(nobody, "en"))
    with pytest.raises(Mistake):
        sheet(nobody, "en", "kaveh")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_nobody_knows_is_not_there(language: str) -> None:
    document = Map.load(COMMITTEE)
    bare = document.model_copy(
        update={"personas": [Persona(id="p", name="P")], "conflicts": [], "lanes": [], "goal": None, "curves": []}
    )
    scene = sheet(bare, language)
    icons = {mark.name for mark in scene.walk() if isinstance(mark, Icon)}
    assert icons.isdisjoint(
        {"heart", "zap", "sliders-horizontal", "hourglass", "route", "git-branch", "share-2", "quote"}
    )
    assert "safarnama check" in words_of(scene)  # and that nothing is known is said


def test_a_curve_of_somebody_else_is_not_theirs() -> None:
    document = Map.load(COMMITTEE)
    assert "no data" in words_of(sheet(document, "en", "pouya"))
    assert "no data" not in words_of(sheet(document, "en", "kaveh"))


def test_the_command_takes_the_persona(tmp_path: Path) -> None:
    path = Map.load(COMMITTEE).draw(tmp_path / "k.svg", layout="persona", language="en", persona="kaveh", today=DAY)
    assert "Show me the second year." in path.read_text(encoding="utf-8")
    png = Map.load(COMMITTEE).draw(tmp_path / "k.png", layout="persona", persona="kaveh", scale=0.5)
    assert png.read_bytes().startswith(b"\x89PNG")
    with pytest.raises(Mistake) as seen:
        Map.load(COMMITTEE).draw(tmp_path / "k.svg", layout="persona", persone="kaveh")
    assert "persona" in seen.value.say("en")
