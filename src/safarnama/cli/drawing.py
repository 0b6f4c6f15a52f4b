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
            "fit", help=t("a4, a3, a2, a1, a0, slide or fit.", "a4، a3، a2، a1، a0، slide یا fit.")
        ),
        theme: str = typer.Option(
            "paper",
            help=t("paper, dark or safe (for colour-blind readers).", "paper، dark یا safe (مناسب کوررنگی)."),
        ),
    ) -> None:
        options: dict[str, Any] = dict(parameters_of(context.args, "safarnama draw --help"))
        path = draw_map(
            map_in(document),
            output,
            layout=layout,
            language=spoken or language(),
            size=size,
            theme=theme,
            **options,
        )
        note(_DRAWN, path=path)
