"""Roles of channels and hand-overs between them, against lists."""

from __future__ import annotations

from collections import Counter, defaultdict

from hypothesis import given
from hypothesis import strategies as st

import safarnama as sn
from safarnama.core.grammar import parse_steps
from safarnama.journeys.journeys import Journeys
from tests.journeys.logs import Event, logs
from tests.journeys.shaped import read, rich

STAGES = st.sampled_from([None, "a|b,c,d|e|f", "c,a"])


def _with_channels(log: list[Event]) -> Journeys:
    """The journeys of a log in which where something happened is a channel."""
    from dataclasses import replace

    journeys = rich([*log, *((9, place, what) for place, what in enumerate("abcdef"))])
    shards = [replace(shard, words={"channel": shard.words["where"], **shard.words}) for shard in journeys.shards]
    scope = replace(journeys.scope, words={"channel": journeys.scope.words["where"], **journeys.scope.words})
    return replace(journeys.with_shards(shards), scope=scope)


@given(logs, STAGES)
def test_roles_are_who_opens_assists_and_closes(log: list[Event], stages: str | None) -> None:
    journeys = _with_channels(log)
    expected: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    everyone: Counter[int] = Counter()
    groups = [set(step.names) for step in parse_steps(stages)] if stages else [set("abcdef")]
    for _, mine in read(journeys):
        for number, names in enumerate(groups, 1):
            seen = [where for _, what, where, _ in mine if what in names and where is not None]
            if not seen:
                continue
            everyone[number] += 1
            for channel in set(seen):
                expected[number, channel]["customers"] += 1
            for channel in set(seen[1:-1]):
                expected[number, channel]["assists"] += 1
            expected[number, seen[0]]["opens"] += 1
            expected[number, seen[-1]]["closes"] += 1
    asked = sn.Roles(stages=stages) if stages else sn.Roles()
    rows = journeys.ask(asked).rows()
    assert {(row["stage"], row["channel"]) for row in rows} == set(expected)
    for place, row in enumerate(rows, 1):
        for part in asked.opens:
            assert row[part] == expected[row["stage"], row["channel"]][part]
            assert journeys.behind(asked, place, part).customers == row[part]
        assert row["share"] == row["customers"] / everyone[row["stage"]]


@given(logs, st.sampled_from([None, 20, 100_000]), st.sampled_from([None, "a|b"]))
def test_handovers_and_where_they_break(log: list[Event], within: int | None, goal: str | None) -> None:
    journeys = _with_channels(log)
    expected: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    people: dict[tuple[str, str], set[int]] = defaultdict(set)
    broke_for: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    for who, mine in read(journeys):
        known = [event for event in mine if event[2] is not None]
        for place in range(1, len(known)):
            (t1, a, one, _), (t2, b, other, _) = known[place - 1], known[place]
            assert one is not None and other is not None
            if one == other or (within is not None and t2 - t1 > within):
                continue
            pair = (one, other)
            breaks = {
                "repeated": a == b,
                "returned": place + 1 < len(known) and known[place + 1][2] == one,
                "stopped": known[place] is mine[-1] and not (goal and b in goal.split("|")),
            }
            expected[pair].update(count=1, broken=any(breaks.values()), **breaks)
            people[pair].add(who)
            for name, is_so in (*breaks.items(), ("broken", any(breaks.values()))):
                if is_so:
                    broke_for[(*pair, name)].add(who)
    asked = sn.Handovers(within=f"{within}ms" if within else None, goal=goal)
    finding = journeys.ask(asked)
    rows = finding.rows()
    assert {(row["from"], row["to"]) for row in rows} == set(expected)
    for place, row in enumerate(rows, 1):
        pair = (row["from"], row["to"])
        for name in ("count", "broken", "repeated", "returned", "stopped"):
            assert row[name] == expected[pair][name], name
        assert row["customers"] == len(people[pair]) == journeys.behind(asked, place).customers
        for name in ("broken", "repeated", "returned", "stopped"):
            assert journeys.behind(asked, place, name).customers == len(broke_for[(*pair, name)])
    assert finding.n == sum(row["count"] for row in rows)
