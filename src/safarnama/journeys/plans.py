"""A plan: an ordered set of steps to hold journeys against, in the form kernels take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from safarnama.core.errors import Mistake
from safarnama.core.grammar import Step, say_steps
from safarnama.core.words import Text
from safarnama.journeys.scope import Scope

NO_WINDOW = np.int64(1 << 61)


@dataclass(frozen=True)
class Plan:
    """``length`` steps, numbered from 1.

    ``starts`` (int32, by stored code, one more than codes) and ``steps`` (int32): which steps a code stands for, the later
    first. A step number s is itself; -s says that the code must not come between step s and the next.
    ``back`` (int32, (length + 1,)): the nearest step before each that cannot be left out (0 for none).
    ``window`` in milliseconds, counted from the first step, inclusive.
    ``needed``: the last step that cannot be left out, or the first; who reached it went the whole way.
    """

    length: int
    starts: np.ndarray
    steps: np.ndarray
    back: np.ndarray
    window: np.int64
    needed: int

    @property
    def plain(self) -> np.ndarray | None:
        """Code → its one step, END → one past the last, int16; None when a code is several steps, or one that may be left out or
        that must not come between."""
        many = np.diff(self.starts)
        if self.length > 1000 or many[:-1].max(initial=0) > 1 or self.steps.min(initial=1) < 1:
            return None
        if not np.array_equal(self.back[1:], np.arange(self.length)):
            return None
        steps = np.zeros(many.size, np.int16)
        steps[many > 0] = self.steps[self.starts[:-1][many > 0]]
        steps[-1] = self.length + 1
        return steps

    @classmethod
    def of(cls, steps: Sequence[Step], scope: Scope, window: timedelta | None = None) -> Plan:
        """The plan of these steps over a scope's alphabet. Raises ``Mistake`` for a touchpoint that is not there, and for one that
        must not come between but has no neighbour."""
        if steps[0].excluded or steps[-1].excluded:
            raise Mistake(_NO_NEIGHBOUR, steps=say_steps(steps))
        of_number: list[list[int]] = [[] for _ in range(scope.size + 1)]
        back = [0]
        at = 0
        for step in steps:
            if step.excluded:
                for number in scope.numbers(step):
                    of_number[number].append(-at)
                continue
            at += 1
            back.append(at - 1)
            for number in scope.numbers(step):
                of_number[number].append(at)
        real = [step for step in steps if not step.excluded]
        for place in range(1, at + 1):
            previous = place - 1
            while previous > 0 and real[previous - 1].optional:
                previous -= 1
            back[place] = previous
        many = np.array([len(mine) for mine in of_number])[scope.table]
        starts = np.concatenate([[0], np.cumsum(many)]).astype(np.int32)
        codes = [sorted(of_number[scope.table[code]], reverse=True) for code in np.flatnonzero(many)]
        flat = np.array([step for mine in codes for step in mine], np.int32)
        limit = NO_WINDOW if window is None else np.int64(round(window.total_seconds() * 1000))
        needed = max((place for place, step in enumerate(real, 1) if not step.optional), default=1)
        return cls(at, starts, flat, np.array(back, np.int32), limit, needed)


_NO_NEIGHBOUR = Text(
    en="{steps}: what must not come between (!A) stands between two steps, not at the start or the end.",
    fa="{steps}: آنچه نباید در میان بیاید (!A) میان دو گام نوشته می‌شود، نه در آغاز یا پایان.",
)
