"""What every registered source, question, layout and output must keep to, ours and anyone's."""

from __future__ import annotations

import inspect
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import safarnama as sn
from safarnama.core import registry
from safarnama.core.errors import Mistake
from safarnama.core.finding import CAVEATS, Finding
from safarnama.core.parameters import kind_of
from safarnama.core.plugin import PlugIn
from safarnama.core.words import LANGUAGES, Text
from safarnama.drawing.layouts.layout import layouts_of_a_map
from safarnama.maps.model import Map
from safarnama.questions.question import Question

ALL = [(kind, name) for kind in registry.KINDS for name in registry.names(kind)]
QUESTIONS = registry.names("question")
PERSIAN = set("ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> sn.Workspace:
    """A small workspace in which every question's example has something to answer."""
    folder = tmp_path_factory.mktemp("contract")
    walk = ["home", "search", "product_view", "product_view", "add_to_cart", "payment"]
    rows = ["user_id,time,event,channel,score,text"]
    for customer in range(900):
        channel = "app" if customer % 2 else "web"
        start = datetime(2026, 3, 1, 10, tzinfo=UTC) + timedelta(days=customer % 60)
        # One payment in thirty fails; on the app, for ten days, nearly all.
        fails = customer % 30 == 0 or (channel == "app" and 20 <= customer % 60 < 30 and customer % 8)
        steps = walk[: 3 + customer % 5]
        if "payment" in steps:
            steps.append("payment_failed" if fails else "purchase")
        for minute, event in enumerate(steps):
            rows.append(f"u{customer},{(start + timedelta(minutes=minute)).isoformat()},{event},{channel},,")
        answered = (start + timedelta(days=2)).isoformat()
        rows.append(f"u{customer},{answered},nps_survey,survey,{customer % 11},پیام شماره {customer}")
    events = folder / "events.csv"
    events.write_text("\n".join(rows), encoding="utf-8")
    workspace = sn.new(folder / "shop", title="Contract shop", timezone="Asia/Tehran")
    workspace.import_files(events)
    return workspace


@pytest.fixture(scope="module")
def document(shop: sn.Workspace) -> Map:
    return shop.discover()


@pytest.fixture(scope="module")
def findings(shop: sn.Workspace) -> dict[str, Finding]:
    journeys = shop.journeys()
    return {name: journeys.ask(registry.find("question", name).of(example_of(name))) for name in QUESTIONS}


def example_of(question: str) -> dict[str, Any]:
    return registry.find("question", question).example


@pytest.mark.parametrize(("kind", "name"), ALL)
def test_a_plug_in_says_what_it_is_in_two_languages(kind: str, name: str) -> None:
    made = registry.find(kind, name)
    assert issubclass(made, PlugIn)
    assert made.name() == name
    assert set(made.title.fa) & PERSIAN
    assert made.title.en.strip()
    assert not set(made.title.en) & PERSIAN
    assert inspect.getdoc(made), f"{kind} {name} has no docstring"
    assert made.model_config["frozen"]


@pytest.mark.parametrize(("kind", "name"), ALL)
def test_a_plug_in_has_only_parameters_of_known_kinds(kind: str, name: str) -> None:
    made = registry.find(kind, name)
    for field in made.model_fields.values():
        assert kind_of(field).widget
    assert json.dumps(made.model_json_schema())


def test_a_field_of_another_kind_is_refused() -> None:
    class Odd(PlugIn):
        title = Text(en="Odd", fa="عجیب")
        bag: dict[str, int] = {}

    with pytest.raises(TypeError, match="no known parameter kind"):
        kind_of(Odd.model_fields["bag"])


@pytest.mark.parametrize(("kind", "name"), ALL)
def test_what_is_not_a_parameter_is_named_with_the_nearest(kind: str, name: str) -> None:
    with pytest.raises(Mistake) as seen:
        registry.find(kind, name).of({"no_such_parameter": "1"})
    for language in LANGUAGES:
        assert "no_such_parameter" in seen.value.say(language)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_survives_its_string_form(name: str) -> None:
    question = registry.find("question", name).of(example_of(name))
    again = type(question).of(question.parameters())
    assert again == question
    assert again.parameters() == question.parameters()
    assert all(isinstance(form, str) for form in question.parameters().values())


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_answers_with_what_is_needed_to_believe_it(name: str, findings: dict[str, Finding]) -> None:
    finding = findings[name]
    assert finding.question == name
    assert finding.n > 0
    assert finding.n_unit
    assert finding.period is not None
    assert finding.table.num_rows > 0, "the example of a question must have an answer"
    assert finding.fingerprint
    for language in LANGUAGES:
        assert finding.say(language).strip()
        assert "{" not in finding.say(language)
        assert all(caveat.strip() and "{" not in caveat for caveat in finding.say_caveats(language))
    assert set(finding.say("fa")) & PERSIAN
    for row in finding.rows():
        if {"share", "low", "high"} <= set(row) and row["share"] is not None:
            assert 0 <= row["low"] <= row["share"] <= row["high"] <= 1


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_finding_survives_being_kept(name: str, findings: dict[str, Finding], shop: sn.Workspace) -> None:
    finding = findings[name]
    again = Finding.load(finding.dump())
    assert again.to_json() == finding.to_json()
    assert again.table.schema == finding.table.schema
    shop.keep(finding)
    kept = shop.finding(finding.id)
    assert kept is not None
    assert kept.id == finding.id


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_same_question_gives_the_same_bytes(name: str, findings: dict[str, Finding], shop: sn.Workspace) -> None:
    again = shop.journeys().ask(registry.find("question", name).of(example_of(name)))
    assert again.to_json() == findings[name].to_json()


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_can_be_asked_of_a_part_and_by_a_part(name: str, shop: sn.Workspace) -> None:
    question = registry.find("question", name)
    part = shop.journeys().ask(question.of({**example_of(name), "where": "channel = app"}))
    assert part.table.column_names
    apart = shop.journeys().ask(question.of({**example_of(name), "by": "channel"}))
    assert apart.table.column_names[0] == "segment"
    nobody = shop.journeys().ask(question.of({**example_of(name), "where": "channel = nowhere"}))
    for language in LANGUAGES:
        assert nobody.say(language).strip()
        assert nobody.picture().svg(language)


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_finding_has_a_picture(name: str, language: str, findings: dict[str, Finding]) -> None:
    svg = findings[name].picture().svg(language)
    assert svg.startswith("<svg")
    assert f'lang="{language}"' in svg
    assert findings[name].picture().png(language).startswith(b"\x89PNG")


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_sentence_of_a_question_is_in_two_languages(name: str) -> None:
    question: type[Question] = registry.find("question", name)
    for text in {**CAVEATS, **question.sentences}.values():
        assert text.en.strip()
        assert set(text.fa) & PERSIAN


@pytest.mark.parametrize("layout", layouts_of_a_map())
@pytest.mark.parametrize("output", registry.names("output"))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_layout_comes_out_in_every_form(
    layout: str, output: str, language: str, document: Map, tmp_path: Path
) -> None:
    path = document.draw(tmp_path / f"map.{output}", layout=layout, language=language)
    data = path.read_bytes()
    assert len(data) > 250
    # The same map gives the same file.
    again = document.draw(tmp_path / f"again.{output}", layout=layout, language=language).read_bytes()
    if output not in {"pdf"}:  # a PDF carries the moment it was made
        assert again == data


@pytest.mark.parametrize("name", registry.names("source"))
def test_a_source_has_endings_of_its_own(name: str) -> None:
    mine = set(registry.find("source", name).suffixes)
    assert mine
    for other in registry.names("source"):
        assert other == name or not mine & set(registry.find("source", other).suffixes)
