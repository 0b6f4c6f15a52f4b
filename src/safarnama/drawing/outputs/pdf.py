"""PDF."""

from __future__ import annotations

import json
import tempfile
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, ClassVar

from safarnama.core.words import Text as Words
from safarnama.drawing.bidi import isolated
from safarnama.drawing.outputs.output import Drawing, Output
from safarnama.drawing.paper import page_of
from safarnama.drawing.reading_order import in_reading_order
from safarnama.drawing.scene import Scene, Text
from safarnama.drawing.svg import svg
from safarnama.drawing.tokens import colour
from safarnama.maps.words import say

# Everything a person wrote comes in as data (a picture and plain strings), never as markup.
_PAGE = """
#set document(title: sys.inputs.title, author: "Safarnama", date: none)
#set page(
  width: float(sys.inputs.width) * 1mm, height: float(sys.inputs.height) * 1mm, margin: 0mm,
  fill: rgb(sys.inputs.ground),
)
#set text(lang: sys.inputs.language, font: "Vazirmatn")
#for mark in json(bytes(sys.inputs.bookmarks)) {
  // A hidden heading draws nothing and still is a bookmark.
  place(top + left, dx: mark.x * 1mm, dy: mark.y * 1mm, hide(heading(bookmarked: true, outlined: false, mark.name)))
}
#align(center + horizon, image("sheet.svg", width: float(sys.inputs.wide) * 1mm, alt: sys.inputs.description))
"""


class Pdf(Output):
    """A sheet for print: vector, with the font inside, its words selectable, and a bookmark for each stage."""

    title: ClassVar[Words] = Words(en="PDF sheet", fa="برگه PDF")
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
                "bookmarks": json.dumps(_bookmarks(drawing, scene, wide, high, fit)),
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
        lines = [mark for mark in scene.placed().walk() if isinstance(mark, Text)]
        return in_reading_order(compiled, [isolated(line.text, line.direction) for line in lines])


def _bookmarks(drawing: Drawing, scene: Scene, wide: float, high: float, fit: float) -> list[dict[str, Any]]:
    """Where the name of each stage stands on the page, in millimetres; one that is not drawn leads to the top."""
    if drawing.document is None:
        return []
    lines = [mark for mark in scene.placed().walk() if isinstance(mark, Text)]
    scale = fit / scene.width
    left, top = (wide - fit) / 2, (high - scene.height * scale) / 2
    found = []
    for stage in drawing.document.stages:
        name = " ".join(say(stage.name, drawing.language).split())
        # A name that was cut or broken into lines begins as the name does.
        at = next((line for line in lines if line.text and name.startswith(line.text.rstrip("… "))), None)
        x, y = (left + at.x * scale, top + (at.y - at.size) * scale) if at else (0.0, 0.0)
        found.append({"name": name or stage.id, "x": max(0.0, x), "y": max(0.0, y)})
    return found
