"""safarnama draw"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from safarnama.cli.options import parameters_of
from safarnama.cli.reading import map_in
from safarnama.cli.spoken import language, note, t
from safarnama.core.words import Text
from safarnama.drawing.draw import draw as draw_map
from safarnama.maps.templates import own

_MAPS = (".yaml", ".yml", ".json")  # what is written there is the map itself
_OWN = Text(
    en="It is your map now (kind: planned), without the template's example dates: safarnama check says what it still needs.",
    fa="اکنون نقشه شماست (kind: planned) و تاریخ‌های نمونه الگو را ندارد: safarnama check می‌گوید چه کم دارد.",
)
_DRAWN = Text(en="Drawn: {path}", fa="کشیده شد: {path}")


def register(app: typer.Typer) -> None:
    @app.command(
        help=t(
            "Draw a map. Options of the layout and of the format follow the others: --persona sara, --scale 3 for png.",
            "کشیدن نقشه. گزینه‌های خود چیدمان و قالب پس از بقیه می‌آید: --persona sara، یا --scale 3 برای png.",
        ),
        context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    )
    def draw(
        context: typer.Context,
        document: Path = typer.Argument(metavar="map.yaml"),
        output: Path = typer.Option(
            ...,
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
    ) -> None:
        options: dict[str, Any] = dict(parameters_of(context.args, "safarnama draw --help"))
        drawn = map_in(document)
        taken = drawn.kind == "template" and str(document).startswith("template:") and output.suffix in _MAPS
        path = draw_map(
            own(drawn) if taken else drawn,
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
