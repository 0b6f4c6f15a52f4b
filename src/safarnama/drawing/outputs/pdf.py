"""PDF."""

from __future__ import annotations

import tempfile
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, ClassVar

from safarnama.core.words import Text
from safarnama.drawing.outputs.output import Drawing, Output
from safarnama.drawing.paper import page_of
from safarnama.drawing.svg import svg
from safarnama.drawing.tokens import colour

# Everything a person wrote comes in as data (a picture and plain strings), never as markup.
_PAGE = """
#set document(title: sys.inputs.title, author: "Safarnama")
#set page(
  width: float(sys.inputs.width) * 1mm, height: float(sys.inputs.height) * 1mm, margin: 0mm,
  fill: rgb(sys.inputs.ground),
)
#set text(lang: sys.inputs.language, font: "Vazirmatn")
#align(center + horizon, image("sheet.svg", width: float(sys.inputs.wide) * 1mm, alt: sys.inputs.description))
"""


class Pdf(Output):
    """A sheet for print: vector, with the font inside, its words selectable."""

    title: ClassVar[Text] = Text(en="PDF sheet", fa="برگه PDF")
    example: ClassVar[dict[str, Any]] = {}
    media: ClassVar[str] = "application/pdf"

    def write(self, drawing: Drawing) -> bytes:
        import typst

        scene = drawing.scene(drawing.language)
        wide, high = page_of(scene.width, scene.height, drawing.size)
        fit = min(wide / scene.width, high / scene.height) * scene.width
        with (
            tempfile.TemporaryDirectory() as folder,
            as_file(files("safarnama.drawing").joinpath("assets")) as fonts,
        ):
            place = Path(folder)
            (place / "sheet.svg").write_text(svg(scene, drawing.theme, links=False), encoding="utf-8")
            (place / "page.typ").write_text(_PAGE, encoding="utf-8")
            inputs = {
                "title": scene.title,
                "description": scene.description or scene.title,
                "language": scene.language,
                "width": f"{wide:.3f}",
                "height": f"{high:.3f}",
                "wide": f"{fit:.3f}",
                "ground": colour(scene.background or "paper", drawing.theme),
            }
            compiled = typst.compile(
                str(place / "page.typ"),
                root=folder,
                font_paths=[str(fonts)],
                ignore_system_fonts=True,
                sys_inputs=inputs,
            )
        assert isinstance(compiled, bytes)
        return compiled
