"""A command typed wrong: one line that teaches, status 2, in the reader's language."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


def run(*words: str, language: str = "en") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from safarnama.cli import main; main()", *words],
        capture_output=True,
        text=True,
        env={**os.environ, "SAFARNAMA_LANGUAGE": language},
    )


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("drw map.yaml", "Nearest: draw"),
        ("draw", "map.yaml"),
        ("import a.csv --sorce x", "--source"),
        ("demo --customers many", "--customers"),
        ("ask funel", "Nearest: funnel"),
        ("ask funnel", "product_view,add_to_cart,purchase"),
        ("ask funnel --steps", "--steps"),
        ("ask overview --who three", "--who 3:left"),
    ],
)
def test_one_line_says_what_to_do(words: str, says: str) -> None:
    for language in ("en", "fa"):
        ended = run(*words.split(), language=language)
        assert ended.returncode == 2
        assert ended.stdout == ""
        assert len(ended.stderr.strip().splitlines()) == 1
        assert says.removeprefix("Nearest: ") in ended.stderr
    assert says in run(*words.split()).stderr


def test_alone_it_shows_what_there_is() -> None:
    ended = run()
    assert ended.returncode == 0
    assert "discover" in ended.stdout
