"""JSON in the manner of TheyDo: insights, metrics, opportunities, solutions, answers. Such a file names no stages."""

from __future__ import annotations

from typing import Any

from safarnama.core.words import Text
from safarnama.maps.derived import Figure
from safarnama.maps.improvements import Opportunity
from safarnama.maps.reading.draft import Draft, words
from safarnama.maps.reading.reading import Reading, unreadable

_LISTS = ("insights", "metrics", "opportunities", "solutions", "responses")
_TITLE = Text(en="To be placed", fa="در انتظار جا")
_KEPT = {"importKey", "title", "description", "type", "dataPoints", "target", "unit", "responseFields", "responseId"}


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
    opportunities = []
    for kind in _LISTS:
        for number, item in enumerate(values.get(kind) or (), 1):
            if not isinstance(item, dict):
                raise unreadable(name, _NO_OBJECT, kind=kind, n=number)
            dropped |= {key for key, value in item.items() if key not in _KEPT and value not in (None, [], "")}
            said = _said(item)
            if kind == "insights":
                _insight(draft, at, said, str(item.get("type") or ""))
            elif kind == "metrics":
                _metric(draft, at, item, said)
            elif kind == "responses":
                for answer in _texts(item):
                    draft.card(draft.of_kind("quotes"), at, answer)
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


def _metric(draft: Draft, at: str, item: dict[str, Any], said: str) -> None:
    """The last day's mean, each value by its respondents, and the course of the days before it."""
    days: dict[str, list[tuple[float, float]]] = {}
    for point in item.get("dataPoints") or ():
        value = (
            next(
                (point.get(key) for key in ("score", "value", "npsScore", "percentage") if _number(point.get(key))),
                None,
            )
            if isinstance(point, dict)
            else None
        )
        if value is not None:
            weight = point.get("respondents")
            days.setdefault(str(point.get("dateOfMeasurement", "")), []).append(
                (float(value), float(weight) if _number(weight) else 1.0)
            )
    if not days:
        draft.card(draft.of_kind("measures"), at, said)
        draft.leave(_NO_POINTS, text=str(item.get("title") or "")[:60])
        return
    series = [sum(v * w for v, w in points) / (sum(w for _, w in points) or 1) for _, points in sorted(days.items())]
    target = item.get("target")
    figure = Figure(
        value=series[-1],
        form="number.1",
        label=words(str(item.get("title") or "")),
        series=series if len(series) > 1 else [],
        target=float(target) if _number(target) else None,  # type: ignore[arg-type]
    )
    draft.card(draft.of_kind("measures"), at, str(item.get("description") or ""), figure=figure)
    if any(isinstance(point, dict) and point.get("dimensions") for point in item.get("dataPoints") or ()):
        draft.leave(_DIMENSIONS, text=str(item.get("title") or "")[:60])


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e12


def _texts(item: dict[str, Any]) -> list[str]:
    fields = item.get("responseFields") or ()
    return [str(each["textValue"]) for each in fields if isinstance(each, dict) and each.get("textValue")]


_NO_OBJECT = Text(en="{kind} {n:count} is no object", fa="{kind} شماره {n:count} شیء نیست")
_DROPPED = Text(en="fields that were not kept: {names:list}", fa="فیلدهایی که نگه داشته نشد: {names:list}")
_UNPLACED = Text(
    en="the file names no stages: everything stands in one, to be moved to where it belongs",
    fa="فایل مرحله‌ای نام نمی‌برد؛ همه چیز در یک مرحله آمده تا به جای خود برده شود",
)
_NO_POINTS = Text(en="{text} has no numbers", fa="{text} عددی ندارد")
_DIMENSIONS = Text(
    en="{text}: numbers by dimension were put together, each by its respondents",
    fa="{text}: عددهای بُعدها یکی شد، هر کدام به وزن پاسخ‌دهندگانش",
)
