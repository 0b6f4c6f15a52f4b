"""A workspace: one folder that holds everything a company brings and everything made of it.

::

    shop/
      workspace.yaml    its settings
      events/           what happened (room events)
      customers/        who it was (room customers)
      journeys/         the encoded journeys (room journeys)
      findings/         answers that maps refer to
      maps/             the maps

Every room keeps to its own folder and replaces what it wrote in one step, so a killed process leaves the last good state.
"""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from safarnama.core import registry
from safarnama.core.errors import Mistake, nearest
from safarnama.core.finding import Finding
from safarnama.core.words import LANGUAGES, Text
from safarnama.core.words.calendar import Calendar, zone

SETTINGS = "workspace.yaml"


@dataclass(frozen=True)
class Settings:
    """What a whole workspace agrees on.

    ``timezone`` (IANA) reads times without one and cuts days and weeks. ``currency`` (ISO 4217) is the one currency;
    rial is stored, toman is display. ``country`` (ISO 3166) reads local phone numbers.
    """

    title: str = ""
    timezone: str = "UTC"
    currency: str = ""
    country: str = ""
    calendar: Calendar = "gregorian"
    language: str = "en"


class Workspace:
    """An open workspace. ``Workspace.new(folder)`` makes one, ``Workspace.open(folder)`` opens it."""

    def __init__(self, folder: Path, settings: Settings, key: bytes) -> None:
        self.folder = folder
        self.settings = settings
        self.key = key

    def __repr__(self) -> str:
        return f"Workspace({str(self.folder)!r})"

    @classmethod
    def new(cls, folder: str | Path, **settings: str) -> Workspace:
        """Make a workspace in a folder that is new or empty.

        Raises ``Mistake`` for a folder in use and for a time zone, currency or language that does not exist.
        """
        folder = Path(folder)
        if (folder / SETTINGS).exists():
            raise Mistake(
                Text(
                    en="{folder} is a workspace already. Use it with -w {folder}, or name a new folder.",
                    fa="{folder} از پیش یک فضای کار است. با -w {folder} از آن استفاده کنید یا پوشه تازه‌ای نام ببرید.",
                ),
                folder=folder,
            )
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise Mistake(
                Text(
                    en="{folder} exists and is not empty. Name a folder that is new or empty.",
                    fa="{folder} هست و خالی نیست. پوشه‌ای تازه یا خالی نام ببرید.",
                ),
                folder=folder,
            )
        chosen = _checked({"title": folder.resolve().name, **settings})
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write(
                folder / SETTINGS,
                yaml.safe_dump(asdict(chosen), allow_unicode=True, sort_keys=False).encode(),
            )
            # Identifiers are kept as keyed hashes; the key never leaves the workspace.
            write(folder / "identifiers.key", secrets.token_bytes(16), mode=0o600)
        except OSError as error:
            raise Mistake(
                Text(
                    en="{folder} cannot be written ({reason}). Name a folder where you may write.",
                    fa="در {folder} نمی‌توان نوشت ({reason}). پوشه‌ای نام ببرید که اجازه نوشتن در آن را دارید.",
                ),
                folder=folder,
                reason=error.strerror,
            ) from error
        return cls.open(folder)

    @classmethod
    def open(cls, folder: str | Path = ".") -> Workspace:
        """Open the workspace in a folder. Raises ``Mistake`` when there is none."""
        folder = Path(folder)
        try:
            text = (folder / SETTINGS).read_text(encoding="utf-8")
            key = (folder / "identifiers.key").read_bytes()
        except OSError:
            raise Mistake(
                Text(
                    en="{folder} is not a workspace. Make one with: safarnama new {folder}",
                    fa="{folder} فضای کار نیست. آن را بسازید: safarnama new {folder}",
                ),
                folder=folder,
            ) from None
        try:
            settings = yaml.safe_load(text)
        except yaml.YAMLError:
            settings = None
        if not isinstance(settings, dict):
            raise Mistake(
                Text(
                    en="{file} cannot be read as settings. Each line is written like timezone: Asia/Tehran",
                    fa="{file} به‌عنوان تنظیمات خوانده نشد. هر سطر به شکل timezone: Asia/Tehran نوشته می‌شود",
                ),
                file=folder / SETTINGS,
            )
        return cls(folder, _checked(settings), key)

    def path(self, *parts: str) -> Path:
        """A path inside the workspace; its folder is made when missing."""
        path = self.folder.joinpath(*parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the workspace for writing. Raises ``Mistake`` when another process is writing to it."""
        with open(self.path(".lock"), "w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise Mistake(
                    Text(
                        en="Another command is writing to {folder}. Wait for it to end and try again.",
                        fa="فرمان دیگری در {folder} می‌نویسد. صبر کنید تا تمام شود و دوباره امتحان کنید.",
                    ),
                    folder=self.folder,
                ) from None
            yield

    # Conveniences. Each reads upwards through the one dynamic door and is written here only to be found here.

    def import_files(self, *files: str | Path, **options: Any) -> Any:
        """Bring files in; see ``safarnama.sources.importing.import_files``."""
        return registry.find("door", "import_files")(self, files, **options)

    def customers(self) -> Any:
        """Who the events belong to; see ``safarnama.customers``."""
        return registry.find("door", "customers")(self)

    def journeys(self, **options: Any) -> Any:
        """The journeys of all customers, up to date with the events; see ``safarnama.journeys.Journeys``."""
        return registry.find("door", "journeys")(self, **options)

    def discover(self, **options: Any) -> Any:
        """Turn the journeys into a map; see ``safarnama.maps.discovery.discover``."""
        return registry.find("door", "discover")(self, **options)

    def maps(self) -> Any:
        """The maps in the folder maps, by the names of their files; see ``safarnama.maps.collection``."""
        return registry.find("door", "maps")(self)

    # Findings that maps refer to.

    def keep(self, finding: Finding) -> Finding:
        """Keep a finding so that a map can refer to it by its id."""
        path = self.path("findings", finding.id + ".json")
        if not path.exists():
            write(path, finding.dump())
        return finding

    def finding(self, name: str) -> Finding | None:
        """The kept finding of that id, or None."""
        path = self.folder / "findings" / f"{name}.json"
        if not re.fullmatch(r"[\w-]+", name) or not path.exists():
            return None
        return Finding.load(path.read_bytes())


def write(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Write a file in one step: another process sees the old bytes or the new ones, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _checked(values: dict[str, Any]) -> Settings:
    known = [field.name for field in fields(Settings)]
    for name in values:
        if name not in known:
            near = nearest(str(name), known)
            raise Mistake(
                Text(
                    en="Setting {name} is not known. Nearest: {near}",
                    fa="تنظیم {name} شناخته نیست. نزدیک‌ترین: {near}",
                ),
                name=name,
                near=near or ", ".join(known),
            )
    given: dict[str, Any] = {name: str(value or "") or getattr(Settings, name) for name, value in values.items()}
    settings = Settings(**given)
    try:
        zone(settings.timezone)
    except KeyError:
        raise Mistake(
            Text(
                en="Time zone {zone} does not exist. Write it like Asia/Tehran or UTC.",
                fa="منطقه زمانی {zone} وجود ندارد. آن را مانند Asia/Tehran یا UTC بنویسید.",
            ),
            zone=settings.timezone,
        ) from None
    if settings.currency and not re.fullmatch("[A-Z]{3}", settings.currency):
        raise Mistake(
            Text(
                en="Currency {seen} is not a code of three capital letters such as IRR or USD.",
                fa="واحد پول {seen} کد سه‌حرفی مانند IRR یا USD نیست.",
            ),
            seen=settings.currency,
        )
    if settings.language not in LANGUAGES:
        raise Mistake(
            Text(en="Language {seen} is not known: fa or en.", fa="زبان {seen} شناخته نیست: fa یا en."),
            seen=settings.language,
        )
    in_iran = settings.timezone == "Asia/Tehran" or settings.currency == "IRR"
    return Settings(
        title=settings.title,
        timezone=settings.timezone,
        currency=settings.currency,
        country=settings.country or ("IR" if in_iran else ""),
        calendar="jalali" if values.get("calendar", "jalali" if in_iran else "") == "jalali" else "gregorian",
        language=settings.language,
    )
