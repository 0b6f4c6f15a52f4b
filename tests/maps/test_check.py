"""A good map breaks no rule; every rule finds what it is there for, and says it in both languages."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from safarnama.core import registry
from safarnama.core.errors import Mistake
from safarnama.core.words import LANGUAGES
from safarnama.maps.check.checking import check
from safarnama.maps.check.report import to_json, to_sarif
from safarnama.maps.check.rule import Data
from safarnama.maps.derived import Reach
from safarnama.maps.document import to_yaml
from safarnama.maps.model import Map
from tests.maps.drawn import maps

DAY = date(2026, 9, 25)
DATA = Data(lambda segment: 0 if segment == "city = Nowhere" else 100, frozenset({"view", "buy"}), {})


def both(en: str, fa: str) -> dict[str, str]:
    return {"en": en, "fa": fa}


MEASURED = [{"kind": "measured", "n": 900, "end": "2026-09-20"}]
ASKED = [{"kind": "surveyed", "n": 210, "unit": "answers", "end": "2026-09-20"}]
GOOD: dict[str, Any] = {
    "id": "good",
    "title": both("Buying", "خرید"),
    "goal": both("The right thing in time", "کالای درست، به‌موقع"),
    "business_goal": both("More who come back", "بازگشت بیشتر"),
    "owner": both("Negar", "نگار"),
    "review_due": "2026-12-01",
    "status": "in_use",
    "departments": [both("Marketing", "بازاریابی"), both("Delivery", "ارسال")],
    "personas": [
        {"id": "sara", "name": both("Sara", "سارا"), "segment": "device = mobile", "goals": [both("A gift", "هدیه")]}
    ],
    "stages": [
        {"id": "choose", "name": both("Choosing", "انتخاب"), "steps": [
            {"id": "look", "name": both("Looks", "دیدن"), "touchpoints": ["view"]}]},
        {"id": "have", "name": both("Having", "داشتن"), "steps": [
            {"id": "buy", "name": both("Buys", "خرید"), "touchpoints": ["buy"], "moment_of_truth": True}]},
    ],
    "lanes": [
        {"id": "touchpoints", "kind": "touchpoints", "cards": [
            {"id": "t1", "at": "look", "text": both("Page", "صفحه"), "channel": "website", "evidence": MEASURED}]},
        {"id": "words", "kind": "quotes", "cards": [
            {"id": "q1", "at": "look", "text": both("Is it real?", "اصل است؟"), "evidence": ASKED}]},
        {"id": "needs", "kind": "needs", "cards": [
            {"id": "n1", "at": "look", "text": both("To be sure", "اطمینان"), "met": False, "evidence": ASKED}]},
        {"id": "pains", "kind": "pains", "cards": [
            {"id": "p1", "at": "buy", "text": both("It fails", "قطع می‌شود"), "evidence": MEASURED}]},
    ],
    "curves": [{"id": "felt", "points": [{"step": "look", "value": 1, "evidence": ASKED}]}],
    "opportunities": [{"id": "o1", "text": both("A second gateway", "درگاه دوم"), "at": "buy", "solves": ["p1", "n1"]}],
    "actions": [
        {"id": "a1", "text": both("Sign it", "قرارداد"), "for": "o1", "owner": both("Ali", "علی"), "due": "2026-11-01",
         "department": both("IT", "فناوری")}],
    "derived": {"at": "2026-09-24", "stages": {"choose": {"customers": 100, "share": 1}}},
}  # fmt: skip


def without(*names: str) -> Callable[[dict[str, Any]], None]:
    return lambda values: [values.pop(name) for name in names]  # type: ignore[return-value, func-returns-value]


def with_(path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    """Puts a value at a path such as ``stages.0.name``; beyond the end of a list it is added."""

    def change(values: dict[str, Any]) -> None:
        *way, last = path.split(".")
        at: Any = values
        for each in way:
            at = at[int(each)] if isinstance(at, list) else at.setdefault(each, {})
        if isinstance(at, list):
            at[int(last) : int(last) + 1] = [value]
        else:
            at[last] = value

    return change


MANY = [
    {"id": f"s{n}", "name": both("Many", "بسیار"), "steps": [{"id": f"s{n}-1", "name": both("One", "یک")}]}
    for n in range(10)
]
TWICE = both("The same long sentence", "یک جمله دراز تکراری")
BREAKS: dict[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "M101": (without("goal"), ""),
    "M102": (without("owner"), ""),
    "M103": (without("review_due"), ""),
    "M104": (with_("review_due", "2026-09-24"), ""),
    "M105": (without("business_goal"), ""),
    "M106": (lambda values: (values.pop("status"), with_("derived.at", "2026-01-01")(values)), ""),  # type: ignore[dict-item, return-value]
    "M201": (without("personas"), ""),
    "M202": (with_("personas.0.segment", None), "sara"),
    "M203": (with_("personas.0.segment", "city = Nowhere"), "sara"),
    "M204": (lambda values: (values.update(kind="representative"), values["personas"][0].pop("goals")), "sara"),  # type: ignore[dict-item, return-value]
    "M301": (with_("stages.0.name", both("Marketing", "بازاریابی")), "choose"),
    "M302": (lambda values: values["stages"].extend(MANY), ""),
    "M303": (lambda values: values.update(lanes=values["lanes"][:1], curves=[], opportunities=[], actions=[]), ""),
    "M304": (lambda values: values.update(departments=[both("IT", "فناوری")]), ""),
    "M305": (with_("stages.1.steps.1", {"id": "bare", "name": both("Bare", "خالی")}), "bare"),
    "M306": (with_("lanes.4", {"id": "bare", "kind": "notes"}), "bare"),
    "M307": (
        with_("lanes.4", {"id": "more", "kind": "notes", "cards": [
            {"id": "m1", "at": "look", "text": TWICE, "evidence": ASKED}, {"id": "m2", "at": "buy", "text": TWICE, "evidence": ASKED}]}),
        "m2",
    ),
    "M308": (with_("stages.1.steps.0.moment_of_truth", False), ""),
    "M309": (with_("lanes.0.cards.0.channel", None), "t1"),
    "M401": (with_("curves.0.points.0.evidence", []), "look"),
    "M402": (with_("lanes.0.cards.0.evidence.0", {"kind": "measured", "n": 9, "end": "2026-01-01"}), "touchpoints"),
    "M403": (lambda values: values["lanes"].pop(1), ""),
    "M404": (
        lambda values: [card.update(evidence=[{"kind": "observed"}]) for lane in values["lanes"] for card in lane["cards"]],  # type: ignore[dict-item, return-value]
        "",
    ),
    "M405": (with_("lanes.3.cards.0.evidence.0", {"kind": "measured", "n": 3}), "p1"),
    "M406": (lambda values: [card.pop("evidence") for lane in values["lanes"] for card in lane["cards"]], ""),  # type: ignore[dict-item, return-value]
    "M407": (with_("stages.1.steps.0.touchpoints", []), "buy"),
    "M408": (with_("stages.1.steps.0.touchpoints.0", "by"), "buy"),
    "M409": (with_("derived.stages.choose.share", 0.4), "choose"),
    "M501": (with_("opportunities.0.solves", ["n1"]), "p1"),
    "M502": (with_("opportunities.0.solves", ["p1"]), "n1"),
    "M503": (without("actions"), "o1"),
    "M504": (with_("actions.0.owner", None), "a1"),
    "M505": (with_("actions.0.due", "2026-09-01"), "a1"),
    "M601": (with_("lanes.1.cards.0.text", {"en": "Is it real?"}), "q1"),
    "M602": (with_("lanes.1.cards.0.text", both("Long. " * 50, "دراز. " * 50)), "q1"),
    "M603": (with_("stages.0.name", both("A stage that is named far too long", "انتخاب")), "choose"),
}  # fmt: skip


def codes(values: dict[str, Any], data: Data | None = None) -> list[tuple[str, str]]:
    return [(problem.code, problem.at) for problem in check(Map.model_validate(values), today=DAY, data=data).problems]


def now(share: float) -> Data:
    reach = Reach(customers=100, share=share, low=share - 0.03, high=min(1.0, share + 0.03))
    return Data(DATA.customers, DATA.touchpoints, {"choose": reach})


def test_a_good_map_breaks_no_rule() -> None:
    assert codes(GOOD) == []
    assert codes(GOOD, now(1.0)) == []


def test_every_rule_is_tried_and_has_a_code_of_its_own() -> None:
    rules = [registry.find("rule", name) for name in registry.names("rule")]
    assert sorted(rule.code for rule in rules) == sorted(BREAKS)


@pytest.mark.parametrize("code", sorted(BREAKS))
def test_a_rule_finds_what_it_is_there_for(code: str) -> None:
    change, at = BREAKS[code]
    values = copy.deepcopy(GOOD)
    change(values)
    assert (code, at) in codes(values, now(1.0))
    assert (code, at) not in codes(GOOD, now(1.0))
    report = check(Map.model_validate(values), today=DAY, data=now(1.0))
    problem = next(each for each in report.problems if each.code == code)
    for language in LANGUAGES:
        for text in (problem.say(language), problem.rule.why.say(language), problem.rule.fix.say(language)):
            assert text and "{" not in text
    left = check(Map.model_validate(values), today=DAY, data=now(1.0), ignore=[code])
    assert code not in {each.code for each in left.problems}


def test_dates_of_a_template_are_only_examples() -> None:
    late = copy.deepcopy(GOOD)
    for change, _ in (BREAKS["M104"], BREAKS["M505"]):
        change(late)
    assert {"M104", "M505"} <= {code for code, _ in codes(late)}
    late["kind"] = "template"
    assert not {"M104", "M505"} & {code for code, _ in codes(late)}


def test_an_unknown_rule_cannot_be_left_out() -> None:
    with pytest.raises(Mistake, match="M10"):
        check(Map.model_validate(GOOD), ignore=["M10"])


@given(maps())
def test_any_map_can_be_checked_and_every_place_is_on_it(document: Map) -> None:
    report = check(document, today=DAY)
    text = to_yaml(document)
    for problem in report.problems:
        assert not problem.at or f"id: {problem.at}" in text
    json.dumps(to_json(report, "map.yaml"), allow_nan=False)
    results = to_sarif(report, "map.yaml", text, "fa")["runs"][0]["results"]
    assert len(results) == len(report.problems)
    for problem, result in zip(report.problems, results, strict=True):
        line = text.splitlines()[result["locations"][0]["physicalLocation"]["region"]["startLine"] - 1]
        assert not problem.at or line.strip().removeprefix("- ") == f"id: {problem.at}"


def test_the_example_is_read_through_the_door_of_the_map() -> None:
    report = Map.load(Path(__file__).parents[2] / "examples" / "gift.yaml").check(today=DAY)
    assert report.honesty.score > 90
