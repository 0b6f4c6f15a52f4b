"""Kernels: plain loops over arrays, compiled when first called.

``@compiled`` leaves a function as it is until someone calls it; only then numba is imported and the machine code is made
or, from the second process on, read from its cache. So importing a module with kernels costs nothing. A kernel is
sequential and releases the interpreter lock: threads outside give it a part of the data each.
"""

from __future__ import annotations

import functools
import types
from collections.abc import Callable
from typing import Any


class Compiled:
    """A function that becomes machine code at its first call. It may call other compiled functions."""

    def __init__(self, function: Callable[..., Any], **options: Any) -> None:
        functools.update_wrapper(self, function)
        self.function = function
        self.options = {"nogil": True, "cache": True, "boundscheck": False, **options}
        self._machine: Any = None

    @property
    def machine(self) -> Any:
        """The compiled function itself, for a kernel to call."""
        if self._machine is None:
            import numba

            called = self.function.__globals__
            inner = {
                name: called[name].machine
                for name in self.function.__code__.co_names
                if isinstance(called.get(name), Compiled)
            }
            function = self.function
            if inner:
                # numba resolves names when it compiles: show it the compiled ones in place of the lazy ones.
                function = types.FunctionType(
                    function.__code__, {**called, **inner}, function.__name__, function.__defaults__
                )
                functools.update_wrapper(function, self.function)
                del function.__wrapped__  # type: ignore[attr-defined]
            self._machine = numba.njit(**self.options)(function)
        return self._machine

    def __call__(self, *arguments: Any) -> Any:
        return self.machine(*arguments)


def compiled(function: Callable[..., Any] | None = None, **options: Any) -> Any:
    """Mark a kernel: ``@compiled`` or ``@compiled(inline="always")``."""
    if function is None:
        return lambda real: Compiled(real, **options)
    return Compiled(function, **options)
