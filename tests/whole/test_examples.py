"""The examples run as their first lines say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

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
