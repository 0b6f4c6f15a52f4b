"""A command that was typed wrong, said like every other mistake: one line, in the reader's language."""

from __future__ import annotations

import re
from typing import Any

import typer

from safarnama.core.errors import Mistake, unknown
from safarnama.core.words import Text

# The command-line library keeps its exceptions in a place that changes with its version; their common parent is here.
UsageError: type[Exception] = typer.BadParameter.__mro__[1]

_OPTION, _COMMAND = Text(en="Option", fa="گزینه"), Text(en="Command", fa="فرمان")
_MISSING = Text(en="{name} is missing. See: {path} --help", fa="{name} داده نشده است. راهنما: {path} --help")
_VALUE = Text(
    en="The value of {name} is not one it can take. See: {path} --help",
    fa="مقدار {name} پذیرفتنی نیست. راهنما: {path} --help",
)
_OTHER = Text(en="{what} See: {path} --help", fa="فرمان خوانده نشد ({what}). راهنما: {path} --help")


def mistake_of(error: Any) -> Mistake:
    """What was typed wrong, as a mistake."""
    context = error.ctx
    path = context.command_path if context else "safarnama"
    kind = type(error).__name__
    if kind == "NoSuchOption":
        options = [option for parameter in context.command.params for option in parameter.opts] if context else []
        return unknown(_OPTION, error.option_name, [option for option in options if option.startswith("--")])
    message = error.format_message()
    if "No such command" in message:
        seen = re.search(r"'(.*?)'", message)
        return unknown(_COMMAND, seen[1] if seen else "", list(getattr(context.command, "commands", {})))
    parameter = getattr(error, "param", None)
    if parameter is not None:
        name = parameter.metavar if parameter.param_type_name == "argument" else max(parameter.opts, key=len)
        if kind == "MissingParameter":
            return Mistake(_MISSING, name=name, path=path)
        return Mistake(_VALUE, name=name, path=path)
    return Mistake(_OTHER, what=message, path=path)
