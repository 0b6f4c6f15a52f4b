"""The plan of the house holds: who may import whom, and what nothing may be called."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import safarnama
from safarnama.core import registry

SOURCE = Path(safarnama.__file__).parent
ROOMS = (
    "core",
    "events",
    "sources",
    "text",
    "customers",
    "journeys",
    "questions",
    "maps",
    "drawing",
    "simulation",
    "web",
    "cli",
)
FILES = sorted(SOURCE.rglob("*.py"))
PLUG_INS = {
    "sources": "source",
    "questions": "question",
    "drawing.layouts": "layout",
    "drawing.outputs": "output",
    "maps.check.rules": "rule",
}


def module_of(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> set[str]:
    """Every module of ours that the file imports, relative imports resolved."""
    package = module_of(path).split(".") if path.name == "__init__.py" else module_of(path).split(".")[:-1]
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            found |= {base} | {f"{base}.{alias.name}" for alias in node.names}
    return {name for name in found if name.split(".")[0] == "safarnama"}


def room_of(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in ROOMS else None


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_a_room_imports_only_rooms_below_it(path: Path) -> None:
    mine = room_of(module_of(path))
    if mine is None:  # the package itself, which is above all rooms
        return
    for name in imports_of(path):
        other = room_of(name)
        if other is None or other == mine:
            continue
        assert ROOMS.index(other) < ROOMS.index(mine), f"{module_of(path)} reads upwards: {name}"
        if mine == "simulation":
            assert other == "core", f"the simulation imports core only, not {name}"
        assert other != "simulation" or mine == "cli", f"only cli may import the simulation, not {module_of(path)}"


def test_every_folder_is_a_room_of_the_plan() -> None:
    assert {path.name for path in SOURCE.iterdir() if path.is_dir() and path.name != "__pycache__"} == set(ROOMS)


def test_plug_ins_never_import_their_siblings() -> None:
    for folder, kind in PLUG_INS.items():
        siblings = {f"safarnama.{folder}.{name}" for name in registry.names(kind)}
        for path in (SOURCE / folder.replace(".", "/")).glob("*.py"):
            if module_of(path) in siblings:
                assert not imports_of(path) & siblings, f"{module_of(path)} imports a sibling"


def test_there_is_one_dynamic_door() -> None:
    """Beside it only the command line, on top of all rooms, waits with a command's file until it is asked for."""
    doors = {
        module_of(path)
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute | ast.Name)
        and (getattr(node, "attr", None) or getattr(node, "id", None)) in ("import_module", "__import__")
    }
    assert doors == {"safarnama.core.registry", "safarnama.cli.app"}


def test_every_door_opens() -> None:
    for name in registry._DOORS:
        assert callable(registry.find("door", name))


def test_nothing_has_a_name_that_says_nothing() -> None:
    empty = {"utils", "util", "helpers", "helper", "misc", "common", "base", "manager", "managers"}
    places = {part for path in FILES for part in path.relative_to(SOURCE).with_suffix("").parts}
    assert not places & empty


def test_a_file_is_one_thing() -> None:
    long = {module_of(path): count for path in FILES if (count := len(path.read_text().splitlines())) > 600}
    assert not long


def test_importing_the_package_is_quick() -> None:
    """No compiler and no table library comes in before it is needed."""
    seen = subprocess.run(
        [sys.executable, "-c", "import sys, safarnama; print(*sys.modules)"], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"numba", "duckdb", "pandas", "fastapi", "uharfbuzz"} & set(seen)
