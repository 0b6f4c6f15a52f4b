"""Journeys in a folder of their own, without a workspace: written once, mapped from disk whenever they are opened."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import orjson

from safarnama.core.errors import Mistake
from safarnama.core.words import Text
from safarnama.core.workspace import write
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard

if TYPE_CHECKING:
    from safarnama.journeys.journeys import Journeys

_LAYOUT = 1
_SCOPE, _TABLE, _COUNTED = "scope.json", "table.npy", "counted.npy"


def save(journeys: Journeys, folder: str | Path) -> Path:
    """Write journeys, in the shape they are in, into a folder that does not exist yet. Raises ``Mistake`` if it does.

    Customers are in it as the hashes of their ids.
    """
    folder = Path(folder)
    if folder.exists():
        raise Mistake(_THERE, folder=folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Whoever is interrupted leaves nothing that looks like saved journeys.
    unfinished = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        shards = journeys.gathered(_itself)
        for number, shard in enumerate(shards):
            shard.save(unfinished / _name(number))
            if shard.chosen is not None:
                np.save(unfinished / f"{_name(number)}-{_COUNTED}", shard.chosen)
        scope = {each.name: getattr(journeys.scope, each.name) for each in fields(Scope) if each.name != "table"}
        np.save(unfinished / _TABLE, journeys.scope.table)
        write(unfinished / _SCOPE, orjson.dumps({"layout": _LAYOUT, "shards": len(shards), "scope": scope}))
        unfinished.rename(folder)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return folder


def opened(folder: str | Path) -> Journeys:
    """The journeys that ``save`` wrote, mapped from disk: nothing is read until a question walks over it.

    Raises ``Mistake`` for a folder that holds none, or whose files are not what was written.
    """
    from safarnama.journeys.journeys import Journeys

    folder = Path(folder)
    try:
        kept = orjson.loads((folder / _SCOPE).read_bytes())
        if kept["layout"] != _LAYOUT:
            raise Mistake(_OTHER, folder=folder, seen=kept["layout"], known=_LAYOUT)
        known = kept["scope"]
        scope = Scope(**{**known, "table": np.load(folder / _TABLE)})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Mistake(_NONE, folder=folder) from error
    scope = replace(scope, touchpoints=tuple(scope.touchpoints), attributes=tuple(scope.attributes))
    try:
        shards = [_shard(folder, number) for number in range(kept["shards"])]
    except Mistake as error:
        raise Mistake(_DAMAGED, folder=folder) from error
    return Journeys(tuple(shards), scope)


def _shard(folder: Path, number: int) -> Shard:
    shard = Shard.open(folder / _name(number))
    counted = folder / f"{_name(number)}-{_COUNTED}"
    return shard.counting(counted) if counted.exists() else shard


def _itself(shard: Shard) -> Shard:
    return shard


def _name(number: int) -> str:
    return f"{number:04d}"


_THERE = Text(
    en="{folder} is there already. Saved journeys never change: name a new folder, or take that one away first.",
    fa="{folder} از پیش هست. سفرهای ذخیره‌شده هرگز عوض نمی‌شوند: پوشه‌ای تازه نام ببرید یا آن را اول بردارید.",
)
_NONE = Text(
    en="{folder} holds no saved journeys. journeys.save(folder) writes them; a workspace is opened with safarnama.open.",
    fa="در {folder} سفر ذخیره‌شده‌ای نیست. journeys.save(folder) آن را می‌نویسد؛ فضای کار با safarnama.open باز می‌شود.",
)
_DAMAGED = Text(
    en="The journeys in {folder} are damaged. Save them again from their source.",
    fa="سفرهای {folder} آسیب دیده‌اند. از منبعشان دوباره ذخیره کنید.",
)
_OTHER = Text(
    en="The journeys in {folder} were saved in form {seen}; this version reads form {known}. Save them again from their source.",
    fa="سفرهای {folder} به شکل {seen} ذخیره شده‌اند و این نسخه شکل {known} را می‌خواند. از منبعشان دوباره ذخیره کنید.",
)
