"""The stages and steps of a map that exists, or of a template, filled with the touchpoints of the data."""

from __future__ import annotations

import re
from collections.abc import Sequence

from safarnama.core.errors import Mistake
from safarnama.core.words import Text
from safarnama.core.words.lexicon import touchpoint, words_of
from safarnama.maps.discovery.order import Order
from safarnama.maps.discovery.stages import joined
from safarnama.maps.model import Map
from safarnama.maps.stages import Stage

_SHOWN = 5
_NOTHING = Text(
    en="No step of the map “{map}” is bound to a touchpoint of the data. The map has {theirs:list} …; the data {ours:list} …. Give them the "
    "names of the map: safarnama touchpoints --rename 'OLD=NEW'",
    fa="هیچ گام نقشه «{map}» به نقطه تماسی از داده پیوسته نیست. نقشه این‌ها را دارد: {theirs:list} …؛ و داده این‌ها را: {ours:list} …. نام‌ها را "
    "مانند نقشه کنید: safarnama touchpoints --rename 'OLD=NEW'",
)


def stages_along(given: Map, names: tuple[str, ...], order: Order) -> list[Stage]:
    """The stages of a map with what of them the data has; every touchpoint that anybody met is bound to one step.

    A touchpoint is the map's when their names say the same: in other case, with other signs between words, in another order or tense,
    or in words that mean one thing (see ``_READINGS``). The rest joins the step that it belongs to, by its name and by what it
    follows. Steps of which nothing is in the data are left out. Raises ``Mistake``
    when that is all of them.
    """
    seen = [number for number in range(len(names)) if order.customers[number] > 0]
    bound: dict[int, str] = {}
    for reading in _READINGS:  # what is the same letter for letter goes before what only means the same
        wanted = {reading(name): step.id for step in reversed(given.steps) for name in step.touchpoints}
        bound |= {
            number: wanted[said]
            for number in seen
            if number not in bound and (said := reading(names[number])) in wanted
        }
    steps: dict[str, list[int]] = {}
    for step in given.steps:
        found = [number for number, place in bound.items() if place == step.id]
        if found:
            steps[step.id] = sorted(found, key=lambda number: (-order.customers[number], names[number]))
    free = set(seen) - set(bound)
    if not steps:
        theirs = [name for step in given.steps for name in step.touchpoints]
        raise Mistake(_NOTHING, map=given.id, theirs=theirs[:_SHOWN], ours=[names[n] for n in seen[:_SHOWN]])
    filled = dict(zip(steps, joined(list(steps.values()), sorted(free), names, order), strict=True))
    return [
        stage.model_copy(update={"steps": kept})
        for stage in given.stages
        if (
            kept := [
                step.model_copy(update={"touchpoints": [names[number] for number in filled[step.id]], "map": None})
                for step in stage.steps
                if step.id in filled
            ]
        )
    ]


def left_out(given: Map, stages: Sequence[Stage]) -> list[str]:
    """The ids of the steps of a map of which the data has nothing."""
    there = {step.id for stage in stages for step in stage.steps}
    return [step.id for step in given.steps if step.id not in there]


def _plain(name: str) -> str:
    """``addToCart``, ``Add to cart`` and ``add_to_cart`` are one."""
    return re.sub(r"[\W_]+", "", name).casefold()


def _stems(name: str) -> str:
    """``ad_clicked`` and ``click_ad`` are one."""
    return " ".join(sorted(re.sub(r"(?<=[a-z]{3})ed$", "", word) for word in words_of(name)))


def _meaning(name: str) -> str:
    """``cart_added`` and ``add_to_cart``, ``home`` and ``home_viewed`` are one: they have the same title."""
    return touchpoint(name).title.en.casefold()


_READINGS = (_plain, _stems, _meaning)
