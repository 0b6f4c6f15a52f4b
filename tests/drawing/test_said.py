"""What a map says is drawn where it belongs: an example that says all of it, layout by layout, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from safarnama.core import registry
from safarnama.core.words import LANGUAGES
from safarnama.drawing.scene import Text
from safarnama.maps.model import Map
from tests.maps.drawn import DAY

COMMITTEE = Path(__file__).parents[2] / "examples" / "committee.yaml"
SAID: dict[str, list[tuple[str, str]]] = {
    "grid": [
        ("More companies that order beans every month", "شرکت‌های بیشتری که هر ماه دانه سفارش می‌دهند"),  # business goal
        ("20 Dec 2026", "۲۹ آذر ۱۴۰۵"),  # day of review
        ("Three offers that can be compared", "سه پیش‌فاکتور که بشود کنار هم گذاشت"),  # goal of a stage
        ("To be on every shortlist", "نام ما در هر فهرست کوتاه باشد"),
        ("Technical service 5/5", "خدمات فنی ۵ از ۵"),  # effort
        ("Roya, offers desk", "رؤیا، میز پیش‌فاکتور"),  # owner of a step
        ("opens “installation”", "باز می‌شود: «installation»"),
        ("1 comment", "۱ نظر"),
        ("if they know the machine from another office · 9.0%", "اگر دستگاه را از دفتر دیگری می‌شناسند · ۹٫۰٪"),
        ("Offers desk to Shirin", "میز پیش‌فاکتور به شیرین"),
        ("Nasrin's desk", "میز نسرین"),  # where
        ("Laptop", "لپ‌تاپ"),
        ("decision", "تصمیم"),
        ("likelihood 3 of 5", "احتمال ۳ از ۵"),
        ("target 60 min", "هدف ۶۰ دقیقه"),
        ("Two rivals: 24 h", "دو رقیب: ۲۴ ساعت"),
        ("value 4 · effort 1 · confidence 4 · Technical service", "ارزش ۴ · زحمت ۱ · اطمینان ۴ · خدمات فنی"),
        ("Attach the sheet to the template of the mail", "پیوست برگه به قالب ایمیل"),
        ("planned · was due 10 Sep 2026", "برنامه‌ریزی‌شده · موعدش ۱۹ شهریور ۱۴۰۵ بود"),
        ("CX-118", "CX-118"),
    ],
    "path": [
        ("back to 4: asks for another model", "برگشت به ۴: مدل دیگری می‌خواهد"),
        ("after 4 days", "پس از ۴ روز"),
        ("Buys a kettle", "یک کتری"),  # the way out
        ("Roya, offers desk", "رؤیا، میز پیش‌فاکتور"),
        ("opens “installation”", "باز می‌شود: «installation»"),
    ],
    "exchange": [("Offers desk to Shirin", "میز پیش‌فاکتور به شیرین"), ("Shirin to Website", "شیرین به وب‌سایت")],
    "stakeholders": [
        ("Who answers for what", "مسئول هر چیز کیست"),
        ("Negar, CX", "نگار، تجربه مشتری"),
        ("Price list for three sizes of office", "فهرست قیمت برای سه اندازه دفتر"),
    ],
    "persona": [
        ("Keep forty people in a good mood before ten", "چهل نفر را پیش از ساعت ده سرحال نگه دارد"),
        ("96 m toman a year", "۹۶ میلیون تومان در سال"),
    ],
}


def written(layout: str, document: Map, language: str) -> str:
    """All words of a drawing; those of a text that was broken into lines stand together again."""
    scene = registry.find("layout", layout)().scene(document, language, DAY)
    return " ".join(mark.text for mark in scene.walk() if isinstance(mark, Text))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layout", SAID)
def test_what_the_example_says_is_drawn(layout: str, language: str) -> None:
    shown = written(layout, Map.load(COMMITTEE), language)
    said = [pair[0 if language == "en" else 1] for pair in SAID[layout]]
    assert [each for each in said if each not in shown] == []


@pytest.mark.parametrize(("language", "says"), [("en", ("Ideal", "ideal state")), ("fa", ("آرمانی", "وضع آرمانی"))])
def test_an_ideal_state_says_so(language: str, says: tuple[str, str]) -> None:
    document = Map.load(COMMITTEE).model_copy(update={"state": "ideal", "variant_of": "gift", "inside": "office"})
    shown = written("grid", document, language)
    assert says[0] in shown and "gift" in shown and "office" in shown
    assert says[1] in written("path", document, language)
