"""Maps from elsewhere: each form against a file of others or of ours, and nothing lost in silence."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import safarnama as sn
from safarnama.core.errors import Mistake
from safarnama.core.words import LANGUAGES
from safarnama.maps.document import parse_map, to_yaml
from safarnama.maps.model import Map
from safarnama.maps.reading import Reading, read
from safarnama.maps.templates import template
from safarnama.maps.words import say

ROOT = Path(__file__).parents[2]
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn")), min_size=1, max_size=30)


def _written(tmp_path: Path, name: str, text: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def _sound(reading: Reading) -> Map:
    """The map is one that is kept and read again, and whatever was left is a sentence in both languages."""
    assert parse_map(to_yaml(reading.map).encode()) == reading.map
    for left in reading.left:
        assert left.say("en") and left.say("fa") and left.say("en") != left.say("fa")
    return reading.map


def _names(document: Map, language: str = "en") -> list[tuple[str, list[str]]]:
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
    reading = read(_written(tmp_path, "day.mmd", text))
    document = _sound(reading)
    assert say(document.title, "en") == "My working day"
    assert _names(document) == [
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
    assert [len(steps) for _, steps in _names(_sound(reading))] == [3, 2]
    assert reading.form == "mermaid"


def test_lists_of_pages(data: Path) -> None:
    folder = data / "journeymaps" / "colinfwren"
    # The oracle: the Mermaid export that the tool made of the same lists names pages and what leads from one to the next.
    exported = (folder / "example-mermaid-export.md").read_text()
    for file in sorted(folder.glob("*-customer-*.md")):
        document = _sound(read(file))
        for page, actions in _names(document):
            assert page in exported
            assert all(f"|{action}|" in exported for action in actions if action != page), (file.name, page, actions)
        assert document.goal


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_outputs_come_back(language: str, tmp_path: Path) -> None:
    document = template("online_shop")
    for ending, lossless in (("md", True), ("csv", True), ("xlsx", True), ("mmd", False), ("cjml", False)):
        file = document.draw(tmp_path / f"shop.{ending}", language=language)
        made = _sound(read(file))
        assert _names(made, language) == _names(document, language), ending
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
    made = _sound(read(document.draw(tmp_path / "a.cjml")))
    assert [stage.name for stage in made.stages] == [stage.name for stage in document.stages]
    theirs, ours = document.lane("touchpoints"), made.lane("touchpoints")
    assert theirs is not None and ours is not None
    kinds = {say(card.text, "fa"): (card.kind, card.channel) for card in ours.cards}
    for card in theirs.cards:
        assert kinds[say(card.text, "fa")] == (card.kind, card.channel)


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
    reading = read(_written(tmp_path, "grid.csv", out.getvalue()))
    document = _sound(reading)
    assert _names(document) == [("Discover", ["Sees ad", "Reads"]), ("Buy", ["Pays"])]
    doing, pains = document.lane("doing"), document.lane("pains")
    assert doing is not None and [say(card.text, "en") for card in doing.cards][1:3] == ["Compares", "Asks a friend"]
    assert pains is not None and [say(card.text, "en") for card in pains.cards] == ["Too many tabs", "=HYPERLINK(1)"]
    assert [point.value for point in document.curves[0].points] == [1, 0, -2]
    assert any("scale of 1 to 5" in left.say("en") for left in reading.left)


def test_a_persian_row_a_card(tmp_path: Path) -> None:
    text = "مرحله,گام,ردیف,متن,نکته\nدیدن,آگهی,نقاط درد,پیدا نمی‌شود,x\nخرید,پرداخت,چه می‌کند,کارت می‌کشد,\nدیدن,خبر,یادداشت دیگر,هیچ,\n"
    reading = read(_written(tmp_path, "cards.csv", text))
    document = _sound(reading)
    assert _names(document, "fa") == [("دیدن", ["آگهی", "خبر"]), ("خرید", ["پرداخت"])]
    assert [lane.kind for lane in document.lanes] == ["pains", "doing", "notes"]
    assert any("نکته" in left.say("fa") for left in reading.left)


def test_notes_of_a_whiteboard(tmp_path: Path) -> None:
    rows = ["text,x,y,width,color"]
    for column, (head, below) in enumerate(
        (("", ["Doing", "Pains"]), ("Look", ["scrolls", "lost"]), ("Buy", ["pays", "slow"]))
    ):
        rows += [f"{head},{column * 220 + 7},{11},200,#fff"] if head else []
        rows += [f"{text},{column * 220 + 3 * row},{(row + 1) * 210},200,#ff0" for row, text in enumerate(below)]
    reading = read(_written(tmp_path, "board.csv", "\n".join(rows)))
    document = _sound(reading)
    assert [name for name, _ in _names(document)] == ["Look", "Buy"]
    assert {lane.kind: [say(card.text, "en") for card in lane.cards] for lane in document.lanes} == {
        "doing": ["scrolls", "pays"],
        "pains": ["lost", "slow"],
    }
    assert any("look whether they are right" in left.say("en") for left in reading.left)


def test_pages_of_a_government_service(data: Path) -> None:
    folder = data / "journeymaps" / "defra"
    branching = _sound(read(folder / "branching.map.yml"))
    assert [step for _, steps in _names(branching) for step in steps] == [
        "home",
        "question-1",
        "question-2",
        "complete",
    ]
    branch = next(link for link in branching.links if link.kind == "branch")
    assert (branch.to, say(branch.label, "en")) == ("complete", "answer = yes")
    quiz = read(folder / "map.yml")
    assert any("module questions" in left.say("en") for left in quiz.left)


def test_insights_of_another_tool(data: Path) -> None:
    folder = data / "journeymaps" / "theydo"
    reading = read(folder / "metrics.json")
    measures = _sound(reading).lane("measures")
    assert measures is not None
    ces = measures.cards[0].figure
    assert ces is not None
    # The last day of the first metric, each region by its respondents.
    assert ces.value == pytest.approx((4.8 * 315 + 5.1 * 305) / 620, abs=0.2)
    assert ces.target == 5.5
    quotes = _sound(read(folder / "feedback_responses.json")).lane("quotes")
    assert quotes is not None and say(quotes.cards[0].text, "en") == "The agent resolved my issue quickly."
    assert len(_sound(read(folder / "solutions.json")).opportunities) == 1


@given(st.lists(TEXTS, min_size=2, max_size=6), st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_stands_in_a_cell_arrives_as_text(tmp_path: Path, texts: list[str], draws: st.DataObject) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["stage", "step", "lane", "text"], *(["S", "T", "Quotes", text] for text in texts)])
    document = _sound(read(_written(tmp_path, "any.csv", out.getvalue())))
    quotes = document.lane("quotes")
    said = [say(card.text, "en") for card in quotes.cards] if quotes else []
    wanted = [text.strip() for text in texts if text.strip()]
    # The apostrophe that defuses a formula is taken off again.
    assert said == [text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text for text in wanted]


@given(
    st.sampled_from(["mmd", "md", "csv", "tsv", "xlsx", "cjml", "xml", "json", "yaml"]), st.binary(max_size=300) | TEXTS
)
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_nonsense_is_refused_in_a_sentence(tmp_path: Path, ending: str, noise: bytes | str) -> None:
    path = _written(tmp_path, f"noise.{ending}", noise)
    try:
        _sound(read(path))
    except Mistake as mistake:
        assert "noise" in mistake.say("en") and "noise" in mistake.say("fa")


def test_entities_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY x "x"><!ENTITY y "&x;&x;">]><cjml><phase><name>&y;</name></phase></cjml>'
    with pytest.raises(Mistake, match="declares types or entities"):
        read(_written(tmp_path, "bomb.cjml", bomb))
    with pytest.raises(Mistake, match="log of events"):
        read(_written(tmp_path, "log.xml", "<log><trace/></log>"))


def test_a_map_that_is_loaded_warns_of_what_is_left(tmp_path: Path) -> None:
    path = _written(tmp_path, "a.mmd", "journey\n section S\n  T: 9: Me\n")
    with pytest.warns(UserWarning, match="outside of 1 to 5"):
        document = Map.load(path)
    assert sn.read_map(path).map == document
    assert document.draw(tmp_path / "a.svg").exists()


def test_our_own_map_is_left_as_it_is() -> None:
    reading = read(ROOT / "examples" / "gift.yaml")
    assert (reading.form, reading.left) == ("map", ())
