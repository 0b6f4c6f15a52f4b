"""On which pages a map is drawn: on one where its smallest type can be read there, else stage by stage or in tiles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from safarnama.core.errors import Mistake
from safarnama.core.words import Text
from safarnama.drawing.endnotes import noted
from safarnama.drawing.layouts.layout import Layout
from safarnama.drawing.paper import PAPER, Page, Paper, page_of
from safarnama.drawing.scene import Scene
from safarnama.drawing.setting import Setting
from safarnama.drawing.tiling import tiles
from safarnama.maps.diff import Diff
from safarnama.maps.model import Map

PAGES: dict[str, Text] = {
    "split": Text(en="On as few pages as it takes, stage by stage", fa="در کمترین صفحه لازم، مرحله به مرحله"),
    "stages": Text(en="A page for each stage", fa="برای هر مرحله یک صفحه"),
    "tile": Text(en="One sheet cut into pages to be put together", fa="یک برگه، بریده به صفحه‌هایی که کنار هم می‌نشینند"),
    "one": Text(en="On one page or not at all", fa="در یک صفحه، وگرنه هیچ"),
}
_PT = 0.75  # of a CSS pixel
_TOO_SMALL = Text(
    en="{layout} does not fit on {size}: its smallest type would be {seen:number.1} pt, and under {floor:number.2} pt it cannot be read.",
    fa="«{layout}» در {size} جا نمی‌شود: کوچک‌ترین حروفش {seen:number.1} پوینت می‌شود و کمتر از {floor:number.2} پوینت خوانده نمی‌شود.",
)
_WOULD = Text(en="The smallest that would do is {would}.", fa="کوچک‌ترین اندازه‌ای که بس است {would} است.")
_NONE_WOULD = Text(en="No sheet is large enough for all of it.", fa="هیچ برگه‌ای برای همه آن بس نیست.")
_SPREAD = Text(
    en="Several pages hold it too: pages split or tile.", fa="چند صفحه هم بس است: pages برابر split یا tile."
)
_CUT = Text(
    en="Pages to be put together hold it too: pages tile.",
    fa="صفحه‌هایی که کنار هم بنشینند هم بس است: pages برابر tile.",
)
_FORMATS = Text(en="A PDF or PPTX can hold it on several pages.", fa="PDF یا PPTX می‌تواند آن را در چند صفحه جا دهد.")
_WHOLE = Text(
    en="{layout} is a picture of the whole and has no stages to stand apart. Choose pages split, tile or one.",
    fa="«{layout}» تصویری یکپارچه است و مرحله‌هایش جدا نمی‌شود. برای pages یکی از split، tile یا one را برگزینید.",
)


def pages_of(
    layout: Layout,
    document: Map | Sequence[Map] | Diff,
    language: str,
    today: date | None,
    setting: Setting,
    paper: Paper,
    how: str,
    several: bool,
    notes: bool = False,
) -> list[Page]:
    """The pages of a drawing. ``how``: one of ``PAGES``; ``several``: whether the output can hold more than one, if not the
    ``notes`` stand below the map, or those of each map below all. Raises ``Mistake`` where the map cannot be read on them, with the sheet that would do."""
    shown = document if isinstance(document, Map) else None
    maps = [document] if isinstance(document, Map) else [] if isinstance(document, Diff) else document
    below = maps if notes and not several else ()

    def whole_on(sheet: Paper) -> Scene:
        scene = layout.fitted(document, language, today, setting, sheet)
        for each in below:
            scene = noted(scene, each, language, today, named=len(below) > 1)
        return scene

    if how == "stages" and several:
        if not layout.by_stage:
            raise Mistake(_WHOLE, layout=layout.title)
        parts = layout.parted(document, language, today, setting, paper, alone=True)
        if parts:
            return [page_of(scene, paper.name, part) for part, scene in parts]
    whole = whole_on(paper)
    if how != "stages" and paper.holds(whole):
        return [page_of(whole, paper.name, shown)]
    if how == "split" and several:
        parts = layout.parted(document, language, today, setting, paper)
        if parts:
            return [page_of(scene, paper.name, part) for part, scene in parts]
    if how == "tile" and several and paper.width and paper.height:
        return tiles(layout.scene(document, language, today, setting), paper, shown)

    def holds(sheet: Paper) -> bool:
        if sheet.holds(whole_on(sheet)):
            return True
        return how == "split" and several and bool(layout.parted(document, language, today, setting, sheet))

    others = (each for name, each in PAPER.items() if name not in ("fit", "slide", "screen", paper.name))
    would = next(filter(holds, others), None)
    advice = [_WOULD if would else _NONE_WOULD]
    advice.append(_FORMATS if not several else _SPREAD if how == "one" and layout.by_stage else _CUT)
    raise Mistake(
        Text(
            en=" ".join(each.en for each in (_TOO_SMALL, *advice)),
            fa=" ".join(each.fa for each in (_TOO_SMALL, *advice)),
        ),
        layout=layout.title,
        size=paper.title,
        seen=paper.type_size(whole) * _PT,
        floor=paper.floor * _PT,
        would=would.name if would else "",
    )
