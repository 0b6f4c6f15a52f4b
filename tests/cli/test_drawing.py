"""safarnama draw: one map, several on a wall, those of a workspace, and what is typed wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import safarnama as sn
from tests.command import Command

EXAMPLES = Path(__file__).parents[2] / "examples"
GIFT, COMMITTEE = str(EXAMPLES / "gift.yaml"), str(EXAMPLES / "committee.yaml")


def test_a_map_with_options_of_layout_and_format(tmp_path: Path, command: Command) -> None:
    sheet = tmp_path / "kaveh.svg"
    ended = command(
        "draw", COMMITTEE, "--layout", "persona", "--persona", "kaveh", "--language", "en", "-o", str(sheet)
    )
    assert ended.status == 0, ended.err
    assert "Show me the second year." in sheet.read_text(encoding="utf-8")
    small = tmp_path / "small.png"
    assert command("draw", "-o", str(small), COMMITTEE, "--scale", "0.2").status == 0
    assert small.stat().st_size < 200_000


def test_several_maps_and_a_workspace_hang_on_one_wall(tmp_path: Path, command: Command) -> None:
    wall = tmp_path / "wall.svg"
    ended = command("draw", GIFT, COMMITTEE, "-o", str(wall), "--layout", "atlas", "--language", "en")
    assert ended.status == 0, ended.err
    shown = wall.read_text(encoding="utf-8")
    assert "A gift that comes in time" in shown
    assert "A coffee machine for forty colleagues" in shown
    shop = sn.new(tmp_path / "shop")
    shutil.copy(GIFT, shop.path("maps", "gift.yaml"))
    shop.path("maps", "broken.yaml").write_text("id: x")
    ended = command("draw", "-w", str(shop.folder), "-o", str(wall), "--layout", "atlas", "--language", "fa")
    assert ended.status == 0, ended.err
    assert "broken.yaml" in ended.err
    assert "هدیه‌ای که به‌موقع برسد" in wall.read_text(encoding="utf-8")


def test_what_was_typed_wrong_is_told_in_one_line(tmp_path: Path, command: Command) -> None:
    sn.new(tmp_path / "empty")
    out = str(tmp_path / "x.svg")
    for words, says in (
        ((GIFT, COMMITTEE, "-o", out), "--layout atlas"),
        ((GIFT, COMMITTEE, "-o", out.replace("svg", "yaml"), "--layout", "atlas"), ".html"),
        ((GIFT,), "-o map.svg"),
        (("-o", out), "-w WORKSPACE"),
        (("-w", str(tmp_path / "empty"), "-o", out, "--layout", "atlas"), "safarnama discover"),
        (("-w", str(tmp_path), "-o", out, "--layout", "atlas"), "safarnama new"),
        ((COMMITTEE, "-o", out, "--layout", "persona", "--persona", "kave"), "kaveh"),
        ((GIFT, "-o", out, "--layout", "persona", "--persona"), "--persona"),
        ((GIFT, "-o", out, "--personna", "sara"), "personna"),
        (("nowhere.yaml", "-o", out), "nowhere.yaml"),
    ):
        for language in ("en", "fa"):
            ended = command("draw", *words, language=language)
            assert ended.status == 2, words
            assert ended.out == ""
            assert len(ended.err.strip().splitlines()) == 1
            assert says in ended.err
    assert not Path(out).exists()
