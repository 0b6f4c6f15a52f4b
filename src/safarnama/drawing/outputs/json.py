"""JSON: the map itself."""

from __future__ import annotations

from typing import Any, ClassVar

from safarnama.core.words import Text
from safarnama.drawing.outputs.output import Drawing, Output
from safarnama.maps.document import to_json


class Json(Output):
    """The map as data; reading it gives the same map back."""

    title: ClassVar[Text] = Text(en="JSON document", fa="سند JSON")
    example: ClassVar[dict[str, Any]] = {}
    media: ClassVar[str] = "application/json"
    needs_map: ClassVar[bool] = True

    def write(self, drawing: Drawing) -> bytes:
        assert drawing.document is not None
        return to_json(drawing.document)
