"""safarnama diff"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import typer

from safarnama.cli.options import JSON, LANGUAGE
from safarnama.cli.reading import map_in
from safarnama.cli.spoken import language, note, t
from safarnama.core.words import Text
from safarnama.maps.diff import KINDS

_SAME = Text(en="The two maps say the same.", fa="دو نقشه یکسان‌اند.")
_SUM = Text(
    en="Changes {n:count}: {added:count} added, {removed:count} removed, {moved:count} moved, {words:count} reworded, {numbers:count} counted anew, {structure:count} otherwise",
    fa="تغییرها {n:count}: {added:count} افزوده، {removed:count} برداشته، {moved:count} جابه‌جا، {words:count} بازنویسی، {numbers:count} عدد تازه، {structure:count} دیگر",
)

_SAVED = Text(en="Picture: {path}", fa="تصویر: {path}")


def register(app: typer.Typer) -> None:
    @app.command(help=t("What changed from one map to another, by ids.", "تفاوت دو نقشه، با شناسه‌ها."))
    def diff(
        old: Path = typer.Argument(metavar="OLD.yaml"),
        new: Path = typer.Argument(metavar="NEW.yaml"),
        spoken: str = LANGUAGE,
        as_json: bool = JSON,
        picture: Path = typer.Option(
            None,
            metavar="FILE",
            help=t(
                "Draw both maps in one picture: FILE.svg, .png, .pdf, .pptx or .html.",
                "کشیدن هر دو نقشه در یک تصویر: FILE.svg یا png. یا pdf. یا pptx. یا html.",
            ),
        ),
        size: str = typer.Option(
            "fit",
            help=t(
                "a4, a3, a2, a1, a0, slide, screen, roll or fit.", "a4، a3، a2، a1، a0، slide، screen، roll یا fit."
            ),
        ),
        pages: str = typer.Option(
            "one",
            help=t(
                "What does not fit on one page: tile (pages to be put together) or one (not at all).",
                "آنچه در یک صفحه جا نمی‌شود: tile (صفحه‌هایی که کنار هم می‌نشیند) یا one (هیچ).",
            ),
        ),
        theme: str = typer.Option(
            "paper",
            help=t("paper, dark or safe (for colour-blind readers).", "paper، dark یا safe (مناسب کوررنگی)."),
        ),
    ) -> None:
        changes = map_in(old).diff(map_in(new))
        said = spoken or language()
        if picture is not None:
            note(_SAVED, path=changes.draw(picture, language=said, size=size, pages=pages, theme=theme))
        if as_json:
            print(json.dumps(changes.as_json(), ensure_ascii=False, indent=1))
        if as_json or picture is not None:
            return
        for line in changes.say(said):
            print(line)
        counts = Counter(change.kind for change in changes)
        many = {kind: counts[kind] for kind in KINDS}
        print(_SUM.say(said, n=len(changes), **many) if changes else _SAME.say(said))
