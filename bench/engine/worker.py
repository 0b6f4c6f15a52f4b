"""One tool on one log, in a process of its own: ``python -m bench.engine.worker TOOL FILE SECONDS`` prints a line of JSON.

``prepare`` is from the Parquet file to the tool's own best form; ``first`` the first answer of each question, compiled code cached;
``times`` the median of up to five more.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import statistics
import sys
import time
import warnings
from pathlib import Path

_RUNS = 5
_ENOUGH = 20.0  # seconds for the repeats of a question


def main(name: str, path: Path, limit: float) -> None:
    warnings.filterwarnings("ignore")
    module = importlib.import_module(f"bench.engine.tools.{name}")
    before = _peak()
    started = time.perf_counter()
    tool = module.load(path)
    found = {"tool": tool.name, "prepare": time.perf_counter() - started, "answers": {}, "first": {}, "times": {}}
    _say({**found, "peak": _peak(), "before": before})
    for question, ask in tool.ask.items():
        if time.perf_counter() - started > limit:
            break
        begun = time.perf_counter()
        form = ask()
        found["first"][question] = time.perf_counter() - begun
        found["answers"][question] = form()
        times = []
        while len(times) < _RUNS and sum(times) + found["first"][question] < _ENOUGH:
            begun = time.perf_counter()
            ask()
            times.append(time.perf_counter() - begun)
        found["times"][question] = statistics.median(times) if times else found["first"][question]
        _say({**found, "peak": _peak(), "before": before})


def _say(found: object) -> None:
    print("ANSWER " + json.dumps(found), flush=True)


def _peak() -> float:
    """The most memory the process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]))
    sys.stdout.flush()
    os._exit(0)  # some of the tools do not end by themselves
