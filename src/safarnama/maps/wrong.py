"""What is wrong in a document, in both languages: pydantic's own findings and the map's rules alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from safarnama.core.errors import Mistake, nearest
from safarnama.core.words import LANGUAGES, Text
from safarnama.maps.loading import line_of

_KINDS: dict[str, Text] = {
    "missing": Text(en="this is missing", fa="این نیست و باید باشد"),
    "extra_forbidden": Text(en="a map knows no field of this name", fa="نقشه فیلدی به این نام ندارد"),
    "literal_error": Text(en="it must be one of {expected}; seen {seen}", fa="باید یکی از این‌ها باشد: {expected}؛ دیده شد: {seen}"),
    "too_short": Text(en="it must hold at least {min_length}", fa="دست‌کم {min_length} تا لازم است"),
    "greater_than_equal": Text(en="it must be {ge} or more; seen {seen}", fa="باید {ge} یا بیشتر باشد؛ دیده شد: {seen}"),
    "less_than_equal": Text(en="it must be {le} or less; seen {seen}", fa="باید {le} یا کمتر باشد؛ دیده شد: {seen}"),
}  # fmt: skip
_FORMS: dict[str, Text] = {
    "string": Text(en="it must be text; seen {seen}", fa="باید متن باشد؛ دیده شد: {seen}"),
    "list": Text(en="it must be a list; seen {seen}", fa="باید فهرست باشد؛ دیده شد: {seen}"),
    "dict": Text(en="it must be a group of fields; seen {seen}", fa="باید چند فیلد باشد؛ دیده شد: {seen}"),
    "model": Text(en="it must be a group of fields; seen {seen}", fa="باید چند فیلد باشد؛ دیده شد: {seen}"),
    "float": Text(en="it must be a number; seen {seen}", fa="باید عدد باشد؛ دیده شد: {seen}"),
    "int": Text(en="it must be a whole number; seen {seen}", fa="باید عدد صحیح باشد؛ دیده شد: {seen}"),
    "bool": Text(en="it must be true or false; seen {seen}", fa="باید true یا false باشد؛ دیده شد: {seen}"),
    "date": Text(en="it must be a date like 2026-09-25; seen {seen}", fa="باید تاریخی مانند 2026-09-25 باشد؛ دیده شد: {seen}"),
}  # fmt: skip


def wrong(text: Text, **arguments: object) -> PydanticCustomError:
    """A rule of the map that a document breaks; raise it in a validator."""
    said: dict[str, Any] = {language: text.say(language, **arguments) for language in LANGUAGES}
    return PydanticCustomError("map_rule", "{en}", said)


def problem(error: ErrorDetails) -> Text:
    """The finding as a sentence in both languages."""
    context: dict[str, Any] = error.get("ctx", {})
    if error["type"] == "map_rule":
        return Text(en=context["en"], fa=context["fa"])
    kind = _KINDS.get(error["type"]) or _FORMS.get(error["type"].split("_")[0])
    if kind is None:
        said = error["msg"].removeprefix("Value error, ")
        return Text(en=said, fa=said)
    seen = repr(error["input"])
    values = {**context, "seen": seen if len(seen) <= 60 else seen[:59] + "…"}
    return Text(*(kind.say(language, **values) for language in ("en", "fa")))


def no_map(error: ValidationError, data: bytes, name: str, schema: dict[str, Any]) -> Mistake:
    """What a text lacks to be a map: the first thing, with its line, and how many more there are. ``schema``: of a map."""
    first, *others = sorted(error.errors(), key=lambda each: each["type"] != "extra_forbidden")
    place = first["loc"]
    line = line_of(data, place)
    where = (
        Text(en="line {line:count}, {place}", fa="سطر {line:count}، {place}")
        if line
        else Text(en="{place}", fa="{place}")
    )
    said = problem(first)
    if first["type"] == "extra_forbidden":
        known = _fields(schema, place[:-1])
        near = nearest(str(place[-1]), known)
        hint = _NEAREST if near else _KNOWN if known else _NOTHING
        names = near or ", ".join(known)
        said = Text(*(f"{said.say(each)}{hint.say(each, names=names)}" for each in ("en", "fa")))
    words = {"line": line, "place": " → ".join(str(part) for part in place) or "map"}
    return Mistake(
        Text(
            en="{name} is not a map yet: {where}: {problem}. {more}Compare with a map that safarnama discover writes.",
            fa="{name} هنوز نقشه نیست: {where}: {problem}. {more}آن را با نقشه‌ای که safarnama discover می‌نویسد مقایسه کنید.",
        ),
        name=name,
        where=Text(*(where.say(each, **words) for each in ("en", "fa"))),
        problem=said,
        more=Text(*(_MORE.say(each, n=len(others)) for each in ("en", "fa"))) if others else "",
    )


_NEAREST = Text(en=". Nearest: {names}", fa=". نزدیک‌ترین: {names}")
_KNOWN = Text(en=". It knows here: {names}", fa=". اینجا این‌ها را می‌شناسد: {names}")
_NOTHING = Text(en="", fa="")
_MORE = Text(en="And {n:count} more. ", fa="و {n:count} مورد دیگر. ")


def _fields(schema: dict[str, Any], place: Sequence[str | int]) -> list[str]:
    """The fields that may stand at a place of a map; none where that cannot be said."""
    forms = [schema]
    for part in (None, *place):
        if part is not None:
            forms = [
                each["items"] if isinstance(part, int) else each["properties"][part]
                for each in forms
                if ("items" in each if isinstance(part, int) else part in each.get("properties", {}))
            ]
        for each in forms:  # grows while it is walked
            forms += each.get("anyOf", []) + each.get("oneOf", [])
            if "$ref" in each:
                forms.append(schema["$defs"][each["$ref"].rsplit("/", 1)[-1]])
    return [name for each in forms for name in each.get("properties", {})]
