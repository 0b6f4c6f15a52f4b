"""Everything that the pages show to be run is run: shell lines in a shell, Python in one namespace a page."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.docs.conftest import environment
from tests.docs.pages import DOCS, NAMES, ROOT, Block, blocks

_LEFT_OUT = re.compile(r"(make|git clone)\b|.*\bserve\b")  # lines of the two READMEs that build, fetch or never end


@pytest.mark.parametrize("name", NAMES)
def test_the_blocks_of_a_page_run(name: str, folder: Callable[[], Path]) -> None:
    here = folder()
    english, persian = (blocks(DOCS / language / name) for language in ("en", "fa"))
    _run(english, here, "en")
    # The code of both languages is the same (another test sees to it), so only what is spoken differently is run again.
    _run([block for block in persian if block.kind == "python" or block not in english], here, "fa")


@pytest.mark.parametrize(("name", "language"), [("README.md", "en"), ("README.fa.md", "fa")])
def test_the_blocks_of_the_readmes_run(name: str, language: str, folder: Callable[[], Path]) -> None:
    page = ROOT / name
    found = blocks(page) if page.exists() else []
    kept = [Block(block.kind, _without(block.code) if block.kind == "sh" else block.code) for block in found]
    _run([block for block in kept if block.code.strip()], folder(), language)


def _without(code: str) -> str:
    return "".join(line for line in code.splitlines(keepends=True) if not _LEFT_OUT.match(line.strip()))


def _run(parts: Iterable[Block], here: Path, language: str) -> None:
    """Shell blocks each in a shell that stops at the first error; Python blocks in one program, in their order among them."""
    waiting: list[str] = []
    for block in parts:
        if block.kind == "python":
            waiting.append(block.code)
            continue
        _python(waiting, here, language)
        waiting = []
        _check(["bash", "-e", "-c", block.code], block.code, here, language)
    _python(waiting, here, language)


def _python(codes: list[str], here: Path, language: str) -> None:
    if codes:
        whole = "\n".join(codes)
        _check([sys.executable, "-c", whole], whole, here, language)


def _check(command: list[str], code: str, here: Path, language: str) -> None:
    done = subprocess.run(
        command, cwd=here, env=environment(language), capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, f"{code}\n--- said\n{done.stdout}{done.stderr}"
