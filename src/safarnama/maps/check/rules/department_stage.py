"""Stages are the customer's, not the company's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import LANGUAGES, Text
from safarnama.core.words.normalise import key
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map
from safarnama.maps.words import say

_UNITS = {
    key(word)
    for word in ("department", "dept", "division", "unit", "team", "واحد", "معاونت", "دپارتمان", "بخش", "تیم", "اداره")
}
# Words that name nothing but a part of a company, whatever stands beside them.
_ALWAYS = {key(word) for word in ("department", "dept", "معاونت", "دپارتمان")}
_BETWEEN = {key(word) for word in ("and", "the", "of", "و")}
_DEPARTMENTS = {
    key(name)
    for name in (
        "Marketing", "Sales", "IT", "Information technology", "Finance", "Legal", "Logistics", "Operations", "HR",
        "Human resources", "Customer service", "Customer services", "Customer care", "Customer support", "Call center",
        "Call centre", "Accounting", "Engineering", "Warehouse", "Back office", "Compliance", "Procurement", "بازاریابی",
        "فروش", "مالی", "حقوقی", "لجستیک", "عملیات", "منابع انسانی", "فناوری", "فناوری اطلاعات", "حسابداری", "انبار", "خدمات مشتریان",
        "امور مشتریان", "مرکز تماس", "تدارکات", "بازرگانی", "روابط عمومی",
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
            if any(_is_department(say(stage.name, language)) for language in LANGUAGES):
                yield Place(stage.id, {"name": stage.name})


def _is_department(name: str) -> bool:
    """Whether a name is that of a department, or of several joined.

    >>> _is_department("Sales & Marketing team"), _is_department("واحد فروش"), _is_department("انتخاب واحد")
    (True, True, False)
    """
    words = key(re.sub(r"[&/+.,،\-–]", " ", name)).split()
    if _ALWAYS & set(words):
        return True
    left = [word for word in words if word not in _UNITS and word not in _BETWEEN]
    while left:
        # The longest department that the name begins with; what follows must be departments too.
        for many in range(min(3, len(left)), 0, -1):
            if " ".join(left[:many]) in _DEPARTMENTS:
                left = left[many:]
                break
        else:
            return False
    return bool(words) and not set(words) <= _UNITS | _BETWEEN
