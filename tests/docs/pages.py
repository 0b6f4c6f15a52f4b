"""The pages of the documentation: their blocks of code and their links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
NAMES = sorted(path.name for path in (DOCS / "en").glob("*.md"))

_BLOCK = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Block:
    """A fenced block that can be run."""

    kind: str
    code: str

    @property
    def spoken(self) -> Block:
        """The block without what may differ between the languages: the language asked for and Persian texts in quotes."""
        code = re.sub(r"--language (fa|en)\b", "--language", self.code)
        code = re.sub(r"(\w*language=|svg\(|pdf\(|png\(|say\(|say_caveats\(|\.svg\", )\"(fa|en)\"", r"\1", code)
        return Block(self.kind, re.sub(r"([\"'])[^\"'\n]*[؀-ۿ][^\"'\n]*\1", "''", code))


def blocks(page: Path) -> list[Block]:
    """The blocks of a page that are run: sh and python, in order."""
    return [Block(*found) for found in _BLOCK.findall(page.read_text(encoding="utf-8")) if found[0] in ("sh", "python")]


def links(page: Path) -> list[str]:
    """What a page links to, other than addresses."""
    text = _BLOCK.sub("", page.read_text(encoding="utf-8"))
    return [link for link in _LINK.findall(text) if not re.match(r"[a-z]+:", link)]


def anchors(page: Path) -> set[str]:
    """The names under which the headings of a page can be linked to."""
    found = re.findall(r"^#+ (.+)$", _BLOCK.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in found}
