"""The same questions to Journeys, DuckDB, pandas and (where installed) Polars, on the same file in the same run.

Answers are compared before a time is printed. Every tool has its data loaded and in order of customer and time; a time is the best
of three runs, compiled code and caches warm. Loading is from the Parquet file to the first question.
"""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from bench import asked, duck, ours, panda, shop
from bench.asked import Tool
from bench.table import show

_BEST_OF = 3


def run(events: int) -> int:
    """Compare on a shop of about so many events; 1 when any answer differs."""
    path = shop.flat(events)
    shop.warm()
    modules: list[ModuleType] = [ours, duck, panda]
    if importlib.util.find_spec("polars"):
        from bench import polar

        modules.append(polar)
    else:
        print("Polars is not installed here and left out.")
    tools, loading = [], []
    for module in modules:
        tool, seconds = _loaded(module.load, path)
        tools.append(tool)
        loading.append(seconds)
    seconds_of: dict[str, list[float | None]] = {"load and sort": list(loading)}
    failures = [
        f"{tool.name} has {tool.customers:,} customers and {tool.events:,} events"
        for tool in tools
        if (tool.customers, tool.events) != (tools[0].customers, tools[0].events)
    ]
    for question in asked.QUESTIONS:
        answers = [_best(tool.ask.get(question)) for tool in tools]
        seconds_of[question] = [seconds for _, seconds in answers]
        for tool, (answer, seconds) in zip(tools, answers, strict=True):
            if seconds is not None and answer != answers[0][0]:
                failures.append(
                    f"{tool.name} answers {question} with {_short(answer)}, we with {_short(answers[0][0])}"
                )
    _print(tools, seconds_of)
    for failure in failures:
        print(f"NOT EQUAL: {failure}")
    if not failures:
        print(f"All answers are equal, of {tools[0].customers:,} customers and {tools[0].events:,} events.")
    return 1 if failures else 0


def _loaded(load: Callable[[Path], Tool], path: Path) -> tuple[Tool, float]:
    best: float | None = None
    for _ in range(_BEST_OF):
        started = time.perf_counter()
        tool = load(path)
        seconds = time.perf_counter() - started
        best = seconds if best is None else min(best, seconds)
    assert best is not None
    return tool, best


def _best(ask: Callable[[], Any] | None) -> tuple[Any, float | None]:
    """The answer and the seconds of the fastest of some runs; None where the tool is not asked."""
    if ask is None:
        return None, None
    times = []
    for _ in range(_BEST_OF):
        started = time.perf_counter()
        answer = ask()
        times.append(time.perf_counter() - started)
    return answer, min(times)


def _print(tools: list[Tool], seconds_of: dict[str, list[float | None]]) -> None:
    for question, meaning in asked.QUESTIONS.items():
        print(f"{question:<7} {meaning}")
    show(
        f"Seconds, best of {_BEST_OF}",
        ["", *(tool.name for tool in tools)],
        [[question, *seconds] for question, seconds in seconds_of.items()],
    )
    ratios = {
        question: [theirs / mine if theirs is not None and mine else None for theirs in others]
        for question, (mine, *others) in seconds_of.items()
    }
    show(
        "Times as long as safarnama takes",
        ["", *(tool.name for tool in tools[1:])],
        [[question, *row] for question, row in ratios.items()],
    )
    losses = [
        f"{question}: {tool.name} needs {ratio:.2f} of our time"
        for question, row in ratios.items()
        for tool, ratio in zip(tools[1:], row, strict=True)
        if ratio is not None and ratio < 1
    ]
    print("Lost: " + ("; ".join(losses) if losses else "nothing") + ".")


def _short(answer: Any) -> str:
    text = repr(answer)
    return text if len(text) <= 300 else text[:297] + "…"
