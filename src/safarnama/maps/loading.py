"""Text in YAML or JSON, read safely, and the lines on which things stand in it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import yaml

from safarnama.core.errors import Mistake
from safarnama.core.words import Text

_DEEPEST = 64  # things inside each other; a map has less than ten
_LOOKED_THROUGH = 2_000_000  # bytes; finding a line takes a second for each million


def loaded(data: bytes, name: str) -> Any:
    """What stands in these bytes, YAML or JSON, read safely: no aliases, no objects. Raises ``Mistake`` with the line."""
    try:
        text = data.decode("utf-8-sig")
        return json.loads(text) if text.lstrip().startswith("{") else yaml.load(text, Loader=_Loader)
    except UnicodeDecodeError:
        raise unreadable(name, Text(en="it is not text in UTF-8", fa="متن UTF-8 نیست")) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise unreadable(name, _AT if mark else _SIGNS, form="YAML", line=mark.line + 1 if mark else 0) from None
    except json.JSONDecodeError as error:
        raise unreadable(name, _AT, form="JSON", line=error.lineno) from None
    except (ValueError, RecursionError):
        raise unreadable(name, Text(en="it is neither YAML nor JSON", fa="نه YAML است و نه JSON")) from None


def line_of(data: bytes, place: Sequence[str | int]) -> int | None:
    """The line, from 1, of what stands at a place (field names and positions in lists), or of the nearest thing around it; None
    where the text does not tell, or is very long."""
    if len(data) > _LOOKED_THROUGH:
        return None
    try:
        node = yaml.compose(data.decode("utf-8-sig"), Loader=_Loader)
    except (yaml.YAMLError, UnicodeDecodeError):
        return None
    line = None
    for part in place:
        if isinstance(node, yaml.MappingNode):
            found = [(key, value) for key, value in node.value if key.value == part]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            found = [(node.value[part], node.value[part])]
        else:
            found = []
        if found:
            mark, node = found[-1]
            line = mark.start_mark.line + 1
    return line


def unreadable(name: object, why: Text, **arguments: object) -> Mistake:
    said = Text(en=why.say("en", **arguments), fa=why.say("fa", **arguments))
    return Mistake(Text(en="{name} could not be read: {why}.", fa="{name} خوانده نشد: {why}."), name=name, why=said)


_AT = Text(
    en="line {line:count} is not {form}, or the file ends too early",
    fa="سطر {line:count} به زبان {form} نیست، یا فایل ناتمام است",
)
_SIGNS = Text(en="it holds signs that are no text", fa="نشانه‌هایی دارد که متن نیست")


class _Loader(yaml.SafeLoader):
    """Safe, without aliases and not endlessly deep: a document of a few lines must not grow into gigabytes, or take minutes."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()
            raise yaml.composer.ComposerError(None, None, "aliases are not allowed", event.start_mark)
        if self.depth >= _DEEPEST:
            raise yaml.composer.ComposerError(None, None, "it lies too deep", self.peek_event().start_mark)
        self.depth += 1
        try:
            return super().compose_node(parent, index)
        finally:
            self.depth -= 1
