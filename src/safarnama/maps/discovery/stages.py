"""Touchpoints into stages and steps: by what their names say where that helps, by where they stand in journeys where not."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from safarnama.core.words import Text
from safarnama.core.words.lexicon import is_thing, touchpoint, words_of
from safarnama.core.words.lexicon import stages as stage_words
from safarnama.maps.discovery.order import Order
from safarnama.maps.stages import Stage, Step
from safarnama.maps.words import Words

_STEPS = 12  # what fits a sheet well
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
    "late": (Text(en="Towards the end", fa="رو به پایان"), Text(en="Little is left", fa="چیزی نمانده است")),
    "end": (Text(en="The end", fa="پایان"), Text(en="Where journeys end", fa="سفرها اینجا تمام می‌شود")),
}
# What stages are called when neither words nor a goal says it, by how many there are.
_IN_ORDER = {
    1: ("way",),
    2: ("beginning", "end"),
    3: ("beginning", "way", "end"),
    4: ("beginning", "way", "further", "end"),
    5: ("beginning", "way", "further", "late", "end"),
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
    steps = _steps(groups, names, order, goal)
    return [_stage(number, group, steps[number], names, order) for number, group in enumerate(groups)]


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
        return [_named(label, piece) for label, piece in zip(_IN_ORDER[len(pieces)], pieces, strict=True)]
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


def _steps(groups: list[Group], names: tuple[str, ...], order: Order, goal: set[str]) -> list[list[list[int]]]:
    """The steps of every stage: first those that lead, then everything else with the one it belongs to.

    A step is led by what many meet and what is not yet spoken of; more steps go to the stage in which the goal is reached. What
    is left joins its kin by name, else what it follows and is followed by most; a failure joins what it happens to.
    """
    everyone = max(1, int(order.customers.max(initial=1)))
    families = {member: _family(names[member]) for group in groups for member in group.members}
    by_words = any(touchpoint(names[member]).stage for group in groups for member in group.members)
    leaders: list[list[int]] = []
    waiting: list[list[int]] = []
    for group in groups:
        ranked = sorted(group.members, key=lambda member: (-order.customers[member], names[member]))
        fit = [member for member in ranked if touchpoint(names[member]).sign >= 0] or ranked
        first = next((member for member in ranked if names[member] in goal), fit[0])
        leaders.append([first])
        waiting.append([member for member in fit if member != first and order.customers[member] >= _RARE * everyone])

    def gain(stage: int, member: int) -> float:
        told = any(families[member] & families[leader] for leader in leaders[stage])
        weight = 1.0 if any(names[leader] in goal for leader in leaders[stage]) else 0.65
        weight *= (0.3 if told else 1.0) * (1.0 if touchpoint(names[member]).stage or not by_words else 0.1)
        late = 0.7 + 0.6 * float(order.place[member])  # of two alike, the one nearer to what it is all for
        return float((order.customers[member] / everyone) ** 0.5 * weight * late / len(leaders[stage]) ** 0.5)

    while sum(map(len, leaders)) < _STEPS:
        choices = [
            (gain(stage, member), -member, stage)
            for stage, members in enumerate(waiting)
            for member in members
            if len(leaders[stage]) < _MOST_IN_A_STAGE
        ]
        if not choices:
            break
        _, member, stage = max(choices)
        leaders[stage].append(-member)
        waiting[stage].remove(-member)
    return [
        joined([[leader] for leader in mine], [each for each in group.members if each not in mine], names, order)
        for group, mine in zip(groups, leaders, strict=True)
    ]


def joined(steps: list[list[int]], others: list[int], names: tuple[str, ...], order: Order) -> list[list[int]]:
    """Steps, each begun by what leads it, with everything else where it belongs: with its kin by name, else with what it follows
    and is followed by most; a failure with what it happens to."""
    found = [list(step) for step in steps]
    for member in others:
        fails = touchpoint(names[member]).sign < 0
        family = _family(names[member])

        def belongs(step: int, member: int = member, fails: bool = fails, family: frozenset[str] = family) -> float:
            leader = steps[step][0]
            before, after = float(order.follows[leader, member]), float(order.follows[member, leader])
            share = (before if fails else before + after) / max(
                1.0, float(order.follows[:, member].sum()) * (1 if fails else 2)
            )
            kin = bool(family & _family(names[leader]))
            return (1.0 if kin else 0.0) + share - 0.2 * abs(float(order.place[member] - order.place[leader]))

        found[max(range(len(steps)), key=belongs)].append(member)
    return found


def _family(name: str) -> frozenset[str]:
    """What a name is about: its nouns, and the channel it speaks of."""
    entry = touchpoint(name)
    nouns = {word for word in words_of(name) if is_thing(word)}
    return frozenset(nouns | ({entry.channel} if entry.channel else set()))


def _stage(number: int, group: Group, steps: list[list[int]], names: tuple[str, ...], order: Order) -> Stage:
    made = []
    # Each step begins with what leads it.
    ranked = sorted(steps, key=lambda members: (order.place[members[0]], names[members[0]]))
    for place, (leader, *others) in enumerate(ranked):
        members = [leader, *sorted(others, key=lambda member: (-order.customers[member], names[member]))]
        title = touchpoint(names[leader]).title
        made.append(
            Step(
                id=f"s{number + 1}-{place + 1}",
                name={"en": title.en, "fa": title.fa} if title.en != title.fa else title.en,
                touchpoints=[names[member] for member in members],
            )
        )
    return Stage(id=f"s{number + 1}", name=group.name, tagline=group.tagline, steps=made)
