"""Who reads: in which language and light. Told by the address, remembered by the browser, else guessed from what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass

from starlette.requests import Request

from safarnama.core.words import LANGUAGES
from safarnama.drawing.tokens import THEMES

AUTO = "auto"  # light or dark as the device is


@dataclass(frozen=True)
class Reader:
    """``language`` of the pages (a map's is its own) and ``theme``."""

    language: str
    theme: str = AUTO

    @classmethod
    def of(cls, request: Request, default: str) -> Reader:
        asked = request.query_params.get("ui") or request.cookies.get("ui")
        language = asked if asked in LANGUAGES else _spoken(request.headers.get("accept-language", "")) or default
        theme = request.query_params.get("theme") or request.cookies.get("theme") or AUTO
        return cls(language, theme if theme in THEMES else AUTO)

    @property
    def direction(self) -> str:
        return "rtl" if self.language == "fa" else "ltr"


def _spoken(header: str) -> str | None:
    """The first of our languages that a browser asks for."""
    asked = []
    for place, part in enumerate(header.split(",")):
        found = re.fullmatch(r"\s*([a-zA-Z]{2,3})(?:-[\w-]+)?\s*(?:;\s*q=([\d.]+))?\s*", part)
        if found and found[1].lower() in LANGUAGES:
            asked.append((-float(found[2] or 1), place, found[1].lower()))
    return min(asked)[2] if asked else None
