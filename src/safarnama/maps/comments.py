"""What people say about a map while they work on it."""

from __future__ import annotations

from datetime import date

from safarnama.maps.part import Part
from safarnama.maps.words import Words


class Comment(Part):
    """Who said what about which stage, step or card (``about`` is its id), and when."""

    id: str
    about: str
    text: Words
    author: Words | None = None
    day: date | None = None
