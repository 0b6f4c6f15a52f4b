"""What the map says of how many come how far still holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import Text
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map


class ReachMoved(Rule):
    """What the map says of how many come how far still holds: its share lies in the 95% interval of today's."""

    code: ClassVar[str] = "M409"
    severity: ClassVar[Severity] = "warning"
    title: ClassVar[Text] = Text(
        en="The map says {said:percent.1} come to {name}; today it is {now:percent.1} ({low:percent.1} to {high:percent.1}).",
        fa="نقشه می‌گوید {said:percent.1} به {name} می‌رسند؛ امروز {now:percent.1} است ({low:percent.1} تا {high:percent.1}).",
    )
    why: ClassVar[Text] = Text(
        en="Decisions would rest on a number that is no longer so.",
        fa="تصمیم بر عددی گرفته می‌شود که دیگر چنین نیست.",
    )
    fix: ClassVar[Text] = Text(
        en="Discover the map again from this workspace.",
        fa="نقشه را از همین فضای کار دوباره بسازید.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        for stage in document.stages:
            said, now = document.derived.stages.get(stage.id), data.reach.get(stage.id) if data else None
            if said is None or now is None or now.low is None or now.high is None:
                continue
            if not now.low - 0.0005 <= said.share <= now.high + 0.0005:
                words = {"name": stage.name, "said": said.share, "now": now.share, "low": now.low, "high": now.high}
                yield Place(stage.id, words)
