"""How a sheet is set: whose logo, with or without a legend, in greys."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import PIL.Image
import pytest

from safarnama.core import registry
from safarnama.core.errors import Mistake
from safarnama.core.words import LANGUAGES
from safarnama.drawing.logo import logo
from safarnama.drawing.parts.evidence import LEGEND
from safarnama.drawing.scene import Image, Text
from safarnama.drawing.setting import PLAIN, Setting
from safarnama.drawing.tokens import GREY, THEMES, colours
from safarnama.maps.model import Map
from tests.drawing.geometry import fallen, overlaps
from tests.drawing.test_layouts import hard
from tests.maps.drawn import DAY

LAYOUTS = [name for name in registry.names("layout") if registry.find("layout", name).draws == "map"]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><rect width="30" height="10" fill="#d03c2f"/></svg>'


def kept(folder: Path, name: str, data: bytes | str) -> Path:
    file = folder / name
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return file


def pixels(mode: str, size: tuple[int, int], colour: object, form: str) -> bytes:
    written = io.BytesIO()
    PIL.Image.new(mode, size, colour).save(written, form)  # type: ignore[arg-type]
    return written.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", pixels("RGBA", (300, 100), (208, 60, 47, 255), "PNG")),
        ("a.jpg", pixels("RGB", (300, 100), (208, 60, 47), "JPEG")),
        ("a.svg", SVG),
        ("b.svg", SVG.replace('viewBox="0 0 30 10"', 'width="30px" height="10"')),
        ("c.svg", '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://x/svg11.dtd">' + SVG),
    ],
)
def test_a_logo_is_drawn_anew(tmp_path: Path, name: str, data: bytes | str) -> None:
    found = logo(kept(tmp_path, name, data))
    assert found.media == "image/png"
    with PIL.Image.open(io.BytesIO(found.data)) as shown:
        assert shown.size == (found.width, found.height)
        assert shown.width / shown.height == pytest.approx(3, rel=0.02)
        assert abs(shown.convert("RGB").getpixel((shown.width // 2, shown.height // 2))[0] - 208) < 4  # type: ignore[index]
        assert not shown.info and not shown.getexif()


@pytest.mark.parametrize(
    "data",
    [
        "words",
        b"",
        b"\x89PNG\r\n\x1a\n broken",
        pixels("1", (20_000, 20_000), 0, "PNG"),  # a few kilobytes that are 400 million pixels
        b"\x00" * 9_000_000,
        SVG.replace("<rect", '<image href="/etc/hostname"/><rect'),
        SVG.replace("<rect", "<script>alert(1)</script><rect"),
        SVG.replace("<rect", '<use href="http://example.com/a.svg#x"/><rect'),
        '<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG,
        SVG.replace("0 0 30 10", "0 0 1 1000000"),
        SVG.replace("0 0 30 10", "0 0 nan 10"),
        "<!-- " + SVG + " -->" + SVG.replace("0 0 30 10", "0 0 1 1000000"),
        SVG.replace("<rect", "<g>" * 3000 + "<rect").replace("</svg>", "</g>" * 3000 + "</svg>"),
    ],
)
def test_what_is_no_safe_logo_is_refused(tmp_path: Path, data: bytes | str) -> None:
    with pytest.raises(Mistake) as told:
        logo(kept(tmp_path, "logo", data))
    assert "logo" in told.value.say("en") and "نشان" in told.value.say("fa")


def test_a_logo_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Mistake, match=r"No such file"):
        logo(tmp_path / "none.png")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_bears_a_logo_and_can_do_without_a_legend(layout: str, language: str, tmp_path: Path) -> None:
    chosen, document = registry.find("layout", layout)(), hard(5, 2, 12)
    mine = logo(kept(tmp_path, "a.svg", SVG))
    with_logo = chosen.scene(document, language, DAY, Setting(logo=mine))
    drawn = [mark for mark in with_logo.walk() if isinstance(mark, Image) and mark.data == mine.data]
    assert len(drawn) == 1
    assert drawn[0].width / drawn[0].height == pytest.approx(3)
    bare = chosen.scene(document, language, DAY, Setting(legend=False))
    for scene in (with_logo, bare):
        assert overlaps(scene) == []
        assert fallen(scene) == []
    said = LEGEND["stale"].say(language) if layout == "grid" else LEGEND["assumed"].say(language).split(",")[0]
    full = " ".join(mark.text for mark in chosen.scene(document, language, DAY, PLAIN).walk() if isinstance(mark, Text))
    less = " ".join(mark.text for mark in bare.walk() if isinstance(mark, Text))
    assert len(less) < len(full)
    assert layout != "grid" or (said in full and said not in less)


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_a_grey_print_is_grey_and_can_be_read() -> None:
    grey = colours(GREY)
    assert set(grey) == set(colours("paper"))
    assert GREY not in THEMES, "pages offer no grey"
    for colour in grey.values():
        assert colour[1:3] == colour[3:5] == colour[5:7]
    for hue in ("pain", "gain", "opportunity"):
        for ground in ("paper", "surface", "sunk", f"{hue}-tint"):
            assert contrast(grey[hue], grey[ground]) >= 4.5
            assert contrast(grey["ink-3"], grey[ground]) >= 4.5
    assert all(contrast(grey["on-dark"], grey[f"stage-{number}"]) >= 4.5 for number in range(1, 6))
    # What stands beside each other differs in lightness too.
    tints = [int(grey[f"{hue}-tint"][1:3], 16) for hue in ("pain", "gain", "opportunity")]
    assert min(abs(a - b) for n, a in enumerate(tints) for b in tints[:n]) >= 10


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_colour_is_left_in_a_grey_picture(layout: str, tmp_path: Path) -> None:
    document = hard(4, 2, 25)
    red = kept(tmp_path, "logo.png", pixels("RGB", (60, 20), (255, 0, 0), "PNG"))
    file = document.draw(tmp_path / "x.png", layout=layout, theme="grey", logo=red, today=DAY, scale=1)
    with PIL.Image.open(file) as shown:
        red_, green, blue = shown.convert("RGB").split()
    assert red_.tobytes() == green.tobytes() == blue.tobytes()


def test_slides_keep_a_picture_and_show_it_grey(tmp_path: Path) -> None:
    red = kept(tmp_path, "logo.png", pixels("RGB", (60, 20), (255, 0, 0), "PNG"))
    file = hard(2, 2, 3).draw(tmp_path / "x.pptx", theme="grey", logo=red, today=DAY)
    with zipfile.ZipFile(file) as made:
        assert b"<a:grayscl/>" in made.read("ppt/slides/slide1.xml")


def test_a_word_that_is_neither_yes_nor_no_is_refused(tmp_path: Path) -> None:
    document = Map.load(Path(__file__).parents[2] / "examples" / "gift.yaml")
    for wrong in ({"legend": "maybe"}, {"notes": "sometimes"}, {"pages": "all"}, {"theme": "pink"}, {"size": "b5"}):
        with pytest.raises(Mistake):
            document.draw(tmp_path / "x.svg", **wrong)
