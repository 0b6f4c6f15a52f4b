"""safarnama discover"""

from __future__ import annotations

from pathlib import Path

import typer

from safarnama.cli.options import ENGINE, WORKSPACE, journeys_on
from safarnama.cli.reading import map_in
from safarnama.cli.spoken import language, note, progress, say, t
from safarnama.core.words import Text
from safarnama.core.workspace import Workspace
from safarnama.maps.discovery.given import left_out
from safarnama.maps.document import to_yaml
from safarnama.maps.words import say as words

_DONE = Text(
    en="{title}\nThe map has {stages:stages} and {steps:steps}; honesty {score:count} of 100. Written to {path}.\nDraw it: safarnama draw {path} -o map.pdf --language en",
    fa="{title}\nنقشه {stages:stages} و {steps:steps} دارد؛ اعتبار {score:count} از ۱۰۰. نوشته شد در {path}.\nبرای کشیدن: safarnama draw {path} -o map.pdf --language fa",
)

_STALE = Text(
    en="{stale:cards} rest on data that ended over 90 days ago, so they do not count as backed: import newer data.",
    fa="{stale:cards} بر داده‌ای تکیه دارد که بیش از ۹۰ روز پیش پایان یافته و مستند شمرده نمی‌شود: داده تازه‌تر وارد کنید.",
)


_LEFT_OUT = Text(
    en="Steps of the map that the data says nothing of were left out: {steps:list}.",
    fa="گام‌هایی از نقشه که داده چیزی از آنها نمی‌گوید کنار گذاشته شد: {steps:list}.",
)


def register(app: typer.Typer) -> None:
    @app.command(help=t("Turn journeys into a map.", "تبدیل سفرها به نقشه."))
    def discover(
        goal: str = typer.Option(
            None,
            metavar="TOUCHPOINT",
            help=t(
                "What journeys are for; found if left out. A|B is either.",
                "سفرها برای چیست؛ اگر ندهید یافته می‌شود. A|B یعنی هر کدام.",
            ),
        ),
        per: str = typer.Option(
            None,
            metavar="ATTRIBUTE",
            help=t("A persona for each of its segments.", "یک پرسونا برای هر گروه آن."),
        ),
        stages: Path = typer.Option(
            None,
            metavar="MAP",
            help=t(
                "Take the stages and steps of this map, or of template:NAME, instead of finding them.",
                "به جای یافتن، مرحله‌ها و گام‌های این نقشه یا template:NAME را بردار.",
            ),
        ),
        output: Path = typer.Option(
            None,
            "-o",
            "--output",
            metavar="map.yaml",
            help=t(
                "Where to write the map; standard output if left out.",
                "جای نوشتن نقشه؛ اگر ندهید خروجی استاندارد.",
            ),
        ),
        engine: str = ENGINE,
        workspace: Path = WORKSPACE,
    ) -> None:
        shop = Workspace.open(workspace)
        with progress(t("Discovering", "یافتن نقشه")) as bar:
            given = map_in(stages) if stages else None
            told = {"goal": goal, "per": per, "stages": given, "progress": lambda share: bar("", share)}
            journeys = journeys_on(engine, shop) if engine else None
            document = shop.discover(**told, journeys=journeys)
        if given and (missing := left_out(given, document.stages)):
            note(_LEFT_OUT, steps=[words(step.name, language()) for step in given.steps if step.id in missing])
        if output is None:
            print(to_yaml(document), end="")
            return
        document.save(output)
        honesty = document.honesty()
        say(
            _DONE,
            title=words(document.title, language()),
            stages=len(document.stages),
            steps=len(document.steps),
            score=honesty.score,
            path=output,
        )
        if honesty.stale:
            say(_STALE, stale=honesty.stale)
