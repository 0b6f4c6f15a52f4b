"""A whole map on a tile: what it says, of whom, its stages and curve, how far it may be believed, how old it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from safarnama.core.words import Text
from safarnama.drawing.parts.chevrons import chevrons
from safarnama.drawing.parts.glance import Glance
from safarnama.drawing.parts.honesty import honesty
from safarnama.drawing.parts.portraits import portrait
from safarnama.drawing.parts.related import related
from safarnama.drawing.parts.strip import strip
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import fit, width
from safarnama.maps.collection import named
from safarnama.maps.model import Map
from safarnama.maps.naming import STATES, VALUES
from safarnama.maps.people import Persona
from safarnama.maps.words import say

_PAD, _FACE, _MOST_FACES, _MOST_OPENED = 16.0, 28.0, 4, 3
_EVERYONE = Text(en="All customers", fa="همه مشتریان")
_PAINS, _IDEAS = (
    Text(en="{n:count} pain points", fa="{n:count} نقطه درد"),
    Text(en="{n:count} opportunities", fa="{n:count} فرصت"),
)
_PAIN, _IDEA = Text(en="1 pain point", fa="۱ نقطه درد"), Text(en="1 opportunity", fa="۱ فرصت")
_OPENS = Text(en="{step} opens “{title}”", fa="«{step}» باز می‌شود: «{title}»")
_AWAY = Text(en="{step} opens {name}, which is not here", fa="«{step}» باز می‌شود: {name} (اینجا نیست)")
_MORE = Text(en="+ {n:count} more", fa="و {n:count} تای دیگر")
_UP_TO, _OLD = (
    Text(en="data up to {end:date}", fa="داده تا {end:date}"),
    Text(en="stale: data ended {n:days} ago", fa="قدیمی: داده {n:days} پیش پایان یافته"),
)
_NO_DATA = Text(en="no data", fa="بدون داده")
_REVIEW, _LATE = (
    Text(en="review {day:date}", fa="بازبینی {day:date}"),
    Text(en="review is {n:days} late", fa="بازبینی {n:days} عقب است"),
)
_NO_OWNER = Text(en="no owner yet", fa="هنوز مسئولی ندارد")


class Small:
    """The tile of one map of a collection, ``wide``; ``maps`` are all of them, for what it says of others."""

    def __init__(self, maps: Sequence[Map], glance: Glance, wide: float) -> None:
        self.maps, self.glance, self.document = maps, glance, glance.document
        self.wide, self.room = wide, wide - 2 * _PAD

    def height(self, language: str, today: date) -> float:
        """The height that it needs."""
        return self._inside(Pen(language, today), _PAD, 0, 0)

    def draw(self, pen: Pen, x: float, y: float, high: float) -> None:
        """Draw it below ``y``, ``high``: solid where something on it rests on evidence that is not stale, else dashed."""
        if self.glance.honesty.backed:
            pen.box(x, y, self.wide, high, "surface", "rule", radius=5)
        else:
            pen.box(x, y, self.wide, high, "paper", "assumed-edge", radius=5, dash="4 3")
        self._inside(pen, x + _PAD, y, high)

    def _inside(self, pen: Pen, x: float, y: float, high: float) -> float:
        """What stands on it, from the top down, the last at the foot; returns the height."""
        document, room = self.document, self.room
        used = 14.0 + self._state(pen, x, y + 14)
        used += 6 + pen.block(x, y + used + 6, say(document.title, pen.language), room, 16.5, 800, lines=3, tight=True)
        used += 8 + self._who(pen, x, y + used + 8)
        used += 10 + chevrons(pen, document, x, y + used + 10, room, 22)
        kinds: tuple[Literal["feeling", "chance"], ...] = ("feeling", "chance")
        curve = next((curve for kind in kinds for curve in document.curves_of(kind) if curve.points), None)
        ground = "surface" if self.glance.honesty.backed else "paper"
        used += 2 + strip(pen, document, curve, x, y + used + 2, room, 64, names=False, ground=ground)
        used += self._related(pen, x, y + used)
        foot = self._foot(Pen(pen.language, pen.today), x, 0)
        used = max(used, high - foot - 12)
        return used + self._foot(pen, x, y + used) + 12

    def _state(self, pen: Pen, x: float, y: float) -> float:
        """Now or as it should be, what kind of map it is, and how far it has come."""
        document = self.document
        future = document.state != "current"
        said = pen.say(STATES[document.state])
        wide = width(said, 10.5, 600) + 18
        pen.box(x, y, wide, 19, None if future else "ink", "ink", radius=9.5, dash="3 3" if future else None)
        pen.text(x + wide / 2, y + 13.2, said, 10.5, 600, "ink" if future else "paper", anchor="middle")
        more = " · ".join(pen.say(VALUES[each]) for each in (document.kind, document.status))
        pen.text(x + wide + 9, y + 13.2, more, 11, 400, "ink-3", room=self.room - wide - 9)
        return 19.0

    def _who(self, pen: Pen, x: float, y: float) -> float:
        people = self.document.personas
        at = x
        faces: Sequence[Persona | None] = people[:_MOST_FACES] or [None]
        for face in faces:
            portrait(pen, face, at, y, _FACE)
            at += _FACE - 7
        at += 15
        names = [say(persona.name, pen.language) for persona in people]
        said = " · ".join(names) or pen.say(_EVERYONE)
        pen.text(at, y + _FACE / 2 + 4.5, said, 12.5, 600, "ink-2", room=x + self.room - at)
        return _FACE

    def _related(self, pen: Pen, x: float, y: float) -> float:
        """What it is a variant of, what it lies inside, and which maps its steps open."""
        lines = [(icon, pen.say(text, title=self._title(pen, name))) for icon, text, name in related(self.document)]
        opened = [step for step in self.document.steps if step.map]
        for step in opened[:_MOST_OPENED]:
            said = say(step.name, pen.language)
            known = named(self.maps, step.map) is not None
            lines.append(
                (
                    "expand",
                    pen.say(
                        _OPENS if known else _AWAY, step=said, title=self._title(pen, step.map or ""), name=step.map
                    ),
                )
            )
        if len(opened) > _MOST_OPENED:
            lines.append(("expand", pen.say(_MORE, n=len(opened) - _MOST_OPENED)))
        used = 0.0
        for icon, said in lines:
            pen.icon(icon, x + 7, y + used + 10, 13, "lapis")
            pen.text(x + 20, y + used + 14, said, 11.5, 400, "ink-2", room=self.room - 20)
            used += 19
        return used + 4 if lines else 0.0

    def _foot(self, pen: Pen, x: float, y: float) -> float:
        """Honesty, what hurts and what could be better, the owner, the age and the review."""
        document, glance = self.document, self.glance
        used = 6 + honesty(pen, glance.honesty, x, y + 6, self.room) + 6
        at = x
        for icon, colour, n, one, many in (
            ("zap", "pain", glance.pains, _PAIN, _PAINS), ("lightbulb", "opportunity", glance.opportunities, _IDEA, _IDEAS)
        ):  # fmt: skip
            said = pen.say(one if n == 1 else many, n=n)
            pen.icon(icon, at + 7, y + used + 9, 13, colour if n else "ink-3")
            at += 20 + pen.text(at + 20, y + used + 13.5, said, 11.5, 600, colour if n else "ink-3") + 18
        used += 24
        pen.line(x, y + used, x + self.room, y + used, "hair")
        owner = say(document.owner, pen.language)
        age = pen.say(_NO_DATA)
        if glance.old:
            age = pen.say(_OLD, n=glance.old)
        elif glance.last:
            age = pen.say(_UP_TO, end=glance.last)
        review = pen.say(_REVIEW, day=document.review_due) if document.review_due else ""
        if glance.late:
            review = pen.say(_LATE, n=glance.late)
        used += self._pair(
            pen, x, y + used,
            (age, "opportunity" if glance.old else "ink-3"), (review, "opportunity" if glance.late else "ink-3"),
        )  # fmt: skip
        pen.text(
            x,
            y + used + 13,
            owner or pen.say(_NO_OWNER),
            11.5,
            600 if owner else 400,
            "ink-2" if owner else "ink-3",
            room=self.room,
        )
        return used + 16

    def _pair(self, pen: Pen, x: float, y: float, start: tuple[str, str], end: tuple[str, str]) -> float:
        """Two things on a line, or below each other where they are too long for one."""
        (one, first), (other, second) = start, end
        taken = pen.text(x, y + 18, one, 11, 400, first, room=self.room)
        if not other:
            return 21.0
        if taken + 14 + width(other, 11) <= self.room:
            pen.text(x + self.room, y + 18, other, 11, 400, second, anchor="end")
            return 21.0
        pen.text(x, y + 35, other, 11, 400, second, room=self.room)
        return 38.0

    def _title(self, pen: Pen, name: str) -> str:
        """What a map is called; its own name where it is not in the collection."""
        place = named(self.maps, name)
        return fit(say(self.maps[place].title, pen.language), 150, 11.5) if place is not None else name
