"""What makes a row the same row: its event id within its source, else its cells and how often they stood before."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safarnama.core.errors import Mistake
from safarnama.core.workspace import Workspace
from safarnama.events.arrivals import occurrences
from safarnama.events.store import EventStore
from tests.sources.reading import column, events, put, rejected

PLAIN = "user_id,event,time\n"
WITH_ID = "event_id,user_id,event,time\n"


def test_repeated_rows_are_kept_and_counted_and_come_in_once(shop: Workspace, tmp_path: Path) -> None:
    text = PLAIN + "u1,view,2026-01-01\n" * 3 + "u2,view,2026-01-01\n"
    first = shop.import_files(put(tmp_path, "web.csv", text))[0]
    assert (first.rows, first.duplicates) == (4, 2)
    for name in ("web.csv", "renamed.csv", "web.csv.bak"):
        again = shop.import_files(put(tmp_path, name, text))[0]
        assert (again.rows, again.known, again.duplicates) == (0, 4, 0)
    more = shop.import_files(put(tmp_path, "more.csv", text + "u1,view,2026-01-01\n"))[0]
    assert (more.rows, more.known, more.duplicates) == (1, 4, 1)


def test_the_same_rows_in_other_clothes_add_nothing(shop: Workspace, tmp_path: Path) -> None:
    """Another order of rows and columns, another separator, quotes, an empty column: the same rows."""
    shop.import_files(put(tmp_path, "a.csv", PLAIN + "u1,view,2026-01-01\nu2,buy,2026-01-02\n"))
    other = 'time;extra;event;user_id\n2026-01-02;;buy;u2\n2026-01-01;;"view";u1\n'
    done = shop.import_files(put(tmp_path, "b.csv", other))[0]
    assert (done.rows, done.known) == (0, 2)
    lines = '{"event": "view", "user_id": "u1", "time": "2026-01-01"}\n'
    assert shop.import_files(put(tmp_path, "c.ndjson", lines))[0].rows == 0


def test_an_event_id_twice_in_a_file_is_one_event(shop: Workspace, tmp_path: Path) -> None:
    text = WITH_ID + "".join(f"e{n},u1,view,2026-01-01 10:{n:02}\n" for n in range(50)) + "e7,u1,late copy,2026-01-02\n"
    done = shop.import_files(put(tmp_path, "a.csv", text))[0]
    assert (done.rows, done.repeated, done.duplicates) == (50, 1, 0)
    assert "late copy" not in column(shop, "what")


def test_an_event_id_belongs_to_its_source(shop: Workspace, tmp_path: Path) -> None:
    web = WITH_ID + "e1,u1,view,2026-01-01\ne2,u1,view,2026-01-02\n"
    calls = WITH_ID + "e1,u1,call,2026-01-01\ne2,u1,call,2026-01-02\n"
    changed = WITH_ID + "e1,u1,viewed,2026-01-01\ne3,u1,view,2026-01-03\n"
    assert [
        done.rows for done in shop.import_files(put(tmp_path, "web.csv", web), put(tmp_path, "calls.csv", calls))
    ] == [2, 2]
    again = shop.import_files(put(tmp_path, "changed.csv", changed), source="web")[0]
    assert (again.rows, again.known) == (1, 1)
    renamed = shop.import_files(put(tmp_path, "copy.csv", web))[0]
    assert (renamed.rows, renamed.source) == (0, "web")
    assert [segment.source for segment in EventStore(shop).manifest.segments] == ["web", "calls", "web"]


def test_the_source_is_the_stem_unless_said(shop: Workspace, tmp_path: Path) -> None:
    text = PLAIN + "u1,view,2026-01-01\n"
    assert shop.import_files(put(tmp_path, "web.2026.csv.gz", text))[0].source == "web"
    assert shop.import_files(put(tmp_path, "b.csv", text + "u2,view,2026-01-01\n"), source="سایت")[0].source == "سایت"


def test_all_files_of_a_command_or_none(shop: Workspace, tmp_path: Path) -> None:
    good = put(tmp_path, "good.csv", PLAIN + "u1,view,2026-01-01\n")
    bad = put(tmp_path, "bad.csv", "colour,size\nred,1\n")
    with pytest.raises(Mistake):
        shop.import_files(good, bad)
    assert events(shop) == [] and EventStore(shop).manifest.version == 0
    assert not any(EventStore(shop).segments_folder.glob("*"))
    assert [done.rows for done in shop.import_files(good, good)] == [1, 0]


def test_rejected_rows_are_told_once_and_leave_when_they_come_in(shop: Workspace, tmp_path: Path) -> None:
    text = (
        "user_id,event,day,other\n"
        + "u1,view,2026-01-01,x\nu2,view,soon,2026-01-02\nu2,view,soon,2026-01-02\nu3,,2026-01-03,x\n"
    )
    file = put(tmp_path, "a.csv", text)
    first = shop.import_files(file, columns={"time": "day"})[0]
    assert (first.rows, first.rejected, first.reasons) == (1, 3, {"time_unreadable": 2, "touchpoint_missing": 1})
    again = shop.import_files(file, columns={"time": "day"})[0]
    assert (again.rows, again.rejected) == (0, 0)
    assert rejected(shop) == [(3, "time_unreadable"), (4, "time_unreadable"), (5, "touchpoint_missing")]
    mended = shop.import_files(file, columns={"time": "other"})[0]
    assert mended.rows == 2
    assert (5, "touchpoint_missing") in rejected(shop)
    assert not {(3, "time_unreadable"), (4, "time_unreadable")} & set(rejected(shop))


def test_what_was_seen_stands_beside_the_reason(shop: Workspace, tmp_path: Path) -> None:
    file = put(tmp_path, "a.csv", PLAIN + "u1,view,2026-01-01\nu1,view,٣٢ دی\nu1,view\n")
    shop.import_files(file)
    rows = EventStore(shop).rejected().to_pylist()
    assert [(row["file"], row["source"], row["line"], row["column"], row["seen"]) for row in rows] == [
        ("a.csv", "a", 3, "time", "٣٢ دی"),
        ("a.csv", "a", 4, "", "u1,view"),
    ]


ROWS = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(["view", "buy"]), st.integers(1, 3)), min_size=1, max_size=12
)


@given(ROWS, st.randoms(use_true_random=False), st.integers(0, 12))
def test_any_order_and_any_split_give_the_same_rows(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, int]], chance: object, cut: int
) -> None:
    """A file, and the same file shuffled: nothing is added, nothing is lost; its parts add up when no row repeats."""
    folder = tmp_path_factory.mktemp("split")
    lines = [json.dumps({"user_id": who, "event": what, "time": f"2026-01-0{day}"}) for who, what, day in rows]
    whole = Workspace.new(folder / "whole")
    assert whole.import_files(put(folder, "a.ndjson", "\n".join(lines)))[0].rows == len(rows)
    shuffled = list(lines)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert whole.import_files(put(folder, "b.ndjson", "\n".join(shuffled)))[0].rows == 0
    distinct = sorted(set(shuffled))
    parts = Workspace.new(folder / "parts")
    for number, part in enumerate((distinct[:cut], distinct[cut:])):
        if part:
            parts.import_files(put(folder, f"{number}.ndjson", "\n".join(part)))
    one = Workspace.new(folder / "one")
    one.import_files(put(folder, "c.ndjson", "\n".join(distinct)))
    assert EventStore(parts).manifest.fingerprint == EventStore(one).manifest.fingerprint


@given(st.lists(st.integers(0, 5), max_size=40))
def test_occurrences_count_what_stood_before(hashes: list[int]) -> None:
    seen: Counter[int] = Counter()
    expected = []
    for each in hashes:
        expected.append(seen[each])
        seen[each] += 1
    assert occurrences(np.array(hashes, np.uint64)).tolist() == expected
