"""Journeys without a workspace, saved and opened again."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safarnama.core import registry
from safarnama.core.errors import Mistake
from safarnama.journeys.journeys import Journeys
from tests.journeys.logs import Event, journeys_of, logs

SHAPES = ["", "collapse", "cut first 3", "cross where", "sessions 1s", "where where = app", "where did a > b"]


@settings(max_examples=40)
@given(log=logs, shape=st.sampled_from(SHAPES))
def test_saved_journeys_answer_as_they_did(log: list[Event], shape: str) -> None:
    journeys = journeys_of([*log, (0, 0, "a"), (0, 5, "b")], where="yes")
    journeys = journeys.shape(shape) if shape else journeys
    with tempfile.TemporaryDirectory() as folder:
        journeys.save(Path(folder) / "deep" / "saved")
        again = Journeys.open(Path(folder) / "deep" / "saved")
        for name in ("overview", "flow", "paths", "sessions", "reach"):
            question = registry.find("question", name).of({})
            assert again.ask(question).to_json() == journeys.ask(question).to_json()


def test_what_is_saved_is_not_written_over(tmp_path: Path) -> None:
    journeys = journeys_of([(1, 0, "a")])
    journeys.save(tmp_path / "saved")
    with pytest.raises(Mistake, match="saved is there already"):
        journeys.save(tmp_path / "saved")


@pytest.mark.parametrize("left", ["", "{}", '{"layout": 1, "shards": 1, "scope": {"touchpoints": []}}', "["])
def test_a_folder_of_something_else_is_refused(tmp_path: Path, left: str) -> None:
    (tmp_path / "scope.json").write_text(left)
    with pytest.raises(Mistake, match="holds no saved journeys"):
        Journeys.open(tmp_path)
    with pytest.raises(Mistake, match="holds no saved journeys"):
        Journeys.open(tmp_path / "nowhere")


def test_a_later_form_is_named(tmp_path: Path) -> None:
    (tmp_path / "scope.json").write_text('{"layout": 9, "shards": 0, "scope": {}}')
    with pytest.raises(Mistake, match="form 9"):
        Journeys.open(tmp_path)


def test_damaged_arrays_are_named(tmp_path: Path) -> None:
    journeys_of([(1, 0, "a"), (2, 5, "b")]).save(tmp_path / "saved")
    (tmp_path / "saved" / "0000" / "code.npy").write_bytes(b"\x93NUMPY")
    with pytest.raises(Mistake, match="damaged"):
        Journeys.open(tmp_path / "saved")
