"""Documents of older versions, read as today's. A version that is not known yet is refused, so nothing in it is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from safarnama.core.errors import Mistake
from safarnama.core.words import Text

VERSION = 2
SCHEMA = f"https://safarnama.dev/schema/map/{VERSION}"
_PREFIX = SCHEMA.rsplit("/", 1)[0] + "/"


def migrated(values: dict[str, Any]) -> dict[str, Any]:
    """The document in today's version. A document that names no version is taken as today's."""
    named = values.get("schema", SCHEMA)
    number = str(named).removeprefix(_PREFIX)
    version = int(number) if str(named).startswith(_PREFIX) and number.isdecimal() else 0
    if not 1 <= version <= VERSION:
        raise Mistake(
            Text(
                en="This map says its schema is {named}; this Safarnama reads versions 1 to {version} ({schema}). "
                "A newer map needs a newer Safarnama.",
                fa="این نقشه می‌گوید طرحش {named} است؛ این سفرنامه نسخه‌های ۱ تا {version} را می‌خواند ({schema}). "
                "نقشه تازه‌تر سفرنامه تازه‌تری می‌خواهد.",
            ),
            named=named,
            version=VERSION,
            schema=SCHEMA,
        )
    for step in _STEPS[version - 1 :]:
        values = step(values)
    return {**values, "schema": SCHEMA}


def _two(values: dict[str, Any]) -> dict[str, Any]:
    """A touchpoint's kind had been a yes or no (``action``)."""

    def card(old: Any) -> Any:
        if not isinstance(old, dict) or "action" not in old:
            return old
        new = {key: value for key, value in old.items() if key != "action"}
        return {**new, "kind": "action"} if old["action"] else new

    def lane(old: Any) -> Any:
        if not isinstance(old, dict) or not isinstance(old.get("cards"), list):
            return old
        return {**old, "cards": [card(each) for each in old["cards"]]}

    lanes = values.get("lanes")
    return {**values, "lanes": [lane(each) for each in lanes]} if isinstance(lanes, list) else values


_STEPS: tuple[Callable[[dict[str, Any]], dict[str, Any]], ...] = (_two,)
