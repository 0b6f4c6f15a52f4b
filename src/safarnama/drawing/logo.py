"""The logo of a sheet, from a file that somebody brings: read once, drawn anew as a small PNG, and nothing else of it kept.

What leaves with a map is pixels of our own making: no script, address, name of an author or place of a photo goes along.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path
from xml.etree import ElementTree

from safarnama.core.errors import Mistake
from safarnama.core.words import Text
from safarnama.drawing.pictures import LARGEST_BYTES, LARGEST_PIXELS
from safarnama.drawing.scene import Image
from safarnama.drawing.shaping import FAMILY

_WIDE, _HIGH = 1200, 400  # at most, in pixels: sharp in print at the size of a logo
_LONGEST = 20  # times as wide as high, or as high as wide
_DEEPEST = 64  # elements inside each other
# What an SVG may not hold: it leads to files or addresses, or can take hours to draw.
_REFUSED = ("script", "image", "foreignObject", "filter", "pattern", "mask", "marker")
_MISSING = Text(en="The logo {path} cannot be read ({reason}).", fa="نشان {path} خوانده نشد ({reason}).")
_HEAVY = Text(
    en="The logo {path} is too large to be drawn safely. Give one of at most {most:number} megabytes.",
    fa="نشان {path} بزرگ‌تر از آن است که بی‌خطر کشیده شود. نشانی با حداکثر {most:number} مگابایت بدهید.",
)
_UNKNOWN = Text(
    en="The logo {path} is no PNG, JPEG or SVG that can be shown. Save it as PNG and try again.",
    fa="نشان {path} از PNG، JPEG یا SVG قابل نمایش نیست. آن را به PNG ذخیره کنید و دوباره بدهید.",
)
_UNSAFE = Text(
    en="The logo {path} holds {what}, which a logo may not. Save it as plain shapes, or as PNG.",
    fa="نشان {path} دارای {what} است که در نشان پذیرفته نیست. آن را با شکل‌های ساده یا به PNG ذخیره کنید.",
)


def logo(path: str | Path) -> Image:
    """The logo in a PNG, JPEG or SVG file, as it is drawn. Raises ``Mistake`` for anything that is none or not safe."""
    import PIL.Image
    import PIL.ImageOps

    path = Path(path)
    try:
        heavy = path.stat().st_size > LARGEST_BYTES
        data = b"" if heavy else path.read_bytes()
    except OSError as error:
        raise Mistake(_MISSING, path=path, reason=error.strerror or error) from error
    if heavy:
        raise Mistake(_HEAVY, path=path, most=LARGEST_BYTES / 1e6)
    if not data.startswith((b"\x89PNG", b"\xff\xd8")):
        data = _rendered(path, data)
    try:
        # Opening reads the head alone: the size is known before a pixel is decoded.
        with PIL.Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as opened:
            if opened.width * opened.height > LARGEST_PIXELS:
                raise Mistake(_HEAVY, path=path, most=LARGEST_BYTES / 1e6)
            shown = PIL.ImageOps.exif_transpose(opened).convert("RGBA")
    except (OSError, ValueError, SyntaxError, PIL.Image.DecompressionBombError) as error:
        raise Mistake(_UNKNOWN, path=path) from error
    shown.thumbnail((_WIDE, _HIGH))
    plain = PIL.Image.new("RGBA", shown.size)
    plain.paste(shown)
    written = io.BytesIO()
    plain.save(written, "PNG")
    return Image(written.getvalue(), "image/png", 0, 0, plain.width, plain.height)


def _rendered(path: Path, data: bytes) -> bytes:
    """An SVG as PNG, if it is one of plain shapes."""
    import resvg_py

    try:
        if "<!ENTITY" in data.decode("utf-8-sig"):
            raise Mistake(_UNSAFE, path=path, what="ENTITY")
        root = ElementTree.fromstring(data)
        refused = next(_refused(root), None)
        if refused:
            raise Mistake(_UNSAFE, path=path, what=refused)
        wide, high = _sides(root)
        if not 1 / _LONGEST <= wide / high <= _LONGEST:
            raise Mistake(_UNKNOWN, path=path)
        # Its size is ours to say; where it had no frame it gets that of its size.
        root.attrib["viewBox"] = root.get("viewBox") or f"0 0 {wide} {high}"
        root.attrib |= {"width": f"{wide}", "height": f"{high}"}
        with as_file(files("safarnama.drawing").joinpath("assets", "Vazirmatn.ttf")) as font:
            return bytes(
                resvg_py.svg_to_bytes(
                    svg_string=ElementTree.tostring(root, encoding="unicode"),
                    width=max(1, round(min(_WIDE, _HIGH * wide / high))),
                    font_files=[str(font)],
                    skip_system_fonts=True,
                    font_family=FAMILY,
                )
            )
    except (ValueError, ElementTree.ParseError, ZeroDivisionError) as error:
        raise Mistake(_UNKNOWN, path=path) from error


def _refused(element: ElementTree.Element, depth: int = 0) -> Iterator[str]:
    """What of an SVG is not drawn. Raises ``ValueError`` where elements lie too deep inside each other."""
    if depth > _DEEPEST:
        raise ValueError("too deep")
    tag = str(element.tag).rpartition("}")[2]
    if tag in _REFUSED:
        yield tag
    for name, value in element.attrib.items():
        if name.rpartition("}")[2] == "href" and not value.startswith("#"):
            yield value[:40]
    for inner in element:
        yield from _refused(inner, depth + 1)


def _sides(root: ElementTree.Element) -> tuple[float, float]:
    """Width and height of an SVG by its frame, else by what it says. Raises ``ValueError`` where it says neither."""
    frame = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    wide, high = (
        frame[2:] if len(frame) == 4 else (root.get(side, "").removesuffix("px") for side in ("width", "height"))
    )
    return float(wide), float(high)
