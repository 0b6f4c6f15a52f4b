"""A map's drawing in a page: coloured by the page, and everything on it that rests on something opens it."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

from markupsafe import Markup

from safarnama.core import registry
from safarnama.drawing.linking import Opens, linked
from safarnama.drawing.pictures import embedded
from safarnama.drawing.scene import Scene
from safarnama.drawing.svg import svg
from safarnama.maps.model import Map
from safarnama.maps.words import say


def drawing(document: Map, layout: str, language: str, opens: Opens, today: date | None = None) -> Markup:
    """The drawing as SVG. ``opens`` says for the kind and the id of a thing where it leads and its name."""
    scene: Scene = registry.find("layout", layout).of({}).scene(embedded(document), language, today)
    # As a picture its links could not be reached; as a group it is one.
    return Markup(svg(linked(scene, opens), theme=None).replace('role="img"', 'role="group"', 1))


def destinations(document: Map, name: str, language: str) -> Opens:
    """Where everything on a map leads: a card to its evidence, a number to its finding."""
    cards = {card.id: (lane, card) for lane in document.lanes for card in lane.cards}
    points = {point.step: point for curve in reversed(document.curves_of("chance")) for point in curve.points}
    points |= {point.step: point for curve in reversed(document.curves_of("feeling")) for point in curve.points}
    steps = {step.id: step for step in document.steps}
    stages = {stage.id: stage for stage in document.stages}

    def opens(kind: str, thing: str) -> tuple[str, str] | None:
        if kind == "card" and thing in cards:
            return f"/maps/{name}/cards/{quote(thing)}?lang={language}", say(cards[thing][1].text, language) or thing
        if kind == "counted" and stages:
            kind, thing = "reach", next(iter(stages))
        if kind in ("reach", "drop") and thing in document.derived.stages:
            finding = document.derived.stages[thing].finding
            return (f"/findings/{finding}?map={name}", say(stages[thing].name, language)) if finding else None
        if kind in ("felt", "dot") and thing in points:
            finding = next((each.finding for each in points[thing].evidence if each.finding), None)
            return (f"/findings/{finding}?map={name}", say(steps[thing].name, language)) if finding else None
        return None

    return opens
