"""YAML: the map itself, for people and for Git."""

from __future__ import annotations

from typing import Any, ClassVar

from safarnama.core.words import Text
from safarnama.drawing.outputs.output import Drawing, Output
from safarnama.maps.document import to_yaml


class Yaml(Output):
    """The map as text that people can read and compare; reading it gives the same map back."""

    title: ClassVar[Text] = Text(en="YAML document", fa="سند YAML")
    example: ClassVar[dict[str, Any]] = {}
    media: ClassVar[str] = "application/yaml"
    needs_map: ClassVar[bool] = True

    def write(self, drawing: Drawing) -> bytes:
        assert drawing.document is not None
        return to_yaml(drawing.document).encode()
