"""The command line: the same things as the library, from a terminal."""

from safarnama.cli.app import main

__all__ = ["main"]
