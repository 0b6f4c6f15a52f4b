"""XES logs: what a case and its events carry, whatever wrote them, and what is refused."""

from __future__ import annotations

import gzip
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safarnama.core.errors import Mistake
from safarnama.core.workspace import Workspace
from safarnama.sources.xes import Xes
from tests.sources.reading import column, events, put, rejected

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8)


def event(name: str, minute: int, more: str = "") -> str:
    time = f"2026-03-01T{10 + minute // 60:02}:{minute % 60:02}:00.250+01:00"
    return f'<event><string key="concept:name" value={quoteattr(name)}/><date key="time:timestamp" value="{time}"/>{more}</event>\n'


def trace(name: str | None, *inner: str) -> str:
    named = "" if name is None else f'<string key="concept:name" value={quoteattr(name)}/>'
    return f"<trace>{named}\n{''.join(inner)}</trace>\n"


def log(*inner: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>\n') -> str:
    return f'{head}<log xes.version="1.0" xmlns="http://www.xes-standard.org/">\n{"".join(inner)}</log>\n'


def test_cases_are_customers_and_events_their_journeys(shop: Workspace, tmp_path: Path) -> None:
    text = log(
        '<global scope="event"><string key="concept:name" value="UNKNOWN"/></global>',
        '<string key="about" value="a log"><string key="inner" value="of two"/></string>',
        trace("loan 1", event("asked", 0), event("granted", 5)),
        trace("loan 2", event("asked", 2)),
    )
    done = shop.import_files(put(tmp_path, "loans.xes.gz", gzip.compress(text.encode())))[0]
    assert (done.rows, done.rejected, done.roles["customer"]) == (3, 0, "case:concept:name")
    journeys = shop.journeys()
    assert (journeys.customers, sorted(journeys.touchpoints)) == (2, ["asked", "granted"])
    assert column(shop, "what") == ["asked", "granted", "asked"]


def test_attributes_of_cases_and_nested_ones_are_kept(tmp_path: Path) -> None:
    amount = '<int key="amount" value="700"><string key="unit" value="EUR"/></int>'
    boxed = '<list key="seen"><values><string key="by" value="Sara"/></values></list><boolean key="late" value="true"/>'
    file = put(tmp_path, "a.xes", log(trace("1", amount, event("asked", 0, boxed), event("granted", 1))))
    rows = [row for rows in Xes(file=file).read() for row in rows.table.to_pylist()]
    assert [row["case:amount"] for row in rows] == ["700", "700"]
    assert rows[0]["case:amount.unit"] == "EUR"
    assert (rows[0]["seen.by"], rows[0]["late"]) == ("Sara", "true")
    assert (rows[1]["seen.by"], rows[1]["late"]) == (None, None)


def test_cases_without_a_name_go_by_their_number(shop: Workspace, tmp_path: Path) -> None:
    file = put(
        tmp_path, "a.xes", log(trace(None, event("asked", 0), event("asked", 1)), trace(None, event("asked", 2)))
    )
    done = shop.import_files(file)[0]
    assert shop.journeys().customers == 2
    assert any(found == {"n": 2} for _, found in done.notices)


def test_a_bad_event_is_set_aside_with_its_line(shop: Workspace, tmp_path: Path) -> None:
    bad = '<event><string key="concept:name" value="lost"/><date key="time:timestamp" value="soon"/></event>\n'
    text = log(trace("1", event("a", 0), bad, event("b", 1)))
    line = text.splitlines().index(bad.strip()) + 1
    shop.import_files(put(tmp_path, "a.xes", text))
    assert rejected(shop) == [(line, "time_unreadable")]
    assert len(events(shop)) == 2


@given(cases=st.lists(st.lists(st.dictionaries(TEXT, TEXT, max_size=3), max_size=4), min_size=1, max_size=5))
def test_whatever_is_written_is_read(
    cases: list[list[dict[str, str]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    attributes = [
        ["".join(f"<string key={quoteattr(k)} value={quoteattr(v)}/>" for k, v in one.items()) for one in case]
        for case in cases
    ]
    text = log(*(trace(f"c{n}", *(event("e", 0, more) for more in case)) for n, case in enumerate(attributes)))
    file = put(tmp_path_factory.mktemp("log"), "a.xes", text)
    written = [(f"c{n}", one) for n, case in enumerate(cases) for one in case]
    if not written:
        with pytest.raises(Mistake):
            list(Xes(file=file).read())
        return
    rows = [row for rows in Xes(file=file).read() for row in rows.table.to_pylist()]
    assert [row["case:concept:name"] for row in rows] == [name for name, _ in written]
    for row, (_, one) in zip(rows, written, strict=True):
        for key, value in one.items():
            assert row[key] == value or key in ("concept:name", "time:timestamp", "case:concept:name")


BILLION = (
    '<!DOCTYPE log [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<log><trace><event><string key="x" value="&b;"/></event></trace></log>'
)
OUTSIDE = '<!DOCTYPE log [<!ENTITY a SYSTEM "file:///etc/hostname">]><log><trace><event>&a;</event></trace></log>'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BILLION, "entities"),
        (OUTSIDE, "entities"),
        ("<WorkflowLog></WorkflowLog>", "<WorkflowLog>"),
        (log(trace("1", event("a", 0)))[:-20], "line"),
        (log(), "no events"),
        (log(trace("1")), "no events"),
        ("<log>" + "<list key='a'>" * 100, "deep"),
        ("<log><trace><event><string key='a' value='" + "x" * (17 << 20), "MB"),
        (log(trace("1", event("a", 0, "".join(f'<int key="k{n}" value="1"/>' for n in range(2100))))), "attributes"),
    ],
    ids=["bomb", "outside", "other XML", "cut", "empty", "no events", "deep", "huge tag", "wide"],
)
def test_what_is_no_log_teaches_and_leaves_the_workspace(shop: Workspace, tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(Mistake, match=said):
        shop.import_files(put(tmp_path, "a.xes", text))
    assert events(shop) == []


def test_a_log_is_told_from_its_first_sign(shop: Workspace, tmp_path: Path) -> None:
    shop.import_files(put(tmp_path, "export", log(trace("1", event("asked", 0)))))
    assert column(shop, "what") == ["asked"]
