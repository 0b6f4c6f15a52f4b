"""PNG."""

from __future__ import annotations

import struct
import zlib
from contextlib import closing
from dataclasses import replace
from threading import Lock
from typing import Any, ClassVar

import numpy as np

from safarnama.core.errors import Mistake
from safarnama.core.parameters import a_number
from safarnama.core.words import Text
from safarnama.drawing.outputs.output import Drawing, Output
from safarnama.drawing.paper import LONGEST, MM
from safarnama.drawing.typesetting import typeset

_MOST = 150_000_000  # pixels; a0 at 300 dpi has 140 million
_PER_INCH = 96  # pixels of a sheet
_METRE = 39.3701  # inches
_PACKED = 2  # of 9: about half the time of the usual 6, and up to two fifths larger
_PDFIUM = Lock()
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
        (page,) = drawing.pages()
        scale = self.dpi / _PER_INCH if self.dpi else self.scale
        wide, high = round(page.width / MM * scale), round(page.height / MM * scale)
        if wide * high > _MOST:
            raise Mistake(_TOO_LARGE, wide=wide, high=high, most=_MOST)
        # A PDF has no page that is longer: it is typeset smaller and drawn larger.
        smaller = min(1.0, LONGEST / max(page.width, page.height))
        placed = replace(page, width=page.width * smaller, height=page.height * smaller)
        return _png(_rendered(typeset([placed], drawing.theme), wide, high), scale * _PER_INCH)


def _rendered(pdf: bytes, wide: int, high: int) -> np.ndarray:
    """The page of a PDF in so many pixels, as the rows of a PNG: uint8 (high, 1 + 3 × wide), each behind a 0."""
    import pypdfium2

    rows = np.zeros((high, 1 + 3 * wide), np.uint8)
    # PDFium does one thing at a time.
    with _PDFIUM, closing(pypdfium2.PdfDocument(pdf)) as document, closing(document[0]) as page:
        scale = (wide - 0.01) / page.get_width()  # it rounds up
        with closing(page.render(scale=scale, rev_byteorder=True, draw_annots=False, may_draw_forms=False)) as drawn:
            pixels = drawn.to_numpy()[:high]
            rows[: len(pixels), 1:] = pixels.reshape(len(pixels), -1)
    return rows


def _png(rows: np.ndarray, dpi: float) -> bytes:
    """Rows as a file that says how large it is on paper. They are packed as they are: in drawings of flat colours that is
    quicker and smaller than with the filters of the format."""
    high, wide = rows.shape[0], rows.shape[1] // 3
    density = round(dpi * _METRE)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(data, zlib.crc32(name)))
        for name, data in (
            (b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)),
            (b"pHYs", struct.pack(">IIB", density, density, 1)),
            (b"IDAT", zlib.compress(rows.data, _PACKED)),
            (b"IEND", b""),
        )
    )
