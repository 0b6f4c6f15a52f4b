"""One thing that is otherwise on one of two maps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

from safarnama.core.words import Text
from safarnama.maps.naming import PARTS, field_title
from safarnama.maps.spoken import shortened
from safarnama.maps.words import say

Kind = Literal["added", "removed", "moved", "words", "numbers", "structure"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_SAID: dict[str, Text] = {
    "added": Text(en="added {what} {name}", fa="{what} {name} افزوده شد"),
    "removed": Text(en="removed {what} {name}", fa="{what} {name} برداشته شد"),
    "moved": Text(en="moved {what} {name}: {field} from {old} to {new}", fa="{what} {name} جابه‌جا شد: {field} از {old} به {new}"),
    "words": Text(en="reworded {what} {name}: {field} from “{old}” to “{new}”", fa="نوشته {what} {name} عوض شد: {field} از «{old}» به «{new}»"),
    "numbers": Text(en="counted anew {what} {name}: {field} from {old} to {new}", fa="عدد {what} {name} عوض شد: {field} از {old} به {new}"),
    "structure": Text(en="changed {what} {name}: {field} from {old} to {new}", fa="{what} {name} عوض شد: {field} از {old} به {new}"),
}  # fmt: skip
_AT = {
    "feeling": Text(en="feeling at {step}", fa="احساس در {step}"),
    "chance": Text(en="chance at {step}", fa="بخت در {step}"),
}
_NAMED = Text(en="“{name}”", fa="«{name}»")


@dataclass(frozen=True)
class Change:
    """One thing that is otherwise: of what (``what`` and ``id``), which ``field``, and what it was and is.

    ``old`` and ``new`` are plain values, ``said`` the same two in people's words; ``step`` names the step of a point of a curve.
    """

    kind: Kind
    what: str
    id: str
    name: Any
    field: str = ""
    old: Any = None
    new: Any = None
    said: tuple[Text, Text] = (Text("", ""), Text("", ""))
    step: Any = None

    def title(self, language: str) -> str:
        """What its field is called."""
        kind = self.field.partition(" ")[0]
        if self.step is not None and kind in _AT:
            return _AT[kind].say(language, step=shortened(say(self.step, language)))
        return field_title(self.what, self.field).say(language)

    def say(self, language: str) -> str:
        """The change as a sentence."""
        named = _NAMED.say(language, name=shortened(say(self.name, language)))
        return _SAID[self.kind].say(
            language,
            what=PARTS[self.what],
            name=f"{named} [{self.id}]" if self.id else named,
            field=self.title(language),
            old=self.said[0],
            new=self.said[1],
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "what": self.what,
            "id": self.id,
            "field": self.field or None,
            "old": self.old,
            "new": self.new,
        }
