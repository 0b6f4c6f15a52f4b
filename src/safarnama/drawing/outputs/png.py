"""PNG."""

from __future__ import annotations

import struct
import zlib
from importlib.resources import as_file, files
from typing import Any, ClassVar

from safarnama.core.errors import Mistake
from safarnama.core.parameters import a_number
from safarnama.core.words import Text
from safarnama.drawing.outputs.output import Drawing, Output
from safarnama.drawing.paper import MM
from safarnama.drawing.shaping import FAMILY
from safarnama.drawing.svg import svg

_MOST = 150_000_000  # pixels; a0 at 300 dpi has 140 million
_PER_INCH = 96  # pixels of a sheet
_METRE = 39.3701  # inches
_TOO_LARGE = Text(
    en="The picture would have {wide:count} by {high:count} pixels, more than the {most:count} that can be drawn. "
    "Give a smaller --dpi or --scale, or draw a PDF or SVG, which are sharp at any size.",
    fa="تصویر {wide:count} در {high:count} پیکسل می‌شود که از {most:count} پیکسل ممکن بیشتر است. "
    "--dpi یا --scale کمتری بدهید یا PDF یا SVG بکشید که در هر اندازه‌ای تیزند.",
)


class Png(Output):
    """A picture in pixels, two for each of the page's unless told otherwise; ``dpi`` says how many to the inch instead
    (300 for print). The file says how large it is on paper."""

    title: ClassVar[Text] = Text(en="PNG picture", fa="تصویر PNG")
    example: ClassVar[dict[str, Any]] = {"scale": "2"}
    media: ClassVar[str] = "image/png"

    scale: a_number(0.1, 8) = 2.0  # type: ignore[valid-type]
    dpi: a_number(10, 1200) | None = None  # type: ignore[valid-type]

    def write(self, drawing: Drawing) -> bytes:
        import resvg_py

        (page,) = drawing.pages()
        scale = self.dpi / _PER_INCH if self.dpi else self.scale
        wide, high = round(page.width / MM * scale), round(page.height / MM * scale)
        if wide * high > _MOST:
            raise Mistake(_TOO_LARGE, wide=wide, high=high, most=_MOST)
        with as_file(files("safarnama.drawing").joinpath("assets", "Vazirmatn.ttf")) as font:
            picture = resvg_py.svg_to_bytes(
                svg_string=svg(page.scene, drawing.theme, links=False, page=page),
                width=wide,
                font_files=[str(font)],
                skip_system_fonts=True,
                font_family=FAMILY,
                sans_serif_family=FAMILY,
                serif_family=FAMILY,
            )
        return _measured(bytes(picture), scale * _PER_INCH)


def _measured(picture: bytes, dpi: float) -> bytes:
    """The picture with the size of its pixels, which stands behind its head."""
    density = round(dpi * _METRE)
    said = b"pHYs" + struct.pack(">IIB", density, density, 1)
    chunk = struct.pack(">I", len(said) - 4) + said + struct.pack(">I", zlib.crc32(said))
    return picture[:33] + chunk + picture[33:]
