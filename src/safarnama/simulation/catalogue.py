"""What the shop sells, and under which words people find it."""

from __future__ import annotations

PRODUCTS = 1_200

# The address of each category and what people type to find it; product number modulo their count is the
# category.
_CATEGORIES = (
    ("skin-care", "کرم ضدآفتاب"),
    ("make-up", "رژ لب مات"),
    ("perfume", "عطر مردانه"),
    ("headphones", "هندزفری بلوتوثی"),
    ("phone-accessories", "قاب گوشی"),
    ("smart-watches", "ساعت هوشمند"),
    ("kitchen", "سرویس قابلمه"),
    ("coffee", "قهوه ساز خانگی"),
    ("home-textile", "روتختی دونفره"),
    ("bags", "کیف دوشی چرم"),
    ("toys", "اسباب بازی فکری"),
    ("stationery", "دفتر برنامه ریزی"),
)
SLUGS = tuple(slug for slug, _ in _CATEGORIES)
SEARCHES = tuple(words for _, words in _CATEGORIES)
CATEGORIES = len(_CATEGORIES)
