"""PPTX."""

from __future__ import annotations

import io
import zipfile
from typing import Any, ClassVar

from safarnama.core.parameters import choice
from safarnama.core.words import Text
from safarnama.drawing.notes import notes
from safarnama.drawing.outputs.output import Drawing, Output
from safarnama.drawing.paper import page_of
from safarnama.drawing.scene import Scene
from safarnama.drawing.slides import EMU, FALLBACK, NAMES, Place, Writer
from safarnama.drawing.svg import escape
from safarnama.drawing.tokens import colour
from safarnama.maps.model import Map
from safarnama.maps.parting import stage_by_stage

_MM = 96 / 25.4


class Pptx(Output):
    """Slides of native shapes and text, to be edited: the whole map on one, or one for each stage after it.

    The page is a 16:9 slide unless a paper is asked for. Speaker notes hold every card in full with what it rests on.
    """

    title: ClassVar[Text] = Text(en="PPTX slides", fa="اسلاید PPTX")
    example: ClassVar[dict[str, Any]] = {"slides": "whole"}
    media: ClassVar[str] = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

    slides: choice(  # type: ignore[valid-type]
        whole=Text(en="The whole map on one slide", fa="همه نقشه روی یک اسلاید"),
        stages=Text(en="And one slide for each stage", fa="و برای هر مرحله یک اسلاید"),
    ) = "whole"

    def write(self, drawing: Drawing) -> bytes:
        import pptx
        from pptx.util import Emu

        file = pptx.Presentation()
        sheets: list[tuple[Scene, Map | None]] = [(drawing.scene(drawing.language), drawing.document)]
        if self.slides == "stages" and drawing.document is not None and drawing.part is not None:
            parts = stage_by_stage(drawing.document)
            sheets += [(drawing.part(part, drawing.language), part) for part in parts]
        wide, high = page_of(
            sheets[0][0].width, sheets[0][0].height, "slide" if drawing.size == "fit" else drawing.size
        )
        file.slide_width, file.slide_height = Emu(round(wide * _MM * EMU)), Emu(round(high * _MM * EMU))
        _theme(file)
        for scene, document in sheets:
            self._slide(file, scene, drawing, document, wide * _MM, high * _MM)
        file.core_properties.title = escape(sheets[0][0].title)
        file.core_properties.author = "Safarnama"
        file.core_properties.language = drawing.language
        written = io.BytesIO()
        file.save(written)
        return _undated(written.getvalue())

    def _slide(self, file: Any, scene: Scene, drawing: Drawing, document: Map | None, wide: float, high: float) -> None:
        from lxml import etree

        slide = file.slides.add_slide(file.slide_layouts[6])
        scale = min(wide / scene.width, high / scene.height)
        place = Place(scale, (wide - scene.width * scale) / 2, (high - scene.height * scale) / 2)

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
        if document is not None:
            _write_notes(slide, notes(document, drawing.language, drawing.today), drawing.language)
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
    return "\n".join("".join(letter for letter in line if letter >= " ") for line in lines)
