"""Journey maps of web services in YAML (as GOV.UK services write them): pages by name, in the order in which they come."""

from __future__ import annotations

from typing import Any

from safarnama.core.words import Text
from safarnama.maps.reading.draft import Draft, words
from safarnama.maps.reading.reading import Reading
from safarnama.maps.stages import Link

_KNOWN = {"path", "route", "module", "next", "options"}


def fits(values: Any) -> bool:
    """Whether a document is such a map: pages by name, each with a path, a route or a module."""
    return (
        isinstance(values, dict)
        and bool(values)
        and all(isinstance(page, dict) and _KNOWN & set(page) for page in values.values())
    )


def read(values: dict[str, Any], name: str) -> Reading:
    """A stage of as many steps as there are pages; a condition on the next page is a branch."""
    draft = Draft(name, "routes")
    draft.stage(draft.title or name.partition(".")[0])
    steps = {str(page): draft.step(_said(str(page), told)) for page, told in values.items()}
    for page, told in values.items():
        at = steps[str(page)]
        if told.get("path"):
            draft.card(draft.of_kind("touchpoints"), at, str(told["path"]), channel="website")
        if told.get("module"):
            draft.leave(_MODULE, page=str(page), module=str(told["module"]))
        if told.get("route") is not None:
            draft.card(draft.of_kind("systems"), at, str(told["route"]))
        _next(draft, steps, str(page), told.get("next"))
        more = sorted(map(str, set(told) - _KNOWN))
        if more:
            draft.leave(_FIELDS, page=str(page), names=more)
    return draft.reading()


def _said(page: str, told: dict[str, Any]) -> str:
    options = told.get("options")
    return str(options["title"]) if isinstance(options, dict) and options.get("title") else page


def _next(draft: Draft, steps: dict[str, str], page: str, told: Any) -> None:
    if isinstance(told, dict):
        ways = told.get("when")
        for answer, target in ways.items() if isinstance(ways, dict) else ():
            # In YAML an unquoted yes is true.
            said = {True: "yes", False: "no"}.get(answer, answer) if isinstance(answer, bool) else answer
            _link(draft, steps, page, target, "branch", f"{told.get('query', '')} = {said}".removeprefix(" = "))
        if told.get("default"):
            _link(draft, steps, page, told["default"], "next", "")
    elif told:
        _link(draft, steps, page, told, "next", "")


def _link(draft: Draft, steps: dict[str, str], page: str, target: Any, kind: Any, when: str) -> None:
    if str(target) in steps:
        made = {"from": steps[page], "to": steps[str(target)], "kind": kind, "condition": words(when) if when else None}
        draft.links.append(Link.model_validate(made))
    else:
        draft.leave(_TARGET, page=page, target=str(target))


_MODULE = Text(
    en="{page} is the module {module}, a map of its own that is not in this file",
    fa="{page} ماژول {module} است، نقشه‌ای جدا که در این فایل نیست",
)
_FIELDS = Text(en="{page}: {names:list} was not kept", fa="{page}: {names:list} نگه داشته نشد")
_TARGET = Text(
    en="{page} leads to {target}, which is not in this file", fa="{page} به {target} می‌رود که در این فایل نیست"
)
