"""Shapes of a slide: the font and its stand-in, directions, lines, dashes and hatches."""

from __future__ import annotations

import re
from pathlib import Path

import pptx
import pytest

from safarnama.core import registry
from safarnama.core.words import LANGUAGES
from safarnama.drawing.scene import Box, Icon, Line, Scene, Text
from safarnama.drawing.shaping import width
from safarnama.drawing.slides import FALLBACK, FONT, Place, Writer
from safarnama.drawing.tokens import THEMES
from safarnama.maps.model import Map
from tests.maps.drawn import DAY

GIFT = Path(__file__).parents[2] / "examples" / "gift.yaml"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"


@pytest.mark.parametrize("layout", ["grid", "path", "feelings"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_words_name_their_font_its_stand_in_and_their_direction(language: str, layout: str, tmp_path: Path) -> None:
    file = pptx.Presentation(str(Map.load(GIFT).draw(tmp_path / "map.pptx", layout=layout, language=language)))
    slides = [slide._element for slide in file.slides]
    runs = [run for slide in slides for run in slide.iter(f"{A}rPr")]
    assert len(runs) > 100
    for run in runs:
        for kind in ("latin", "cs"):
            named = run.find(f"{A}{kind}")
            assert named is not None and named.get("typeface") == FONT
            assert (named.get("panose"), named.get("pitchFamily")) == ("020B0604030504040204", "34"), "like Tahoma's"
    for paragraph in (each for slide in slides for each in slide.iter(f"{A}p")):
        words = "".join(found.text or "" for found in paragraph.iter(f"{A}t"))
        right = any("\u0600" <= letter <= "\u06ff" and letter.isalpha() for letter in words)
        assert not right or paragraph.find(f"{A}pPr").get("rtl") == "1", words
        assert {run.get("lang") for run in paragraph.iter(f"{A}rPr")} == {
            "fa-IR" if paragraph.find(f"{A}pPr").get("rtl") == "1" else "en-US"
        }
    theme = next(part for part in file.part.package.iter_parts() if "theme" in part.partname)
    assert theme.blob.decode().count(f'<a:latin typeface="{FALLBACK}"/>') == 2
    assert theme.blob.decode().count(f'<a:cs typeface="{FALLBACK}"/>') == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_end_where_they_do_on_the_sheet_and_have_room(language: str, tmp_path: Path) -> None:
    document = Map.load(GIFT)
    lines = [
        mark
        for mark in registry.find("layout", "grid")().scene(document, language, DAY).walk()
        if isinstance(mark, Text)
    ]
    slide = pptx.Presentation(
        str(document.draw(tmp_path / "map.pptx", language=language, pages="one", today=DAY))
    ).slides[0]
    written, broken = [], 0
    for shape in slide._element.iter(f"{P}sp"):
        texts = [found.text or "" for found in shape.iter(f"{A}t")]
        written += texts
        assert len(list(shape.iter(f"{A}br"))) == max(0, len(texts) - 1)
        if len(texts) > 1:
            broken += 1
            points = int(next(shape.iter(f"{A}rPr")).get("sz")) / 100
            widest = max(width(text, points) for text in texts) * 12_700  # EMU
            assert int(shape.find(f"{P}spPr/{A}xfrm/{A}ext").get("cx")) > 1.15 * widest
    assert broken > 5
    assert sorted(written) == sorted(line.text for line in lines)


def test_a_signed_number_keeps_its_sign_in_front() -> None:
    scene = Scene(
        200,
        100,
        (Text(20, 40, "+۱٫۷", 12, direction="rtl"), Text(20, 70, "از ۳ تا +۵", 12, direction="rtl")),
        "rtl",
        "fa",
    )
    first, second = (shape for shape in Writer(scene, "paper", Place(1), None).shapes())
    assert 'rtl="0"' in first and 'algn="r"' in first
    assert 'rtl="1"' in second


def test_dashes_and_widths_of_strokes_are_those_of_the_drawing() -> None:
    """What is assumed is told from what was observed by the dashes of its mark alone."""
    scene = Scene(
        200,
        100,
        (
            Icon("evidence-assumed", 10, 10, 24),
            Icon("evidence-observed", 50, 10, 24),
            Line(0, 0, 90, 0, "ink", 2, dash="4 3"),
        ),
    )
    assumed, observed, line = Writer(scene, "paper", Place(1), None).shapes()
    assert f'<a:ln w="{round(3.1 * 9525)}" cap="flat">' in assumed
    assert '<a:ds d="145161" sp="138710"/>' in assumed
    assert f'<a:ln w="{round(3.6 * 9525)}" cap="rnd">' in observed and "custDash" not in observed
    assert '<a:ds d="200000" sp="150000"/>' in line


@pytest.mark.parametrize("theme", THEMES)
def test_a_hatch_is_lighter_than_its_words(theme: str) -> None:
    """Its colour is mixed with the ground: not every program lets colours through."""
    scene = Scene(200, 100, (Box(0, 0, 90, 40, "paper", hatched=True),))
    (shape,) = Writer(scene, theme, Place(1), None).shapes()
    line, ground = re.findall(r'srgbClr val="(\w+)"', shape.partition("pattFill")[2])[:2]
    assert "alpha" not in shape.partition("pattFill")[2].partition("/a:pattFill")[0]
    assert 0 < sum(abs(int(line[at : at + 2], 16) - int(ground[at : at + 2], 16)) for at in (0, 2, 4)) < 120
