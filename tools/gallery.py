"""The gallery of the documentation: every layout in both languages, from a real map and from a template.

    make gallery

draws ``examples/airport.yaml`` and the template of an online shop into docs/pictures/gallery (the layouts of people: the buying
committee of ``examples/committee.yaml``; the atlas: all maps there are), puts all of them on a contact sheet, and writes docs/en/gallery.md and
docs/fa/gallery.md.
"""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from PIL import Image

from safarnama.core import registry
from safarnama.core.words import LANGUAGES, Text
from safarnama.drawing.draw import draw
from safarnama.drawing.layouts.layout import layouts_of_a_map
from safarnama.maps.model import Map

DOCS = Path(__file__).parents[1] / "docs"
PICTURES = DOCS / "pictures" / "gallery"
# Each map, its file (of a wall all files), what it is, and the day as of which it is drawn: the survey is of 2017 and was fresh then.
MAPS: list[tuple[str, tuple[str, ...], Text, date]] = [
    (
        "airport",
        ("examples/airport.yaml",),
        Text(
            en="A visit to the airport, from 2,831 passengers’ answers (San Francisco International, May 2017), as of June 2017",
            fa="یک سفر از فرودگاه، از پاسخ‌های ۲٬۸۳۱ مسافر (فرودگاه سان‌فرانسیسکو، مه ۲۰۱۷)، به تاریخ ژوئن ۲۰۱۷",
        ),
        date(2017, 6, 15),
    ),
    (
        "online_shop",
        ("template:online_shop",),
        Text(
            en="The template of an online shop: believed, not measured, and it says so",
            fa="الگوی فروشگاه اینترنتی: باور است نه سنجش، و همین را می‌گوید",
        ),
        date(2026, 9, 1),
    ),
    (
        "committee",
        ("examples/committee.yaml",),
        Text(
            en="Four people of one company decide about a coffee machine (simulated)",
            fa="چهار نفر از یک شرکت درباره یک قهوه‌ساز تصمیم می‌گیرند (شبیه‌سازی‌شده)",
        ),
        date(2026, 9, 25),
    ),
    (
        "all",
        ("examples/gift.yaml", "examples/committee.yaml", "examples/airport.yaml", "template:online_shop"),
        Text(en="The three examples and the template on one wall", fa="سه نمونه و الگو روی یک دیوار"),
        date(2026, 9, 25),
    ),
]
# What layouts of people and of walls show best; all others show the first two.
_BEST = {"persona": ("committee", "online_shop"), "stakeholders": ("committee",), "atlas": ("all",)}
_WIDE, _THUMB, _GAP, _COLUMNS = 1400, 440, 16, 5
_TITLE = Text(en="Gallery", fa="نگارخانه")
_ABOUT = Text(
    en="Every layout in both languages, drawn by `make gallery` from a real map (its numbers come from a survey; "
    "`examples/airport.py` makes it) and from a template. [All on one sheet](../pictures/gallery/contact-sheet.png).",
    fa="همه چیدمان‌ها به دو زبان، که `make gallery` از نقشه‌ای واقعی (عددهایش از یک نظرسنجی است و `examples/airport.py` آن را می‌سازد) و "
    "از یک الگو می‌کشد. [همه در یک برگه](../pictures/gallery/contact-sheet.png).",
)


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    layouts = _layouts()
    thumbs = []
    with tempfile.TemporaryDirectory() as folder:
        for name, files, _, today in MAPS:
            maps = [Map.load(file if ":" in file else DOCS.parent / file) for file in files]
            for layout in layouts:
                if name not in shown_by(layout):
                    continue
                for language in LANGUAGES:
                    drawn = Path(folder) / "drawn.png"
                    draw(maps, drawn, layout=layout, language=language, today=today)
                    with Image.open(drawn) as picture:
                        whole = picture.convert("RGB")
                    small = whole.resize((_WIDE, round(whole.height * _WIDE / whole.width)), Image.Resampling.LANCZOS)
                    _few_colours(small).save(PICTURES / f"{name}-{layout}-{language}.png", optimize=True)
                    thumbs.append(small)
                    print(f"{name} {layout} {language}")
    _few_colours(_contact_sheet(thumbs)).save(PICTURES / "contact-sheet.png", optimize=True)
    for language in LANGUAGES:
        (DOCS / language / "gallery.md").write_text(page(language), encoding="utf-8")


def _layouts() -> list[str]:
    """Those of one map, and those of a wall."""
    return sorted({*layouts_of_a_map(), "atlas"})


def shown_by(layout: str) -> tuple[str, ...]:
    """The maps that a layout is shown with."""
    return _BEST.get(layout, ("airport", "online_shop"))


def _few_colours(picture: Image.Image) -> Image.Image:
    """The picture in 256 colours: a third of the bytes. Only with means drawn near each is green still green."""
    return picture.quantize(256, kmeans=1, dither=Image.Dither.NONE)


def _contact_sheet(pictures: list[Image.Image]) -> Image.Image:
    """All pictures in rows, each as wide as a column and at most three quarters as high."""
    high = round(_THUMB * 0.75)
    rows = -(-len(pictures) // _COLUMNS)
    sheet = Image.new("RGB", (_COLUMNS * (_THUMB + _GAP) + _GAP, rows * (high + _GAP) + _GAP), "#EFE9DD")
    for number, picture in enumerate(pictures):
        scale = min(_THUMB / picture.width, high / picture.height)
        small = picture.resize((round(picture.width * scale), round(picture.height * scale)), Image.Resampling.LANCZOS)
        x = _GAP + number % _COLUMNS * (_THUMB + _GAP) + (_THUMB - small.width) // 2
        y = _GAP + number // _COLUMNS * (high + _GAP) + (high - small.height) // 2
        sheet.paste(small, (x, y))
    return sheet


def page(language: str) -> str:
    """The page of the gallery: a section for each layout, its pictures in the language of the page first."""
    lines = [f"# {_TITLE.say(language)}", "", _ABOUT.say(language)]
    spoken = [language, *(each for each in LANGUAGES if each != language)]
    for layout in _layouts():
        title = registry.find("layout", layout).title.say(language)
        lines += ["", f"## {title} (`{layout}`)"]
        for name, _, told, _ in MAPS:
            if name not in shown_by(layout):
                continue
            lines += ["", told.say(language), ""]
            lines += [f"![{title}, {each}](../pictures/gallery/{name}-{layout}-{each}.png)" for each in spoken]
    text = "\n".join(lines) + "\n"
    return text if language == "en" else f'<div dir="rtl">\n\n{text}\n</div>\n'


if __name__ == "__main__":
    main()
