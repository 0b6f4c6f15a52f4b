"""Pages as a PDF, by Typst: what is printed, and what pictures in pixels are made from."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import TypedDict

from safarnama.drawing.paper import Page
from safarnama.drawing.svg import svg

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


class Bookmark(TypedDict):
    """A name that leads to a place on a page, in millimetres from its left and top."""

    name: str
    x: float
    y: float


def typeset(pages: Sequence[Page], theme: str, bookmarks: Sequence[Sequence[Bookmark]] = ()) -> bytes:
    """The pages as a PDF with its font inside; ``bookmarks`` of each page. Its words are in the order in which letters are set
    (see ``reading_order``)."""
    import typst

    with (
        tempfile.TemporaryDirectory() as folder,
        as_file(files("safarnama.drawing").joinpath("assets")) as fonts,
    ):
        place = Path(folder)
        sheets = []
        for number, page in enumerate(pages):
            name, scene = f"{number}.svg", page.scene
            (place / name).write_text(svg(scene, theme, links=False, page=page, rims=False), encoding="utf-8")
            alt = scene.description or scene.title
            marks = bookmarks[number] if bookmarks else ()
            sheets.append({"file": name, "width": page.width, "height": page.height, "alt": alt, "bookmarks": marks})
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
    return compiled
