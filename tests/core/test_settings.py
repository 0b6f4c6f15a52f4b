"""The workspace folder, parameters, plug-ins by name, findings kept, and intervals."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import safarnama as sn
from safarnama.core import registry
from safarnama.core.errors import Mistake, nearest
from safarnama.core.finding import Chart, Finding, Sentence
from safarnama.core.grammar import Step
from safarnama.core.intervals import of_mean, wilson
from safarnama.core.parameters import ChoiceKind, DatesKind, DurationKind, FlagKind, NumberKind, StepsKind
from safarnama.core.words import Text
from safarnama.core.workspace import SETTINGS, Workspace, write


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"timezone": "Asia/Atlantis"}, "Time zone Asia/Atlantis does not exist"),
        ({"timezone": "../etc"}, "does not exist"),
        ({"currency": "toman"}, "not a code of three capital letters"),
        ({"language": "de"}, "Language de is not known"),
        ({"timezon": "UTC"}, "Nearest: timezone"),
    ],
)
def test_wrong_settings_teach_and_make_nothing(tmp_path: Path, settings: dict[str, str], message: str) -> None:
    with pytest.raises(Mistake, match=message) as caught:
        Workspace.new(tmp_path / "shop", **settings)
    assert caught.value.say("fa") != caught.value.say("en")
    assert not (tmp_path / "shop").exists()


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("dear")
    (tmp_path / "file").write_text("x")
    for name in ("letters", "file"):
        with pytest.raises(Mistake, match="not empty"):
            Workspace.new(tmp_path / name)
    shop = Workspace.new(tmp_path / "shop")
    key = shop.key
    with pytest.raises(Mistake, match="is a workspace already"):
        Workspace.new(tmp_path / "shop")
    assert Workspace.open(tmp_path / "shop").key == key and len(key) == 16
    assert (tmp_path / "shop" / "identifiers.key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "timezone: [", "just words"])
def test_settings_that_cannot_be_read_teach(shop: Workspace, text: str) -> None:
    (shop.folder / SETTINGS).write_text(text)
    with pytest.raises(Mistake, match="cannot be read as settings"):
        Workspace.open(shop.folder)


def test_no_workspace_here_teaches(tmp_path: Path) -> None:
    with pytest.raises(Mistake, match="Make one with: safarnama new"):
        Workspace.open(tmp_path)


def test_iran_brings_its_calendar_and_its_phones(tmp_path: Path) -> None:
    iran = Workspace.new(tmp_path / "iran", timezone="Asia/Tehran", currency="IRR").settings
    assert (iran.calendar, iran.country) == ("jalali", "IR")
    plain = Workspace.new(tmp_path / "plain").settings
    assert (plain.calendar, plain.country, plain.timezone, plain.title) == ("gregorian", "", "UTC", "plain")


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a", b"old")
    monkeypatch.setattr("safarnama.core.workspace.os.fsync", _fails)
    with pytest.raises(OSError, match="disk"):
        write(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def _fails(_: int) -> None:
    raise OSError("disk")


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (NumberKind(0, 10), "۷٫۵", 7.5),
        (NumberKind(whole=True), "1,200", 1200),
        (FlagKind(), "بله", True),
        (FlagKind(), "off", False),
        (DurationKind(), "۷ روز", timedelta(days=7)),
        (DatesKind(), "1405-01-01..", (date(2026, 3, 21), None)),
        (StepsKind(), "a, b|c?", (Step(("a",)), Step(("b", "c"), optional=True))),
        (ChoiceKind({"day": Text(en="day", fa="روز")}), "day", "day"),
    ],
    ids=str,
)
def test_parameters_read_their_string_form_and_their_own(kind: Any, text: str, value: Any) -> None:
    assert kind.parse(text) == value
    assert kind.parse(kind.form(value)) == value
    assert kind.parse(value) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (NumberKind(0, 10), "11"),
        (NumberKind(0, 10), "many"),
        (NumberKind(whole=True), "1.5"),
        (NumberKind(0, 10), None),
        (FlagKind(), "perhaps"),
        (DurationKind(), "0d"),
        (StepsKind(at_least=2), "a"),
        (StepsKind(), "!a"),
        (ChoiceKind({"day": Text(en="day", fa="روز")}), "dya"),
        (DatesKind(), "soon"),
    ],
    ids=str,
)
def test_parameters_refuse_with_a_sentence_in_both_languages(kind: Any, text: Any) -> None:
    with pytest.raises(Mistake) as caught:
        kind.parse(text)
    assert caught.value.say("en") != caught.value.say("fa")
    assert "\n" not in caught.value.say("en")


def test_an_infinite_number_is_not_whole() -> None:
    with pytest.raises(Mistake):
        NumberKind(whole=True).parse("inf")


@pytest.mark.parametrize("kind", registry.KINDS)
def test_every_plug_in_is_found_by_its_name_and_a_wrong_name_teaches(kind: str) -> None:
    names = registry.names(kind)
    assert names
    for name in names:
        found = registry.find(kind, name)
        assert found.name() == name and found.title.en and not found.title.fa.isascii()
    with pytest.raises(Mistake, match=f"Nearest: {names[0]}"):
        registry.find(kind, names[0] + "x")


def test_the_nearest_word() -> None:
    assert nearest("Purchse", ["purchase", "product_view"]) == "purchase"
    assert nearest("zzz", ["purchase"]) is None and nearest("a", []) is None


def test_a_finding_comes_back_as_it_was_kept(shop: Workspace) -> None:
    table = pa.table(
        {
            "step": ["خرید", None],
            "customers": pa.array([1, 2], pa.int64()),
            "share": [0.5, None],
            "kind": pa.array(["a", "b"]).dictionary_encode(),
            "many": [["x"], []],
            "day": [date(2026, 3, 21), None],
        }
    )
    finding = Finding(
        question="funnel",
        parameters={"steps": "a,b"},
        table=table,
        n=3,
        n_unit="customers",
        period=(date(2026, 3, 21), date(2026, 3, 22)),
        fingerprint="00ff",
        headline=Sentence("nothing"),
        caveats=(Sentence("bots_out", {"n": 3}),),
        chart=Chart("funnel", {"label": "step"}),
    )
    shop.keep(finding)
    again = shop.finding(finding.id)
    assert again is not None
    assert again.rows() == finding.rows() and again.table.column_names == table.column_names
    assert (again.period, again.n, again.chart, again.id) == (finding.period, 3, finding.chart, finding.id)
    assert again.say_caveats("fa") == finding.say_caveats("fa") == ["۳ رویداد که به نظر کار ربات است کنار گذاشته شد."]
    for wrong in ("../workspace", "nothing", "", "a/b"):
        assert shop.finding(wrong) is None


def test_public_names_are_few() -> None:
    assert len([name for name in dir(sn) if not name.startswith("_")]) < 40


@given(st.integers(0, 5_000), st.integers(1, 5_000))
def test_wilson_is_that_of_scipy(hits: int, n: int) -> None:
    hits = min(hits, n)
    oracle = stats.binomtest(hits, n).proportion_ci(0.95, method="wilson")
    assert wilson(hits, n) == pytest.approx((oracle.low, oracle.high), abs=1e-9)


def test_wilson_of_published_examples() -> None:
    """Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29."""
    for hits, n, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        assert wilson(hits, n) == pytest.approx((low, high), abs=5e-5)
    assert wilson(0, 0) == (0.0, 1.0)


@given(st.lists(st.integers(-1000, 1000), min_size=2, max_size=50))
def test_the_interval_of_a_mean_is_the_normal_one(values: list[int]) -> None:
    array = np.array(values, float)
    half = 1.959963984540054 * array.std(ddof=1) / len(values) ** 0.5
    low, high = of_mean(float(array.sum()), float((array**2).sum()), len(values))
    assert (low, high) == pytest.approx((array.mean() - half, array.mean() + half), abs=1e-6)
    assert of_mean(5.0, 25.0, 1) == (5.0, 5.0)
