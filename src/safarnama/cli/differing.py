"""safarnama diff"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import typer

from safarnama.cli.options import JSON, LANGUAGE
from safarnama.cli.reading import map_in
from safarnama.cli.spoken import language, t
from safarnama.core.words import Text
from safarnama.maps.diff import KINDS
from safarnama.maps.diff import diff as diff_maps

_SAME = Text(en="The two maps say the same.", fa="دو نقشه یکسان‌اند.")
_SUM = Text(
    en="Changes {n:count}: {added:count} added, {removed:count} removed, {moved:count} moved, {words:count} reworded, {numbers:count} counted anew, {structure:count} otherwise",
    fa="تغییرها {n:count}: {added:count} افزوده، {removed:count} برداشته، {moved:count} جابه‌جا، {words:count} بازنویسی، {numbers:count} عدد تازه، {structure:count} دیگر",
)


def register(app: typer.Typer) -> None:
    @app.command(help=t("What changed from one map to another, by ids.", "تفاوت دو نقشه، با شناسه‌ها."))
    def diff(
        old: Path = typer.Argument(metavar="OLD.yaml"),
        new: Path = typer.Argument(metavar="NEW.yaml"),
        spoken: str = LANGUAGE,
        as_json: bool = JSON,
    ) -> None:
        changes = diff_maps(map_in(old), map_in(new))
        if as_json:
            print(json.dumps([change.as_json() for change in changes], ensure_ascii=False, indent=1))
            return
        said = spoken or language()
        for change in changes:
            print(change.say(said))
        counts = Counter(change.kind for change in changes)
        many = {kind: counts[kind] for kind in KINDS}
        print(_SUM.say(said, n=len(changes), **many) if changes else _SAME.say(said))
