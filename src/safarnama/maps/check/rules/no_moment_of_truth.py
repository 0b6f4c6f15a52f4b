"""The map says where it is decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import Text
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map


class NoMomentOfTruth(Rule):
    """The map says where it is decided."""

    code: ClassVar[str] = "M308"
    severity: ClassVar[Severity] = "info"
    title: ClassVar[Text] = Text(
        en="No step is marked a moment of truth.",
        fa="هیچ گامی لحظه حقیقت نیست.",
    )
    why: ClassVar[Text] = Text(
        en="Not all steps weigh the same; where it is decided is where to begin.",
        fa="همه گام‌ها به یک اندازه مهم نیستند؛ از جایی آغاز کنید که سرنوشت را می‌سازد.",
    )
    fix: ClassVar[Text] = Text(
        en="Mark one to three steps with moment_of_truth: true.",
        fa="یک تا سه گام را با moment_of_truth: true نشان کنید.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        if not any(step.moment_of_truth for step in document.steps) and not document.lane("moments"):
            yield Place()
