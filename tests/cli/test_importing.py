"""``safarnama import`` as a person meets it: what it says, in both languages, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from safarnama.core.workspace import Workspace
from safarnama.events.rejected import REASONS
from tests.command import Command, in_a_process
from tests.sources.reading import events, put

GOOD = "user_id,event,time\nu1,view,2026-01-01\nu1,view,2026-01-01\nu2,buy,2026-01-02\nu3,buy,soon\n"


def test_it_says_what_came_in_and_how_it_was_read(command: Command, shop: Workspace, tmp_path: Path) -> None:
    file = put(tmp_path, "web.csv", GOOD)
    status, out, err = command("import", file, "-w", shop.folder)
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "web.csv → web: 3 events added, 1 rejected, 1 suspected duplicates"
    assert f"  rejected 1 row: {REASONS['time_unreadable'].en}" in lines
    assert any("time → time" in line and "user_id → user" in line for line in lines)
    assert lines[-1] == "The workspace holds 3 events of 2 customers."
    again = command("import", file, "-w", shop.folder)[1]
    assert "0 events added, 0 rejected" in again and "3 rows were here already" in again
    persian = command("import", file, "-w", shop.folder, language="fa")[1]
    assert "۰ رویداد افزوده شد" in persian and "فضای کار اکنون ۳ رویداد از ۲ مشتری دارد." in persian


BAD: dict[str, bytes | None] = {
    "missing.csv": None,
    "folder": None,
    "empty.csv": b"",
    "blank.csv": b"\n  \n",
    "header.csv": b"user_id,event,time\n",
    "picture.csv": bytes(range(256)) * 20,
    "zeros.csv": b"\0" * 500,
    "cut.csv.gz": b"\x1f\x8b\x08\x00\x00",
    "text.json": b"hello\n",
    "list.json": b"[]",
    "cut.parquet": b"PAR1....",
    "cut.xlsx": b"PK\x03\x04....",
    "timeless.csv": b"user_id,event\nu1,view\nu1,buy\n",
    "nothing.csv": b"user_id,time\nu1,2026-01-01\nu1,2026-01-02\n",
    "broken.csv": b"user_id,event,time\nu1\nu2\n",
}


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_read_gets_one_teaching_line(
    command: Command, shop: Workspace, tmp_path: Path, name: str, language: str
) -> None:
    content = BAD[name]
    if content is not None:
        put(tmp_path, name, content)
    elif name == "folder":
        (tmp_path / name).mkdir()
    good = put(tmp_path, "good.csv", GOOD)
    status, out, err = command("import", good, tmp_path / name, "-w", shop.folder, language=language)
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1 and "Traceback" not in err
    assert any(letter > "\u0600" for letter in err) is (language == "fa")
    assert events(shop) == [] and not (shop.folder / "events" / "manifest.json").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--as", "event"], "Nearest: events"),
        (["--column", "time"], "--column time=ts"),
        (["--column", "tim=time"], "Role tim is not here. Nearest: time"),
        (["--column", "time=tiem"], "Column tiem is not here. Nearest: time"),
        (["--timezone", "Asia/Atlantis"], "does not exist"),
        (["--scores", "Q*"], "fits no column"),
        (["--at", "someday"], "is not a time"),
        (["--join", "other.csv", "--on", "user_id"], "does not exist"),
    ],
)
def test_a_wrong_option_gets_one_teaching_line(
    command: Command, shop: Workspace, tmp_path: Path, options: list[str], message: str
) -> None:
    file = put(tmp_path, "web.csv", GOOD)
    status, _, err = command("import", file, "-w", shop.folder, *options)
    assert status == 2 and message in err and len(err.splitlines()) == 1
    assert events(shop) == []


def test_all_options_together(command: Command, shop: Workspace, tmp_path: Path) -> None:
    survey = put(tmp_path, "survey.csv", "no,code,Q1,Q2\n1,a,5,3\n2,b,4,\n")
    put(tmp_path, "codes.csv", "letter,city\na,Tehran\nb,Shiraz\n")
    options = ["--scores", "Q1:1-5,Q2", "--at", "1405-01", "--column", "customer=no", "--source", "airport"]
    joined = ["--join", tmp_path / "codes.csv", "--on", "code=letter", "--timezone", "Asia/Tehran"]
    status, out, err = command("import", survey, "-w", shop.folder, *options, *joined)
    assert (status, err) == (0, "")
    assert out.startswith("survey.csv → airport: 3 events added")
    assert [row["property:city"] for row in events(shop, "customers")] == ["Tehran", "Shiraz"]


def test_another_process_ends_alike_and_shows_no_bar_in_a_pipe(shop: Workspace, tmp_path: Path) -> None:
    file = put(tmp_path, "web.csv", GOOD)
    call = ("import", file, "-w", shop.folder)
    ended = in_a_process(*call)
    assert (ended.status, ended.err) == (0, "")
    with shop.writing():
        locked = in_a_process(*call)
    assert locked.status == 2
    assert locked.err.startswith("Another command is writing") and len(locked.err.splitlines()) == 1
