"""Numbers in tables: what a cell counts, and scores as feelings."""

from __future__ import annotations

from safarnama.core.words import Text
from safarnama.core.words.digits import latin
from safarnama.maps.derived import Figure, Point
from safarnama.maps.reading.draft import Draft

_LARGEST = 1e15


def number(cell: str) -> float | None:
    """The number in a cell, in the digits of either language; None where there is none."""
    try:
        found = float(latin(cell).replace("−", "-").replace(",", ""))
    except ValueError:
        return None
    return found if abs(found) < _LARGEST else None


def figure(cell: str) -> Figure | None:
    """What a cell counts: a share where it says per cent, else a plain number; None where it is no number."""
    plain = cell.strip().strip("\u061c\u2066\u2067\u2068\u2069\u200e\u200f")
    share = plain.rstrip("%٪ ")
    value = number(share)
    if value is None:
        return None
    return Figure(value=value / 100, form="percent") if share != plain else Figure(value=value, form="number")


def feel(draft: Draft, cells: dict[str, str], line: int) -> None:
    """Scores as feelings from −2 to +2; a scale of 1 … 5 or 0 … 10 is told by its largest value and said."""
    values = {at: value for at, cell in cells.items() if (value := number(cell)) is not None}
    if len(values) < len(cells):
        draft.leave(_NO_NUMBER, line)
    if not values:
        return
    low, high = min(values.values()), max(values.values())
    if low >= -2 and high <= 2:
        scale = (-2.0, 2.0)
    elif low >= 1 and high <= 5:
        scale = (1.0, 5.0)
    else:
        scale = (0.0, 10.0) if low >= 0 and high <= 10 else (low, high) if high > low else (low - 1, low + 1)
    if scale != (-2.0, 2.0):
        draft.leave(_SCALED, line, low=scale[0], high=scale[1])
    for at, value in values.items():
        share = (value - scale[0]) / (scale[1] - scale[0])
        draft.points.append(Point(step=draft.step_at(at), value=4 * share - 2))


_NO_NUMBER = Text(en="what is no number is no feeling and was not read", fa="آنچه عدد نیست احساس نیست و خوانده نشد")
_SCALED = Text(
    en="feelings were read on a scale of {low:number} to {high:number} and are now −2 to +2",
    fa="احساس‌ها در مقیاس {low:number} تا {high:number} خوانده شد و اکنون از −۲ تا +۲ است",
)
