"""What a workspace has to show: its maps, its journeys, its answers; read once and kept while they are true."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import orjson

from safarnama.core.errors import Mistake, nearest
from safarnama.core.finding import Finding
from safarnama.core.taxonomy import path_of
from safarnama.core.workspace import Workspace
from safarnama.events.store import EventStore
from safarnama.journeys.journeys import Journeys
from safarnama.maps.collection import files_of
from safarnama.maps.document import read_map
from safarnama.maps.model import Map
from safarnama.web.mistakes import missing

_NAME = re.compile(r"\w[\w-]{0,99}")
_MOST_ANSWERS = 64
_MOST_DRAWINGS = 24


@dataclass(frozen=True)
class Kept:
    """A file of the folder maps: the map in it, or why it cannot be read."""

    id: str
    document: Map | None
    mistake: Mistake | None = None
    version: str = ""


class Shelf:
    """Reads a workspace for the pages; safe to use from several threads."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._maps: dict[str, Kept] = {}
        self._journeys: tuple[object, Journeys] | None = None
        self._answers: OrderedDict[bytes, Finding] = OrderedDict()
        self._drawings: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    # ------------------------------------------------------------------ maps

    def maps(self) -> list[Kept]:
        """All maps, by name; those that cannot be read too, with the reason."""
        return [self._read(path) for path in files_of(self.workspace) if _NAME.fullmatch(path.stem)]

    def map(self, name: str) -> Map:
        """The map of that name."""
        return self.kept(name).document  # type: ignore[return-value]

    def kept(self, name: str) -> Kept:
        """The map of that name with its version. Raises ``Mistake`` when it is not there or cannot be read."""
        path = self.workspace.folder / "maps" / f"{name}.yaml"
        if not _NAME.fullmatch(name) or not path.is_file():
            near = nearest(name, [kept.id for kept in self.maps()])
            if near:
                raise missing(
                    "There is no map {name}. Nearest: {near}",
                    "نقشه {name} نیست. نزدیک‌ترین: {near}",
                    name=name,
                    near=near,
                )
            raise missing(
                "There is no map {name}. The atlas lists all there are.",
                "نقشه {name} نیست. اطلس همه نقشه‌ها را نشان می‌دهد.",
                name=name,
            )
        kept = self._read(path)
        if kept.mistake:
            raise kept.mistake
        return kept

    def _read(self, path: Path) -> Kept:
        state = path.stat()
        version = f"{state.st_mtime_ns:x}-{state.st_size:x}"
        known = self._maps.get(path.stem)
        if known is None or known.version != version:
            try:
                known = Kept(path.stem, read_map(path), version=version)
            except Mistake as mistake:
                known = Kept(path.stem, None, mistake, version)
            self._maps[path.stem] = known
        return known

    def once(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """A drawing, made once for everything that decides how it looks."""
        if key not in self._drawings:
            self._drawings[key] = make()
            if len(self._drawings) > _MOST_DRAWINGS:
                self._drawings.popitem(last=False)
        return self._drawings[key]

    # ------------------------------------------------------------------ journeys and answers

    def has_data(self) -> bool:
        """Whether any event was ever imported."""
        return bool(EventStore(self.workspace).segments("events"))

    def journeys(self) -> Journeys:
        """The journeys, up to date with the events. Raises ``Mistake`` when there are no events."""
        if not self.has_data():
            raise missing(
                "There is no data yet. Bring some: safarnama import FILE.csv",
                "هنوز داده‌ای نیست. بیاورید: safarnama import FILE.csv",
            )
        rules = path_of(self.workspace)
        version = (EventStore(self.workspace).manifest.version, rules.stat().st_mtime_ns if rules else 0)
        with self._lock:
            if self._journeys is None or self._journeys[0] != version:
                self._journeys = (version, self.workspace.journeys())
            return self._journeys[1]

    def ask(self, question: Any) -> Finding:
        """The answer to a question; the same question on the same data is counted once."""
        journeys = self.journeys()
        asked = orjson.dumps([question.name(), question.parameters(), journeys.scope.fingerprint, self._journeys[0]])  # type: ignore[index]
        # One at a time: kernels use all cores by themselves.
        with self._lock:
            if asked not in self._answers:
                self._answers[asked] = journeys.ask(question)
                if len(self._answers) > _MOST_ANSWERS:
                    self._answers.popitem(last=False)
            self._answers.move_to_end(asked)
            return self._answers[asked]

    def finding(self, name: str) -> Finding:
        """A kept finding. Raises ``Mistake`` when there is none of that id."""
        found = self.workspace.finding(name)
        if found is None:
            raise missing(
                "There is no finding {name}. It may belong to another workspace; ask its question again.",
                "یافته {name} نیست. شاید از فضای کار دیگری است؛ پرسشش را دوباره بپرسید.",
                name=name[:100],
            )
        return found

    def findings(self) -> list[str]:
        """The ids of all kept findings."""
        folder = self.workspace.folder / "findings"
        return sorted(path.stem for path in folder.glob("*.json")) if folder.is_dir() else []
