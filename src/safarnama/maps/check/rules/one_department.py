"""More than one department is involved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import LANGUAGES, Text
from safarnama.core.words.normalise import key
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map
from safarnama.maps.words import Words, say


class OneDepartment(Rule):
    """More than one department is involved."""

    code: ClassVar[str] = "M304"
    severity: ClassVar[Severity] = "warning"
    title: ClassVar[Text] = Text(
        en="Only one department is on the map: {name}.",
        fa="تنها یک واحد روی نقشه است: {name}.",
    )
    why: ClassVar[Text] = Text(
        en="Most pains lie where one department hands over to the next; alone nobody mends them.",
        fa="بیشتر دردها جایی است که واحدی کار را به دیگری می‌سپارد؛ تنها کسی از پسش برنمی‌آید.",
    )
    fix: ClassVar[Text] = Text(
        en="Name owners of stages, lanes and actions, and the stakeholders of the others.",
        fa="مسئول مرحله‌ها، ردیف‌ها و اقدام‌ها و ذی‌نفعان واحدهای دیگر را بنویسید.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        named: list[Words | None] = [*document.departments]
        named += [person.department for person in document.stakeholders]
        named += [effort.department for stage in document.stages for effort in stage.effort]
        named += [action.department for action in document.actions]
        named += [stage.owner for stage in document.stages]
        named += [lane.owner for lane in document.lanes]
        found = [name for name in named if name]
        keys = [{key(say(name, language)) for language in LANGUAGES} for name in found]
        one: set[str] = set(keys[0]) if keys else set()
        for _ in keys:  # a name in two languages joins what is written in either
            one |= {each for other in keys if other & one for each in other}
        if keys and all(other & one for other in keys):
            yield Place(words={"name": found[0]})
