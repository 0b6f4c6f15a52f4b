"""safarnama verify"""

from __future__ import annotations

from pathlib import Path

import typer

from safarnama.cli.options import WORKSPACE
from safarnama.cli.spoken import progress, say, t
from safarnama.core.words import Text
from safarnama.core.workspace import Workspace
from safarnama.customers.view import customers_of
from safarnama.journeys.store import JourneyStore

_WHOLE = Text(
    en="{n:events} of {customers:customers} are stored as they were written ({shards:count} shards).",
    fa="{n:events} از {customers:customers} همان‌گونه که نوشته شده‌اند سالم‌اند ({shards:count} پاره).",
)


def register(app: typer.Typer) -> None:
    @app.command(
        help=t(
            "Read every byte of the stored journeys and compare checksums.",
            "خواندن همه بایت‌های سفرهای ذخیره‌شده و سنجش جمع‌های آزمون.",
        )
    )
    def verify(
        mend: bool = typer.Option(
            False, "--mend", help=t("Make the journeys again from the events.", "ساختن دوباره سفرها از رویدادها.")
        ),
        workspace: Path = WORKSPACE,
    ) -> None:
        shop = Workspace.open(workspace)
        store = JourneyStore(shop)
        if mend:
            with progress(t("Making journeys", "ساختن سفرها")) as bar, shop.writing():
                store.make(customers_of(shop), lambda share: bar("", share), anew=True)
        else:
            shop.journeys()
        store.check()
        kept = store.manifest
        say(_WHOLE, n=kept.events, customers=kept.customers, shards=len(kept.shards))
