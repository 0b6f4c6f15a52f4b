"""The examples run as their first lines say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import safarnama as sn

EXAMPLE = Path(__file__).parents[2] / "examples" / "ten_questions.py"


@pytest.mark.parametrize(("language", "said"), [("en", "17% of 13,087 customers"), ("fa", "۱۷٪ از ۱۳٬۰۸۷ مشتری")])
def test_ten_questions_are_answered_and_drawn(data: Path, tmp_path: Path, language: str, said: str) -> None:
    logs = [data / "pm4py_logs" / "bpic2012.xes.gz", data / "hopscotch_ecom" / "ecom.csv.gz"]
    command = [sys.executable, EXAMPLE, *logs, "--language", language, "--pictures", tmp_path]
    told = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8").stdout
    assert said in told
    assert len(list(tmp_path.glob("*.svg"))) == 10


def test_a_log_that_is_not_there_is_told_in_a_line(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, EXAMPLE, tmp_path / "a.xes", "b.csv"], capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "does not exist" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_airport_is_made_of_the_survey(data: Path, tmp_path: Path) -> None:
    script = EXAMPLE.with_name("airport.py")
    out = tmp_path / "airport.yaml"
    subprocess.run([sys.executable, script, data / "sfo_survey" / "2017_decoded", out], check=True)
    assert out.read_text(encoding="utf-8") == script.with_suffix(".yaml").read_text(encoding="utf-8")
    document = sn.Map.load(out)
    figures = [card.figure for lane in document.lanes for card in lane.cards if card.id == "m_nps"]
    # The published NPS of 2017, unweighted.
    assert figures[0] is not None and round(figures[0].value, 2) == 39.84
