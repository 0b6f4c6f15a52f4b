"""Rows that could not become events: set aside with the line, what was seen and a reason a person can act on."""

from __future__ import annotations

from safarnama.core.words import Text

REASONS: dict[str, Text] = {
    "columns": Text(
        en="the row does not have as many columns as the header; look for a missing or an extra separator",
        fa="شمار ستون‌های سطر با سرستون یکی نیست؛ جداکننده کم یا زیاد را پیدا کنید",
    ),
    "json": Text(
        en="the line is not a JSON object; it may have been cut",
        fa="سطر یک شیء JSON نیست؛ شاید ناقص بریده شده باشد",
    ),
    "time_missing": Text(en="the time is empty", fa="زمان خالی است"),
    "time_unreadable": Text(
        en="the time cannot be read; write it like 2026-03-21 14:05 or 1405/01/01 14:05",
        fa="زمان خوانده نشد؛ آن را مانند 1405/01/01 14:05 یا 2026-03-21 14:05 بنویسید",
    ),
    "no_such_day": Text(
        en="the calendar has no such day; day and month may have changed places",
        fa="چنین روزی در تقویم نیست؛ شاید روز و ماه جابه‌جا شده باشد",
    ),
    "time_in_future": Text(
        en="the time lies in the future; the clock or the time zone may be wrong",
        fa="زمان در آینده است؛ شاید ساعت دستگاه یا منطقه زمانی نادرست باشد",
    ),
    "touchpoint_missing": Text(en="nothing says what happened", fa="معلوم نیست چه رخ داده است"),
    "value_unreadable": Text(en="the value is not a number", fa="مبلغ عدد نیست"),
    "score_unreadable": Text(en="the score is not a number of its scale", fa="امتیاز عددی از مقیاس خودش نیست"),
    "identifier_missing": Text(
        en="the row names no customer, so its attributes belong to nobody",
        fa="سطر نام هیچ مشتری‌ای را ندارد، پس ویژگی‌هایش از آن کسی نیست",
    ),
    "cost_unreadable": Text(en="the cost is not a number", fa="هزینه عدد نیست"),
}
