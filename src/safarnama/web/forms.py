"""A question as a form: a field for every parameter, by its kind, and what is wrong beside the field it is wrong in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import QueryParams

from safarnama.core.errors import Mistake, nearest, unknown
from safarnama.core.grammar import Step, quoted
from safarnama.core.parameters import AttributeKind, ChoiceKind, Kind, NumberKind, StepsKind, TouchpointKind, kind_of
from safarnama.core.words import Text
from safarnama.core.words.lexicon import attribute_title
from safarnama.core.words.lexicon import touchpoint as in_words
from safarnama.journeys.scope import Scope

_TITLES: dict[str, Text] = {
    "back": Text(en="Count answers where they belong", fa="شمردن پاسخ‌ها در جای خودشان"),
    "by": Text(en="For each", fa="به تفکیک"),
    "collapse": Text(en="Repeats count once", fa="تکرارهای پیاپی یکی شود"),
    "goal": Text(en="Goal", fa="هدف"),
    "histogram": Text(en="How long it took, in spans", fa="چقدر طول کشید، بازه به بازه"),
    "length": Text(en="How many steps", fa="چند گام"),
    "medians": Text(en="With median waits", fa="با میانه انتظارها"),
    "per": Text(en="Per", fa="بر حسب"),
    "shape": Text(en="In the shape of", fa="شکل سفرها"),
    "silence": Text(en="Left means silent for", fa="رفتن یعنی سکوت به مدت"),
    "stages": Text(en="Stages", fa="مرحله‌ها"),
    "steps": Text(en="Steps", fa="گام‌ها"),
    "top": Text(en="How many to show", fa="چند تا نشان داده شود"),
    "touchpoints": Text(en="Touchpoints", fa="نقاط تماس"),
    "where": Text(en="Only those with", fa="فقط آنان که"),
    "window": Text(en="Within", fa="در مدت"),
}
_HINTS: dict[str, Text] = {
    "touchpoint": Text(en="a touchpoint", fa="یک نقطه تماس"),
    "attribute": Text(en="an attribute of customers or events", fa="ویژگی مشتری یا رویداد"),
    "steps": Text(
        en="A|B is either, A? may be left out, !A must not happen between",
        fa="A|B یعنی هر کدام، A? اختیاری است، !A نباید میانشان رخ دهد",
    ),
    "duration": Text(en="such as 7d, 12h or 30min", fa="مانند 7d یا 12h یا 30min"),
    "filter": Text(
        en="such as channel = app and did purchase within 7d", fa="مانند channel = app and did purchase within 7d"
    ),
    "shape": Text(en="such as collapse; cut before purchase 7d", fa="مانند collapse; cut before purchase 7d"),
    "dates": Text(en="such as 2026-03-21..2026-06-21", fa="مانند 1405-01-01..1405-03-31"),
}
_PERIODS = ("touchpoint", "day", "week", "month")


@dataclass
class Field:
    """One parameter: what was given, what can be, what is wrong with it."""

    name: str
    title: Text
    kind: str
    value: str
    required: bool
    values: list[str] = field(default_factory=list)
    options: dict[str, Text] = field(default_factory=dict)
    hint: Text | None = None
    low: float | None = None
    high: float | None = None
    mistake: Mistake | None = None
    near: str | None = None


@dataclass
class Form:
    """All fields of a question, and the question they make when nothing is wrong."""

    fields: list[Field]
    question: Any = None
    mistake: Mistake | None = None


def form_of(kind: Any, given: QueryParams, scope: Scope, asked: bool) -> Form:
    """The form of a question class with what an address holds of it; ``asked`` says that an answer is wanted."""
    # A question's own parameters first, then those that every question has.
    names = sorted(kind.model_fields, key=lambda name: name in ("shape", "where", "by"))
    form = Form([_field(name, kind.model_fields[name], given, scope) for name in names])
    if not asked:
        return form
    parameters = {each.name: each.value for each in form.fields if each.value}
    for each in form.fields:
        _check(each, kind_of(kind.model_fields[each.name]), scope)
    if any(each.mistake for each in form.fields):
        return form
    try:
        form.question = kind.of(parameters)
    except Mistake as mistake:
        form.mistake = mistake
    return form


def _field(name: str, info: Any, given: QueryParams, scope: Scope) -> Field:
    kind = kind_of(info)
    default = "" if info.is_required() or info.default is None else _form(kind, info.default)
    values = [value for value in given.getlist(name) if value.strip()]
    if isinstance(kind, StepsKind):
        value = ",".join(_as_step(value, scope) for value in values)
    else:
        value = values[-1].strip() if values else ("" if name in given else default)
    made = Field(
        name=name,
        title=_TITLES.get(name, Text(en=name.replace("_", " "), fa=name.replace("_", " "))),
        kind=kind.widget,
        value=value,
        required=info.is_required(),
        hint=_HINTS.get(kind.widget),
    )
    if isinstance(kind, StepsKind):
        made.values = _apart(kind, value) or values
    if isinstance(kind, TouchpointKind | StepsKind):
        made.options = {each: in_words(each).title for each in scope.touchpoints}
    elif isinstance(kind, AttributeKind):
        first = _PERIODS if name == "per" else ()
        made.options = {each: attribute_title(each) for each in (*first, *_attributes(scope, name))}
    elif isinstance(kind, ChoiceKind):
        made.options = kind.options
    elif isinstance(kind, NumberKind):
        made.low, made.high = (bound if abs(bound) != float("inf") else None for bound in (kind.low, kind.high))
    return made


def _form(kind: Kind, value: Any) -> str:
    return value if isinstance(value, str) else kind.form(value)


def _attributes(scope: Scope, name: str) -> list[str]:
    return list(scope.words) if name == "per" else [*scope.words, *scope.attributes]


def _as_step(written: str, scope: Scope) -> str:
    """A touchpoint's own name as a step, however it is spelled; anything else is a phrase of the grammar."""
    return quoted(written.strip()) if written.strip() in scope.touchpoints else written.strip()


def _apart(kind: StepsKind, value: str) -> list[str]:
    if not value:
        return []
    try:
        return [_plain(step) for step in kind.parse(value)]
    except Mistake:
        return []


def _plain(step: Step) -> str:
    simple = len(step.names) == 1 and not step.optional and not step.excluded
    return step.names[0] if simple else str(step)


def _check(each: Field, kind: Kind, scope: Scope) -> None:
    """Note what is wrong with a field, and the nearest right value."""
    if not each.value:
        if each.required:
            each.mistake = Mistake(Text(en="This is needed.", fa="این لازم است."))
        return
    try:
        value = kind.parse(each.value)
    except Mistake as mistake:
        each.mistake = mistake
        return
    if isinstance(kind, TouchpointKind):
        names = [value]
    elif isinstance(kind, StepsKind):
        names = [name for step in value for name in step.names]
    elif isinstance(kind, AttributeKind):
        if value not in each.options and value != "touchpoint":
            each.mistake = unknown(Text(en="Attribute", fa="ویژگی"), value, list(each.options))
            each.near = nearest(value, list(each.options))
        return
    else:
        return
    for name in names:
        if name not in scope.touchpoints:
            each.mistake = unknown(Text(en="Touchpoint", fa="نقطه تماس"), name, list(scope.touchpoints))
            near = nearest(name, list(scope.touchpoints))
            if near:
                corrected = [near if given == name else given for given in names]
                # Only a plain list can be put right by a button; a phrase is left to the reader.
                each.near = ",".join(map(quoted, corrected)) if each.value == ",".join(map(quoted, names)) else None
            return
