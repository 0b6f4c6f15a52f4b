"""How wide words are, and where lines break: measured with the font itself, never by counting letters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import Any

FAMILY = "Vazirmatn"
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff\u200c\u200d]+")
_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@lru_cache(maxsize=1)
def _face() -> tuple[Any, Any]:
    import uharfbuzz

    data = files("safarnama.drawing").joinpath("assets", "Vazirmatn.ttf").read_bytes()
    return uharfbuzz, uharfbuzz.Face(data)


@lru_cache(maxsize=16)
def _font(weight: int) -> Any:
    harfbuzz, face = _face()
    font = harfbuzz.Font(face)
    font.set_variations({"wght": weight})
    return font


@lru_cache(maxsize=200_000)
def _units(text: str, weight: int) -> float:
    """The width of a text in ems."""
    harfbuzz, face = _face()
    total = 0
    for run in _runs(text):
        buffer = harfbuzz.Buffer()
        buffer.add_str(run)
        buffer.guess_segment_properties()
        harfbuzz.shape(_font(weight), buffer)
        total += sum(position.x_advance for position in buffer.glyph_positions)
    return total / face.upem


def _runs(text: str) -> list[str]:
    """Pieces of one script each: shaping joins letters within a script, and a browser does the same."""
    plain = _CONTROLS.sub("", text)
    pieces: list[str] = []
    at = 0
    for found in _ARABIC.finditer(plain):
        if found.start() > at:
            pieces.append(plain[at : found.start()])
        pieces.append(found[0])
        at = found.end()
    if at < len(plain):
        pieces.append(plain[at:])
    return pieces


def width(text: str, size: float, weight: int = 400) -> float:
    """The width of a text on one line, in the units of ``size``."""
    return _units(text, weight) * size


def wrap(text: str, room: float, size: float, weight: int = 400, lines: int | None = None) -> list[str]:
    """The text in lines that fit into ``room``; with ``lines``, at most so many, the last ending at a word with "…".

    A word that is wider than the room is broken where it must be, letter by letter.
    """
    return list(_wrapped(text, room, size, weight, lines))


# When one card changes all others are drawn again with the same words in the same rooms.
@lru_cache(maxsize=20_000)
def _wrapped(text: str, room: float, size: float, weight: int, lines: int | None) -> tuple[str, ...]:
    words = [part for word in text.split() for part in _fitting(word, room, size, weight)]
    broken: list[str] = []
    line = ""
    for word in words:
        longer = f"{line} {word}" if line else word
        if line and width(longer, size, weight) > room:
            broken.append(line)
            line = word
        else:
            line = longer
    if line:
        broken.append(line)
    if lines is None or len(broken) <= lines:
        return tuple(broken)
    last = broken[lines - 1]
    while last and width(last + "…", size, weight) > room:
        shorter = last.rpartition(" ")[0]
        last = shorter or last[:-1]
    return (*broken[: lines - 1], last.rstrip("،,;:؛·-–— ") + "…")


def fit(text: str, room: float, size: float, weight: int = 400) -> str:
    """The text on one line, cut at a word with "…" if it is too long."""
    found = wrap(text, room, size, weight, lines=1)
    return found[0] if found else ""


@lru_cache(maxsize=20_000)
def is_persian(text: str) -> bool:
    """Whether most letters are of a right-to-left script: an English sentence may begin with a Persian name."""
    kinds = [unicodedata.bidirectional(letter) for letter in text]
    return sum(kind in ("R", "AL") for kind in kinds) > kinds.count("L")


def _fitting(word: str, room: float, size: float, weight: int) -> list[str]:
    if width(word, size, weight) <= room:
        return [word]
    # Names made of several words break at their joints first: payment_details, a/b.
    joints = re.findall(r"[^_/\-.@]+[_/\-.@]*|[_/\-.@]+", word)
    if len(joints) > 1 and all(width(joint, size, weight) <= room for joint in joints):
        lines = [joints[0]]
        for joint in joints[1:]:
            if width(lines[-1] + joint, size, weight) <= room:
                lines[-1] += joint
            else:
                lines.append(joint)
        return lines
    parts = [""]
    for letter in word:
        if parts[-1] and width(parts[-1] + letter, size, weight) > room:
            parts.append("")
        parts[-1] += letter
    return parts
