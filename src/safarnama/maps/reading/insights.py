"""JSON in the manner of TheyDo: insights, metrics, opportunities, solutions, answers. Such a file names no stages."""

from __future__ import annotations

from typing import Any

from safarnama.core.words import Text
from safarnama.maps.evidence import Evidence
from safarnama.maps.improvements import Opportunity
from safarnama.maps.reading.draft import Draft, words
from safarnama.maps.reading.metrics import day_of, listed, metric
from safarnama.maps.reading.reading import Reading, unreadable

_LISTS = ("insights", "metrics", "opportunities", "solutions", "responses")
_TITLE = Text(en="To be placed", fa="در انتظار جا")
_KEPT = {
    "importKey", "title", "description", "type", "dataPoints", "target", "targetComparisonOperator", "aggregationMethod",
    "unit", "responseFields", "responseId", "responseDateTime",
}  # fmt: skip


def fits(values: Any) -> bool:
    """Whether a document is such a file."""
    return (
        isinstance(values, dict)
        and any(isinstance(values.get(name), list) for name in _LISTS)
        and "stages" not in values
    )


def read(values: dict[str, Any], name: str) -> Reading:
    """One stage that holds all cards, to be moved to where they belong."""
    draft = Draft(name, "insights")
    draft.title = name.partition(".")[0]
    draft.stage(_TITLE.en)
    draft.named[draft.here] = {"en": _TITLE.en, "fa": _TITLE.fa}
    at = draft.here
    dropped: set[str] = set()
    tagged = _tagged(values)
    opportunities = []
    for kind in _LISTS:
        for number, item in enumerate(listed(values.get(kind)), 1):
            if not isinstance(item, dict):
                raise unreadable(name, _NO_OBJECT, kind=kind, n=number)
            dropped |= {key for key, value in item.items() if key not in _KEPT and value not in (None, [], "")}
            said = _said(item)
            if kind == "insights":
                _insight(draft, at, said, str(item.get("type") or ""))
            elif kind == "metrics":
                metric(draft, at, item, said)
            elif kind == "responses":
                for answer in _texts(item, tagged):
                    draft.card(draft.of_kind("quotes"), at, answer, evidence=[_said_when(values, item)])
                if any(
                    str(each.get("fieldId")) in tagged
                    for each in listed(item.get("responseFields"))
                    if isinstance(each, dict)
                ):
                    dropped.add("responseFields (tags)")
            else:
                opportunities.append(
                    Opportunity(
                        id=draft.id(str(item.get("importKey") or kind), "opportunity"), text=words(said or "–"), at=at
                    )
                )
    if opportunities:
        draft.more["opportunities"] = opportunities
    if dropped:
        draft.leave(_DROPPED, names=sorted(dropped))
    draft.leave(_UNPLACED)
    return draft.reading()


def _said(item: dict[str, Any]) -> str:
    title, more = str(item.get("title") or "").strip(), str(item.get("description") or "").strip()
    return f"{title}: {more}" if title and more else title or more


def _insight(draft: Draft, at: str, said: str, kind: str) -> None:
    plain = kind.casefold()
    if any(word in plain for word in ("pain", "problem", "frustrat", "negative")):
        draft.card(draft.of_kind("pains"), at, said)
    elif any(word in plain for word in ("gain", "positive", "delight", "strength")):
        draft.card(draft.of_kind("strengths"), at, said)
    elif any(word in plain for word in ("need", "goal")):
        draft.card(draft.of_kind("needs"), at, said)
    elif "quote" in plain:
        draft.card(draft.of_kind("quotes"), at, said)
    else:
        draft.card(draft.of_kind("notes"), at, said)


def _texts(item: dict[str, Any], tagged: set[str]) -> list[str]:
    """What somebody wrote, without the tags that were put on it."""
    fields = [each for each in listed(item.get("responseFields")) if isinstance(each, dict)]
    return [
        str(each["textValue"]) for each in fields if each.get("textValue") and str(each.get("fieldId")) not in tagged
    ]


def _tagged(values: dict[str, Any]) -> set[str]:
    """The fields of answers that hold a tag, a persona or nothing to read."""
    told = [values.get(f"{kind}Metadata") for kind in ("survey", "feedback")]
    fields = [
        each
        for about in told
        if isinstance(about, dict)
        for kind in ("survey", "feedback")
        for each in listed(about.get(f"{kind}Fields"))
    ]
    return {
        str(each.get("fieldId"))
        for each in fields
        if isinstance(each, dict) and each.get("fieldType") not in (None, "TEXT")
    }


def _said_when(values: dict[str, Any], item: dict[str, Any]) -> Evidence:
    """Where an answer comes from."""
    survey, feedback = values.get("surveyMetadata"), values.get("feedbackMetadata")
    about = survey if isinstance(survey, dict) else feedback if isinstance(feedback, dict) else {}
    name = str(about.get("surveyName") or about.get("feedbackName") or "")
    day = day_of(str(item.get("responseDateTime") or ""))
    return Evidence(
        kind="surveyed" if survey else "observed", unit="answers", source=words(name) if name else "", end=day
    )


_NO_OBJECT = Text(en="{kind} {n:count} is no object", fa="{kind} شماره {n:count} شیء نیست")
_DROPPED = Text(en="fields that were not kept: {names:list}", fa="فیلدهایی که نگه داشته نشد: {names:list}")
_UNPLACED = Text(
    en="the file names no stages: everything stands in one, to be moved to where it belongs",
    fa="فایل مرحله‌ای نام نمی‌برد؛ همه چیز در یک مرحله آمده تا به جای خود برده شود",
)
