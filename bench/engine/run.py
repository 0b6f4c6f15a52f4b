"""The engine beside its peers: every tool on the same logs in the same run, one process each, answers checked before times are shown.

What peers run in is an environment of its own, made on the first run. A tool that has not answered within ``limit`` seconds, or that
ran out of memory, shows nothing for the rest.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

from bench import log, shop
from bench.engine import storing
from bench.engine.questions import QUESTIONS, differences
from bench.table import show

# Which tools are asked of logs up to how many events: beyond it they need more than the memory or the patience of this machine.
_UP_TO = {
    "ours": 10**9,
    "lab": 10**9,
    "duck": 10**8,
    "polar": 10**8,
    "click": 10**8,
    "pl": 10**7,
    "rete": 10**7,
    "pm": 10**7,
}
_HARD = ("ours", "lab", "duck", "polar", "click")
_TOOLS = Path(__file__).with_name("tools")
_ENVIRONMENT = Path(__file__).parents[2] / ".peers"


def run(sizes: list[int], limit: float, hard: int, queries: bool = False) -> int:
    """Compare at these sizes of the plain log, then on the random and the heavy one of ``hard`` events; 1 if an answer differs.
    ``queries``: print also what every tool was asked."""
    python = peers()
    shop.warm()
    print(machine(), flush=True)
    logs = [(size, "plain") for size in sizes] + ([(hard, "random"), (hard, "heavy")] if hard else [])
    wrong: list[str] = []
    lost: list[str] = []
    for size, kind in logs:
        path = log.log(size, kind)
        tools = [
            name
            for name in _UP_TO
            if size <= _UP_TO[name] and (kind == "plain" or name in _HARD) and not (kind == "heavy" and name == "lab")
        ]
        found = {name: _ask(name, path, python, limit) for name in tools}
        title = f"{size:,} events, {kind}"
        unequal = _unequal(found)
        print("\n".join(f"NOT EQUAL: {each}" for each in unequal) or f"\n{title}: all answers are equal.")
        wrong += [f"{title}: {each}" for each in unequal]
        lost += _show(found, title)
    if hard:
        lost += filter(None, [storing.compare(hard, python)])
    print("Questions:")
    for question, meaning in QUESTIONS.items():
        print(f"  {question}: {meaning}")
    if queries:
        for name in _UP_TO:
            print(f"\nAsked of {name}:\n\n{(_TOOLS / f'{name}.py').read_text(encoding='utf-8')}")
    print("Lost: " + ("; ".join(lost) if lost else "nothing") + ".")
    print(
        "\n".join(f"NOT EQUAL: {each}" for each in wrong)
        if wrong
        else "All answers are equal, wherever a tool gives one."
    )
    return 1 if wrong else 0


def peers() -> str:
    """The Python in which the peers are, made when it is not there."""
    python = _ENVIRONMENT / "bin" / "python"
    wanted = Path(__file__).with_name("peers.txt")
    made = _ENVIRONMENT / ".made"
    if not made.exists() or made.stat().st_mtime < wanted.stat().st_mtime:
        print("Making an environment for the peers …", flush=True)
        subprocess.run([sys.executable, "-m", "venv", str(_ENVIRONMENT)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", "-r", str(wanted)], check=True)
        made.touch()
    return str(python)


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{date.today()}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}"
    )


def _ask(name: str, path: Path, python: str, limit: float) -> dict[str, Any]:
    own = name in ("ours", "lab")
    command = [sys.executable if own else python, "-m", "bench.engine.worker", name, str(path), str(limit)]
    if name == "lab":  # leaves its machine code for the measured run
        subprocess.run(command, capture_output=True, timeout=3 * limit)
    print(f"  {name} …", flush=True)
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=3 * limit)
        said, failed = done.stdout, done.returncode and (done.stderr.strip().splitlines() or ["ended"])[-1]
    except subprocess.TimeoutExpired as late:
        said, failed = (late.stdout or b"").decode(), f"stopped after {3 * limit:.0f} s"
    lines = [line.removeprefix("ANSWER ") for line in said.splitlines() if line.startswith("ANSWER ")]
    if failed:
        print(f"  {name}: {failed}", flush=True)
    empty = {"tool": name, "prepare": None, "answers": {}, "first": {}, "times": {}, "peak": None}
    return json.loads(lines[-1]) if lines else empty


def _unequal(found: dict[str, dict[str, Any]]) -> list[str]:
    mine = found["ours"]["answers"]
    return [
        f"{question}: {tool['tool']} {part}"
        for tool in found.values()
        for question, answer in tool["answers"].items()
        if question in mine
        for part in differences(mine[question], answer)
    ]


def _show(found: dict[str, dict[str, Any]], title: str) -> list[str]:
    """Prints the figures and the ratios; returns what was lost."""
    ours = found["ours"]
    columns = ["tool", "prepare s", *QUESTIONS, "peak MB"]
    rows: list[list[object]] = []
    ratios: list[list[object]] = []
    lost = []
    for tool in found.values():
        times = [tool["times"].get(question) for question in QUESTIONS]
        rows.append(
            [tool["tool"], tool["prepare"], *[t and 1000 * t for t in times], tool["peak"] and round(tool["peak"])]
        )
        if tool is ours:
            continue
        against = [_ratio(tool["prepare"], ours["prepare"])]
        against += [_ratio(tool["times"].get(question), ours["times"].get(question)) for question in QUESTIONS]
        ratios.append([tool["tool"], *against])
        for what, ratio in zip(["prepare", *QUESTIONS], against, strict=True):
            if ratio is not None and ratio < 1:
                lost.append(f"{title}: {what} to {tool['tool']}, which needs {ratio:.2f} of our time")
    first = ", ".join(f"{question} {1000 * seconds:.0f}" for question, seconds in ours["first"].items())
    show(f"{title}: milliseconds, median", columns, rows)
    show(f"{title}: how many times as long as safarnama", ["tool", "prepare", *QUESTIONS], ratios)
    print(f"safarnama's first answers in a fresh process, ms: {first}\n", flush=True)
    return lost


def _ratio(theirs: float | None, mine: float | None) -> float | None:
    return theirs / mine if theirs is not None and mine else None
