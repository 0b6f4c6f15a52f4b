"""Maps from elsewhere: each form against a file of others or of ours, and nothing lost in silence."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import safarnama as sn
from safarnama.core.words import LANGUAGES
from safarnama.maps.document import parse_map, to_yaml
from safarnama.maps.model import Map
from safarnama.maps.reading import Reading, read
from safarnama.maps.templates import template
from safarnama.maps.words import say

ROOT = Path(__file__).parents[2]
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn")), min_size=1, max_size=30)


def written_to(tmp_path: Path, name: str, text: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def sound(reading: Reading) -> Map:
    """The map is one that is kept and read again, and whatever was left is a sentence in both languages."""
    assert parse_map(to_yaml(reading.map).encode()) == reading.map
    for left in reading.left:
        assert left.say("en") and left.say("fa") and left.say("en") != left.say("fa")
    return reading.map


def names_of(document: Map, language: str = "en") -> list[tuple[str, list[str]]]:
    return [
        (say(stage.name, language), [say(step.name, language) for step in stage.steps]) for stage in document.stages
    ]


def test_a_mermaid_journey(tmp_path: Path) -> None:
    text = """%% a remark
journey
    title My working day
    section Go to work
      Make tea: 5: Me
      Go upstairs: 3: Me
      Do work: 1: Me, Cat
    section Go home
      Sit down: 9: Me
      nonsense
      Wait: soon: Me
"""
    reading = read(written_to(tmp_path, "day.mmd", text))
    document = sound(reading)
    assert say(document.title, "en") == "My working day"
    assert names_of(document) == [
        ("Go to work", ["Make tea", "Go upstairs", "Do work"]),
        ("Go home", ["Sit down", "Wait"]),
    ]
    assert [point.value for point in document.curves[0].points] == [2, 0, -2, 2]
    assert [say(persona.name, "en") for persona in document.personas] == ["Me", "Cat"]
    said = [left.say("en") for left in reading.left]
    assert any("line 9: the score 9 is outside" in each for each in said)
    assert any("“nonsense” is no task" in each for each in said)
    assert any("“soon” is no number" in each for each in said)


def test_mermaids_own_example(data: Path) -> None:
    reading = read(data / "journeymaps" / "mermaid" / "userJourney.md")
    assert [len(steps) for _, steps in names_of(sound(reading))] == [3, 2]
    assert reading.form == "mermaid"


def test_lists_of_pages(data: Path) -> None:
    folder = data / "journeymaps" / "colinfwren"
    # The oracle: the Mermaid export that the tool made of the same lists names pages and what leads from one to the next.
    exported = (folder / "example-mermaid-export.md").read_text()
    for file in sorted(folder.glob("*-customer-*.md")):
        document = sound(read(file))
        for page, actions in names_of(document):
            assert page in exported
            assert all(f"|{action}|" in exported for action in actions if action != page), (file.name, page, actions)
        assert document.goal


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_outputs_come_back(language: str, tmp_path: Path) -> None:
    document = template("online_shop")
    for ending, lossless in (("md", True), ("csv", True), ("xlsx", True), ("mmd", False), ("cjml", False)):
        file = document.draw(tmp_path / f"shop.{ending}", language=language)
        reading = read(file)
        made = sound(reading)
        assert names_of(made, language) == names_of(document, language), ending
        assert any("beside the cards" in left.say("en").casefold() for left in reading.left) == (
            ending == "md" or (ending == "xlsx" and language == "en")
        )  # what is told in words only is said to be so; the sheets of a workbook are named
        if lossless:
            for lane in document.lanes:
                again = made.lane(lane.kind)
                if lane.kind == "feeling":
                    continue
                assert again is not None, (ending, lane.kind)
                said = [say(card.text, language) for card in again.cards]
                for card in lane.cards:
                    assert say(card.text, language) in said, (ending, lane.kind)
        if ending != "md":
            values = [point.value for point in document.curves[0].points]
            read_again = [point.value for curve in made.curves for point in curve.points]
            if ending == "mmd":
                assert [round(value) for value in values] == read_again
            elif ending in ("csv", "xlsx"):
                assert read_again == pytest.approx(values, abs=0.01)


def test_cjml_keeps_both_languages_and_who_speaks(tmp_path: Path) -> None:
    document = template("online_shop")
    points = document.lane("touchpoints")
    assert points is not None
    for card, kind in zip(points.cards, ("decision", "wait", "action"), strict=False):
        card.kind = kind  # type: ignore[assignment]
        card.device, card.place = {"en": "Tablet", "fa": "تبلت"}, {"en": "At home", "fa": "در خانه"}
    made = sound(read(document.draw(tmp_path / "a.cjml")))
    assert [stage.name for stage in made.stages] == [stage.name for stage in document.stages]
    theirs, ours = document.lane("touchpoints"), made.lane("touchpoints")
    assert theirs is not None and ours is not None
    kinds = {say(card.text, "fa"): (card.kind, card.channel, card.device, card.place) for card in ours.cards}
    for card in theirs.cards:
        assert kinds[say(card.text, "fa")] == (card.kind, card.channel, card.device, card.place)


def test_a_grid_of_a_spreadsheet(tmp_path: Path) -> None:
    rows = [
        ["", "Discover", "", "Buy"],
        ["", "Sees ad", "Reads", "Pays"],
        ["Actions", "Scrolls", "Compares\nAsks a friend", "Types the card"],
        ["Pain points", "", "Too many tabs", "=HYPERLINK(1)"],
        ["Emotions score", "x", "", ""],
        ["Experience", "4", "3", "1"],
    ]
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    reading = read(written_to(tmp_path, "grid.csv", out.getvalue()))
    document = sound(reading)
    assert names_of(document) == [("Discover", ["Sees ad", "Reads"]), ("Buy", ["Pays"])]
    doing, pains = document.lane("doing"), document.lane("pains")
    assert doing is not None and [say(card.text, "en") for card in doing.cards][1:3] == ["Compares", "Asks a friend"]
    assert pains is not None and [say(card.text, "en") for card in pains.cards] == ["Too many tabs", "=HYPERLINK(1)"]
    assert [point.value for point in document.curves[0].points] == [1, 0, -2]
    assert any("scale of 1 to 5" in left.say("en") for left in reading.left)


def test_a_persian_row_a_card(tmp_path: Path) -> None:
    text = "مرحله,گام,ردیف,متن,نکته\nدیدن,آگهی,نقاط درد,پیدا نمی‌شود,x\nخرید,پرداخت,چه می‌کند,کارت می‌کشد,\nدیدن,خبر,یادداشت دیگر,هیچ,\n"
    reading = read(written_to(tmp_path, "cards.csv", text))
    document = sound(reading)
    assert names_of(document, "fa") == [("دیدن", ["آگهی", "خبر"]), ("خرید", ["پرداخت"])]
    assert [lane.kind for lane in document.lanes] == ["pains", "doing", "notes"]
    assert any("نکته" in left.say("fa") for left in reading.left)


def test_notes_of_a_whiteboard(tmp_path: Path) -> None:
    rows = ["text,x,y,width,color"]
    for column, (head, below) in enumerate(
        (("", ["Doing", "Pains"]), ("Look", ["scrolls", "lost"]), ("Buy", ["pays", "slow"]))
    ):
        rows += [f"{head},{column * 220 + 7},{11},200,#fff"] if head else []
        rows += [f"{text},{column * 220 + 3 * row},{(row + 1) * 210},200,#ff0" for row, text in enumerate(below)]
    reading = read(written_to(tmp_path, "board.csv", "\n".join(rows)))
    document = sound(reading)
    assert [name for name, _ in names_of(document)] == ["Look", "Buy"]
    assert {lane.kind: [say(card.text, "en") for card in lane.cards] for lane in document.lanes} == {
        "doing": ["scrolls", "pays"],
        "pains": ["lost", "slow"],
    }
    assert any("look whether they are right" in left.say("en") for left in reading.left)


def test_pages_of_a_government_service(data: Path) -> None:
    folder = data / "journeymaps" / "defra"
    branching = sound(read(folder / "branching.map.yml"))
    assert [step for _, steps in names_of(branching) for step in steps] == [
        "home",
        "question-1",
        "question-2",
        "complete",
    ]
    branch = next(link for link in branching.links if link.kind == "branch")
    assert (branch.to, say(branch.condition, "en")) == ("complete", "answer = yes")
    quiz = read(folder / "map.yml")
    assert any("module questions" in left.say("en") for left in quiz.left)


def test_insights_of_another_tool(data: Path) -> None:
    folder = data / "journeymaps" / "theydo"
    document = sound(read(folder / "metrics.json"))
    measures = document.lane("measures")
    assert measures is not None
    figures = {say(card.figure.label, "en"): (card.figure, card.evidence[0]) for card in measures.cards if card.figure}
    assert len(figures) == len(measures.cards) == 5
    # The last day, each region by how many it is of; counted by hand from the file.
    ces, asked = figures["Customer Effort Score"]
    assert (round(ces.value, 4), ces.target, ces.good, asked.n) == (4.9476, 5.5, "down", 620)
    csat, asked = figures["Customer Satisfaction Score"]
    assert (csat.form, round(csat.value, 4), csat.target, asked.n) == ("percent", 0.7896, 0.8, 713)
    nps, asked = figures["Net Promoter Score"]
    assert (nps.form, round(nps.value, 2), nps.target, asked.n) == ("signed", 56.93, 40, 729)
    ratio, counted = figures["First Contact Resolution Rate"]
    assert (round(ratio.value, 4), ratio.target, counted.kind, counted.n) == (0.7805, 0.75, "measured", 2050)
    assert figures["Average Handle Time"][0].form == "duration"
    for file, kind in (("feedback_responses", "observed"), ("survey_responses", "surveyed")):
        reading = read(folder / f"{file}.json")
        quotes = sound(reading).lane("quotes")
        assert quotes is not None
        assert [card.evidence[0].kind for card in quotes.cards] == [kind, kind]
        # Tags are no words of customers.
        assert not {"Enterprise", "SMB", "Email", "Chat"} & {say(card.text, "en") for card in quotes.cards}
        assert any("(tags)" in left.say("en") for left in reading.left)
    assert len(sound(read(folder / "solutions.json")).opportunities) == 1


@pytest.mark.parametrize(
    "text",
    [
        '{"metrics": [{"title": null, "dataPoints": [{"score": "NaN"}, 5, null]}]}',
        '{"metrics": [{"title": ["x"], "dataPoints": {"a": 1}}]}',
        '{"metrics": [{"title": "x", "dataPoints": [{"dateOfMeasurement": "soon", "score": 1e400}]}]}',
        '{"metrics": [{"title": "x", "dataPoints": [{"detractors": 0, "passives": 0, "promoters": 0}]}]}',
        '{"opportunities": [{"title": "x", "importKey": {"a": 1}}], "responses": [{"responseFields": {"a": 1}}]}',
        '{"insights": [], "surveyMetadata": [], "responses": [{"responseFields": [7, {"textValue": "ok"}]}]}',
    ],
)
def test_insights_that_are_not_as_they_should_be(tmp_path: Path, text: str) -> None:
    reading = read(written_to(tmp_path, "x.json", text))
    sound(reading)
    assert reading.left


def test_a_drawing_of_shapes_and_lines(data: Path) -> None:
    reading = read(data / "journeymaps" / "colinfwren" / "example-lucid-chart-export.csv")
    document = sound(reading)
    assert reading.form == "diagram"
    assert say(document.title, "en") == "Easy User Journey Map Test"
    names = [say(step.name, "en") for step in document.steps]
    assert (names[0], names[-1], len(names)) == ("Landing page", "Order confirmation page", 13)
    # The oracle: the tool drew this from lists of pages, which know what leads where; nothing leads back.
    assert {link.kind for link in document.links} == {"next", "branch"}
    assert len(document.links) == 15
    lists = [read(file).map for file in sorted((data / "journeymaps" / "colinfwren").glob("*-customer-*.md"))]
    for each in lists:
        pages = [page for page, _ in names_of(each)]
        assert sorted(pages, key=names.index) == pages
    assert any("one, in the order of its lines" in left.say("en") for left in reading.left)


def test_shapes_inside_a_shape_are_its_steps_and_a_circle_is_entered(tmp_path: Path) -> None:
    text = """Id,Name,Contained By,Line Source,Line Destination,Text Area 1
1,Document,,,,Shop
2,Swim Lane,,,,Looking
3,Swim Lane,,,,Buying
4,Process,2,,,Searches
5,Process,3,,,Pays
6,Process,2,,,Compares
7,Line,,4,6,
8,Line,,6,4,again
9,Line,,6,5,
10,Line,,5,77,
11,Shape,,,,
"""
    reading = read(written_to(tmp_path, "lucid.csv", text))
    document = sound(reading)
    assert names_of(document) == [("Looking", ["Searches", "Compares"]), ("Buying", ["Pays"])]
    assert [(link.from_, link.kind, link.to) for link in document.links] == [
        ("searches", "next", "compares"), ("compares", "loop", "searches"), ("compares", "next", "pays"),
    ]  # fmt: skip
    assert any("no two shapes with words: 1" in left.say("en") for left in reading.left)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_our_own_tables_keep_what_they_say_of_a_card(language: str, ending: str, tmp_path: Path) -> None:
    values = template("online_shop").model_dump(by_alias=True)
    cards = {card["id"]: card for lane in values["lanes"] for card in lane["cards"]}
    cards["t1"] |= {
        "status": "failed",
        "initiator": {"actor": "Shop"},
        "receiver": {"actor": "Mina"},
        "subject": "mina",
        "device": "Tablet",
        "place": {"en": "In the kitchen", "fa": "در آشپزخانه"},
        "kind": "decision",
    }
    cards["m1"]["figure"] = {"value": 0.17, "label": "leave"}
    cards["m2"]["figure"] = {"value": 1284, "form": "count", "label": "orders"}
    cards["m3"]["figure"] = {"value": 540, "form": "duration", "label": "to wait"}
    document = Map.model_validate(values)
    reading = read(document.draw(tmp_path / f"shop.{ending}", language=language))
    made = sound(reading)
    again = {say(card.text, language): card for lane in made.lanes for card in lane.cards}
    for lane in document.lanes:
        for card in lane.cards:
            found = again[say(card.text, language)]
            assert (found.kind, found.status, found.need, found.met, found.polarity, bool(found.until)) == (
                card.kind, card.status, card.need, card.met, card.polarity, bool(card.until),
            )  # fmt: skip
            assert bool(found.channel) == bool(card.channel)
    token = again[say(cards["t1"]["text"], language)]
    assert token.initiator is not None and token.initiator.actor in ({"en": "Shop"}, {"fa": "Shop"})
    assert [persona.id for persona in made.personas] == [token.subject]
    assert (say(token.device, language), token.kind) == ("Tablet", "decision")
    assert token.place == {language: {"en": "In the kitchen", "fa": "در آشپزخانه"}[language]}
    assert [again[say(cards[name]["text"], language)].figure for name in ("m1", "m2")] != [None, None]
    share = again[say(cards["m1"]["text"], language)].figure
    assert share is not None and (share.value, share.form) == (0.17, "percent")
    said = " ".join(left.say("en") for left in reading.left)
    assert "no number that can be counted with" in said  # nine minutes are words


def test_mermaid_as_its_own_tests_have_it(tmp_path: Path) -> None:
    text = """---
title: "In front"
---
%%{init: {"theme": "x"}}%%
Journey
accDescr {
    A user journey for
    family shopping
  }
SECTION Line1<br>Line2<br/>Line3</br />Line4<br	/>Line5
  A task: 5: Alice, Bob, Charlie
  # nothing but a remark
  B task: 3:Bob, Charlie # and here
  C task: 5
  E task: 5:
"""
    reading = read(written_to(tmp_path, "a.mmd", text))
    document = sound(reading)
    assert (document.title, document.goal) == ({"en": "In front"}, {"en": "A user journey for family shopping"})
    assert names_of(document) == [("Line1 Line2 Line3 Line4 Line5", ["A task", "B task", "C task", "E task"])]
    assert [say(persona.name, "en") for persona in document.personas] == ["Alice", "Bob", "Charlie"]
    assert [left.line for left in reading.left] == [0]


@given(st.lists(TEXTS, min_size=2, max_size=6), st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_stands_in_a_cell_arrives_as_text(tmp_path: Path, texts: list[str], draws: st.DataObject) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["stage", "step", "lane", "text"], *(["S", "T", "Quotes", text] for text in texts)])
    document = sound(read(written_to(tmp_path, "any.csv", out.getvalue())))
    quotes = document.lane("quotes")
    said = [say(card.text, "en") for card in quotes.cards] if quotes else []
    wanted = [text.strip() for text in texts if text.strip()]
    # The apostrophe that defuses a formula is taken off again.
    assert said == [text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text for text in wanted]


def test_a_map_that_is_loaded_warns_of_what_is_left(tmp_path: Path) -> None:
    path = written_to(tmp_path, "a.mmd", "journey\n section S\n  T: 9: Me\n")
    with pytest.warns(UserWarning, match="outside of 1 to 5"):
        document = Map.load(path)
    assert sn.read_map(path).map == document
    assert document.draw(tmp_path / "a.svg").exists()


def test_our_own_map_is_left_as_it_is() -> None:
    reading = read(ROOT / "examples" / "gift.yaml")
    assert (reading.form, reading.left) == ("map", ())
