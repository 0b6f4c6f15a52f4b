"""A good map breaks no rule; every rule finds what it is there for, and says it in both languages."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from safarnama.core import registry
from safarnama.core.errors import Mistake
from safarnama.core.words import LANGUAGES, Text
from safarnama.maps.check.checking import check
from safarnama.maps.check.report import to_json, to_sarif
from safarnama.maps.check.rule import Data
from safarnama.maps.derived import Reach
from safarnama.maps.document import to_json as to_json_map
from safarnama.maps.document import to_yaml
from safarnama.maps.model import Map
from safarnama.maps.templates import template, templates
from tests.maps.drawn import maps

DAY = date(2026, 9, 25)
EXAMPLES = Path(__file__).parents[2] / "examples"
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
    "M410": (lambda values: values["lanes"][3]["cards"][0].update(evidence=[{"kind": "observed"}], figure={"value": 0.5}), "p1"),
    "M501": (lambda values: values["opportunities"][0].update(solves=["n1"], at="look"), "p1"),
    "M502": (with_("opportunities.0.solves", ["p1"]), "n1"),
    "M503": (without("actions"), "o1"),
    "M504": (with_("actions.0.owner", None), "a1"),
    "M505": (with_("actions.0.due", "2026-09-01"), "a1"),
    "M601": (with_("lanes.2.cards.0.text", {"en": "To be sure"}), "n1"),
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


# For each rule more that it must find, and more that is fine: (change, place).
STILL: list[tuple[str, Callable[[dict[str, Any]], None], str]] = [
    *(("M301", with_("stages.0.name", name), "choose") for name in (
        "Sales", "sales team", "Sales & Marketing", "Marketing, Sales", "IT department", "Dept. of Joy", both("x", "واحد فروش"),
        both("x", "معاونت بازرگانی"), both("x", "بازاریابی و فروش"), both("Customer service", "x"), "تیم خدمات مشتریان", "بخش مالی", "HR",
    )),
    ("M304", lambda values: (values.update(departments=["IT", both("IT", "فناوری")]), values["actions"][0].update(department="فناوری")), ""),  # type: ignore[dict-item, return-value]
    ("M402", with_("curves.0.points.0.evidence.0.end", "2026-01-01"), ""),
    ("M403", with_("lanes.1.cards.0.evidence", []), ""),
    ("M403", lambda values: (values["lanes"].pop(1), [card.update(evidence=ASKED) for lane in values["lanes"] for card in lane["cards"]]), ""),  # type: ignore[dict-item, return-value]
    ("M410", lambda values: values["lanes"][3]["cards"][0].update(evidence=[], figure={"value": 0.5}), "p1"),
    ("M601", with_("lanes.2.cards.0.text", "To be sure"), "n1"),
    ("M601", with_("lanes.2.cards.0.text", both("To be sure", "")), "n1"),
    ("M601", with_("lanes.2.cards.0.text", both("To be quite sure", "To be quite sure")), "n1"),
    ("M601", with_("lanes.1.cards.0", {"id": "q1", "at": "look", "text": "Is it real?"}), "q1"),  # nobody said it
]  # fmt: skip
FINE: list[tuple[str, Callable[[dict[str, Any]], None]]] = [
    *(("M301", with_("stages.0.name", name)) for name in (
        both("Delivery", "دریافت"), both("Support", "پشتیبانی"), both("Picks a unit", "انتخاب واحد"), both("Buys", "خرید"), both("Product", "کالا"),
        both("It begins", "آغاز"), both("Gathers a team", "جمع کردن تیم"), both("Unit", "واحد"), both("Sales begin", "آغاز فروش"), both("1", "۱"),
    )),
    ("M202", with_("personas.0", {"id": "sara", "name": both("All", "همه"), "goals": ["x"], "share": 1})),
    ("M304", lambda values: (values.pop("departments"), values["actions"][0].pop("department"))),  # type: ignore[dict-item, return-value]
    ("M309", with_("lanes.0.cards.0", {"id": "t1", "at": "look", "text": both("Fills in", "پر کردن"), "kind": "action"})),
    ("M403", lambda values: (values["lanes"].pop(1), values["lanes"][2]["cards"][0].update(evidence=[{"kind": "observed", "n": 40}]))),  # type: ignore[dict-item, return-value]
    ("M501", lambda values: values["opportunities"][0].update(solves=["n1"], at="have")),
    ("M601", with_("lanes.1.cards.0.text", "اصل است؟")),  # in the customer's own words
    ("M601", with_("lanes.2.cards.0.text", "NPS")),
    ("M601", with_("lanes.2.cards.0.text", both("Instagram", "Instagram"))),
]  # fmt: skip


@pytest.mark.parametrize(("code", "change", "at"), STILL, ids=[f"{code}-{n}" for n, (code, *_) in enumerate(STILL)])
def test_a_rule_finds_other_forms_too(code: str, change: Callable[[dict[str, Any]], None], at: str) -> None:
    values = copy.deepcopy(GOOD)
    change(values)
    assert (code, at) in codes(values)


@pytest.mark.parametrize(("code", "change"), FINE, ids=[f"{code}-{n}" for n, (code, _) in enumerate(FINE)])
def test_a_rule_raises_no_false_alarm(code: str, change: Callable[[dict[str, Any]], None]) -> None:
    values = copy.deepcopy(GOOD)
    change(values)
    assert code not in {each for each, _ in codes(values)}


def test_a_segment_that_the_data_cannot_answer_is_found_at_its_persona() -> None:
    def customers(segment: str | None) -> int:
        raise Mistake(Text(en="Attribute planet is not here.", fa="ویژگی planet پیدا نشد."))

    report = check(Map.model_validate(GOOD), today=DAY, data=Data(customers, DATA.touchpoints, {}))
    (problem,) = report.problems
    assert (problem.code, problem.at) == ("M203", "sara")
    assert "planet is not here" in problem.say("en")
    assert "planet پیدا نشد" in problem.say("fa")


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_without_a_title_are_named_by_their_kind(language: str) -> None:
    values = copy.deepcopy(GOOD)
    values["lanes"][0]["cards"][0]["evidence"] = [{"kind": "measured", "n": 9, "end": "2026-01-01"}]
    report = check(Map.model_validate(values), today=DAY)
    said = next(problem.say(language) for problem in report.problems if problem.code == "M402")
    assert ("Touchpoints" if language == "en" else "نقاط تماس") in said


def test_good_maps_raise_no_false_alarm() -> None:
    """What is left is so: the gift imagines one feeling; the airport's survey proposes nothing and marks no moment of truth."""
    gift = Map.load(EXAMPLES / "gift.yaml").check(today=DAY)
    assert [(problem.code, problem.at) for problem in gift.problems] == [("M401", "ad")]
    airport = Map.load(EXAMPLES / "airport.yaml").check(today=date(2017, 6, 15))
    assert {problem.code for problem in airport.problems} == {"M501", "M308"}
    for name in templates():
        assert [problem for problem in template(name).check(today=DAY).problems if problem.severity != "info"] == []


def test_sarif_says_what_the_standard_asks_for() -> None:
    values = copy.deepcopy(GOOD)
    for code in ("M301", "M309", "M401", "M601"):
        BREAKS[code][0](values)
    document = Map.model_validate(values)
    report = check(document, today=DAY)
    for name in ("maps/نقشه من.yaml", "template:shop", "/somewhere/map.json", "a map.mmd"):
        for text in (to_yaml(document), to_json_map(document).decode(), "journey\n title x"):
            for language in LANGUAGES:
                log = to_sarif(report, name, text, language)
                assert wrong_in(log, SARIF) == []
                run = log["runs"][0]
                assert re.fullmatch(
                    r"[A-Za-z0-9%/._~:-]+",
                    run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
                )
                for result in run["results"]:
                    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
                prints = [json.dumps(result["partialFingerprints"]) for result in run["results"]]
                assert len(prints) == len(set(prints))
                for described in run["tool"]["driver"]["rules"]:
                    persian = any("\u0600" <= letter <= "\u06ff" for letter in described["shortDescription"]["text"])
                    assert persian == (language == "fa")


# What SARIF 2.1.0 (OASIS) says of the parts that we write: fields with their form; those with ! must be there, and no others may.
SARIF: dict[str, Any] = {
    "$schema": str, "version!": ["2.1.0"], "runs!": [{
        "tool!": {"driver!": {"name!": str, "version": str, "rules": [{
            "id!": str, "name": str, "shortDescription": {"text!": str}, "fullDescription": {"text!": str}, "help": {"text!": str},
            "defaultConfiguration": {"level": ["none", "note", "warning", "error"]},
        }]}},
        "language": re.compile("[a-zA-Z]{2}(-[a-zA-Z]{2})?"),
        "results": [{
            "ruleId": str, "ruleIndex": int, "level": ["none", "note", "warning", "error"], "message!": {"text!": str},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": str}, "region": {"startLine": int}}, "logicalLocations": [{"name": str}]}],
            "partialFingerprints": {"place/v1": str},
        }],
    }],
}  # fmt: skip


def wrong_in(value: Any, form: Any, at: str = "") -> list[str]:
    """Where a value has not the form."""
    if isinstance(form, dict):
        if not isinstance(value, dict):
            return [at]
        forms = {name.rstrip("!"): inner for name, inner in form.items()}
        lost = [f"{at}/{name[:-1]}" for name in form if name.endswith("!") and name[:-1] not in value]
        return lost + [bad for name, each in value.items() for bad in (wrong_in(each, forms[name], f"{at}/{name}") if name in forms else [f"{at}/{name}"])]  # fmt: skip
    if isinstance(form, list) and isinstance(form[0], str):
        return [] if value in form else [at]
    if isinstance(form, list):
        return [at] if not isinstance(value, list) else [bad for each in value for bad in wrong_in(each, form[0], at + "[]")]  # fmt: skip
    if isinstance(form, re.Pattern):
        return [] if form.fullmatch(value) else [at]
    return [] if isinstance(value, form) and value != "" and (form is not int or value >= 0) else [at]


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
