"""A real shell whose ``safarnama`` is answered by this process: one interpreter for all commands of the pages, not one each."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from safarnama.cli import main

# The shell expands words, redirects and stops at errors as everywhere; only the command itself asks here.
_COMMAND = """
safarnama() {
  printf '%s\\0' "$PWD" "$@" >&"$ASK"; printf '\\0\\0' >&"$ASK"
  local status size; read -r status size <&"$TOLD"
  head -c "$size" <&"$TOLD"
  return "$status"
}
set -e
"""


@contextlib.contextmanager
def standing_in(folder: Path, language: str) -> Iterator[None]:
    """In that folder, with the terminal in that language."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    with contextlib.chdir(folder), mock.patch.dict(os.environ, {"PATH": path, "SAFARNAMA_LANGUAGE": language}):
        yield


@contextlib.contextmanager
def heard() -> Iterator[io.BytesIO]:
    """The bytes of all that is printed meanwhile."""
    said = io.BytesIO()
    stream = io.TextIOWrapper(said, encoding="utf-8", write_through=True)
    with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream):
        yield said
    stream.detach()


def run(code: str) -> None:
    """Run shell code; what fails raises ``CalledProcessError``, and what was printed is printed."""
    asks, ask = os.pipe()
    told, tells = os.pipe()
    env = {**os.environ, "ASK": str(ask), "TOLD": str(told)}
    # A file and not a pipe: a pipe that is full would stop the shell, which then never asks again.
    with (
        tempfile.TemporaryFile() as printed,
        subprocess.Popen(
            ["bash", "-c", _COMMAND + code],
            env=env,
            pass_fds=(ask, told),
            stdout=printed,
            stderr=subprocess.STDOUT,
        ) as bash,
    ):
        os.close(ask)
        os.close(told)
        with open(asks, "rb") as requests, open(tells, "wb") as answers:
            for request in _requests(requests):
                status, said = _asked(request)
                with contextlib.suppress(BrokenPipeError):
                    answers.write(f"{status} {len(said)}\n".encode() + said)
                    answers.flush()
        bash.wait()
        printed.seek(0)
        print(printed.read().decode())
    if bash.returncode:
        raise subprocess.CalledProcessError(bash.returncode, code)


def _requests(stream: io.BufferedReader) -> Iterator[list[str]]:
    """Folder and words of every command that is asked for: words end in a zero byte, a command in two more."""
    waiting = b""
    while piece := stream.read1(1 << 16):
        waiting += piece
        while b"\0\0\0" in waiting:
            words, _, waiting = waiting.partition(b"\0\0\0")
            yield words.decode().split("\0")


def _asked(request: list[str]) -> tuple[int, bytes]:
    """Exit status and output of one command."""
    folder, *words = request
    with contextlib.chdir(folder), heard() as said, mock.patch.object(sys, "argv", ["safarnama", *words]):
        try:
            main()
            status: object = 0
        except SystemExit as end:
            status = end.code
    return status if isinstance(status, int) else int(bool(status)), said.getvalue()
