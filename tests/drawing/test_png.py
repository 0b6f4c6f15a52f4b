"""The picture in pixels: as large as asked for, on the screen and on paper, and never larger than can be drawn."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import PIL.Image
import pytest

from safarnama.core.errors import Mistake
from safarnama.core.words import LANGUAGES
from safarnama.drawing.outputs.output import Drawing
from safarnama.drawing.outputs.png import Png
from safarnama.drawing.scene import Box, Scene
from safarnama.maps.templates import template


def _picture(tmp_path: Path, language: str = "en", **options: Any) -> PIL.Image.Image:
    written = template("online_shop").draw(tmp_path / "map.png", language=language, **options).read_bytes()
    picture = PIL.Image.open(io.BytesIO(written))
    picture.load()
    return picture


@pytest.mark.parametrize(("options", "dpi"), [({"scale": 1}, 96), ({}, 192), ({"dpi": 300}, 300), ({"dpi": "72"}, 72)])
def test_a_picture_says_how_large_it_is(options: dict[str, Any], dpi: float, tmp_path: Path) -> None:
    plain, picture = _picture(tmp_path, scale=1), _picture(tmp_path, **options)
    assert picture.info["dpi"] == pytest.approx((dpi, dpi), rel=2e-4)
    assert picture.width == pytest.approx(plain.width * dpi / 96, abs=1)
    assert picture.height == pytest.approx(plain.height * dpi / 96, abs=1)


@pytest.mark.parametrize("options", [{"dpi": 1200}, {"scale": 8}])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_too_large_to_draw_is_refused(options: dict[str, Any], language: str, tmp_path: Path) -> None:
    with pytest.raises(Mistake) as refused:
        _picture(tmp_path, **options)
    said = refused.value.say(language)
    assert "--dpi" in said
    assert ("150,000,000" if language == "en" else "۱۵۰٬۰۰۰٬۰۰۰") in said
    assert not (tmp_path / "map.png").exists()


@pytest.mark.parametrize("dpi", ["0", "9", "1e9", "nan", "many"])
def test_a_density_that_is_none_is_refused(dpi: str, tmp_path: Path) -> None:
    with pytest.raises(Mistake):
        _picture(tmp_path, dpi=dpi)


def _sheet(width: float) -> Drawing:
    marks = (Box(0, 0, width / 2, 40, "#112233"), Box(width - 40, 0, 40, 40, "#AA2233"))
    return Drawing(lambda spoken: Scene(width, 40, marks, language=spoken, background="#FFFFFF"), "en")


def test_a_sheet_longer_than_a_page_of_a_pdf_may_be_is_drawn_whole() -> None:
    picture = PIL.Image.open(io.BytesIO(Png(scale=0.5).write(_sheet(24_000))))
    assert picture.size == (12_000, 20)
    assert [picture.getpixel((x, 10)) for x in (5, 5_990, 6_010, 11_990)] == [
        (0x11, 0x22, 0x33), (0x11, 0x22, 0x33), (255, 255, 255), (0xAA, 0x22, 0x33),
    ]  # fmt: skip


def test_pictures_drawn_at_once_are_those_drawn_one_by_one() -> None:
    sheets = [_sheet(200 + 40 * number) for number in range(8)]
    alone = [Png().write(sheet) for sheet in sheets]
    with ThreadPoolExecutor(8) as together:
        assert list(together.map(Png().write, sheets)) == alone
