"""PPTX."""

from __future__ import annotations

import io
import zipfile
from typing import Any, ClassVar

from safarnama.core.words import Text
from safarnama.drawing.notes import notes
from safarnama.drawing.outputs.output import Drawing, Output
from safarnama.drawing.paper import MM, Page
from safarnama.drawing.slides import EMU, FALLBACK, NAMES, Place, Writer
from safarnama.drawing.svg import FORBIDDEN
from safarnama.drawing.tokens import colour

_LONGEST = 51_206_400  # EMU: 56 inches


class Pptx(Output):
    """Slides of native shapes and text, to be edited. Speaker notes hold every card in full with what it rests on.

    Where no size is asked for these are 16:9 slides; one as large as the sheet where no such slides can hold the map.
    """

    title: ClassVar[Text] = Text(en="PPTX slides", fa="اسلاید PPTX")
    example: ClassVar[dict[str, Any]] = {}
    media: ClassVar[str] = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    several: ClassVar[bool] = True
    fits: ClassVar[tuple[str, ...]] = ("slide", "fit")

    def write(self, drawing: Drawing) -> bytes:
        import pptx
        from pptx.util import Emu

        file = pptx.Presentation()
        pages = drawing.pages("slide")
        # A file has one size of slide, and no program opens one that is longer than 56 inches.
        wide, high = (round(long / MM * EMU) for long in (pages[0].width, pages[0].height))
        shrunk = min(1.0, _LONGEST / max(wide, high))
        file.slide_width, file.slide_height = Emu(round(wide * shrunk)), Emu(round(high * shrunk))
        _theme(file)
        for page in pages:
            self._slide(file, page, drawing)
        file.core_properties.title = escape_lines([pages[0].scene.title])[:255]  # it holds no more
        file.core_properties.author = "Safarnama"
        file.core_properties.language = drawing.language
        written = io.BytesIO()
        file.save(written)
        return _undated(written.getvalue())

    def _slide(self, file: Any, page: Page, drawing: Drawing) -> None:
        from lxml import etree

        slide = file.slides.add_slide(file.slide_layouts[6])
        scene, (left, top, wide, high) = page.scene, page.view
        across, down = file.slide_width / EMU, file.slide_height / EMU
        scale = min(across / wide, down / high)
        place = Place(scale, (across - wide * scale) / 2 - left * scale, (down - high * scale) / 2 - top * scale)

        def picture(data: bytes) -> str:
            relation: str = slide.part.get_or_add_image_part(io.BytesIO(data))[1]
            return relation

        shapes = Writer(scene, drawing.theme, place, picture).shapes()
        ground = colour(scene.background or "paper", drawing.theme).removeprefix("#")
        slide.background.fill.solid()
        slide.background.fill.fore_color.rgb = _rgb(ground)
        tree = slide.shapes._spTree
        for element in etree.fromstring(f"<r {NAMES}>{''.join(shapes)}</r>".encode()):
            tree.append(element)
        if page.document is not None:
            _write_notes(slide, notes(page.document, drawing.language, drawing.today), drawing.language)
        elif drawing.told is not None:
            _write_notes(slide, drawing.told(drawing.language), drawing.language)


def _undated(file: bytes) -> bytes:
    """The same file without the moment it was made: the same map gives the same bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as made, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as plain:
        for name in made.namelist():
            plain.writestr(zipfile.ZipInfo(name), made.read(name), zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _rgb(value: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(value)


def _theme(file: Any) -> None:
    """Names the font that stands in where ours is not installed."""
    from pptx.opc.constants import RELATIONSHIP_TYPE

    part = file.slide_masters[0].part.part_related_by(RELATIONSHIP_TYPE.THEME)
    blob = part.blob.decode("utf-8")
    for kind in ("majorFont", "minorFont"):
        start = blob.index(f"<a:{kind}>")
        end = blob.index(f"</a:{kind}>")
        inside = f'<a:latin typeface="{FALLBACK}"/><a:ea typeface=""/><a:cs typeface="{FALLBACK}"/>'
        blob = blob[:start] + f"<a:{kind}>" + inside + blob[end:]
    part._blob = blob.encode("utf-8")


def _write_notes(slide: Any, lines: list[str], language: str) -> None:
    frame = slide.notes_slide.notes_text_frame
    frame.text = escape_lines(lines)
    if language == "fa":
        for paragraph in frame.paragraphs:
            properties = paragraph._p.get_or_add_pPr()
            properties.set("rtl", "1")
            properties.set("algn", "r")
            for run in paragraph.runs:
                run._r.get_or_add_rPr().set("lang", "fa-IR")


def escape_lines(lines: list[str]) -> str:
    """Lines as one text, without what XML cannot hold."""
    return "\n".join(FORBIDDEN.sub("", " ".join(line.splitlines())) for line in lines)
