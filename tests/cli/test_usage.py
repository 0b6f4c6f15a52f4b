"""A command typed wrong: one line that teaches, status 2, in the reader's language."""

from __future__ import annotations

import pytest

from tests.command import Command, in_a_process


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
def test_one_line_says_what_to_do(words: str, says: str, command: Command) -> None:
    for language in ("en", "fa"):
        ended = command(*words.split(), language=language)
        assert ended.status == 2
        assert ended.out == ""
        assert len(ended.err.strip().splitlines()) == 1
        assert says.removeprefix("Nearest: ") in ended.err
    assert says in command(*words.split()).err


def test_alone_it_shows_what_there_is() -> None:
    ended = in_a_process()
    assert ended.status == 0
    assert "discover" in ended.out
