"""The command line as a person meets it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import NamedTuple, Protocol


class Ended(NamedTuple):
    """How a command ended: its status, what it printed, and what it said went wrong."""

    status: int
    out: str
    err: str


class Command(Protocol):
    """What the ``command`` fixture gives: runs the command line in this process."""

    def __call__(self, *arguments: object, language: str = "en") -> Ended: ...


def in_a_process(*arguments: object, language: str = "en") -> Ended:
    """The command line in a process of its own, as a shell starts it."""
    ended = subprocess.run(
        [sys.executable, "-c", "from safarnama.cli import main; main()", *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, "SAFARNAMA_LANGUAGE": language},
    )
    return Ended(ended.returncode, ended.stdout, ended.stderr)
