"""A map as a file: YAML that people can read and compare, or JSON; both lossless."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import yaml
from pydantic import ValidationError

from safarnama.core.errors import Mistake
from safarnama.core.words import Text
from safarnama.core.workspace import write
from safarnama.maps.loading import loaded, unreadable
from safarnama.maps.migrating import migrated
from safarnama.maps.model import Map
from safarnama.maps.wrong import no_map

LARGEST = 20_000_000  # bytes; a map of a thousand cards is below one


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
        raise unreadable(path, Text(en="it is a folder, not a file", fa="پوشه است، نه فایل"))
    if not path.is_file():
        raise Mistake(
            Text(
                en="{path} is not there. Make a map with: safarnama discover -o {path}",
                fa="{path} پیدا نشد. با این فرمان نقشه بسازید: safarnama discover -o {path}",
            ),
            path=path,
        )
    if path.stat().st_size > LARGEST:
        raise unreadable(path, Text(en="it is larger than any map", fa="از هر نقشه‌ای بزرگ‌تر است"))
    return parse_map(path.read_bytes(), str(path)).read_from(path)


def parse_map(data: bytes, name: str = "map") -> Map:
    """The map in these bytes, YAML or JSON."""
    values = loaded(data, name)
    if not isinstance(values, dict):
        raise unreadable(name, Text(en="it holds no map", fa="نقشه‌ای در آن نیست"))
    try:
        return Map.model_validate(migrated(values))
    except ValidationError as error:
        raise no_map(error, data, name, schema()) from None


def schema() -> dict[str, Any]:
    """The JSON Schema of a map."""
    return Map.model_json_schema(by_alias=True)


def _plain(document: Map) -> dict[str, Any]:
    plain: dict[str, Any] = document.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
    return {"schema": document.schema_, **plain}


class _Dumper(yaml.SafeDumper):
    """Bilingual words on one line where they are short; everything else one thing a line."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _mapping(dumper: yaml.SafeDumper, data: dict[str, Any]) -> yaml.Node:
    short = set(data) <= {"fa", "en"} and all(isinstance(value, str) for value in data.values())
    return dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=short and bool(data))


_Dumper.add_representer(dict, _mapping)
