"""A map does not stay a draft for ever."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import Text
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map


class DraftInUse(Rule):
    """A map does not stay a draft for ever."""

    code: ClassVar[str] = "M106"
    severity: ClassVar[Severity] = "info"
    title: ClassVar[Text] = Text(
        en="A map of what really happens is still marked a draft after {age:days}.",
        fa="نقشه وضع واقعی پس از {age:days} هنوز پیش‌نویس است.",
    )
    why: ClassVar[Text] = Text(
        en="People do not know whether they may rely on it.",
        fa="کسی نمی‌داند می‌شود به آن تکیه کرد یا نه.",
    )
    fix: ClassVar[Text] = Text(
        en="Test it with customers and set status to tested or in_use.",
        fa="آن را با مشتریان بیازمایید و status را tested یا in_use کنید.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        made = document.derived.at
        if document.status == "draft" and made is not None and (today - made).days > 90:
            yield Place(words={"age": (today - made).days})
