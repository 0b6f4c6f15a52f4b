"""What all tests share: where real data is, and workspaces to try things in."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import settings

from safarnama.cli.app import main
from safarnama.core.workspace import Workspace
from tests.command import Command, Ended

# The first call of a kernel compiles it; no test has a time limit.
settings.register_profile("safarnama", deadline=None, max_examples=60, derandomize=True)
settings.load_profile("safarnama")

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    """An empty workspace."""
    return Workspace.new(tmp_path / "shop")


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs the command line here."""

    def run(*arguments: object, language: str = "en") -> Ended:
        monkeypatch.setenv("SAFARNAMA_LANGUAGE", language)
        monkeypatch.setattr(sys, "argv", ["safarnama", *map(str, arguments)])
        capsys.readouterr()
        try:
            main()
            status = 0
        except SystemExit as end:
            status = int(end.code or 0)
        said = capsys.readouterr()
        return Ended(status, said.out, said.err)

    return run


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real data sets; tests that read it are left out, saying so, where it is not there."""
    if not DATA.is_dir():
        pytest.skip(f"real data is not here ({DATA}); these tests run where it is")
    return DATA


@pytest.fixture(scope="session")
def hopscotch(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with the web shop of hopscotch (600 customers, 31,106 events)."""
    workspace = Workspace.new(tmp_path_factory.mktemp("hopscotch") / "shop", title="Hopscotch shop")
    workspace.import_files(data / "hopscotch_ecom" / "ecom.csv.gz")
    return workspace
