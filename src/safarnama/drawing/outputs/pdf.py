"""PDF."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from safarnama.core.words import Text as Words
from safarnama.drawing.bidi import isolated
from safarnama.drawing.outputs.output import Drawing, Output
from safarnama.drawing.paper import Page
from safarnama.drawing.reading_order import in_reading_order
from safarnama.drawing.scene import Text
from safarnama.drawing.typesetting import Bookmark, typeset
from safarnama.maps.words import say


class Pdf(Output):
    """Sheets for print: vector, with the font inside, their words selectable, and a bookmark for each stage or map."""

    title: ClassVar[Words] = Words(en="PDF sheet", fa="برگه PDF")
    example: ClassVar[dict[str, Any]] = {}
    media: ClassVar[str] = "application/pdf"
    several: ClassVar[bool] = True

    def write(self, drawing: Drawing) -> bytes:
        pages = drawing.pages()
        compiled = typeset(pages, drawing.theme, _bookmarks(drawing, pages))
        lines = [mark for page in pages for mark in page.scene.placed().walk() if isinstance(mark, Text)]
        return in_reading_order(compiled, [isolated(line.text, line.direction) for line in lines])


def _bookmarks(drawing: Drawing, pages: Sequence[Page]) -> list[list[Bookmark]]:
    """For every page the names of stages (of several maps: their titles) that stand there first and where, in millimetres; one that is not drawn leads to the
    top of the first page."""
    found: list[list[Bookmark]] = [[] for _ in pages]
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
