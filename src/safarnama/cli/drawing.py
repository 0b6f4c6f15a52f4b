"""safarnama draw"""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path
from typing import Any

import typer

from safarnama.cli.options import parameters_of
from safarnama.cli.reading import map_in
from safarnama.cli.spoken import language, note, t
from safarnama.core.errors import Mistake
from safarnama.core.words import Text
from safarnama.core.workspace import Workspace
from safarnama.drawing.draw import draw as draw_map
from safarnama.maps.collection import files_of
from safarnama.maps.model import Map
from safarnama.maps.templates import own

_MAPS = (".yaml", ".yml", ".json")  # what is written there is the map itself
_OWN = Text(
    en="It is your map now (kind: planned), without the template's example dates: safarnama check says what it still needs.",
    fa="اکنون نقشه شماست (kind: planned) و تاریخ‌های نمونه الگو را ندارد: safarnama check می‌گوید چه کم دارد.",
)
_DRAWN = Text(en="Drawn: {path}", fa="کشیده شد: {path}")
_NO_MAP = Text(
    en="Which map? safarnama draw map.yaml -o OUT, or -w WORKSPACE --layout atlas for all of a workspace.",
    fa="کدام نقشه؟ safarnama draw map.yaml -o OUT، یا برای همه نقشه‌های یک فضای کار -w WORKSPACE --layout atlas.",
)
_NO_OUTPUT = Text(
    en="Where to? Add -o and a name whose ending says the format: -o map.svg",
    fa="کجا؟ -o و نامی که پسوندش قالب را می‌گوید بیفزایید: -o map.svg",
)
_NONE_THERE = Text(
    en="{folder} holds no map. Make one with: safarnama discover -o {folder}/journey.yaml -w {workspace}",
    fa="در {folder} نقشه‌ای نیست. یکی بسازید: safarnama discover -o {folder}/journey.yaml -w {workspace}",
)
_LEFT_OUT = Text(en="Left out: {why}", fa="کنار گذاشته شد: {why}")


def register(app: typer.Typer) -> None:
    @app.command(
        help=t(
            "Draw a map, or several on one wall (--layout atlas). "
            "Options of the layout and of the format follow the others: --persona sara, --scale 3 for png.",
            "کشیدن یک نقشه، یا چند نقشه روی یک دیوار (--layout atlas). "
            "گزینه‌های خود چیدمان و قالب پس از بقیه می‌آید: --persona sara، یا --scale 3 برای png.",
        ),
        context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    )
    def draw(
        words: list[str] = typer.Argument(None, metavar="map.yaml…"),
        output: Path = typer.Option(
            None,
            "-o",
            "--output",
            metavar="OUT",
            help=t(
                "The file; its ending says the format: svg, png, pdf, pptx, html, json, yaml.",
                "فایل؛ پسوندش قالب را می‌گوید: svg، png، pdf، pptx، html، json، yaml.",
            ),
        ),
        layout: str = typer.Option(
            "grid", help=t("Way to draw; safarnama list layouts.", "شیوه کشیدن؛ safarnama list layouts.")
        ),
        spoken: str = typer.Option(None, "--language", help=t("fa or en.", "fa یا en.")),
        size: str = typer.Option(
            "fit",
            help=t(
                "a4, a3, a2, a1, a0, slide, screen, roll or fit.", "a4، a3، a2، a1، a0، slide، screen، roll یا fit."
            ),
        ),
        pages: str = typer.Option(
            "split",
            help=t(
                "What does not fit on one page: split (stage by stage), stages, tile or one (or not at all).",
                "آنچه در یک صفحه جا نمی‌شود: split (مرحله به مرحله)، stages، tile یا one (وگرنه هیچ).",
            ),
        ),
        theme: str = typer.Option(
            "paper",
            help=t(
                "paper, dark, safe (for colour-blind readers) or grey (for a printer without colour).",
                "paper، dark، safe (مناسب کوررنگی) یا grey (برای چاپگر بی‌رنگ).",
            ),
        ),
        logo: Path = typer.Option(
            None,
            metavar="FILE",
            help=t("A logo in the head of each page: PNG, JPEG or SVG.", "نشانی در سر هر صفحه: PNG، JPEG یا SVG."),
        ),
        legend: str = typer.Option(
            "yes", help=t("Say what the marks mean: yes or no.", "راهنمای نشانه‌ها باشد: yes یا no.")
        ),
        notes: str = typer.Option(
            "no",
            help=t(
                "At the end every card in full with its evidence: yes or no.",
                "در پایان هر کارت کامل و با شواهدش بیاید: yes یا no.",
            ),
        ),
        workspace: Path = typer.Option(
            None, "-w", "--workspace", help=t("All maps of this workspace.", "همه نقشه‌های این فضای کار.")
        ),
    ) -> None:
        # What is no option of ours stands among the words: the maps first, then options of the layout and the format.
        files = list(takewhile(lambda word: not word.startswith("--"), words or ()))
        options: dict[str, Any] = dict(parameters_of((words or [])[len(files) :], "safarnama draw --help"))
        maps = [map_in(Path(file)) for file in files] + (_maps_of(workspace) if workspace else [])
        if not maps:
            raise Mistake(_NO_MAP)
        if output is None:
            raise Mistake(_NO_OUTPUT)
        taken = len(maps) == 1 and maps[0].kind == "template" and output.suffix in _MAPS
        taken = taken and bool(files) and files[0].startswith("template:")
        path = draw_map(
            own(maps[0]) if taken else maps,
            output,
            layout=layout,
            language=spoken or language(),
            size=size,
            pages=pages,
            theme=theme,
            logo=logo,
            legend=legend,
            notes=notes,
            **options,
        )
        note(_DRAWN, path=path)
        if taken:
            note(_OWN)


def _maps_of(folder: Path) -> list[Map]:
    """The maps of a workspace; one that cannot be read is told and left out."""
    shop = Workspace.open(folder)
    found = []
    for path in files_of(shop):
        try:
            found.append(map_in(path))
        except Mistake as mistake:
            note(_LEFT_OUT, why=mistake.say(language()))
    if not found:
        raise Mistake(_NONE_THERE, folder=shop.folder / "maps", workspace=folder)
    return found
