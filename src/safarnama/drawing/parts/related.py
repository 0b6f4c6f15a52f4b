"""Which maps a map belongs to: the one it is a variant of, and the one of which it shows a step."""

from __future__ import annotations

from safarnama.core.words import Text
from safarnama.maps.model import Map

VARIANT = Text(en="variant of “{title}”", fa="گونه‌ای از «{title}»")
INSIDE = Text(en="shows a step of “{title}”", fa="گامی از «{title}» را نشان می‌دهد")


def related(document: Map) -> list[tuple[str, Text, str]]:
    """The icon, the sentence and the name of the other map."""
    found = (("git-branch", VARIANT, document.variant_of), ("zoom-in", INSIDE, document.inside))
    return [(icon, text, name) for icon, text, name in found if name]
