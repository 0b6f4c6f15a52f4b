"""Whether discovery finds the troubles that were planted in simulated shops, and stays quiet where none was.

A trouble counts when it harmed at least ten percentage points more than usual and at least 25 times more than usual. It is found
when something that is said to go worse overlaps it in time and speaks of one of its touchpoints. Judged twice: the friction
question with all its signs, and the pain cards of the discovered map by what stands on the card or at its step.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bench.table import show
from safarnama.core.words.calendar import say_period
from safarnama.core.workspace import Workspace
from safarnama.journeys.journeys import Journeys
from safarnama.maps.model import Map
from safarnama.questions.friction import Friction
from safarnama.simulation import simulate
from safarnama.simulation.shop import Shop
from safarnama.simulation.troubles import Trouble

LEAST_EFFECT = 0.10
LEAST_EXCESS = 25
LEAST_FOUND = 0.90
MOST_FALSE = 1  # in twenty shops
QUIET_SEEDS = range(101, 121)


@dataclass(frozen=True)
class Alarm:
    """Something that is said to go worse than usual, under the shop's own names."""

    start: date
    end: date
    touchpoints: frozenset[str]
    said: str

    def meets(self, trouble: Trouble) -> bool:
        """Whether this speaks of the trouble."""
        days = (min(self.end, trouble.end) - max(self.start, trouble.start)).days
        return days > 0 and not self.touchpoints.isdisjoint(trouble.touchpoints)


@dataclass(frozen=True)
class Judged:
    """A shop and what was said of it: by the question, and on the cards of the map."""

    seed: int
    shop: Shop
    friction: list[Alarm]
    cards: list[Alarm]
    others: list[str]  # pain cards that speak of no time: failures that are always there, and bad scores


def run(seeds: Sequence[int], customers: int, renamed: bool) -> int:
    """Judge the shops of these seeds and twenty without troubles; 0 when all that is promised holds."""
    names = "every touchpoint renamed" if renamed else "touchpoints as they are"
    found = _found([judged(seed, customers, renamed) for seed in seeds], names)
    quiet = _quiet([judged(seed, customers, renamed, troubles=0) for seed in QUIET_SEEDS], names)
    return 0 if found and quiet else 1


def judged(seed: int, customers: int, renamed: bool, troubles: int | None = None) -> Judged:
    """Simulate a shop, bring its files in, ask and discover."""
    with tempfile.TemporaryDirectory() as folder:
        shop = simulate(Path(folder) / "files", customers=customers, seed=seed, troubles=troubles)
        workspace = Workspace.new(Path(folder) / "shop", timezone="Asia/Tehran", currency="IRR")
        workspace.import_files(*shop.files)
        journeys: Journeys = workspace.journeys()
        own = {name: name for name in journeys.touchpoints}
        if renamed:
            new = numbered(journeys.touchpoints, seed)
            journeys = journeys.grouped(new)
            own = {number: name for name, number in new.items()}
        rows = journeys.ask(Friction()).rows()
        document: Map = workspace.discover(journeys=journeys)
        cards, others = _cards(workspace, document, own)
        return Judged(seed, shop, [_alarm(row, row["also"].split(", "), own) for row in rows], cards, others)


def numbered(names: Sequence[str], seed: int) -> dict[str, str]:
    """Every name → e01, e02, … in an order that says nothing."""
    shuffled = sorted(names)
    random.Random(seed).shuffle(shuffled)
    return {name: f"e{place:02}" for place, name in enumerate(shuffled, start=1)}


def _cards(workspace: Workspace, document: Map, own: dict[str, str]) -> tuple[list[Alarm], list[str]]:
    """The pain cards that say when, each with the touchpoints it names or stands at; and the words of the others."""
    lane = document.lane("pains")
    steps = {step.id: step.touchpoints for step in document.steps}
    alarms: list[Alarm] = []
    others: list[str] = []
    for card in lane.cards if lane else []:
        said = card.text["en"] if isinstance(card.text, dict) else str(card.text)
        kept = [workspace.finding(each.finding) for each in document.evidence(card) if each.finding]
        rows = [row for finding in kept if finding and finding.question == "friction" for row in finding.rows()]
        mine = next((row for row in rows if _on(row, said, steps[card.at])), None) if rows else None
        if mine:
            alarms.append(_alarm(mine, [mine["touchpoint"], mine["next"], *steps[card.at]], own, said))
        elif rows:
            raise AssertionError(f"the card {said!r} rests on the friction finding and on none of its rows")
        elif kept:
            others.append(said)
    return alarms, others


def _on(row: dict[str, Any], said: str, touchpoints: Iterable[str]) -> bool:
    """Whether a card says this row: it stands where the row says and names its weeks."""
    weeks = say_period(date.fromisoformat(row["start"]), date.fromisoformat(row["end"]), "en")
    return weeks in said and row["touchpoint"] in touchpoints


def _alarm(row: dict[str, Any], names: Iterable[str | None], own: dict[str, str], said: str = "") -> Alarm:
    return Alarm(
        start=date.fromisoformat(row["start"]),
        end=date.fromisoformat(row["end"]),
        touchpoints=frozenset(own[name] for name in names if name),
        said=said
        or f"{row['kind']} at {own[row['touchpoint']]} ({row['value'] or 'everywhere'}), {row['start']} to {row['end']}",
    )


def _found(shops: list[Judged], names: str) -> bool:
    """Print how many troubles were found, the misses and what else was said; whether enough were found in both places."""
    rows = []
    kept = True
    for where in ("friction", "cards"):
        counted = hits = small = small_hits = extra = 0
        for shop in shops:
            alarms: list[Alarm] = getattr(shop, where)
            for trouble in shop.shop.troubles:
                hit = any(alarm.meets(trouble) for alarm in alarms)
                if _counts(trouble):
                    counted, hits = counted + 1, hits + hit
                    if not hit:
                        print(f"missed ({where}) in shop {shop.seed}: {_planted(trouble)}")
                else:
                    small, small_hits = small + 1, small_hits + hit
            for alarm in alarms:
                if not any(alarm.meets(trouble) for trouble in shop.shop.troubles):
                    extra += 1
                    print(f"said without a trouble ({where}) in shop {shop.seed}: {alarm.said}")
        share = hits / counted if counted else 1.0
        kept = kept and share >= LEAST_FOUND
        rows.append([_WHERE[where], counted, hits, f"{share:.1%}", small, small_hits, extra])
    show(
        f"Troubles planted in {len(shops)} shops, {names}: at least {LEAST_EFFECT:.0%} points and {LEAST_EXCESS} "
        f"harmed more than usual; promised {LEAST_FOUND:.0%}",
        ["judged by", "troubles", "found", "share", "smaller ones", "found of these", "said without a trouble"],
        rows,
    )
    return kept


def _quiet(shops: list[Judged], names: str) -> bool:
    """Print what was said of shops without troubles; whether that is as little as promised."""
    rows = []
    for where in ("friction", "cards"):
        false = [(shop.seed, alarm) for shop in shops for alarm in getattr(shop, where)]
        for seed, alarm in false:
            print(f"false alarm ({where}) in the quiet shop {seed}: {alarm.said}")
        rows.append([_WHERE[where], len(shops), len(false)])
    standing = sum(len(shop.others) for shop in shops)
    show(
        f"Shops without troubles, {names}: at most {MOST_FALSE} false alarm promised",
        ["judged by", "shops", "false alarms"],
        rows,
    )
    print(f"Beside these, {standing} cards of the quiet maps speak of what is always so: failures met, bad scores.\n")
    return all(row[-1] <= MOST_FALSE for row in rows)


def _counts(trouble: Trouble) -> bool:
    return trouble.trouble_rate - trouble.base_rate >= LEAST_EFFECT and trouble.excess >= LEAST_EXCESS


def _planted(trouble: Trouble) -> str:
    return (
        f"{trouble.kind} ({trouble.value or 'everywhere'}) at {trouble.touchpoints[0]}, {trouble.start} to {trouble.end}: "
        f"{trouble.trouble_rate:.0%} of {trouble.exposed}, usually {trouble.base_rate:.0%}, {trouble.excess} more"
    )


_WHERE = {"friction": "the friction question", "cards": "pain cards of the map"}
