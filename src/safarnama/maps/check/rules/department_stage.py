"""Stages are the customer's, not the company's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import LANGUAGES, Text
from safarnama.core.words.lexicon import words_of
from safarnama.core.words.normalise import key
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map
from safarnama.maps.words import say

_UNITS = {"department", "dept", "division", "واحد", "معاونت", "دپارتمان"}
_DEPARTMENTS = {
    key(name)
    for name in (
        "Marketing", "Sales", "IT", "Finance", "Legal", "Logistics", "Operations", "HR", "Human resources", "Product",
        "Customer service", "Customer care", "Call center", "Call centre", "Accounting", "Engineering", "Warehouse",
        "Back office", "Compliance", "Procurement", "بازاریابی", "فروش", "مالی", "حقوقی", "لجستیک", "عملیات",
        "منابع انسانی", "فناوری اطلاعات", "حسابداری", "انبار", "خدمات مشتریان", "مرکز تماس", "تدارکات", "بازرگانی",
    )
}  # fmt: skip


class DepartmentStage(Rule):
    """Stages are the customer's, not the company's."""

    code: ClassVar[str] = "M301"
    severity: ClassVar[Severity] = "warning"
    title: ClassVar[Text] = Text(
        en="The stage {name} is named like a department.",
        fa="مرحله {name} نام یک واحد سازمانی را دارد.",
    )
    why: ClassVar[Text] = Text(
        en="Customers do not go through departments; such a map shows the company to itself.",
        fa="مشتری از واحدها نمی‌گذرد؛ چنین نقشه‌ای شرکت را به خودش نشان می‌دهد.",
    )
    fix: ClassVar[Text] = Text(
        en="Name the stage after what the customer does or wants there.",
        fa="مرحله را با کار یا خواست مشتری در آن نام‌گذاری کنید.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        for stage in document.stages:
            words = {part for language in LANGUAGES for part in words_of(say(stage.name, language))}
            whole = {key(say(stage.name, language)) for language in LANGUAGES}
            if whole & _DEPARTMENTS or words & _UNITS:
                yield Place(stage.id, {"name": stage.name})
