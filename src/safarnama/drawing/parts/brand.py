"""The line above a headline: whose sheet it is, what it shows, and which page of how many."""

from __future__ import annotations

from dataclasses import replace

from safarnama.core.words import Text
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width

_PAGE = Text(en="page {number:count} of {pages:count}", fa="صفحه {number:count} از {pages:count}")
_TALLEST, _WIDEST = 22.0, 132.0


def brand(pen: Pen, x: float, y: float, said: str, size: float, room: float, mark: bool = False) -> float:
    """One line with its baseline at ``y``. ``mark`` draws our own mark where nobody brings a logo. Returns its width."""
    at = x
    logo = pen.setting.logo
    if logo:
        scale = min(_TALLEST / logo.height, _WIDEST / logo.width)
        wide, high = logo.width * scale, logo.height * scale
        pen.add(replace(logo, x=at, y=y - 4 - high / 2, width=wide, height=high))
        at += wide + 9
    elif mark:
        pen.icon("logo", at + 9, y - 4, 17, "lapis")
        at += 24
    left = x + room - at
    longer = " · ".join(filter(None, [said, page_words(pen)]))
    # Where there is room for one alone, that is the number of the page.
    said = longer if width(longer, size, 600) <= left else page_words(pen) or said
    return at - x + pen.text(at, y, said, size, 600, "lapis", room=left)


def page_words(pen: Pen) -> str:
    """Which page it is; empty where there is only one."""
    page = pen.setting.page
    return pen.say(_PAGE, number=page[0], pages=page[1]) if page else ""
