"""The command line as a person meets it."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from safarnama.cli.app import main

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs the command line here; gives the status, what it printed, and what it said went wrong."""

    def run(*arguments: object, language: str = "en") -> tuple[int, str, str]:
        monkeypatch.setenv("SAFARNAMA_LANGUAGE", language)
        monkeypatch.setattr(sys, "argv", ["safarnama", *map(str, arguments)])
        try:
            main()
            status = 0
        except SystemExit as end:
            status = int(end.code or 0)
        said = capsys.readouterr()
        return status, said.out, said.err

    return run
