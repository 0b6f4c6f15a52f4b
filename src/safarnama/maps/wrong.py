"""What is wrong in a document, in both languages: pydantic's own findings and the map's rules alike."""

from __future__ import annotations

from typing import Any

from pydantic_core import ErrorDetails, PydanticCustomError

from safarnama.core.words import LANGUAGES, Text

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
