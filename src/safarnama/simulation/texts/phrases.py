"""How sentences begin and end: in a comment, in a chat; by feeling 1 happy, 0 neither, -1 unhappy."""

from __future__ import annotations

COMMENT_OPENINGS: dict[int, tuple[str, ...]] = {
    1: (
        "راستش",
        "به نظرم",
        "من که راضی‌ام،",
        "خدایی",
        "بار چندمه خرید می‌کنم،",
        "انصافاً",
        "ممنون از ترنج،",
        "خیلی خوب بود،",
    ),
    0: ("راستش", "به نظرم", "والا", "بگم که", "در کل", "من شخصاً", "بد نبود،", "تجربه من اینه که"),
    -1: (
        "متأسفانه",
        "راستش",
        "خیلی ناراحتم،",
        "واقعاً",
        "انتظار نداشتم،",
        "پشیمونم،",
        "من که راضی نیستم،",
        "بار آخرم بود،",
    ),
}
COMMENT_CLOSINGS: dict[int, tuple[str, ...]] = {
    1: (
        "دمتون گرم",
        "ممنون",
        "پیشنهاد می‌کنم",
        "حتماً باز هم خرید می‌کنم",
        "خدا قوت",
        "به دوستام هم معرفی کردم",
        "پنج ستاره کمه",
        "همین‌طور ادامه بدین",
    ),
    0: (
        "همین",
        "باید دید بعداً چی می‌شه",
        "شاید باز هم خرید کنم",
        "می‌تونست بهتر باشه",
        "در حد انتظار بود",
        "نمره‌ام متوسطه",
        "نظر خاص دیگه‌ای ندارم",
        "ممنون",
    ),
    -1: (
        "لطفاً رسیدگی کنید",
        "دیگه خرید نمی‌کنم",
        "اصلاً پیشنهاد نمی‌کنم",
        "خواهشاً یه فکری بکنید",
        "کاش زودتر درست بشه",
        "اعتمادم رو از دست دادم",
        "واقعاً جای تأسفه",
        "از ترنج انتظار نداشتم",
    ),
}
CHAT_OPENINGS: tuple[str, ...] = (
    "سلام،",
    "سلام وقت بخیر،",
    "سلام خسته نباشید،",
    "سلام روزتون بخیر،",
    "درود،",
    "سلام و احترام،",
    "ببخشید،",
    "سلام عزیزان،",
)
CHAT_CLOSINGS: dict[int, tuple[str, ...]] = {
    1: ("ممنونم ازتون", "خواستم تشکر کنم", "خسته نباشید", "دستتون درد نکنه"),
    0: ("ممنون می‌شم راهنمایی کنید", "مرسی", "منتظر جوابتونم", "ممنون"),
    -1: ("لطفاً پیگیری کنید", "تکلیف من چیه؟", "خواهشاً زودتر جواب بدین", "کی رسیدگی می‌کنین؟"),
}
COMMENT_OPENINGS_EN: dict[int, tuple[str, ...]] = {
    1: ("Honestly,", "Very happy:", "Thank you Toranj.", "As always:"),
    0: ("Well,", "All in all:", "Okay so far.", "Honestly,"),
    -1: ("Sorry to say:", "Disappointed.", "Not happy at all:", "Really?"),
}
COMMENT_CLOSINGS_EN: dict[int, tuple[str, ...]] = {
    1: ("Thanks", "Recommended", "Will buy again", "Keep it up"),
    0: ("That is all", "Could be better", "We will see", "As expected"),
    -1: ("Please fix this", "I will not buy here again", "Please look into it", "Not recommended"),
}
CHAT_OPENINGS_EN: tuple[str, ...] = ("Hi,", "Hello,", "Good morning,", "Hi there,")
CHAT_CLOSINGS_EN: dict[int, tuple[str, ...]] = {
    1: ("Thank you", "Just wanted to say thanks", "Great job", "Cheers"),
    0: ("Thanks", "Thank you in advance", "Waiting for your answer", "Please let me know"),
    -1: ("Please help", "What should I do?", "Please answer soon", "Who can help me?"),
}
EMOJI: dict[int, tuple[str, ...]] = {
    1: ("😍", "👌", "🌹", "🙏", "❤️"),
    0: ("🙂", "🤷", "🙏", "👍", "🤔"),
    -1: ("😡", "😞", "👎", "😕", "💔"),
}
