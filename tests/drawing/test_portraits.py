"""Portraits: drawn people stay in their circle, and a picture of their own is shown only where that is safe."""

from __future__ import annotations

import base64
import io
import math
from pathlib import Path

import PIL.Image
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safarnama.drawing.parts.portraits import portrait
from safarnama.drawing.pen import Pen
from safarnama.drawing.pictures import embedded
from safarnama.drawing.scene import Box, Image
from safarnama.drawing.scene import Path as Curve
from safarnama.maps.model import Map
from safarnama.maps.people import Persona

WORDS = "woman man scarf short long bun curly bald beard moustache shaven glasses grey suit red green nobody".split()
SECRET = "35.6892 N, 51.3890 E"


def photo(wide: int = 90, high: int = 160, kind: str = "JPEG") -> bytes:
    """A picture as a telephone makes it: taller than wide, with the place in its head."""
    made = PIL.Image.new("RGB", (wide, high), "#884422")
    head = made.getexif()
    head[0x010E] = SECRET
    written = io.BytesIO()
    made.save(written, kind, exif=head)
    return written.getvalue()


def sara(**more: str) -> Map:
    return Map.model_validate({
        "id": "x", "title": "x", "personas": [{"id": "sara", "name": "Sara", **more}],
        "stages": [{"id": "s", "name": "s", "steps": [{"id": "t", "name": "t"}]}],
    })  # fmt: skip


def drawn(document: Map) -> list[Image]:
    pen = Pen("en")
    portrait(pen, embedded(document).personas[0], 0, 0, 166)
    return [mark for mark in pen.marks if isinstance(mark, Image)]


@given(st.lists(st.sampled_from(WORDS), max_size=6))
def test_a_drawn_person_stays_in_the_circle(words: list[str]) -> None:
    pen = Pen("en")
    portrait(pen, Persona(id="p", name="p", portrait=", ".join(["somebody", *words])), 10, 20, 166)
    assert len(pen.marks) >= 6
    for mark in pen.marks:
        if isinstance(mark, Curve):
            ends = [at[-2:] for _, at in mark.segments if at]
        elif isinstance(mark, Box):
            ends = [(mark.x + mark.width / 2, mark.y + mark.height / 2)]
        assert all(math.dist(end, (93, 103)) <= 83.5 for end in ends)


def test_words_make_different_people() -> None:
    looks = set()
    for words in (
        "woman",
        "man",
        "woman, long",
        "man, grey",
        "man, shaven",
        "woman, glasses",
        "man, suit",
        "woman, red",
    ):
        pen = Pen("en")
        portrait(pen, Persona(id="p", name="p", portrait=words), 0, 0, 166)
        looks.add(tuple(pen.marks))
    assert len(looks) == 8


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_becomes_a_square_without_what_the_camera_knew(kind: str) -> None:
    data = photo(kind=kind)
    assert SECRET.encode() in data
    [image] = drawn(sara(picture=f"data:image/{kind.lower()};base64,{base64.b64encode(data).decode()}"))
    assert image.round
    with PIL.Image.open(io.BytesIO(image.data)) as opened:
        assert opened.width == opened.height
        assert not opened.getexif()
    assert SECRET.encode() not in image.data


def test_a_picture_beside_the_map_is_found(tmp_path: Path) -> None:
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps" / "sara.jpg").write_bytes(photo())
    (tmp_path / "outside.jpg").write_bytes(photo())
    (tmp_path / "maps" / "link.jpg").symlink_to(tmp_path / "outside.jpg")
    (tmp_path / "maps" / "words.png").write_text("no picture")
    for name, shown in (
        ("sara.jpg", 1), ("../outside.jpg", 0), (str(tmp_path / "outside.jpg"), 0), ("link.jpg", 0), ("words.png", 0),
        ("nowhere.png", 0), (".", 0), ("a\0b", 0), ("x" * 5000, 0),
    ):  # fmt: skip
        document = sara(picture=name)
        assert drawn(document) == [], "a map that was never a file has nothing beside it"
        read = Map.load(document.save(tmp_path / "maps" / "map.yaml"))
        assert read == document
        assert len(drawn(read)) == shown, name
        assert read.personas[0].picture == name  # the document keeps the name


@pytest.mark.parametrize(
    "data",
    [
        "data:image/svg+xml;base64," + base64.b64encode(b"<svg onload='x'/>").decode(),
        "data:image/png;base64,AAAA",
        "data:image/jpeg;base64," + base64.b64encode(photo()[:200]).decode(),
        "https://example.com/sara.png",
        "file:///etc/passwd",
    ],
)
def test_what_is_no_safe_picture_gives_way_to_a_drawn_person(data: str) -> None:
    assert drawn(sara(picture=data, portrait="woman")) == []
