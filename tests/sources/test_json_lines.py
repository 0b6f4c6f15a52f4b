"""JSON: one object a line or a list of them, with everything real senders put in."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from safarnama.core.errors import Mistake
from safarnama.core.workspace import Workspace
from tests.sources.reading import column, events, put, rejected

BASE = {"user_id": "u1", "event": "view", "time": "2026-01-01T10:00:00Z"}


def ndjson(*rows: dict[str, Any] | str) -> str:
    return "".join((row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)) + "\n" for row in rows)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
@pytest.mark.parametrize("listed", [False, True])
def test_every_encoding_as_lines_and_as_a_list(shop: Workspace, tmp_path: Path, encoding: str, listed: bool) -> None:
    rows = [{**BASE, "event": "خريد", "user_id": f"مشتري {n}"} for n in range(5)]
    text = json.dumps(rows, ensure_ascii=False, indent=1) if listed else ndjson(*rows)
    file = put(tmp_path, "a.json.gz", gzip.compress(text.encode(encoding)))
    assert shop.import_files(file)[0].rows == 5
    assert column(shop, "what") == ["خريد"] * 5
    assert shop.journeys().customers == 5


def test_broken_lines_are_named_and_the_rest_comes_in(shop: Workspace, tmp_path: Path) -> None:
    deep = "[" * 100_000
    text = ndjson(
        BASE, "", '{"user_id": "u2", "ev', "7", "[1, 2]", "{}", deep, {**BASE, "time": "no"}, {**BASE, "n": 1}
    )
    shop.import_files(put(tmp_path, "a.ndjson", text))
    assert rejected(shop) == [(line, "json") for line in (3, 4, 5, 6, 7)] + [(8, "time_unreadable")]
    assert len(events(shop)) == 2


def test_what_event_senders_get_wrong_is_mended_and_said(shop: Workspace, tmp_path: Path) -> None:
    text = ndjson(
        '{"user_id":"u1","event":"buy","time":"2026-01-01","value":NaN,"note":"a"}',
        '{"user_id":"u1","event":"buy","time":"2026-01-02","value":12.5,"note":"half \\ud83d"}',
        '{"user_id":"u1","event":"buy","time":"2026-01-03","value":-Infinity,"note":"c"}',
    )
    done = shop.import_files(put(tmp_path, "a.ndjson", text))[0]
    assert (done.rows, done.rejected) == (3, 0)
    assert column(shop, "value") == [None, 1250, None]
    assert [text.say("en", **arguments)[:12] for text, arguments in done.notices] == ["3 lines held"]


def test_nested_fields_have_names_with_dots_and_keep_their_owner(shop: Workspace, tmp_path: Path) -> None:
    row = {
        "event": "call",
        "timestamp": "2026-01-01T10:00:00+03:30",
        "context": {"traits": {"email": "Me@X.ir"}, "device": {"type": "phone"}},
        "agent": {"email": "agent@shop.ir", "phone": "09120000000"},
        "referrer": {"user_id": "other"},
        "tags": ["a", 1],
    }
    done = shop.import_files(put(tmp_path, "a.ndjson", ndjson(row)))[0]
    assert done.roles == {
        "time": "timestamp",
        "touchpoint": "event",
        "email": "context.traits.email",
        "device": "context.device.type",
    }
    assert events(shop)[0]["property:agent.email"] == "agent@shop.ir"
    assert events(shop)[0]["property:tags"] == '["a",1]'


def test_numbers_of_mixed_types_are_one_identifier(shop: Workspace, tmp_path: Path) -> None:
    big = 12_345_678_901_234_567
    rows = [{**BASE, "user_id": each} for each in (12345, "12345", 12345.0, " 12345 ", big, str(big), 1e16)]
    shop.import_files(put(tmp_path, "a.ndjson", ndjson(*rows)))
    who = column(shop, "who:user")
    assert len(set(who[:4])) == 1 and who[4] == who[5] != who[6] and len(set(who)) == 3


def test_keys_that_appear_far_down_still_count(
    shop: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("safarnama.sources.json._BATCH", 50)
    rows = [{**BASE, "time": 1767261600 + n} for n in range(120)]
    rows += [{**BASE, "time": 1767261900, "email": "a@b.ir", "value": "12.5", "colour": "red", "event": "buy"}]
    rows += [{"user_id": "u1", "time": 1767261901, "event": "bare"}, {"event": "nobody", "time": 1767261902}]
    done = shop.import_files(put(tmp_path, "a.ndjson", ndjson(*rows)))[0]
    assert (done.rows, done.roles["email"], done.roles["value"]) == (123, "email", "value")
    assert done.properties == ("colour",)
    last = next(row for row in events(shop) if row["what"] == "buy")
    assert (last["value"], last["property:colour"], "who:email" in last) == (1250, "red", True)


def test_a_batch_without_a_column_of_the_plan_is_set_aside_not_a_fault(
    shop: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("safarnama.sources.json._BATCH", 2)
    shop.import_files(put(tmp_path, "a.ndjson", ndjson(BASE, BASE, {"event": "view"}, {"user_id": "u", "time": "x"})))
    assert rejected(shop) == [(3, "time_missing"), (4, "time_unreadable")]


@pytest.mark.parametrize("text", ["hello\nworld\n", "[1, 2]\n", "[]", '"text"', "{}", "[{]"])
def test_a_file_without_objects_teaches(shop: Workspace, tmp_path: Path, text: str) -> None:
    with pytest.raises(Mistake, match=r"One object a line, or one list of objects|no row could be read"):
        shop.import_files(put(tmp_path, "a.json", text))
