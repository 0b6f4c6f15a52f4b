"""Metrics in the manner of TheyDo: effort, satisfaction, promoters, ratios and anything else, by day and by dimension."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Any

from safarnama.core.words import Text
from safarnama.maps.derived import Figure
from safarnama.maps.evidence import Evidence, Kind
from safarnama.maps.reading.draft import Draft, words


def metric(draft: Draft, at: str, item: dict[str, Any], said: str) -> None:
    """The last day's value over all its dimensions, how many it rests on, and the course of the days before it."""
    title = str(item.get("title") or "")[:60]
    days: dict[str, list[_Counted]] = {}
    for point in listed(item.get("dataPoints")):
        counted = _counted(point, str(item.get("type") or "")) if isinstance(point, dict) else None
        if counted is None:
            draft.leave(_NO_VALUE, text=title)
        else:
            days.setdefault(str(point.get("dateOfMeasurement", "")), []).append(counted)
    if not days:
        draft.card(draft.of_kind("measures"), at, said)
        draft.leave(_NO_POINTS, text=title)
        return
    added = item.get("aggregationMethod") == "SUM"
    ordered = sorted(days.items())
    series = [_together(counted, added) for _, counted in ordered]
    last, n = ordered[-1][1], sum(int(each.n or 0) for each in ordered[-1][1])
    seconds = str(item.get("unit") or "").casefold() in ("s", "sec", "second", "seconds")
    form = "duration" if seconds and last[0].form == "number.1" else last[0].form
    target, way = item.get("target"), str(item.get("targetComparisonOperator") or "")
    figure = Figure(
        value=series[-1],
        form=form,
        label=words(title),
        series=list(series) if len(series) > 1 else [],
        # A share is written per hundred there.
        target=float(target) / (100 if form == "percent" else 1) if _number(target) else None,  # type: ignore[arg-type]
        good="down" if way.startswith("LESS") else "up" if way.startswith("MORE") else None,
    )
    proof = Evidence(kind=last[0].kind, n=n or None, unit=last[0].unit, end=day_of(ordered[-1][0]))
    draft.card(draft.of_kind("measures"), at, str(item.get("description") or ""), figure=figure, evidence=[proof])
    if any(isinstance(point, dict) and point.get("dimensions") for point in listed(item.get("dataPoints"))):
        draft.leave(_DIMENSIONS, text=title)


@dataclass(frozen=True)
class _Counted:
    """One value, of how many (``n``; None where that is not said) and how it is said."""

    value: float
    n: float | None = None
    form: str = "number.1"
    kind: Kind = "surveyed"
    unit: str = "answers"


def _counted(point: dict[str, Any], kind: str) -> _Counted | None:
    """What one point says, by the kind of its metric."""

    def of(*names: str) -> list[float] | None:
        values = [point.get(name) for name in names]
        return [float(value) for value in values] if all(map(_number, values)) else None  # type: ignore[arg-type]

    if (parts := of("detractors", "passives", "promoters")) and sum(parts) > 0:
        return _Counted((parts[2] - parts[0]) / sum(parts) * 100, sum(parts), "signed")
    answers = of("veryUnsatisfied", "unsatisfied", "neutral", "satisfied", "verySatisfied")
    if answers and sum(answers) > 0:
        return _Counted(sum(answers[3:]) / sum(answers), sum(answers), "percent")
    if (ratio := of("numerator", "denominator")) and ratio[1] > 0:
        return _Counted(ratio[0] / ratio[1], ratio[1], "percent", "measured", "times")
    for name in ("score", "value", "npsScore", "percentage"):
        if value := of(name):
            n = of("respondents")
            return _Counted(value[0], n[0] if n else None, kind="surveyed" if n or kind != "OTHER" else "measured", unit="answers" if n or kind != "OTHER" else "times")  # fmt: skip
    return None


def _together(counted: list[_Counted], added: bool) -> float:
    """The values of one day as one: each by how many it is of, or their sum."""
    if added:
        return sum(each.value for each in counted)
    weights = [1.0 if each.n is None else each.n for each in counted]
    return sum(each.value * weight for each, weight in zip(counted, weights, strict=True)) / (sum(weights) or 1)


def day_of(written: str) -> date | None:
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        return None


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _number(value: Any) -> bool:
    return (
        isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value) and abs(value) < 1e12
    )


_NO_VALUE = Text(
    en="{text}: a point has no value that is known here and was not read",
    fa="{text}: نقطه‌ای مقداری ندارد که اینجا شناخته باشد و خوانده نشد",
)
_NO_POINTS = Text(en="{text} has no numbers", fa="{text} عددی ندارد")
_DIMENSIONS = Text(
    en="{text}: numbers by dimension were put together, each by its respondents",
    fa="{text}: عددهای بُعدها یکی شد، هر کدام به وزن پاسخ‌دهندگانش",
)
