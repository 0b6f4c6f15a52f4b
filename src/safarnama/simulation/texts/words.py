"""What one subject's sentences are made of. One file of this folder holds one subject."""

from __future__ import annotations

from dataclasses import dataclass

from safarnama.core.words import Text


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences about one subject, by feeling: 1 happy, 0 neither, -1 unhappy.

    ``fa`` and ``en`` are what customers write, ``asks`` and ``asks_en`` what they ask before they buy or
    while they wait, ``notes`` what the people of the call centre write down. None ends in a full stop.
    """

    name: Text
    fa: dict[int, tuple[str, ...]]
    en: dict[int, tuple[str, ...]]
    asks: tuple[str, ...]
    asks_en: tuple[str, ...]
    notes: dict[int, tuple[str, ...]]
