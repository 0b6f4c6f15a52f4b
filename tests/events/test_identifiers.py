"""Identifiers in one form each, and their keyed hashes."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safarnama.events.hashing import keyed, rows
from safarnama.events.identifiers import handle, handles, normalised
from safarnama.events.schema import minor_units, strength

KEY = bytes(range(16))


@pytest.mark.parametrize(
    "text",
    [
        "09121234567",
        "9121234567",
        "+989121234567",
        "00989121234567",
        "989121234567",
        "0912 123 4567",
        "(0912) 123-45.67",
        "۰۹۱۲۱۲۳۴۵۶۷",
        "٠٩١٢١٢٣٤٥٦٧",
        " +98 912 123 4567 ",
        "\u202a+989121234567\u202c",
        "0912/1234567",
    ],
)
def test_one_phone_in_all_its_forms(text: str) -> None:
    assert normalised(pa.array([text]), "phone", "IR").to_pylist() == ["+989121234567"]


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("021-88776655", "IR", "+982188776655"),
        ("+1 650 253 0000", "IR", "+16502530000"),
        ("0171 1234567", "DE", "+491711234567"),
        ("0171 1234567", "", None),
        ("12", "IR", None),
        ("null", "IR", None),
        ("-1", "IR", None),
        ("call me", "IR", None),
    ],
)
def test_phones_of_other_places_and_what_is_none(text: str, country: str, expected: str | None) -> None:
    assert normalised(pa.array([text]), "phone", country).to_pylist() == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" Me@X.IR ", "me@x.ir"),
        ("me@x", None),
        ("me at x.ir", None),
        ("@", None),
        ("n/a", None),
        ("me@۱۲.ir", "me@12.ir"),
    ],
)
def test_email(text: str, expected: str | None) -> None:
    assert normalised(pa.array([text]), "email").to_pylist() == [expected]


@pytest.mark.parametrize(
    "text", ["", " ", "null", "NULL", "None", "nan", "NaN", "-1", "-", "N/A", "anonymous", "(null)"]
)
def test_placeholders_are_nobody(text: str) -> None:
    assert normalised(pa.array([text, "u1"]), "user").to_pylist() == [None, "u1"]


def test_zero_is_a_number_like_others_and_types_agree() -> None:
    for values in (pa.array([12, None]), pa.array([12.0, None]), pa.array(["۱۲", None]), pa.array([" 12", ""])):
        assert normalised(values, "customer").to_pylist() == ["12", None]
    assert normalised(pa.array(["a", "b", "a"]).dictionary_encode(), "user").to_pylist() == ["a", "b", "a"]


IDS = st.lists(st.text(max_size=20).filter(str.strip), min_size=1, max_size=20)


@given(IDS, st.sampled_from(["customer", "user", "email", "phone", "anonymous"]))
def test_normalising_twice_changes_nothing(texts: list[str], kind: str) -> None:
    once = normalised(pa.array(texts, pa.string()), kind, "IR")
    assert normalised(once, kind, "IR").to_pylist() == once.to_pylist()


@given(IDS)
def test_handles_tell_types_and_workspaces_apart(texts: list[str]) -> None:
    values = pa.array(sorted(set(texts)), pa.string())
    mine = handles(values, "user", KEY).to_pylist()
    assert len(set(mine)) == len(mine) and 0 not in mine
    assert mine == handles(values.dictionary_encode(), "user", KEY).to_pylist()
    assert not set(mine) & set(handles(values, "customer", KEY).to_pylist())
    assert not set(mine) & set(handles(values, "user", KEY[::-1]).to_pylist())


def test_a_typed_identifier_finds_what_was_stored() -> None:
    stored = handles(normalised(pa.array(["+98 912 123 4567"]), "phone", "IR"), "phone", KEY)[0].as_py()
    assert handle("۰۹۱۲۱۲۳۴۵۶۷", "phone", KEY, "IR") == stored
    assert handle("null", "phone", KEY, "IR") is None


def test_the_hash_is_siphash_as_published() -> None:
    """Vectors of the reference implementation (Aumasson and Bernstein): key 00…0f, messages 00, 0001, 000102 …"""
    expected = [0x726FDB47DD0E0E31, 0x74F839C593DC67FD, 0x0D6C8009D9A94F5A, 0x85676696D7FB7E2D]
    messages = pa.array([bytes(range(n)) for n in (0, 1, 2, 3)], pa.binary())
    assert [int(each) for each in keyed(messages, KEY)] == expected
    assert int(keyed(pa.array([bytes(range(15))], pa.binary()), KEY)[0]) == 0xA129CA6149BE45E5


CELLS = st.none() | st.text(max_size=9)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=12))
def test_equal_rows_have_equal_hashes_however_they_are_stored(pairs: list[tuple[str | None, str | None]]) -> None:
    a, b = (pa.array([pair[place] for pair in pairs], pa.string()) for place in (0, 1))
    plain = rows(pa.table({"a": a, "b": b}))
    assert (plain == rows(pa.table({"b": b.dictionary_encode(), "a": a.cast(pa.large_string())}))).all()
    assert (plain == rows(pa.table({"a": a, "b": b, "c": pa.nulls(len(a))}))).all()
    padded = pa.table({"a": pa.concat_arrays([pa.array(["x"]), a]), "b": pa.concat_arrays([pa.array(["y"]), b])})
    assert (plain == rows(padded.slice(1))).all()
    same = np.array([[p[0] or None, p[1] or None] for p in pairs], object)
    for i in range(len(pairs)):
        for j in range(i):
            assert (plain[i] == plain[j]) == bool((same[i] == same[j]).all())


def test_which_column_a_cell_stands_in_matters() -> None:
    assert rows(pa.table({"a": ["x"], "b": ["y"]}))[0] != rows(pa.table({"a": ["y"], "b": ["x"]}))[0]


def test_ranks_and_minor_units() -> None:
    order = ["customer", "user", "email", "phone", "card", "device_id", "anonymous"]
    assert sorted(order, key=strength) == order
    assert [minor_units(code) for code in ("IRR", "USD", "KWD", "JPY", "")] == [1, 100, 1000, 1, 100]
