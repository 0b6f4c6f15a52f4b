"""safarnama demo"""

from __future__ import annotations

import shutil
from pathlib import Path

import orjson
import typer

from safarnama.cli.spoken import language as terminal_language
from safarnama.cli.spoken import note, progress, say, t
from safarnama.core.errors import Mistake
from safarnama.core.words import LANGUAGES, Text
from safarnama.core.workspace import Workspace

_MARK = ".safarnama-demo"
_TITLE = {"fa": "فروشگاه ترنج", "en": "Toranj shop"}
_SUBTITLE = {
    "fa": f"{_TITLE['fa']} (شبیه‌سازی‌شده) · برآمده از رفتار مشتریان",
    "en": f"{_TITLE['en']} (simulated) · discovered from what customers did",
}
_SHOP = Text(
    en="A simulated shop: {customers:customers}, {rows:rows} in {files:files} in {folder}",
    fa="فروشگاهی شبیه‌سازی‌شده: {customers:customers}، {rows:rows} در {files:files} در {folder}",
)
_TROUBLE = Text(en="  planted: {sentence}", fa="  مشکل کاشته‌شده: {sentence}")
_CALM = Text(en="  no trouble was planted in this shop", fa="  در این فروشگاه مشکلی کاشته نشده است")
_JOURNEYS = Text(
    en="Imported: {events:events} of {customers:customers}",
    fa="وارد شد: {events:events} از {customers:customers}",
)
_MAP = Text(en="The map: {title}", fa="نقشه: {title}")
_FILES = Text(en="  drawn: {names:list}", fa="  کشیده شد: {names:list}")
_AGAIN = Text(en="Found the demo in {folder} as it was made before.", fa="نمونه پیشین در {folder} پیدا شد.")


def register(app: typer.Typer) -> None:
    @app.command(
        help=t("A simulated shop, its data, its map, its pages.", "فروشگاهی شبیه‌سازی‌شده، داده‌ها، نقشه و صفحه‌هایش.")
    )
    def demo(
        folder: Path = typer.Argument(Path("demo"), metavar="[DIR]"),
        customers: int = typer.Option(3000, help=t("How many customers.", "شمار مشتریان.")),
        seed: int = typer.Option(1, help=t("Another number, another shop.", "عددی دیگر، فروشگاهی دیگر.")),
        spoken: str = typer.Option(None, "--language", help=t("fa or en.", "fa یا en.")),
        no_serve: bool = typer.Option(False, "--no-serve", help=t("Write the files and end.", "نوشتن فایل‌ها و پایان.")),
        port: int = typer.Option(
            None, help=t("Port of the pages; the first free one from 8000.", "درگاه صفحه‌ها؛ نخستین درگاه آزاد از ۸۰۰۰.")
        ),
    ) -> None:
        chosen = spoken or terminal_language()
        if chosen not in LANGUAGES:
            raise Mistake(
                Text(en="Language {seen} is not known: fa or en.", fa="زبان {seen} شناخته نیست: fa یا en."), seen=chosen
            )
        wanted: dict[str, object] = {"customers": customers, "seed": seed, "language": chosen}
        workspace = _made_before(folder, wanted) or _make(folder, wanted)
        if not no_serve:
            from safarnama.web.serve import free_port, serve

            serve(workspace, "127.0.0.1", port or free_port("127.0.0.1"), chosen)


def _made_before(folder: Path, wanted: dict[str, object]) -> Workspace | None:
    """The demo of the same wishes, if that is what the folder holds."""
    mark = folder / _MARK
    if not folder.exists():
        return None
    if not mark.exists():
        if any(folder.iterdir()):
            raise Mistake(
                Text(
                    en="{folder} is not empty and no demo of ours. Name another folder: safarnama demo NAME",
                    fa="{folder} خالی نیست و نمونه ما هم نیست. پوشه دیگری نام ببرید: safarnama demo NAME",
                ),
                folder=folder,
            )
        return None
    if orjson.loads(mark.read_bytes()) != wanted:
        shutil.rmtree(folder)
        return None
    note(_AGAIN, folder=folder)
    return Workspace.open(folder / "shop")


def _make(folder: Path, wanted: dict[str, object]) -> Workspace:
    from safarnama.simulation import simulate

    chosen = str(wanted["language"])
    folder.mkdir(parents=True, exist_ok=True)
    mark = folder / _MARK
    for left_over in ("files", "shop"):
        shutil.rmtree(folder / left_over, ignore_errors=True)
    with progress(t("Simulating a shop", "شبیه‌سازی فروشگاه")) as bar:
        shop = simulate(
            folder / "files",
            customers=int(str(wanted["customers"])),
            seed=int(str(wanted["seed"])),
            progress=lambda done, total: bar("", done / total),
        )
    say(_SHOP, customers=shop.customers, rows=shop.events, files=len(shop.files), folder=folder / "files")
    for trouble in shop.troubles:
        say(_TROUBLE, sentence=trouble.sentence)
    if not shop.troubles:
        say(_CALM)
    workspace = Workspace.new(
        folder / "shop", title=_TITLE[chosen], timezone="Asia/Tehran", currency="IRR", language=chosen
    )
    with progress(t("Importing its files", "وارد کردن فایل‌ها")) as bar:
        workspace.import_files(*shop.files, progress=bar)
        journeys = workspace.journeys()
    say(_JOURNEYS, events=journeys.events, customers=journeys.customers)
    with progress(t("Discovering its map", "یافتن نقشه")) as bar:
        document = workspace.discover(progress=lambda share: bar("", share))
    # The workspace has one title; its map is shown in both languages, so it says the shop's name in both.
    document.subtitle = _SUBTITLE
    document.save(workspace.path("maps", "journey.yaml"))
    say(_MAP, title=document.title)
    names = []
    for spoken in (chosen, *(other for other in LANGUAGES if other != chosen)):
        for ending in ("pdf", "png", "svg"):
            names.append(str(document.draw(folder / f"map-{spoken}.{ending}", language=spoken)))
    say(_FILES, names=names)
    mark.write_bytes(orjson.dumps(wanted))
    return workspace
