"""SVG."""

from __future__ import annotations

from typing import Any, ClassVar

from safarnama.core.words import Text
from safarnama.drawing.outputs.output import Drawing, Output
from safarnama.drawing.svg import svg


class Svg(Output):
    """A vector picture; its words stay words."""

    title: ClassVar[Text] = Text(en="SVG picture", fa="تصویر SVG")
    example: ClassVar[dict[str, Any]] = {}
    media: ClassVar[str] = "image/svg+xml"

    def write(self, drawing: Drawing) -> bytes:
        (page,) = drawing.pages()
        return svg(page.scene, drawing.theme, page=page).encode()
