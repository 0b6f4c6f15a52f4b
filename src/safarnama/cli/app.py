"""All commands, and what happens when one goes wrong."""

from __future__ import annotations

import os
import sys
from functools import cache
from importlib import import_module
from importlib.metadata import version
from itertools import pairwise

import typer

from safarnama.cli.spoken import language, t
from safarnama.cli.usage import UsageError, mistake_of
from safarnama.core.errors import Mistake
from safarnama.core.words import LANGUAGES, Text

_BUG = Text(
    en="This is a fault in Safarnama, not in what you did: {kind}: {what}. Set SAFARNAMA_DEBUG=1 and run it again to see where.",
    fa="این خطای سفرنامه است، نه شما: {kind}: {what}. برای دیدن محل آن SAFARNAMA_DEBUG=1 بگذارید و دوباره اجرا کنید.",
)

# Each command stands in a file of its own and brings the rooms it works in: a question does not wait for the drawings.
_COMMANDS = {
    "demo": "demo",
    "new": "making",
    "import": "importing",
    "quality": "quality",
    "verify": "verifying",
    "touchpoints": "naming",
    "list": "listing",
    "ask": "asking",
    "discover": "discovering",
    "check": "checking",
    "diff": "differing",
    "draw": "drawing",
    "serve": "serving",
}


@cache
def app_with(*commands: str) -> typer.Typer:
    """The command line with these commands, or with all if none are named."""
    app = typer.Typer(
        name="safarnama",
        help=t(
            "Living customer journey maps from what customers really did, in Persian and English.",
            "نقشه‌های زنده سفر مشتری، برآمده از رفتار واقعی مشتریان، به فارسی و انگلیسی.",
        ),
        pretty_exceptions_enable=False,
        add_completion=False,
    )
    app.callback(invoke_without_command=True)(_options)
    for command in commands or _COMMANDS:
        import_module(f"safarnama.cli.{_COMMANDS[command]}").register(app)
    return app


def _options(
    context: typer.Context,
    show_version: bool = typer.Option(False, "--version", help=t("Show the version and end.", "نمایش نسخه و پایان.")),
) -> None:
    if show_version:
        print(version("safarnama"))
    elif context.invoked_subcommand is None:
        print(context.get_help())


def _asked_language() -> str:
    """That of ``--language`` where it was given: who asks in Persian is answered in Persian, mistakes too."""
    words = [part for word in sys.argv[1:] for part in word.split("=", 1)]
    told = next((after for word, after in pairwise(words) if word == "--language"), "")
    return told if told in LANGUAGES else language()


def main() -> None:
    """The command line's entry. Mistakes of the user end with one line and status 2."""
    try:
        app = app_with(*(word for word in sys.argv[1:2] if word in _COMMANDS))
        sys.exit(app(prog_name="safarnama", standalone_mode=False))
    except (Mistake, UsageError) as error:
        mistake = error if isinstance(error, Mistake) else mistake_of(error)
        print(mistake.say(_asked_language()), file=sys.stderr)
        sys.exit(2)
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(130)
    except BrokenPipeError:
        # Whoever read the output has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    except Exception as error:
        if os.environ.get("SAFARNAMA_DEBUG"):
            raise
        print(_BUG.say(language(), kind=type(error).__name__, what=error), file=sys.stderr)
        sys.exit(1)
