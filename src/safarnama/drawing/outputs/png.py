"""PNG."""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import Any, ClassVar

from safarnama.core.parameters import a_number
from safarnama.core.words import Text
from safarnama.drawing.outputs.output import Drawing, Output
from safarnama.drawing.shaping import FAMILY
from safarnama.drawing.svg import svg


class Png(Output):
    """A picture in pixels, two for each of the sheet's unless told otherwise."""

    title: ClassVar[Text] = Text(en="PNG picture", fa="تصویر PNG")
    example: ClassVar[dict[str, Any]] = {"scale": "2"}
    media: ClassVar[str] = "image/png"

    scale: a_number(0.1, 8) = 2.0  # type: ignore[valid-type]

    def write(self, drawing: Drawing) -> bytes:
        import resvg_py

        scene = drawing.scene(drawing.language)
        with as_file(files("safarnama.drawing").joinpath("assets", "Vazirmatn.ttf")) as font:
            picture = resvg_py.svg_to_bytes(
                svg_string=svg(scene, drawing.theme, links=False),
                width=round(scene.width * self.scale),
                font_files=[str(font)],
                skip_system_fonts=True,
                font_family=FAMILY,
                sans_serif_family=FAMILY,
                serif_family=FAMILY,
            )
        return bytes(picture)
