"""Text tables however they are written: encodings, separators, quotes, lines above the header, broken rows."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safarnama.core.errors import Mistake
from safarnama.core.workspace import Workspace
from safarnama.sources.csv import Csv
from safarnama.sources.reading.opening import source_for
from tests.sources.reading import column, events, put, rejected

HEADER = "user_id,event,time,note\n"
GOOD = "u1,view,2026-01-01 10:00,a\nu2,buy,2026-01-02 11:00,b\n"
# Windows-1256 is an Arabic page: it has no Persian yeh, so Persian text in it is written with the Arabic one.
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256", "latin-1"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_with_every_separator(
    shop: Workspace, tmp_path: Path, encoding: str, zipped: bool, separator: str
) -> None:
    word = "café réglé" if encoding == "latin-1" else "خريد شما"
    rows = [["user_id", "event", "time", "note"]]
    rows += [[f"u{n}", f"{word} {n % 2}", f"2026-01-0{n + 1} 10:00", f"{word} {n}"] for n in range(4)]
    text = "".join(separator.join(row) + "\n" for row in rows).encode(encoding)
    file = put(tmp_path, "events.csv.gz" if zipped else "events.tsv", gzip.compress(text) if zipped else text)
    done = shop.import_files(file)[0]
    assert (done.rows, done.rejected) == (4, 0)
    assert column(shop, "what") == [row[1] for row in rows[1:]]
    assert column(shop, "property:note") == [row[3] for row in rows[1:]]


def test_a_row_in_another_encoding_is_mended_and_the_rest_stays(shop: Workspace, tmp_path: Path) -> None:
    lines = [f"u{n},بازدید,2026-01-01 10:0{n},متن".encode() for n in range(6)]
    lines[3] = "u3,كتاب,2026-01-01 10:03,سلام".encode("cp1256")
    done = shop.import_files(put(tmp_path, "a.csv", b"\n".join([HEADER.strip().encode(), *lines])))[0]
    assert column(shop, "what") == ["بازدید"] * 3 + ["كتاب"] + ["بازدید"] * 2
    assert [text.say("en", **arguments) for text, arguments in done.notices] == [
        "1 row were written in another encoding than the rest and were mended."
    ]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_of_rejected_rows_are_those_an_editor_shows(shop: Workspace, tmp_path: Path, ending: str) -> None:
    lines = [
        HEADER.strip(),  # 1
        "u1,view,2026-01-01 10:00,a",
        "",
        'u2,"view, twice",2026-01-01 10:05,"quoted"',
        "u3,view,never,d",  # 5
        "u4,view",  # 6
        "",
        "u5,view,2026-02-30,f",  # 8
        "u6,view,,g",  # 9
        "u7,,2026-01-02,h",  # 10
        "u8,view,2026-01-03,i",
    ]
    shop.import_files(put(tmp_path, "a.csv", ending.join(lines) + ending))
    assert rejected(shop) == [
        (5, "time_unreadable"),
        (6, "columns"),
        (8, "no_such_day"),
        (9, "time_missing"),
        (10, "touchpoint_missing"),
    ]


def test_lines_are_right_after_cells_of_several_lines(shop: Workspace, tmp_path: Path) -> None:
    text = (
        HEADER + 'u1,view,2026-01-01,"one\ntwo\n\nthree"\nu2,view,bad,x\nu3,view\nu4,"a\nb",bad,x\nu5,v,2026-01-02,x\n'
    )
    shop.import_files(put(tmp_path, "a.csv", text))
    assert rejected(shop) == [(6, "time_unreadable"), (7, "columns"), (8, "time_unreadable")]
    assert column(shop, "property:note") == ["one\ntwo\n\nthree", "x"]


def test_a_quote_that_never_closes_costs_its_own_line_only(shop: Workspace, tmp_path: Path) -> None:
    rows = [f"u{n},view,2026-01-01 10:{n:02},x" for n in range(30)]
    rows[7] = 'u7,"view,2026-01-01 10:07,x'
    done = shop.import_files(put(tmp_path, "a.csv", HEADER + "\n".join(rows) + "\n"))[0]
    assert (done.rows, rejected(shop)) == (29, [(9, "columns")])


def test_an_open_quote_far_down_a_long_file_reads_no_row_twice(
    shop: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Blocks are small here, so that rows have gone through before the trouble comes.
    monkeypatch.setattr("safarnama.sources.csv._BLOCK", 1 << 12)
    rows = [f"u{n},view,2026-01-01 10:00:00.{n:06},x" for n in range(2_000)]
    rows[500] = "u500,view"
    rows[1500] = 'u1500,view,2026-01-01 10:00,"x'
    done = shop.import_files(put(tmp_path, "a.csv", HEADER + "\n".join(rows) + "\n"))[0]
    assert (done.rows, done.duplicates) == (1_998, 0)
    assert rejected(shop) == [(502, "columns"), (1502, "columns")]


def test_inch_marks_are_letters(shop: Workspace, tmp_path: Path) -> None:
    shop.import_files(put(tmp_path, "a.csv", HEADER + 'u1,view,2026-01-01,5" disk\nu2,view,bad,a "b" c\n'))
    assert column(shop, "property:note") == ['5" disk']
    assert rejected(shop) == [(3, "time_unreadable")]


@pytest.mark.parametrize(
    ("above", "line"),
    [("Monthly report\n", 5), ("Monthly report\n\n", 6), ("Monthly report,,,\n,,,\n", 6), ("Report, of March\n", 5)],
)
def test_title_lines_above_the_header(shop: Workspace, tmp_path: Path, above: str, line: int) -> None:
    done = shop.import_files(put(tmp_path, "a.csv", above + HEADER + GOOD + "u3,view,bad,x\n"))[0]
    assert (done.rows, done.roles["user"]) == (2, "user_id")
    assert rejected(shop) == [(line, "time_unreadable")]
    assert done.notices[0][0].say("en", **done.notices[0][1]).startswith("Skipped above the header")


def test_a_separator_too_many_at_the_end_of_rows_or_of_the_header(shop: Workspace, tmp_path: Path) -> None:
    rows = "".join(f"u{n},view,2026-01-01 10:0{n}{{}}\n" for n in range(5))
    ends = put(tmp_path, "ends.csv", "user_id,event,time\n" + rows.format(*[","] * 5))
    head = put(tmp_path, "head.csv", "user_id,event,time,\n" + rows.replace("view", "buy").format(*[""] * 5))
    assert [done.rows for done in shop.import_files(ends, head)] == [5, 5]


def test_rows_cut_short_leave_the_header_where_it_is(shop: Workspace, tmp_path: Path) -> None:
    done = shop.import_files(put(tmp_path, "a.csv", HEADER + "u1,view\nu2,view\nu3,view\nu4,view,2026-01-01,x\n"))[0]
    assert (done.rows, rejected(shop)) == (1, [(line, "columns") for line in (2, 3, 4)])


def test_columns_without_a_name_or_with_the_same_one(shop: Workspace, tmp_path: Path) -> None:
    done = shop.import_files(put(tmp_path, "a.csv", "user_id,event,time,,x,x,x\nu1,view,2026-01-01,1,2,3,4\n"))[0]
    assert done.properties == ("column 4", "x", "x (2)", "x (3)")
    assert events(shop)[0]["property:x (3)"] == "4"


def test_decimal_commas_do_not_pass_for_separators(shop: Workspace, tmp_path: Path) -> None:
    rows = "".join(f"u{n};buy;2026-01-0{n};1,{n}0;a, b, c\n" for n in range(1, 6))
    shop.import_files(put(tmp_path, "a.csv", "user_id;event;time;value;note\n" + rows))
    assert column(shop, "value") == [110, 120, 130, 140, 150]


def test_a_cell_longer_than_most_readers_take(shop: Workspace, tmp_path: Path) -> None:
    long = "x" * 200_000
    shop.import_files(put(tmp_path, "a.csv", HEADER + f"u1,view,2026-01-01,{long}\nu2,view,bad,{long}\nu3,view\n"))
    assert [len(note) for note in column(shop, "property:note")] == [200_000]
    assert rejected(shop) == [(3, "time_unreadable"), (4, "columns")]


def test_bytes_that_are_no_utf16_cost_nothing_else(shop: Workspace, tmp_path: Path) -> None:
    text = (HEADER + GOOD).encode("utf-16") + b"\x00\xd8" + "u3,view,2026-01-03,x\n".encode("utf-16-le")
    assert shop.import_files(put(tmp_path, "a.csv", text))[0].rows == 3


@pytest.mark.parametrize("cut", [20, 60, -4])
def test_a_cut_or_damaged_gzip_teaches(shop: Workspace, tmp_path: Path, cut: int) -> None:
    whole = gzip.compress((HEADER + "".join(f"u{n},view,2026-01-01,{n * 7919}\n" for n in range(500))).encode())
    with pytest.raises(Mistake, match="damaged or cut"):
        shop.import_files(put(tmp_path, "a.csv.gz", whole[:cut]))
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 0xFF
    with pytest.raises(Mistake, match="damaged or cut"):
        shop.import_files(put(tmp_path, "b.csv.gz", bytes(flipped)))
    assert events(shop) == []


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12) | st.sampled_from(
    ['say "hi"', "a,b", "two\nlines", '"', "", " x ", ",,", "؛", "one\n\ntwo"]
)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=12), st.sampled_from(",;\t|"))
def test_what_a_csv_writer_writes_comes_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], separator: str
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerows([["first", "second", "third"], *rows])
    file = put(tmp_path_factory.mktemp("csv"), "a.csv", out.getvalue())
    reader = source_for(file)
    assert isinstance(reader, Csv)
    read = [row for batch in reader.read() for row in batch.table.to_pylist()]
    assert [[row[name] or "" for name in ("first", "second", "third")] for row in read] == rows


@given(st.lists(st.sampled_from(["good", "short", "open", "several", "blank"]), min_size=1, max_size=25))
def test_broken_rows_are_found_where_they_stand(tmp_path_factory: pytest.TempPathFactory, kinds: list[str]) -> None:
    lines, broken, good, at = ["user_id,event,time,note"], [], [], 2
    for kind in [*kinds, "good"]:
        text = {
            "good": f"u,view,{at},x",
            "short": "u,view",
            "open": f'u,view,{at},"x',
            "several": f'u,view,{at},"x\ny"',
            "blank": "",
        }[kind]
        if kind in ("short", "open"):
            broken.append(at)
        elif kind != "blank":
            good.append(at)
        lines.append(text)
        at += text.count("\n") + 1
    # An open quote may only be told from a long cell when no other quote follows.
    if "open" in kinds and '"' in "".join(lines).split('"x', 1)[1]:
        return
    reader = source_for(put(tmp_path_factory.mktemp("csv"), "a.csv", "\n".join(lines) + "\n"))
    read = list(reader.read())
    assert sorted(row.line for batch in read for row in batch.broken) == broken
    assert [int(row["time"]) for batch in read for row in batch.table.to_pylist()] == good
    assert reader.line_numbers(np.arange(len(good))).tolist() == good


def test_a_stray_nul_does_not_make_a_table_binary(shop: Workspace, tmp_path: Path) -> None:
    assert shop.import_files(put(tmp_path, "a.csv", HEADER + GOOD + "u3,vi\0ew,2026-01-03,x\n"))[0].rows == 3
