"""Touchpoints into stages and steps: by what their names say where that helps, by where they stand in journeys where not."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from safarnama.core.words import Text
from safarnama.core.words.lexicon import stages as stage_words
from safarnama.core.words.lexicon import touchpoint
from safarnama.maps.discovery.order import Order
from safarnama.maps.model import Stage, Step
from safarnama.maps.words import Words

_STEPS = 11  # what fits a sheet well
_MOST_IN_A_STAGE = 4
_RARE = 0.01  # met by fewer of the customers: part of a step, never one of its own
_AFTER = ("delivery", "support", "loyalty", "advocacy")
_NAMES: dict[str, tuple[Text, Text]] = {
    "beginning": (
        Text(en="Beginning", fa="آغاز"),
        Text(en="Where journeys start", fa="سفرها از اینجا شروع می‌شود"),
    ),
    "way": (Text(en="On the way", fa="در راه"), Text(en="What comes next", fa="آنچه پس از آن می‌آید")),
    "further": (
        Text(en="Further on", fa="پیش‌تر"),
        Text(en="Those who keep going", fa="آنها که ادامه می‌دهند"),
    ),
    "near": (Text(en="Near the goal", fa="نزدیک هدف"), Text(en="Just before the goal", fa="درست پیش از هدف")),
    "goal": (Text(en="The goal", fa="هدف"), Text(en="What it is all about", fa="آنچه همه برای آن است")),
    "after": (
        Text(en="Afterwards", fa="پس از هدف"),
        Text(en="What follows the goal", fa="آنچه پس از هدف می‌آید"),
    ),
    "end": (Text(en="The end", fa="پایان"), Text(en="Where journeys end", fa="سفرها اینجا تمام می‌شود")),
}


@dataclass
class Group:
    """A stage in the making: its name and the touchpoints in it, in order."""

    name: Words
    tagline: Words
    members: list[int] = field(default_factory=list)


def stages_of(names: tuple[str, ...], order: Order, goal: set[str]) -> list[Stage]:
    """The stages and steps of a map. Every touchpoint that anybody met is bound to one step."""
    seen = [number for number in range(len(names)) if order.customers[number] > 0]
    groups = _by_words(names, order, goal, seen) or _by_data(names, order, goal, seen)
    everyone = max(1, int(order.customers.max(initial=1)))
    leaders = _leaders(groups, names, order, goal, everyone)
    return [_stage(number, group, leaders[number], names, order) for number, group in enumerate(groups)]


def _by_words(names: tuple[str, ...], order: Order, goal: set[str], seen: list[int]) -> list[Group]:
    """Stages of the usual journey, when the names of most of what happens say to which they belong."""
    entries = {number: touchpoint(names[number]) for number in seen}
    said = {
        number: entry.stage
        for number, entry in entries.items()
        if entry.stage and entry.stage != "support" and entry.sign >= 0
    }
    for number in list(said):
        # A name that speaks of what comes after, on something that mostly comes before, does not help.
        if (
            said[number] in _AFTER
            and goal
            and not np.isnan(order.after_goal[number])
            and order.after_goal[number] < 0.4
        ):
            del said[number]
    for number in seen:
        if names[number] in goal:
            said.setdefault(number, "purchase")
    weight = {number: float(order.customers[number]) for number in seen}
    if sum(weight[number] for number in said) < 0.5 * sum(weight.values()) or len(set(said.values())) < 2:
        return []
    titles = stage_words()
    groups = {
        stage: Group({"en": titles[stage]["en"], "fa": titles[stage]["fa"]}, dict(titles[stage]["tagline"]))
        for stage in titles
        if stage in said.values()
    }
    for number, stage in said.items():
        groups[stage].members.append(number)
    for number in seen:
        if number not in said:
            groups[_nearest(number, groups, order, entries[number].sign < 0)].members.append(number)
    for group in groups.values():
        group.members.sort(key=lambda number: (order.place[number], names[number]))
    return list(groups.values())


def _nearest(number: int, groups: dict[str, Group], order: Order, failure: bool) -> str:
    """The stage that something without a telling name belongs to: where it follows (a failure), or where it stands."""
    if failure:
        return max(groups, key=lambda stage: float(order.follows[groups[stage].members, number].sum()))
    around = order.follows[:, number] + order.follows[number, :]

    def closeness(stage: str) -> float:
        members = groups[stage].members
        weights = order.customers[members].astype(float)
        middle = float((order.place[members] * weights).sum() / max(weights.sum(), 1))
        share = float(around[members].sum()) / max(float(around.sum()), 1)
        return share - 2 * abs(order.place[number] - middle)

    return max(groups, key=closeness)


def _by_data(names: tuple[str, ...], order: Order, goal: set[str], seen: list[int]) -> list[Group]:
    """Stages by position alone: touchpoints in the order in which they are met, cut where the gaps are widest."""
    line = sorted(seen, key=lambda number: (order.place[number], names[number]))
    goals = [number for number in line if names[number] in goal]
    if not goals:
        pieces = _cut(line, order, min(5, max(2, len(line) // 4)) if len(line) > 3 else 1)
        labels = {1: ["way"], 2: ["beginning", "end"], 3: ["beginning", "way", "end"]}.get(
            len(pieces), ["beginning", *["way", "further"][: len(pieces) - 2], "end"]
        )
        labels = [*labels[: len(pieces) - 1], "end"] if len(pieces) > 1 else labels
        while len(labels) < len(pieces):
            labels.insert(-1, "further")
        return [_named(label, piece) for label, piece in zip(labels, pieces, strict=True)]
    # What is mostly met once the goal was reached comes after it, whatever its first place.
    later = [n for n in line if n not in goals and not np.isnan(order.after_goal[n]) and order.after_goal[n] >= 0.5]
    before = [n for n in line if n not in goals and n not in later]
    pieces = _cut(before, order, 3 if len(before) >= 9 else 2 if len(before) >= 4 else 1) if before else []
    labels = {0: [], 1: ["way"], 2: ["beginning", "near"], 3: ["beginning", "way", "near"]}[len(pieces)]
    groups = [_named(label, piece) for label, piece in zip(labels, pieces, strict=True)]
    groups.append(_named("goal", goals))
    if later:
        groups.append(_named("after", later))
    return groups


def _named(label: str, members: list[int]) -> Group:
    name, tagline = _NAMES[label]
    return Group({"en": name.en, "fa": name.fa}, {"en": tagline.en, "fa": tagline.fa}, members)


def _cut(line: list[int], order: Order, pieces: int) -> list[list[int]]:
    """The line in so many pieces with the least spread of places inside them (Fisher's exact grouping, 1958)."""
    n = len(line)
    pieces = min(pieces, n)
    values = order.place[line]
    weights = np.sqrt(order.customers[line].astype(float))
    w, wx, wxx = (np.concatenate([[0.0], np.cumsum(part)]) for part in (weights, weights * values, weights * values**2))

    def spread(a: int, b: int) -> float:
        return float(wxx[b] - wxx[a] - (wx[b] - wx[a]) ** 2 / max(w[b] - w[a], 1e-12))

    best = [[spread(0, end) for end in range(n + 1)]]
    start: list[list[int]] = [[0] * (n + 1)]
    for _ in range(1, pieces):
        row, cut = [float("inf")] * (n + 1), [0] * (n + 1)
        for end in range(len(best), n + 1):
            for at in range(len(best), end):
                cost = best[-1][at] + spread(at, end)
                if cost < row[end]:
                    row[end], cut[end] = cost, at
        best.append(row)
        start.append(cut)
    ends, end = [], n
    for piece in range(pieces - 1, -1, -1):
        ends.append((start[piece][end] if piece else 0, end))
        end = ends[-1][0]
    return [line[a:b] for a, b in reversed(ends) if b > a]


def _leaders(
    groups: list[Group], names: tuple[str, ...], order: Order, goal: set[str], everyone: int
) -> dict[int, list[int]]:
    """Which touchpoints become steps: the most met of every stage, more where more is decided."""
    chosen: dict[int, list[int]] = {}
    waiting: dict[int, list[int]] = {}
    holds_goal = {
        number for number, group in enumerate(groups) if any(names[member] in goal for member in group.members)
    }
    for number, group in enumerate(groups):
        ranked = sorted(group.members, key=lambda member: (-order.customers[member], names[member]))
        fit = [member for member in ranked if touchpoint(names[member]).sign >= 0]
        fit = [m for m in fit if order.customers[m] >= _RARE * everyone] or fit[:1] or ranked[:1]
        first = [member for member in fit if names[member] in goal] or fit[:1]
        chosen[number] = first[:_MOST_IN_A_STAGE]
        waiting[number] = [member for member in fit if member not in chosen[number]]
    while sum(map(len, chosen.values())) < _STEPS:
        open_stages = [n for n in waiting if waiting[n] and len(chosen[n]) < _MOST_IN_A_STAGE]
        if not open_stages:
            break

        def gain(number: int) -> float:
            share = order.customers[waiting[number][0]] / everyone
            return share * (2.0 if number in holds_goal else 1.0) / len(chosen[number])

        best = max(open_stages, key=gain)
        chosen[best].append(waiting[best].pop(0))
    return chosen


def _stage(number: int, group: Group, leaders: list[int], names: tuple[str, ...], order: Order) -> Stage:
    bound: dict[int, list[int]] = defaultdict(list)
    for member in group.members:
        if member in leaders:
            continue
        # To the step it follows or is followed by most; what touches none of them to the nearest in place.
        near = [float(order.follows[leader, member] + order.follows[member, leader]) for leader in leaders]
        if touchpoint(names[member]).sign < 0:
            near = [float(order.follows[leader, member]) for leader in leaders]
        if max(near) > 0:
            bound[leaders[int(np.argmax(near))]].append(member)
        else:
            bound[min(leaders, key=lambda leader: abs(order.place[leader] - order.place[member]))].append(member)
    steps = []
    for place, leader in enumerate(sorted(leaders, key=lambda leader: (order.place[leader], names[leader]))):
        title = touchpoint(names[leader]).title
        members = sorted(bound[leader], key=lambda member: (-order.customers[member], names[member]))
        steps.append(
            Step(
                id=f"s{number + 1}-{place + 1}",
                name={"en": title.en, "fa": title.fa} if title.en != title.fa else title.en,
                touchpoints=[names[leader], *(names[member] for member in members)],
            )
        )
    return Stage(id=f"s{number + 1}", name=group.name, tagline=group.tagline, steps=steps)
