"""A sheet that has the shape of a slide: head, body, foot. It grows where a map needs more room, and never shrinks its type."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from safarnama.core.words import Text
from safarnama.drawing.parts.banner import banner
from safarnama.drawing.parts.brand import page_words
from safarnama.drawing.parts.legend import Sign, legend
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Scene
from safarnama.drawing.setting import PLAIN, Setting
from safarnama.maps.model import Map
from safarnama.maps.words import say

WIDE, HIGH, MARGIN = 1280.0, 720.0, 52.0
HIGHEST = 905.0  # as A4 is to that width
_TOP, _FOOT = 28.0, 24.0
_DESCRIPTION = Text(
    en="{kind} of a customer journey with {stages:stages} and {steps:steps}: {names:list}. {finding}",
    fa="{kind} از سفر مشتری با {stages:stages} و {steps:steps}: {names:list}. {finding}",
)

# Draws below y within x and room; ``tall`` is the height that is there. Returns the height it took.
Body = Callable[[Pen, float, float, float, float], float]


def sheet(
    document: Map,
    language: str,
    today: date | None,
    body: Body,
    *,
    kicker: Text,
    finding: str = "",
    signs: Sequence[Sign] = (),
    wide: float = WIDE,
    named: bool = True,
    setting: Setting = PLAIN,
) -> Scene:
    """The scene of a map whose middle ``body`` draws."""
    room = wide - 2 * MARGIN
    pen = Pen(language, today, setting)
    y = _TOP
    y += banner(pen, document, MARGIN, y, room, pen.say(kicker), finding, named) + 18
    foot = legend(Pen(language, today, setting), document, MARGIN, 0, room, signs)
    # A page that is higher than a slide is used as far as that goes.
    high = max(HIGH, min(wide * setting.shape, HIGHEST))
    tall = high - _FOOT - foot - 14 - y
    used = body(pen, MARGIN, y, room, tall)
    # A long sheet of its own size ends where its content ends; a slide and a page are full.
    y += (used if wide > WIDE and not setting.shape else max(tall, used)) + 14
    y += legend(pen, document, MARGIN, y, room, signs) + _FOOT
    names = [say(stage.name, language) for stage in document.stages]
    said = _DESCRIPTION.say(
        language, kind=pen.say(kicker), stages=len(names), steps=len(document.steps), names=names, finding=finding
    ).strip()
    return Scene(
        width=wide,
        height=y,
        marks=tuple(pen.marks),
        direction=pen.direction,
        language=language,
        title=say(document.title, language),
        description=": ".join(filter(None, [page_words(pen), said])),
    )
