"""The visual language as data: colours by theme, line heights. One file feeds the drawings and the pages' CSS."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from importlib.resources import files

from safarnama.core.words import Text

THEMES: dict[str, Text] = {
    "paper": Text(en="Paper", fa="کاغذ"),
    "dark": Text(en="Dark", fa="تیره"),
    "safe": Text(en="Colour-blind safe", fa="مناسب کوررنگی"),
}
GREY = "grey"
# Those of drawings: pages have no grey.
PRINTS: dict[str, Text] = {**THEMES, GREY: Text(en="Grey print", fa="چاپ خاکستری")}


@lru_cache(maxsize=1)
def _tokens() -> dict[str, dict[str, dict[str, object]]]:
    tokens: dict[str, dict[str, dict[str, object]]] = json.loads(
        files("safarnama.drawing").joinpath("tokens.json").read_text(encoding="utf-8")
    )
    return tokens


@cache
def colours(theme: str = "paper") -> dict[str, str]:
    """Token → colour of a theme, as ``#rrggbb``; not to be changed."""
    return {name: str(value) for name, value in _tokens()["colours"][theme].items()}


def colour(token: str, theme: str = "paper") -> str:
    """The colour of a token; a colour that is none (``#rrggbb``) is itself, or as light a grey."""
    if not token.startswith("#"):
        return colours(theme)[token]
    return _grey(token) if theme == GREY else token


@cache
def line_height(language: str, tight: bool = False) -> float:
    """How far lines are apart, in sizes of the type."""
    heights = _tokens()["line_height"][language]
    return float(str(heights["tight" if tight else "text"]))


@cache
def smallest(what: str) -> float:
    """The least size of type in pixels: on a "sheet" of paper as it is printed, or on a "slide"."""
    return float(str(_tokens()["smallest"][what]))


def stage_colour(place: int, stages: int) -> str:
    """The colour of a stage's head: one hue, deeper as the journey goes on. Between the five of the tokens it is mixed."""
    at = 0.0 if stages < 2 else place * 4 / (stages - 1)
    low = min(3, int(at))
    return f"stage-{low + 1}:{low + 2}:{at - low:.3f}" if at > low else f"stage-{low + 1}"


def resolve(token: str, theme: str = "paper") -> str:
    """A token, or a mix of two stage tokens as ``stage_colour`` writes it, as ``#rrggbb``."""
    if token.count(":") != 2:
        return colour(token, theme)
    first, second, share = token.split(":")
    a, b = colour(first, theme), colour(f"stage-{second}", theme)
    return mix(a, b, float(share))


def mix(a: str, b: str, share: float) -> str:
    """The colour between two."""
    pairs = [(int(a[i : i + 2], 16), int(b[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(low + (high - low) * share):02X}" for low, high in pairs)


def _grey(colour: str) -> str:
    """The grey that is as light as a colour (Rec. 601, as printers and Pillow weigh it)."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + f"{round(0.299 * red + 0.587 * green + 0.114 * blue):02X}" * 3


def css(selector: str = ":root", theme: str = "paper") -> str:
    """The colours as CSS custom properties."""
    rules = "".join(f"--{name}:{value};" for name, value in colours(theme).items())
    return f"{selector}{{{rules}}}"
