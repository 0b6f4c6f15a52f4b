"""PDF."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, ClassVar

from safarnama.core.words import Text as Words
from safarnama.drawing.bidi import isolated
from safarnama.drawing.outputs.output import Drawing, Output
from safarnama.drawing.paper import Page
from safarnama.drawing.reading_order import in_reading_order
from safarnama.drawing.scene import Text
from safarnama.drawing.svg import svg
from safarnama.maps.words import say

# Everything a person wrote comes in as data (a picture and plain strings), never as markup.
_PAGE = """
#set document(title: sys.inputs.title, author: "Safarnama", date: none)
#set text(lang: sys.inputs.language, font: "Vazirmatn")
#for sheet in json(bytes(sys.inputs.pages)) {
  page(width: sheet.width * 1mm, height: sheet.height * 1mm, margin: 0mm, {
    for mark in sheet.bookmarks {
      // A hidden heading draws nothing and still is a bookmark.
      place(top + left, dx: mark.x * 1mm, dy: mark.y * 1mm, hide(heading(bookmarked: true, outlined: false, mark.name)))
    }
    place(top + left, image(sheet.file, width: 100%, height: 100%, alt: sheet.alt))
  })
}
"""


class Pdf(Output):
    """Sheets for print: vector, with the font inside, their words selectable, and a bookmark for each stage or map."""

    title: ClassVar[Words] = Words(en="PDF sheet", fa="برگه PDF")
    example: ClassVar[dict[str, Any]] = {}
    media: ClassVar[str] = "application/pdf"
    several: ClassVar[bool] = True

    def write(self, drawing: Drawing) -> bytes:
        import typst

        pages = drawing.pages()
        marks = _bookmarks(drawing, pages)
        with (
            tempfile.TemporaryDirectory() as folder,
            as_file(files("safarnama.drawing").joinpath("assets")) as fonts,
        ):
            place = Path(folder)
            sheets = []
            for number, page in enumerate(pages):
                name, scene = f"{number}.svg", page.scene
                (place / name).write_text(svg(scene, drawing.theme, links=False, page=page), encoding="utf-8")
                alt = scene.description or scene.title
                sheets.append(
                    {"file": name, "width": page.width, "height": page.height, "alt": alt, "bookmarks": marks[number]}
                )
            (place / "page.typ").write_text(_PAGE, encoding="utf-8")
            compiled = typst.compile(
                str(place / "page.typ"),
                root=folder,
                font_paths=[str(fonts)],
                ignore_system_fonts=True,
                sys_inputs={
                    "title": pages[0].scene.title,
                    "language": pages[0].scene.language,
                    "pages": json.dumps(sheets),
                },
            )
        assert isinstance(compiled, bytes)
        lines = [mark for page in pages for mark in page.scene.placed().walk() if isinstance(mark, Text)]
        return in_reading_order(compiled, [isolated(line.text, line.direction) for line in lines])


def _bookmarks(drawing: Drawing, pages: Sequence[Page]) -> list[list[dict[str, Any]]]:
    """For every page the names of stages (of several maps: their titles) that stand there first and where, in millimetres; one that is not drawn leads to the
    top of the first page."""
    found: list[list[dict[str, Any]]] = [[] for _ in pages]
    lines = [
        [mark for mark in page.scene.placed().walk() if isinstance(mark, Text) and _seen(mark, page)] for page in pages
    ]
    named = [(stage.name, stage.id) for stage in drawing.document.stages] if drawing.document else []
    named += [(document.title, document.id) for document in drawing.maps]
    for words, known in named:
        name = " ".join(say(words, drawing.language).split())
        # A name that was cut or broken into lines begins as the name does.
        number, at = next(
            (
                (number, line)
                for number, shown in enumerate(lines)
                for line in shown
                if line.text and name.startswith(line.text.rstrip("… "))
            ),
            (0, None),
        )
        left, top, _, _ = pages[number].view
        scale = pages[number].scale
        x, y = ((at.x - left) * scale, (at.y - at.size - top) * scale) if at else (0.0, 0.0)
        found[number].append({"name": name or known, "x": max(0.0, x), "y": max(0.0, y)})
    for number, page in enumerate(pages):
        if page.name:
            found[number].append({"name": page.name, "x": 0.0, "y": 0.0})
    return found


def _seen(mark: Text, page: Page) -> bool:
    left, top, wide, high = page.view
    return left <= mark.x <= left + wide and top <= mark.y <= top + high
