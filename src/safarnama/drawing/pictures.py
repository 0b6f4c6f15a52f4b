"""Pictures that users put on a map: checked before they are drawn, and never fetched from anywhere.

A picture is a data URI of a PNG or JPEG, or the name of such a file in the folder of the map. SVG is refused (it may hold
scripts and addresses), and so is whatever is too large to be decoded safely: a small file can hold a picture of gigabytes.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from safarnama.core.words import Text
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Image
from safarnama.maps.model import Map

LARGEST_BYTES, LARGEST_PIXELS = 8_000_000, 40_000_000
_SIDE = 480  # pixels of a portrait: sharp in print at the size it is drawn
_FACES = 0.35  # how far down in a tall picture a face usually is
_DATA = re.compile(r"data:image/(png|jpeg);base64,([A-Za-z0-9+/=\s]+)")
_UNREADABLE = Text(en="picture cannot be shown", fa="تصویر قابل نمایش نیست")


@dataclass(frozen=True)
class Loaded:
    """The bytes of a picture, and how many pixels it is wide and high."""

    data: bytes
    media: str
    width: int
    height: int


@lru_cache(maxsize=64)
def load(source: str) -> Loaded | None:
    """The picture in a data URI; None when it is none that can be drawn safely."""
    import PIL.Image

    found = _DATA.fullmatch(source.strip()) if len(source) <= LARGEST_BYTES * 4 // 3 + 64 else None
    if not found:
        return None
    try:
        data = base64.b64decode(found[2], validate=False)
        # Opening reads the head alone: the size is known before a pixel is decoded.
        with PIL.Image.open(io.BytesIO(data), formats=(found[1].upper(),)) as opened:
            width, height = opened.size
            if width * height > LARGEST_PIXELS or not width or not height:
                return None
            opened.verify()
    except (binascii.Error, OSError, ValueError, SyntaxError, PIL.Image.DecompressionBombError):
        return None
    return Loaded(data, f"image/{found[1]}", width, height)


def embedded(document: Map) -> Map:
    """The map with the pictures that lie beside its file as data URIs, to be drawn from anywhere. Whatever is not in its
    folder, or not a picture, stays a name that no drawing shows."""
    if document.file is None:
        return document
    folder = document.file.parent
    personas = [each.model_copy(update={"picture": _beside(folder, each.picture)}) for each in document.personas]
    lanes = [
        lane.model_copy(
            update={"cards": [card.model_copy(update={"image": _beside(folder, card.image)}) for card in lane.cards]}
        )
        if any(card.image for card in lane.cards)
        else lane
        for lane in document.lanes
    ]
    return document.model_copy(update={"personas": personas, "lanes": lanes})


def _beside(folder: Path, name: str | None) -> str | None:
    """The file of that name in the folder as a data URI; the name itself where there is none that may be shown."""
    if not name or name.startswith("data:"):
        return name
    try:
        file = (folder / name).resolve()
        if not file.is_relative_to(folder.resolve()) or not file.is_file() or file.stat().st_size > LARGEST_BYTES:
            return name
        data = file.read_bytes()
    except (OSError, ValueError, RuntimeError):
        return name
    kind = "png" if data.startswith(b"\x89PNG") else "jpeg" if data.startswith(b"\xff\xd8") else ""
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}" if kind else name


@lru_cache(maxsize=64)
def square(source: str) -> Loaded | None:
    """The middle of a picture as a square, for portraits; None as in ``load``. It is written anew, so that nothing a camera
    put into it (place, time, owner) goes along."""
    import PIL.Image
    import PIL.ImageOps

    found = load(source)
    if found is None:
        return None
    try:
        with PIL.Image.open(io.BytesIO(found.data)) as opened:
            turned = PIL.ImageOps.exif_transpose(opened).convert("RGBA")
            small = PIL.ImageOps.fit(turned, (_SIDE, _SIDE), centering=(0.5, _FACES))
    except (OSError, ValueError, SyntaxError):
        return None
    written = io.BytesIO()
    small.save(written, "PNG")
    return Loaded(written.getvalue(), "image/png", _SIDE, _SIDE)


@lru_cache(maxsize=16)
def greyed(data: bytes) -> bytes:
    """A picture that was loaded before, in greys and in the same format."""
    import PIL.Image

    with PIL.Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as opened:
        clear = opened.mode in ("RGBA", "LA", "PA") or "transparency" in opened.info
        written = io.BytesIO()
        opened.convert("RGBA" if clear else "RGB").convert("LA" if clear else "L").save(written, opened.format)
    return written.getvalue()


def picture(pen: Pen, source: str | None, x: float, y: float, room: float, tallest: float) -> float:
    """Draws a picture as wide as ``room`` and at most ``tallest`` high, keeping its shape. Returns its height."""
    found = load(source) if source else None
    if found is None:
        high = min(tallest, room * 0.5)
        pen.box(x, y, room, high, "sunk", "assumed-edge", radius=4, dash="3 2.5")
        pen.icon("camera", x + room / 2, y + high / 2 - 6, 16, "ink-3")
        pen.text(x + room / 2, y + high - 8, pen.say(_UNREADABLE), 9, 400, "ink-3", anchor="middle", room=room - 8)
        return high
    scale = min(room / found.width, tallest / found.height)
    wide, high = found.width * scale, found.height * scale
    pen.add(Image(found.data, found.media, x + (room - wide) / 2, y, wide, high))
    return high
