"""Shards that are not on this machine, and what can be done with them all the same."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from typing import Any

from safarnama.core.errors import Mistake
from safarnama.core.words import Text
from safarnama.journeys.shard import Shard

Change = Callable[[Shard], Shard]
Look = Callable[[Shard], Any]


class Elsewhere(ABC):
    """Shards on other machines. What is to be done with them is sent there, so it must not hold on to journeys or to a
    workspace, only to what it needs of them (a scope, names, tables)."""

    @abstractmethod
    def reshaped(self, change: Change) -> Elsewhere:
        """The same shards, each changed before anything else is done with it."""

    @abstractmethod
    def gathered(self, look: Look) -> list[Any]:
        """What ``look`` finds in each shard, in the order of the customers' keys. It is brought here: keep it small."""

    def __iter__(self) -> Iterator[Shard]:
        raise Mistake(_FAR)


_FAR = Text(
    en="This cannot be asked on a cluster: it looks at the journeys on this machine. Ask it without --engine.",
    fa="این را از خوشه نمی‌توان پرسید، چون به سفرهای روی همین دستگاه نگاه می‌کند. بدون ‎--engine بپرسید.",
)
