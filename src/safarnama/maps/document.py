"""A map as a file: YAML that people can read and compare, or JSON; both lossless."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import orjson
import yaml
from pydantic import ValidationError

from safarnama.core.errors import Mistake
from safarnama.core.words import Text
from safarnama.core.workspace import write
from safarnama.maps.migrating import migrated
from safarnama.maps.model import Map
from safarnama.maps.wrong import problem

LARGEST = 20_000_000  # bytes; a map of a thousand cards is below one
_DEEPEST = 64  # things inside each other; a map has less than ten


def to_yaml(document: Map) -> str:
    """The map as YAML, in the order of the model, empty fields left out."""
    return yaml.dump(_plain(document), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


def to_json(document: Map) -> bytes:
    return orjson.dumps(_plain(document), option=orjson.OPT_INDENT_2)


def write_map(document: Map, path: Path) -> Path:
    write(path, to_json(document) if path.suffix == ".json" else to_yaml(document).encode())
    return path


def read_map(path: Path) -> Map:
    """The map in a file. Raises ``Mistake`` with the place that is wrong."""
    if path.is_dir():
        raise _unreadable(path, Text(en="it is a folder, not a file", fa="پوشه است، نه فایل"))
    if not path.is_file():
        raise Mistake(
            Text(
                en="{path} is not there. Make a map with: safarnama discover -o {path}",
                fa="{path} پیدا نشد. با این فرمان نقشه بسازید: safarnama discover -o {path}",
            ),
            path=path,
        )
    if path.stat().st_size > LARGEST:
        raise _unreadable(path, Text(en="it is larger than any map", fa="از هر نقشه‌ای بزرگ‌تر است"))
    return parse_map(path.read_bytes(), str(path)).read_from(path)


def parse_map(data: bytes, name: str = "map") -> Map:
    """The map in these bytes, YAML or JSON."""
    values = loaded(data, name)
    if not isinstance(values, dict):
        raise _unreadable(name, Text(en="it holds no map", fa="نقشه‌ای در آن نیست"))
    try:
        return Map.model_validate(migrated(values))
    except ValidationError as error:
        first = error.errors()[0]
        place = " → ".join(str(part) for part in first["loc"]) or "map"
        raise Mistake(
            Text(
                en="{name} is not a map yet: at {place}: {problem}. Compare with a map that safarnama discover writes.",
                fa="{name} هنوز نقشه نیست: در {place}: {problem}. آن را با نقشه‌ای که safarnama discover می‌نویسد مقایسه کنید.",
            ),
            name=name,
            place=place,
            problem=problem(first),
        ) from None


def loaded(data: bytes, name: str) -> Any:
    """What stands in these bytes, YAML or JSON, read safely: no aliases, no objects. Raises ``Mistake`` with the line."""
    try:
        text = data.decode("utf-8-sig")
        return json.loads(text) if text.lstrip().startswith("{") else yaml.load(text, Loader=_Loader)
    except UnicodeDecodeError:
        raise _unreadable(name, Text(en="it is not text in UTF-8", fa="متن UTF-8 نیست")) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise _unreadable(name, _AT if mark else _SIGNS, form="YAML", line=mark.line + 1 if mark else 0) from None
    except json.JSONDecodeError as error:
        raise _unreadable(name, _AT, form="JSON", line=error.lineno) from None
    except (ValueError, RecursionError):
        raise _unreadable(name, Text(en="it is neither YAML nor JSON", fa="نه YAML است و نه JSON")) from None


def schema() -> dict[str, Any]:
    """The JSON Schema of a map."""
    return Map.model_json_schema(by_alias=True)


def _plain(document: Map) -> dict[str, Any]:
    plain: dict[str, Any] = document.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
    return {"schema": document.schema_, **plain}


_AT = Text(
    en="line {line:count} is not {form}, or the file ends too early",
    fa="سطر {line:count} به زبان {form} نیست، یا فایل ناتمام است",
)
_SIGNS = Text(en="it holds signs that are no text", fa="نشانه‌هایی دارد که متن نیست")


def _unreadable(name: object, why: Text, **arguments: object) -> Mistake:
    said = Text(en=why.say("en", **arguments), fa=why.say("fa", **arguments))
    return Mistake(Text(en="{name} could not be read: {why}.", fa="{name} خوانده نشد: {why}."), name=name, why=said)


class _Dumper(yaml.SafeDumper):
    """Bilingual words on one line where they are short; everything else one thing a line."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _mapping(dumper: yaml.SafeDumper, data: dict[str, Any]) -> yaml.Node:
    short = set(data) <= {"fa", "en"} and all(isinstance(value, str) for value in data.values())
    return dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=short and bool(data))


_Dumper.add_representer(dict, _mapping)


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
