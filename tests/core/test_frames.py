"""An answer as a frame, where pandas is there and where it is not."""

from __future__ import annotations

import subprocess
import sys

ASK = """
import safarnama as sn
from safarnama.journeys.journeys import Journeys
import pyarrow as pa
log = pa.table({"customer": ["a", "a"], "touchpoint": ["x", "y"], "time": pa.array([0, 1], pa.timestamp("s"))})
finding = Journeys.from_table(log, customer="customer", touchpoint="touchpoint", time="time").ask(sn.Flow())
"""
WITHOUT = """
import sys
class Without:
    def find_spec(self, name, path=None, target=None):
        if name == "pandas":
            raise ModuleNotFoundError("No module named 'pandas'", name="pandas")
sys.meta_path.insert(0, Without())
"""


def test_a_frame_has_the_rows_and_without_pandas_the_way_is_told() -> None:
    with_it = subprocess.run(
        [sys.executable, "-c", ASK + "print(len(finding.to_pandas()) == len(finding.rows()) > 0)"],
        capture_output=True,
        text=True,
    )
    assert with_it.stdout.strip() == "True", with_it.stderr
    catching = "\ntry:\n    finding.to_pandas()\nexcept Exception as error:\n    print(type(error).__name__, error)"
    without = subprocess.run([sys.executable, "-c", WITHOUT + ASK + catching], capture_output=True, text=True)
    assert without.stdout.startswith("Mistake pandas is not installed"), without.stderr
