"""A map on which everything that can be written is written to do harm: to pages, pictures, sheets, slides and spreadsheets."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from itertools import cycle
from pathlib import Path
from typing import Any

import PIL.Image

from safarnama.maps.model import Map
from tests.maps.drawn import PIXEL

NOWHERE = "nowhere.invalid"
TYPED = {
    "script": "<script>alert(1)</script>",
    "handler": f'"><img src="http://{NOWHERE}/x.png" onerror=alert(1)>',
    "quotes": "' onload='alert(1)' x='",
    "cdata": "]]> <![CDATA[ x ]]>",
    "comment": "--> <!-- x --> <?php x ?>",
    "entity": "&lt;b&gt; &#60;i&#62; &xxe; &amp;amp;",
    "style": f"</style></title><style>@import url(http://{NOWHERE}/x.css)</style>",
    "picture": f'<svg><image href="http://{NOWHERE}/y.png"/><foreignObject/></svg>',
    "typst": '#import "@preview/x:0.1.0": * #read("/etc/passwd") $x^2$ \\ *b* `r` @ref <label>',
    "link": f'=HYPERLINK("http://{NOWHERE}","y")',
    "command": "+cmd|' /C calc'!A0",
    "sum": "@SUM(A1:A9)",
    "minus": "-2+3+cmd|' /C calc'!A0",
    "tab": "\t=1+1",
    "return": "\r=1+2",
    "line": "\n=1+3",
    "wide": "＝1+4",
    "address": "javascript:alert(1)",
    "file": "file:///etc/passwd",
    "markdown": f"[x](javascript:alert(1)) ![y](http://{NOWHERE}/z.png) <b>z</b> https://{NOWHERE}/auto www.{NOWHERE} | a",
    "heading": "# head",
    "rule": "---\n\n- x\n\n    code",
    "mermaid": "title: x; section y %%{init: {}}%% #35; 5: Me",
    "template": "{{ 7*7 }} {% raw %} {x} %s ${x}",
    "excel": "_x0041_ _x00e9_",
    "controls": "bell\x07 null\x00 esc\x1b[31m vt\x0b not\ufffe del\x7f nel\x85",
    "direction": "abc \u202egnp.exe\u202c \u2067x\u200f",
    "breaks": "one\u2028two\u2029three",
    "yaml": "!!python/object/apply:os.system ['x'] &a *a",
    "null": "null",
    "word": "x" * 3_000,
    "long": "word " * 10_000,
}


def bomb() -> str:
    """A PNG of 60,000 by 60,000 pixels in a few bytes: decoded it has 14 gigabytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 6, 0, 0, 0)
    data = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 240_001))
        + chunk(b"IEND", b"")
    )
    return "data:image/png;base64," + base64.b64encode(data).decode()


def heavy() -> str:
    """An honest picture of more pixels than are decoded."""
    written = io.BytesIO()
    PIL.Image.new("1", (9_000, 9_000)).save(written, "PNG")
    return "data:image/png;base64," + base64.b64encode(written.getvalue()).decode()


def _data(media: str, text: str) -> str:
    return f"data:{media};base64," + base64.b64encode(text.encode()).decode()


# None but the last may be shown.
PICTURES = [
    bomb(),
    heavy(),
    _data("image/svg+xml", f'<svg xmlns="http://www.w3.org/2000/svg" onload="x"><script/><image href="http://{NOWHERE}/a"/></svg>'),
    _data("image/png", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
    f"http://{NOWHERE}/pixel.png",
    f"//{NOWHERE}/pixel.png",
    "file:///etc/passwd",
    "../../../../../../etc/passwd",
    "javascript:alert(1)",
    PIXEL,
]  # fmt: skip


def hostile() -> Map:
    """The example of the house, every word of it replaced by one that is hostile, with ids, icons, channels and pictures of
    that kind too. Every text of ``TYPED`` stands on a card."""
    source = Path(__file__).parents[2] / "examples" / "gift.yaml"
    values = Map.load(source).model_dump(by_alias=True, mode="json", exclude_none=True)
    short = cycle([text for name, text in TYPED.items() if name != "long"])
    _rewritten(values, short)
    people = Map.load(source.with_name("committee.yaml")).model_dump(by_alias=True, mode="json", exclude_none=True)
    people = {name: people[name] for name in ("personas", "conflicts", "stakeholders") if name in people}
    _rewritten(people, short)
    for person in people.get("stakeholders", ()):
        person["stages"] = []
    values |= people
    persona = values["personas"][0]
    persona |= {"picture": PICTURES[0], "portrait": TYPED["handler"], "segment": TYPED["script"]}
    persona |= {"channels": [TYPED["script"]], "devices": [TYPED["handler"]]}
    for other, picture in zip(values["personas"][1:], PICTURES[1:], strict=False):
        other["picture"] = picture
    values["lanes"] = [lane for lane in values["lanes"] if lane["kind"] != "images"]
    places = [step["id"] for stage in values["stages"] for step in stage["steps"]]
    for number, lane in enumerate(values["lanes"]):
        for card in lane["cards"]:
            card |= {"subject": None, "icon": f"../../{TYPED['script']}"}
            if lane["kind"] == "touchpoints":
                card["channel"] = TYPED["handler"]
        lane["owner"] = TYPED["template"]
        lane["id"] = f'lane{number}" onclick="alert({number})'
    values["lanes"] += [
        {
            "id": "images",
            "kind": "images",
            "cards": [
                {"id": f"image-{number}", "at": places[number % len(places)], "image": picture, "text": "a picture"}
                for number, picture in enumerate(PICTURES)
            ],
        },
        {
            "id": "typed",
            "kind": "doing",
            "cards": [
                {"id": f'typed-{name}" x="<&>', "at": place, "text": text}
                for (name, text), place in zip(TYPED.items(), cycle(places), strict=False)
            ],
        },
    ]
    values |= {"opportunities": [], "actions": [{"id": "do", "text": TYPED["link"], "owner": TYPED["tab"]}]}
    values["derived"]["sources"] = [TYPED["script"]]
    return Map.model_validate(values)


def _rewritten(values: Any, words: Any) -> None:
    """Puts the next word where there was one in both languages, and as the unit of what was counted."""
    if isinstance(values, dict) and "kind" in values and "n" in values:
        values["unit"] = next(words)
    for name, value in list(values.items()) if isinstance(values, dict) else enumerate(values):
        if isinstance(value, dict) and value and set(value) <= {"fa", "en"}:
            values[name] = next(words)
        elif isinstance(value, (dict, list)):
            _rewritten(value, words)
