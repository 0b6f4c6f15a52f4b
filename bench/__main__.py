"""``python -m bench [pipeline|engine|discovery|drawing]``; all when none is named, each in a process of its own."""

from __future__ import annotations

import argparse
import subprocess
import sys

_RUNS = ("pipeline", "engine", "discovery", "drawing")


def main() -> int:
    chosen = _arguments()
    # Each is imported only when it is run: what others need is not its memory.
    if chosen.run == "pipeline":
        from bench import pipeline

        return pipeline.run(chosen.events)
    if chosen.run == "engine":
        from bench.engine.run import run

        return run(chosen.sizes, chosen.limit, chosen.hard, chosen.queries)
    if chosen.run == "discovery":
        from bench import discovery

        return discovery.run(chosen.seeds, chosen.customers, chosen.renamed)
    if chosen.run == "drawing":
        from bench import drawing

        return drawing.run(chosen.repeats)
    rest = sys.argv[1:]
    return max(subprocess.run([sys.executable, "-m", "bench", name, *rest]).returncode for name in _RUNS)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="How fast Safarnama is, and how well it finds."
    )
    parser.add_argument("run", nargs="?", choices=_RUNS, help="one of them; all when left out")
    parser.add_argument("--events", type=int, default=1_000_000, help="about so many (pipeline; default 1000000)")
    parser.add_argument("--sizes", type=_sizes, default=[10**6, 10**7], help="events (engine; default 1e6,1e7)")
    parser.add_argument("--hard", type=int, default=10**7, help="events of the random and the heavy log (engine)")
    parser.add_argument("--limit", type=float, default=300, help="seconds for a tool on a log (engine; default 300)")
    parser.add_argument(
        "--queries", action="store_true", help="print also what every tool was asked, word for word (engine)"
    )
    parser.add_argument("--seeds", type=_seeds, default=range(1, 51), help="shops to judge (discovery; default 1-50)")
    parser.add_argument("--customers", type=int, default=3000, help="of each of these shops (discovery; default 3000)")
    parser.add_argument("--repeats", type=int, default=9, help="drawings of each (drawing; default 9)")
    parser.add_argument("--renamed", action="store_true", help="every touchpoint renamed e01, e02, … (discovery)")
    return parser.parse_args()


def _sizes(text: str) -> list[int]:
    """``1e6,1e7``."""
    return [int(float(each)) for each in text.split(",")]


def _seeds(text: str) -> range:
    """``7`` or ``1-50``, both ends included."""
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


if __name__ == "__main__":
    sys.exit(main())
