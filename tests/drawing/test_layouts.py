"""Every layout draws every map: the extremes a workshop brings, in both languages, and the same sheet in a mirror."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest

from safarnama.core import registry
from safarnama.core.words import LANGUAGES
from safarnama.drawing.notes import notes
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import (
    Arrow,
    Box,
    Gradient,
    Group,
    Icon,
    Image,
    Line,
    Link,
    Mark,
    Scene,
    Text,
)
from safarnama.drawing.scene import (
    Path as Curve,
)
from safarnama.maps.lanes import LaneKind
from safarnama.maps.model import Map
from safarnama.maps.people import DecisionRole
from safarnama.maps.words import say
from tests.drawing.geometry import fallen, overlaps, rectangle
from tests.maps.drawn import DAY, PHRASES, PIXEL

LAYOUTS = [name for name in registry.names("layout") if registry.find("layout", name).draws in ("map", "persona")]
GIFT = Path(__file__).parents[2] / "examples" / "gift.yaml"
COMMITTEE = GIFT.with_name("committee.yaml")
KINDS = [kind for kind in get_args(LaneKind) if kind != "feeling"][:25]
LONG = {
    "en": ("The gateway took the money twice and the shop has no order, so she writes to support and waits. " * 5)[
        :400
    ],
    "fa": ("درگاه دو بار پول را گرفت و فروشگاه سفارشی ندارد؛ پس به پشتیبانی می‌نویسد و منتظر می‌ماند. " * 6)[:400],
}
# Icons that say which way: they must turn round with the sheet.
WAYS = {"arrow-left", "arrow-right", "chevron-left", "chevron-right"}


def written(text: str) -> Any:
    """The same length in both languages: a long English phrase stands beside a long Persian one."""
    return (
        {"en": LONG["en"], "fa": LONG["fa"]}
        if text == "long"
        else {language: PHRASES[language][int(text)] for language in LANGUAGES}
    )


def hard(
    stages: int,
    steps: int,
    lanes: int,
    text: str = "mixed",
    *,
    data: bool = True,
    people: int = 3,
    stakeholders: int = 6,
) -> Map:
    """A map of a size; ``text`` is one phrase for everything, or "mixed" for all in turn. ``people`` is how many personas."""
    count = 0

    def word() -> Any:
        nonlocal count
        count += 1
        return written(text if text != "mixed" else str(count % len(PHRASES["fa"])))

    names = [[f"s{stage}-{step}" for step in range(steps)] for stage in range(stages)]
    flat = [name for stage in names for name in stage]
    proof = [{"kind": "surveyed", "n": 1284, "start": "2026-06-22", "end": "2026-09-22"}]
    drawn = []
    for kind in KINDS[:lanes]:
        cards = []
        for number, name in enumerate(flat):
            card: dict[str, Any] = {
                "id": f"{kind}-{number}",
                "at": name,
                "text": word(),
                "evidence": proof if data and number % 3 else [],
            }
            if kind == "feelings":
                card["polarity"] = ("positive", "negative", "neutral", None)[number % 4]
            if kind == "images":
                card["image"] = PIXEL
            if kind == "risks":
                card |= {"likelihood": number % 5 + 1, "impact": 5}
            if kind in ("touchpoints", "resources"):
                card |= {
                    "kind": ("communication", "action", "decision", "wait")[number % 4],
                    "device": word(),
                    "place": word(),
                }
                card |= {
                    "initiator": {"actor": word(), "label": word()},
                    "receiver": {"actor": word(), "label": word()},
                }
            if data and number % 2:
                card["figure"] = {
                    "value": 0.174,
                    "low": 0.167,
                    "high": 0.181,
                    "label": word(),
                    "target": 0.2,
                    "benchmark": {"value": 0.31, "of": word()},
                }
            cards.append(card)
        drawn.append({"id": f"lane-{kind}", "kind": kind, "cards": cards})
    points = [
        {"step": name, "value": (number * 7 % 41) / 10 - 2, "evidence": proof if number % 3 else []}
        for number, name in enumerate(flat)
        if number % 5
    ]
    return Map.model_validate({
        "id": "hard", "title": word(), "subtitle": word(), "goal": word(), "business_goal": word(), "owner": word(), "review_due": "2026-09-01",
        "variant_of": "gift", "inside": "a_map_with_quite_a_long_name", "state": ("current", "future", "ideal")[stages % 3],
        "comments": [{"id": f"said-{number}", "about": name, "text": word(), "author": word(), "day": "2026-09-01"} for number, name in enumerate(flat)],
        "opportunities": [{
            "id": f"op-{number}", "text": word(), "at": name if number % 4 else None, "value": 5, "effort": 3, "confidence": 1, "customers": 1284, "owner": word(), "evidence": proof if data and number % 2 else [],
        } for number, name in enumerate(flat[::3])],
        "actions": [{
            "id": f"do-{number}", "text": word(), "for": f"op-{number // 2}" if number % 2 else None, "owner": word(), "department": word(), "due": "2026-09-01", "ticket": "https://tracker.example/browse/CX-1284?view=everything&more=yes", "status": ("idea", "planned", "doing", "done", "dropped")[number % 5],
        } for number in range(min(9, 2 * len(flat[::3])))],
        "personas": [{
            "id": f"p{number}", "name": word(), "summary": word(), "portrait": ("woman", "man", None)[number % 3],
            "needs": [word() for _ in range(9)], "worries": [word() for _ in range(4)], "frustrations": [word()],
            "requirements": [word() for _ in range(3)], "urgency": word(), "buying_stage": word(), "roles": list(get_args(DecisionRole)),
            "quotes": [{"text": word(), "by": word(), "evidence": proof if data else []} for _ in range(3)], "goals": [word()], "jobs": [word() for _ in range(3)], "value": {"amount": 1_234_567_890.5, "unit": word()}, "deadline": "2026-10-01",
            "traits": [{"low": word(), "high": word(), "value": 60, "quartiles": [0, 100]}, {"low": word(), "high": word(), "value": 0}, {"low": word(), "high": word(), "value": 100}],
            "gender": word(), "age": word(), "job": word(), "duties": [word() for _ in range(7)], "income": word(), "region": word(), "company_size": word(),
            "channels": ["email", "call", "a channel that nobody has ever heard of before"] * 2, "devices": ["mobile", "desktop", say(word(), "fa")],
            "objections": [{"text": word(), "answer": word(), "material": word()}, {"text": word()}], "share": 0.18, "worth": word(),
            "segment": say(word(), "en"), "evidence": [{**proof[0], "source": word()}] if data else [],
        } for number in range(people)],
        "conflicts": [
            {"between": [f"p{number}", "p0"], "text": word(), "way_out": word() if number % 2 else None} for number in range(1, people)
        ] + ([{"between": [f"p{number}" for number in range(people)], "text": word()}] if people > 1 else []),
        "departments": [word() for _ in range(3)],
        "stakeholders": [{
            "id": f"k{number}", "name": word(), "department": word(), "sponsor": number == 1, "wants": word() if number % 4 else None,
            "power": number % 5 + 1 if number % 6 else None, "interest": number * 3 % 5 + 1, "stages": [f"stage-{each}" for each in range(0, stages, number % 3 + 1)],
        } for number in range(stakeholders)],
        "stages": [{"id": f"stage-{number}", "name": word(), "tagline": word(), "goal": word(), "business_goal": word(), "owner": word() if stakeholders else None, "evidence": proof if data and number % 2 else [], "effort": [{"department": word(), "level": each, "hours": 40 * each if each % 2 else None} for each in (1, 3, 5)] if stakeholders else [], "steps": [{"id": name, "name": word(), "moment_of_truth": not step % 4, "owner": word() if step % 3 == 1 else None, "map": "payment" if step % 3 == 2 else None, "evidence": proof if data and step % 2 else []} for step, name in enumerate(mine)]} for number, mine in enumerate(names)],
        "lanes": drawn,
        "curves": [{"id": f"curve-{number}", "name": word(), "persona": f"p{number}", "points": points} for number in range(2)] if data and points else [],
        "links": [
            {"from": flat[-1], "to": flat[0], "kind": "loop", "label": word(), "condition": word(), "wait": 172_800, "share": 0.3},
            {"from": flat[0], "to": flat[-1], "kind": "branch", "condition": word(), "evidence": proof if data else []},
        ] if len(flat) > 1 else [],
        "derived": {
            "customers": 48_210, "events": 312_880, "start": "2026-06-22", "end": "2026-09-22", "sources": ["web"],
            "stages": {f"stage-{number}": {"customers": round(48_210 * 0.7**number), "share": 0.7**number} for number in range(stages)},
        } if data else {},
    })  # fmt: skip


EXTREMES = {
    "one stage, one step, nothing else": lambda: hard(1, 1, 0, data=False),
    "one stage, one word": lambda: hard(1, 3, 25, "0"),
    "twelve stages": lambda: hard(12, 1, 25),
    "sixty steps": lambda: hard(12, 5, 6),
    "empty lanes": lambda: Map.model_validate({**hard(5, 2, 0, data=False).model_dump(by_alias=True), "lanes": [{"id": kind, "kind": kind} for kind in KINDS]}),
    "four hundred letters everywhere": lambda: hard(5, 2, 25, "long"),
    "a word longer than its room": lambda: hard(6, 2, 12, "3"),
    "two languages, addresses and brackets": lambda: hard(4, 3, 12, "5"),
    "pictures of letters": lambda: hard(4, 3, 12, "6"),
    "nothing measured": lambda: hard(5, 2, 25, data=False),
    "nobody": lambda: hard(4, 2, 6, people=0, stakeholders=0),
    "one persona, one stakeholder, one word": lambda: hard(1, 1, 3, "0", people=1, stakeholders=1),
    "eight personas, forty stakeholders": lambda: hard(6, 2, 6, people=8, stakeholders=40),
    "eight personas of four hundred letters": lambda: hard(12, 2, 3, "long", people=8, stakeholders=40),
}  # fmt: skip


@cache
def extreme(name: str) -> Map:
    return EXTREMES[name]()


def scene_of(layout: str, document: Map, language: str) -> Scene:
    scene: Scene = registry.find("layout", layout).of({}).scene(document, language, DAY)
    return scene


def test_there_are_ten_layouts_of_a_map() -> None:
    assert {"grid", "stages", "path", "exchange", "grow", "blueprint", "feelings", "curve", "loop", "mindmap"} <= set(
        LAYOUTS
    )


@pytest.mark.parametrize("name", EXTREMES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_extreme_map_stays_whole(layout: str, language: str, name: str) -> None:
    scene = scene_of(layout, extreme(name), language)
    assert overlaps(scene) == []
    assert fallen(scene) == []
    assert fallen(scene.placed()) == []


def reflected(mark: Mark, across: float) -> Mark:
    """A mark in a mirror, said once more and apart from the code that is tested."""
    changed: dict[str, Any] = {}
    for field in fields(mark):
        value = getattr(mark, field.name)
        match field.name:
            case "x":
                wide = {Box: "width", Image: "width", Icon: "size"}.get(type(mark))
                changed["x"] = across - value - (getattr(mark, wide) if wide else 0)
            case "x1" | "x2":
                changed[field.name] = across - value
            case "anchor":
                changed["anchor"] = {"start": "end", "end": "start"}.get(value, value)
            case "segments":
                changed["segments"] = tuple(
                    (verb, tuple(across - number if not place % 2 else number for place, number in enumerate(at)))
                    for verb, at in value
                )
            case "marks":
                changed["marks"] = tuple(reflected(inner, across) for inner in value)
            case "fill" if isinstance(value, Gradient) and value.along:
                changed["fill"] = Gradient(tuple((1 - at, colour) for at, colour in reversed(value.stops)), along=True)
            case "name" if isinstance(mark, Icon) and mark.turns:
                swap = {"left": "right", "right": "left"}
                changed["name"] = "-".join(swap.get(part, part) for part in value.split("-"))
    return type(mark)(**{**{field.name: getattr(mark, field.name) for field in fields(mark)}, **changed})


def rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, Box | Text | Line | Arrow | Icon | Image | Curve | Group | Link | Gradient):
        return (type(value).__name__, *(rounded(getattr(value, field.name)) for field in fields(value)))
    return tuple(map(rounded, value)) if isinstance(value, tuple) else value


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_sheet_with_its_direction_flipped_is_its_own_mirror_image(
    layout: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The words stay English, only the direction of the sheet turns: every mark must stand where a mirror shows it."""
    for document in (Map.load(GIFT), Map.load(COMMITTEE), hard(5, 2, 25), hard(7, 4, 8)):
        there = scene_of(layout, document, "en")
        assert there.direction == "ltr"
        with monkeypatch.context() as patch:
            patch.setattr(Pen, "direction", property(lambda _: "rtl"))
            back = scene_of(layout, document, "en")
        assert back.direction == "rtl"
        assert [rounded(mark) for mark in back.placed().marks] == [
            rounded(reflected(mark, there.width)) for mark in there.placed().marks
        ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_says_a_way_turns_with_the_sheet(layout: str, language: str) -> None:
    for document in (Map.load(GIFT), hard(5, 2, 25)):
        assert not [
            mark
            for mark in scene_of(layout, document, language).walk()
            if isinstance(mark, Icon) and mark.name in WAYS and not mark.turns
        ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_step_is_named_in_the_drawing_or_the_notes(layout: str, language: str) -> None:
    for document in (Map.load(GIFT), hard(12, 5, 6)):
        shown = " ".join(mark.text for mark in scene_of(layout, document, language).walk() if isinstance(mark, Text))
        told = shown + "\n".join(notes(document, language, DAY))
        assert [step.id for step in document.steps if " ".join(say(step.name, language).split()) not in told] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_example_is_drawn_in_words(layout: str, language: str) -> None:
    document = Map.load(COMMITTEE if layout in ("persona", "stakeholders") else GIFT)
    scene = scene_of(layout, document, language)
    words = [mark.text for mark in scene.walk() if isinstance(mark, Text)]
    assert len(words) > 20
    assert say(document.title, language) in " ".join(words) or say(document.personas[0].name, language) in words
    persian = [word for word in words if any("\u0600" <= letter <= "\u06ff" for letter in word)]
    # A Persian sheet is in Persian, an English one has not one Persian sentence.
    assert (len(persian) > 0.7 * len(words)) if language == "fa" else not persian


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_grid_of_many_steps_ends_where_its_lanes_do(language: str) -> None:
    scene = scene_of("grid", extreme("sixty steps"), language)
    assert scene.width > 7_000, "a strip"
    heights = sorted({rectangle(mark)[3] for mark in scene.walk() if isinstance(mark, Text)})
    empty = max(after - before for before, after in pairwise(heights))
    assert empty < 300, "no more than the room of the curve without a word"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_words_of_users_are_text_alone(layout: str) -> None:
    """Whatever is written stands in a text mark or in a title, never in a name that a drawing is built from."""
    document = Map.model_validate({
        "id": "x", "title": "<b>", "stages": [{"id": "s", "name": "<script>alert(1)</script>", "steps": [{"id": "t", "name": '"onload="x'}]}],
        "lanes": [{"id": f"l-{kind}", "kind": kind, "cards": [{"id": f"c-{kind}", "at": "t", "text": "</text><script>", "icon": "../../x"}]} for kind in KINDS],
    })  # fmt: skip
    from xml.etree import ElementTree

    from safarnama.drawing.svg import svg

    root = ElementTree.fromstring(svg(scene_of(layout, document, "en"), "paper"))
    assert {tag.tag.rpartition("}")[2] for tag in root.iter()} & {"script", "foreignObject"} == set()
    assert [name for tag in root.iter() for name in tag.attrib if name.startswith("on")] == []
