"""Files that somebody made to do harm, given to the command line: each ends in a sentence in the reader's language, or is read as
the text that it holds; nothing is built from it, followed or fetched, and there is never a traceback."""

from __future__ import annotations

import json
import socket
import zipfile
from pathlib import Path
from typing import Any

import pytest

from safarnama.core.workspace import Workspace
from safarnama.maps.document import LARGEST
from safarnama.maps.migrating import SCHEMA
from safarnama.maps.model import Map
from tests.command import Command
from tests.drawing.hostile import TYPED, bomb
from tests.sources.reading import put

HEAD = f"schema: {SCHEMA}\nid: x\ntitle: x\n"
BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{after}: &{after} [{','.join([f'*{before}'] * 9)}]\n"
    for before, after in zip("abcdefghi", "bcdefghij", strict=True)
)
LAUGHS = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><cjml><phase><name>&b;</name></phase></cjml>'
FETCHES = '<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://nowhere.invalid/x.dtd" [<!ENTITY a SYSTEM "file:///etc/passwd">]><cjml>&a;</cjml>'
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
)
MAPS: dict[str, str | bytes] = {
    "object.yaml": HEAD + "stages: !!python/object/apply:os.system ['touch ran']\n",
    "module.yaml": "!!python/module:os\n",
    "new.yaml": HEAD + "goal: !!python/object/new:subprocess.Popen [[touch, ran]]\n",
    "aliases.yaml": BOMB,
    "self.yaml": "a: &a [*a]\n",
    "merge.yaml": HEAD + "stages: &a [{<<: *a}]\n",
    "deep.yaml": "a: " + "[" * 10_000,
    "deeper.yaml": "".join(" " * n + "a:\n" for n in range(1_500)),
    "deep.json": '{"a":' * 10_000,
    "surrogate.json": json.dumps({"schema": SCHEMA, "id": "x", "title": "\ud800", "stages": []}),
    "number.json": '{"id": ' + "9" * 6_000 + "}",
    "nan.json": json.dumps({"schema": SCHEMA, "id": "x", "title": "x", "stages": [], "derived": {"customers": float("nan")}}),
    "control.yaml": HEAD.encode() + b"goal: \x1b[2J\x00\n",
    "escape.yaml": HEAD + "kind: \"\\e[2J\\e]0;x\\a\"\nstages: [{id: s, name: s, steps: [{id: t, name: t}]}]\n",
    "laughs.cjml": LAUGHS,
    "laughs.xml": LAUGHS,
    "wide.cjml": LAUGHS.encode("utf-16"),
    "fetches.cjml": FETCHES,
    "deep.cjml": "<cjml>" + "<phase>" * 20_000,
    "many.csv": "stage,step,lane,text\n" + "A,B,C,D\n" * 20_000,
    "wide.csv": ",".join(["a"] * 5_000),
    "none.xlsx": b"PK\x03\x04" + b"\0" * 100,
}  # fmt: skip


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No network, and a folder of its own."""

    def refused(*_: Any, **__: Any) -> None:
        raise AssertionError("a file made it ask the network")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    monkeypatch.chdir(tmp_path)


def taught(status: int, out: str, err: str, name: str, language: str) -> None:
    """One line in the language of the reader, that names the file; no traceback, nothing that moves a cursor."""
    assert (status, out) == (2, ""), err
    assert (len(err.strip().splitlines()) == 1 and err.strip().isprintable()) or language == "fa"
    assert name in err and len(err) < 1_500
    assert "\x1b" not in err and "Traceback" not in err and "Error" not in err
    assert any("\u0600" <= letter <= "\u06ff" for letter in err) == (language == "fa")


@pytest.mark.parametrize("name", MAPS)
def test_a_hostile_map_is_refused_in_a_sentence(name: str, command: Command, tmp_path: Path) -> None:
    file = put(tmp_path, name, MAPS[name])
    for language in ("en", "fa"):
        taught(*command("check", file, language=language), name, language)
        taught(*command("draw", file, "-o", tmp_path / "x.svg", language=language), name, language)
    assert not (tmp_path / "x.svg").exists() and not (tmp_path / "ran").exists()


@pytest.mark.parametrize("ending", ["yaml", "json", "csv", "xlsx", "mmd", "cjml"])
def test_a_file_of_two_hundred_megabytes_is_not_read(ending: str, command: Command, tmp_path: Path) -> None:
    file = tmp_path / f"large.{ending}"
    with open(file, "wb") as opened:
        opened.truncate(200_000_000)  # a file of holes: it takes no room
    assert file.stat().st_size > LARGEST
    for language in ("en", "fa"):
        taught(*command("check", file, language=language), file.name, language)


def test_a_workbook_of_a_kilobyte_wants_no_mountain_of_memory(
    command: Command, shop: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        book.writestr("xl/worksheets/sheet1.xml", SHEET % cells)
    for language in ("en", "fa"):
        taught(*command("check", file, language=language), file.name, language)
        taught(*command("import", file, "-w", shop.folder, language=language), file.name, language)


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("laughs.xes", LAUGHS.replace("cjml", "log")),
        ("fetches.xes", FETCHES.replace("cjml", "log")),
        ("deep.xes", "<log>" + "<trace>" * 20_000),
        ("deep.json", "[" * 20_000),
        ("deep.ndjson", '{"a":' * 20_000 + "\n"),
        ("noise.parquet", b"PAR1" + bytes(range(256)) * 8),
        ("noise.csv", bytes(range(256)) * 40),
        ("gzip.csv.gz", b"\x1f\x8b\x08\x00" + b"\0" * 64),
        ("none.xlsx", b"PK\x03\x04" + b"\0" * 100),
    ],
)
def test_hostile_events_are_refused_in_a_sentence(
    name: str, inside: str | bytes, command: Command, shop: Workspace, tmp_path: Path
) -> None:
    file = put(tmp_path, name, inside)
    for language in ("en", "fa"):
        taught(*command("import", file, "-w", shop.folder, language=language), name, language)


def test_what_a_terminal_would_obey_is_never_printed(command: Command, tmp_path: Path) -> None:
    """A name of a step may hold what turns a screen off; checks and lists quote it as text."""
    step = {"id": "t", "name": "\x1b[2Jgone\x1b]0;title\x07\r\nerror M999: forged"}
    document = Map.model_validate(
        {
            "id": "x",
            "title": "\x1b[31m" + TYPED["controls"],
            "stages": [{"id": "s\x1b[2J", "name": "y" * 200, "steps": [step]}],
        }
    )
    file = document.save(tmp_path / "map.yaml")
    newer = document.model_copy(update={"title": "\x1b[2J"}).save(tmp_path / "newer.yaml")
    for language in ("en", "fa"):
        for words in (("check", file), ("diff", file, newer), ("draw", file, "-o", "\x1b[2J")):
            _, out, err = command(*words, language=language)
            assert out + err
            assert "\x1b" not in out + err and "\x07" not in out + err and "\nerror M999" not in out


def test_a_logo_that_does_harm_is_refused(command: Command, tmp_path: Path) -> None:
    import base64

    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">%s</svg>'
    logos: dict[str, str | bytes] = {
        "script.svg": svg % "<script>x</script>",
        "fetch.svg": svg % '<image href="http://nowhere.invalid/x.png"/>',
        "use.svg": svg % '<use href="http://nowhere.invalid/x.svg#a"/>',
        "foreign.svg": svg % "<foreignObject/>",
        "laughs.svg": LAUGHS.replace("cjml", "svg"),
        "bomb.png": base64.b64decode(bomb().partition(",")[2]),
        "no.png": "none",
    }
    step = {"id": "t", "name": "t"}
    file = Map.model_validate({"id": "x", "title": "x", "stages": [{"id": "s", "name": "s", "steps": [step]}]}).save(
        tmp_path / "map.yaml"
    )
    for name, inside in logos.items():
        logo = put(tmp_path, name, inside)
        for language in ("en", "fa"):
            ended = command("draw", file, "-o", "x.svg", "--logo", logo, language=language)
            taught(*ended, name, language)
