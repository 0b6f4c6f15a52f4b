"""Everything that the pages show to be run is run: shell lines in a shell, Python in one namespace a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.docs import shell
from tests.docs.pages import DOCS, NAMES, ROOT, Block, blocks

_LEFT_OUT = re.compile(r"(make|git clone)\b|.*\bserve\b")  # lines of the two READMEs that build, fetch or never end


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("name", NAMES)
def test_the_blocks_of_a_page_run(name: str, language: str, folder: Callable[[str], Path]) -> None:
    _run(blocks(DOCS / language / name), folder(language), language)


@pytest.mark.parametrize(("name", "language"), [("README.md", "en"), ("README.fa.md", "fa")])
def test_the_blocks_of_the_readmes_run(name: str, language: str, folder: Callable[[str], Path]) -> None:
    page = ROOT / name
    found = blocks(page) if page.exists() else []
    kept = [Block(block.kind, _without(block.code) if block.kind == "sh" else block.code) for block in found]
    _run([block for block in kept if block.code.strip()], folder(language), language)


def _without(code: str) -> str:
    return "".join(line for line in code.splitlines(keepends=True) if not _LEFT_OUT.match(line.strip()))


def _run(parts: Iterable[Block], here: Path, language: str) -> None:
    """Shell blocks each in a shell that stops at the first error; Python blocks in one program."""
    program: dict[str, object] = {"__name__": "page"}
    for block in parts:
        with shell.standing_in(here, language), shell.heard() as said:
            try:
                if block.kind == "sh":
                    shell.run(block.code)
                else:
                    exec(compile(block.code, "page", "exec"), program)
            except Exception as error:
                raise AssertionError(f"{block.code}\n--- said\n{said.getvalue().decode()}") from error
