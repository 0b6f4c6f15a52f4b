"""A finding's table for people: columns with names, cells in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from safarnama.core.finding import Finding, Sentence
from safarnama.core.words import Text, speech
from safarnama.core.words.digits import persian
from safarnama.core.words.lexicon import attribute_title, touchpoint, value_title
from safarnama.drawing.charts.naming import label
from safarnama.drawing.pen import Pen
from safarnama.maps.model import Map
from safarnama.maps.words import say
from safarnama.web.rendering import placed

_TITLES: dict[str, Text] = {
    "assists": Text(en="Assists", fa="یاری می‌کند"),
    "about": Text(en="About", fa="درباره"),
    "also": Text(en="Also seen at", fa="همچنین در"),
    "answers": Text(en="Answers", fa="پاسخ‌ها"),
    "channel": Text(en="Channel", fa="کانال"),
    "branch": Text(en="Way", fa="راه"),
    "back": Text(en="Back after a silence", fa="بازگشته پس از سکوت"),
    "broken": Text(en="Broken", fa="گسست"),
    "closes": Text(en="Closes", fa="به پایان می‌برد"),
    "check": Text(en="Check", fa="بررسی"),
    "cohort": Text(en="Began in", fa="آغاز در"),
    "converted": Text(en="Reached the goal", fa="به هدف رسیدند"),
    "count": Text(en="Count", fa="شمار"),
    "customers": Text(en="Customers", fa="مشتریان"),
    "depth": Text(en="Step", fa="گام"),
    "ended": Text(en="Did nothing more", fa="دیگر کاری نکردند"),
    "from_state": Text(en="From (state)", fa="از (وضعیت)"),
    "detractors": Text(en="Detractors", fa="ناراضیان"),
    "dormant": Text(en="Fell silent", fa="خاموش شده"),
    "dimension": Text(en="Where", fa="کجا"),
    "end": Text(en="To", fa="تا"),
    "events": Text(en="Events", fa="رویدادها"),
    "events_per_customer": Text(en="Events per customer", fa="رویداد هر مشتری"),
    "excess": Text(en="More than usual", fa="بیش از معمول"),
    "feeling": Text(en="Feeling (−2 to +2)", fa="احساس (از −۲ تا +۲)"),
    "from": Text(en="From", fa="از"),
    "hits": Text(en="Times it happened", fa="بار رخ داد"),
    "instrument": Text(en="Instrument", fa="ابزار سنجش"),
    "kind": Text(en="What", fa="چه"),
    "left": Text(en="Left", fa="رفتند"),
    "level": Text(en="Level", fa="سطح"),
    "number": Text(en="Number", fa="عدد"),
    "base": Text(en="Against", fa="در برابر"),
    "row": Text(en="Row", fa="سطر"),
    "first": Text(en="There", fa="آنجا"),
    "second": Text(en="Here", fa="اینجا"),
    "difference": Text(en="Difference", fa="تفاوت"),
    "chance": Text(en="Chance of so much", fa="احتمال تصادف"),
    "corrected": Text(en="Corrected", fa="تصحیح‌شده"),
    "clear": Text(en="Clear", fa="روشن"),
    "goal_share": Text(en="Of these to the goal", fa="از اینان به هدف"),
    "lift": Text(en="Lift", fa="نسبت به همه"),
    "exactly": Text(en="Exactly so", fa="دقیقا چنین"),
    "near": Text(en="Near it", fa="نزدیک به آن"),
    "distance": Text(en="Mean distance", fa="میانگین فاصله"),
    "reached": Text(en="Got to the end", fa="به پایان رسیده"),
    "expected": Text(en="Expected", fa="مورد انتظار"),
    "change": Text(en="Another level", fa="سطح دیگر"),
    "stands_out": Text(en="Stands out", fa="نامعمول"),
    "mean": Text(en="Mean", fa="میانگین"),
    "mean_times": Text(en="Mean times each", fa="میانگین دفعات هر مشتری"),
    "mean_seconds": Text(en="Mean wait", fa="میانگین انتظار"),
    "median_seconds": Text(en="Median wait", fa="میانه انتظار"),
    "median_times": Text(en="Median times each", fa="میانه دفعات هر مشتری"),
    "n": Text(en="Of", fa="از"),
    "name": Text(en="Name", fa="نام"),
    "new": Text(en="New", fa="تازه"),
    "next": Text(en="Next", fa="بعدی"),
    "nps": Text(en="NPS", fa="NPS"),
    "of": Text(en="Of", fa="از"),
    "opens": Text(en="Opens", fa="آغاز می‌کند"),
    "p10_seconds": Text(en="10% within", fa="۱۰٪ تا"),
    "p25_seconds": Text(en="25% within", fa="۲۵٪ تا"),
    "p75_seconds": Text(en="75% within", fa="۷۵٪ تا"),
    "p90_seconds": Text(en="90% within", fa="۹۰٪ تا"),
    "passives": Text(en="Passives", fa="بی‌طرف‌ها"),
    "path": Text(en="Path", fa="مسیر"),
    "paths": Text(en="Paths", fa="مسیرها"),
    "period": Text(en="Period", fa="دوره"),
    "promoters": Text(en="Promoters", fa="معرفان"),
    "repeated": Text(en="Done again", fa="کار تکراری"),
    "returned": Text(en="Straight back", fa="بازگشت فوری"),
    "role": Text(en="Part", fa="نقش"),
    "returning": Text(en="Also there before", fa="ماندگار از دوره پیش"),
    "scale_high": Text(en="Scale to", fa="مقیاس تا"),
    "scale_low": Text(en="Scale from", fa="مقیاس از"),
    "segment": Text(en="Segment", fa="گروه مشتری"),
    "sessions": Text(en="Sessions", fa="نشست‌ها"),
    "share": Text(en="Share", fa="سهم"),
    "share_broken": Text(en="Share broken", fa="سهم گسست"),
    "share_of_all": Text(en="Of everybody", fa="از همه"),
    "share_of_events": Text(en="Share of events", fa="سهم از رویدادها"),
    "share_of_time": Text(en="Share of time", fa="سهم از زمان"),
    "share_of_previous": Text(en="Of the step before", fa="از گام پیش"),
    "sign": Text(en="Standard deviations", fa="انحراف معیار"),
    "signs": Text(en="Signs", fa="نشانه‌ها"),
    "since": Text(en="Periods since", fa="چندمین دوره"),
    "size": Text(en="Size", fa="اندازه"),
    "stage": Text(en="Stage", fa="مرحله"),
    "start": Text(en="From", fa="از"),
    "state": Text(en="State", fa="وضعیت"),
    "step": Text(en="Step", fa="گام"),
    "steps": Text(en="Steps", fa="گام‌ها"),
    "stopped": Text(en="Stopped here", fa="همین‌جا ماندند"),
    "times": Text(en="Times", fa="دفعات"),
    "to": Text(en="To", fa="به"),
    "total_seconds": Text(en="Time in all", fa="زمان روی‌هم"),
    "touchpoint": Text(en="Touchpoint", fa="نقطه تماس"),
    "touchpoints": Text(en="Touchpoints", fa="نقاط تماس"),
    "unknown": Text(en="Not known yet", fa="هنوز نامعلوم"),
    "usual": Text(en="Usually", fa="معمول"),
    "value": Text(en="Value", fa="مقدار"),
    "via": Text(en="By way of", fa="از راه"),
    "visits": Text(en="Visits", fa="دیدارها"),
    "went_on": Text(en="Went on", fa="ادامه دادند"),
    "deviation": Text(en="what became of it", fa="چه شد"),
    "only": Text(en="for whom this is all", fa="فقط همین"),
}
_INTERVAL = Text(en="95% interval", fa="بازه ۹۵٪")
_BETWEEN = Text(en="{low} to {high}", fa="{low} تا {high}")
# A column and the two that hold its interval.
_INTERVALS = {
    "share": ("low", "high"),
    "difference": ("difference_low", "difference_high"),
    "lift": ("lift_low", "lift_high"),
    "mean": ("low", "high"),
    "share_of_previous": ("previous_low", "previous_high"),
    "share_broken": ("broken_low", "broken_high"),
    "feeling": ("feeling_low", "feeling_high"),
    "nps": ("nps_low", "nps_high"),
}
_SHARES = {
    "share",
    "near",
    "goal_share",
    "usual",
    "share_broken",
    "share_of_all",
    "share_of_events",
    "share_of_previous",
    "share_of_time",
}
_NAMES = {
    "size",
    "cohort",
    "period",
    "via",
    "touchpoint",
    "name",
    "from",
    "to",
    "next",
    "path",
    "channel",
    "segment",
    "stage",
}
_PEOPLE = {"customers", "exactly", "only", "reached", "converted", "stopped", "new", "returning", "back", "dormant"}
_COMPARED = {"first", "second", "difference"}
_QUIET = {"sign"}
_LEVELS = {
    "mend": Text(en="mend", fa="اصلاح شود"),
    "look": Text(en="look", fa="نگاه کنید"),
    "fine": Text(en="fine", fa="خوب"),
}
_STATES = {
    "at": Text(en="there", fa="آنجا"),
    "all": Text(en="all together", fa="همه با هم"),
    "other": Text(en="elsewhere", fa="جای دیگر"),
    "ended": Text(en="has ended", fa="پایان یافته"),
    "not_begun": Text(en="not begun yet", fa="هنوز آغاز نشده"),
}
_SIDES = {"high": Text(en="high", fa="زیاد"), "low": Text(en="low", fa="کم")}
_YES, _NO = Text(en="yes", fa="بله"), Text(en="no", fa="خیر")
_DEVIATIONS = {
    "done": Text(en="done", fa="انجام‌شده"),
    "failed": Text(en="failed", fa="ناموفق"),
    "out_of_order": Text(en="out of order", fa="نابه‌جا"),
    "missing": Text(en="missing", fa="انجام‌نشده"),
    "repeated": Text(en="repeated", fa="تکراری"),
    "ad_hoc": Text(en="outside of the plan", fa="بیرون از برنامه"),
}
_KINDS = {
    "fails": Text(en="fails", fa="نمی‌رسد"),
    "slow": Text(en="slow", fa="کند"),
    "repeats": Text(en="repeats", fa="تکرار"),
    "ping_pong": Text(en="ping-pong", fa="رفت‌وبرگشت"),
    "in": Text(en="in", fa="در"),
    "between": Text(en="between", fa="میان"),
    "rework": Text(en="detour", fa="دور زدن"),
    "leaves": Text(en="leaves", fa="رفتن"),
    "low": Text(en="low answers", fa="پاسخ بد"),
    "instead": Text(en="instead", fa="به جایش"),
}
SMALL = 5


@dataclass(frozen=True)
class Cell:
    """What a cell says; a number stands at the side of numbers."""

    text: str
    number: bool


@dataclass(frozen=True)
class Table:
    """Names of columns (and whether they hold numbers), and rows of cells."""

    columns: list[tuple[str, bool]]
    rows: list[list[Cell]]
    rest: int


def table(finding: Finding, language: str, most: int = 40) -> Table:
    """The first rows of a finding in words."""
    pen = Pen(language)
    names = finding.table.column_names
    ends = {end for column, pair in _INTERVALS.items() if column in names for end in pair}
    shown = [name for name in names if name not in ends and name not in _QUIET]
    columns: list[tuple[str, bool]] = []
    for name in shown:
        numeric = not pa.types.is_string(finding.table.schema.field(name).type)
        columns.append((title(name, language), numeric))
        if name in _INTERVALS and _INTERVALS[name][0] in names:
            columns.append((placed(_INTERVAL.say(language), language), True))
    rows = []
    for row in finding.table.slice(0, most).to_pylist():
        cells = []
        for name in shown:
            value = row[name]
            # In a comparison the number that is compared says how the two and their difference are said.
            kind = row["number"] if name in _COMPARED and row.get("number") else name
            number = not pa.types.is_string(finding.table.schema.field(name).type)
            cells.append(Cell(_said(pen, finding, kind, value), number))
            if name in _INTERVALS and _INTERVALS[name][0] in names:
                low, high = (row[end] for end in _INTERVALS[name])
                said = "–"
                if low is not None and high is not None:
                    both = [_said(pen, finding, kind, end) for end in (low, high)]
                    said = _BETWEEN.say(language, low=both[0], high=both[1])
                cells.append(Cell(said, True))
        rows.append(cells)
    return Table(columns, rows, max(0, finding.table.num_rows - most))


def title(column: str, language: str) -> str:
    """A column's name in words."""
    known = _TITLES.get(column)
    return known.say(language) if known else column.replace("_", " ")


def _said(pen: Pen, finding: Finding, name: str, value: Any) -> str:
    language = pen.language
    if value is None:
        return "–"
    if name == "level" and isinstance(value, str):
        return _LEVELS[value].say(language)
    if name == "state":
        return _STATES[value].say(language)
    if name == "deviation":
        return _DEVIATIONS[value].say(language)
    if name == "number":
        return title(value, language)
    if name == "stands_out":
        return _SIDES[value].say(language)
    if isinstance(value, bool):
        return (_YES if value else _NO).say(language)
    if name == "kind":
        return _KINDS[value].say(language)
    if name == "dimension":
        return attribute_title(value).say(language)
    if name == "value" and isinstance(value, str):
        return value_title(value).say(language)
    if name == "value":
        currency = finding.parameters.get("currency")
        return placed(speech.say(value, f"money.{currency}" if currency else "count", language), language)
    if name in _NAMES:
        return placed(label(pen, name, value, str(finding.parameters.get("per", "touchpoint"))), language)
    if name in ("also", "touchpoints"):
        parts = str(value).replace("|", ", ").split(", ")
        return ", ".join(touchpoint(part).title.say(language) for part in parts if part)
    if name in ("start", "end"):
        return speech.say(str(value), "date", language)
    if name.endswith("_seconds"):
        return speech.duration(value, language)
    if name in _PEOPLE and 0 < value < SMALL:
        return placed("کمتر از ۵" if language == "fa" else "<5", language)
    if name in _SHARES:
        return placed(speech.say(value, "percent.1", language), language)
    if isinstance(value, float):
        return placed(speech.say(value, "number.2", language), language)
    if isinstance(value, int):
        return speech.say(value, "count", language)
    return persian(value) if language == "fa" and str(value).isdigit() else str(value)


def with_names(finding: Finding, document: Map | None, language: str) -> Finding:
    """A finding about the steps of a map, with the steps' names where it has their ids."""
    if document is None:
        return finding
    titles = {step.id: say(step.name, language) for step in document.steps}
    columns = []
    for field in finding.table.schema:
        column = finding.table[field.name]
        if field.name in _NAMES and pa.types.is_string(field.type):
            said = [_renamed(value, titles) for value in column.to_pylist()]
            column = pa.array(said, pa.string())
        columns.append(column)
    named = pa.table(columns, schema=finding.table.schema)
    return replace(finding, table=named, headline=_named_headline(finding.headline, document))


def _renamed(value: str | None, titles: dict[str, str]) -> str | None:
    if value is None:
        return None
    return " > ".join(titles.get(part, part) for part in value.split(" > "))


def _named_headline(headline: Sentence, document: Map) -> Sentence:
    # The headline holds titles already, made of the ids as if they were names.
    names = {touchpoint(step.id).title.en: step.name for step in document.steps}
    arguments: dict[str, Any] = {}
    for key, value in headline.arguments.items():
        known = names.get(str(value.get("en"))) if isinstance(value, dict) else None
        arguments[key] = {"en": say(known, "en"), "fa": say(known, "fa")} if known else value
    return Sentence(headline.key, arguments)
