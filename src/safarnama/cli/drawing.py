"""safarnama draw"""

from __future__ import annotations

from pathlib import Path

import typer

from safarnama.cli.spoken import language, note, t
from safarnama.core.words import Text
from safarnama.drawing.draw import draw as draw_map
from safarnama.maps.model import Map

_DRAWN = Text(en="Drawn: {path}", fa="کشیده شد: {path}")


def register(app: typer.Typer) -> None:
    @app.command(help=t("Draw a map.", "کشیدن نقشه."))
    def draw(
        document: Path = typer.Argument(metavar="map.yaml"),
        output: Path = typer.Option(
            ...,
            "-o",
            "--output",
            metavar="OUT",
            help=t(
                "The file; its ending says the format: svg, png, pdf, html, json, yaml.",
                "فایل؛ پسوندش قالب را می‌گوید: svg، png، pdf، html، json، yaml.",
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
        path = draw_map(
            Map.load(document), output, layout=layout, language=spoken or language(), size=size, theme=theme
        )
        note(_DRAWN, path=path)
