"""Who is who. Oracle: the rule as it is told, in plain sets, one identifier after another."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safarnama.customers.resolve import LIMITS, Resolved, resolve
from safarnama.events.schema import strength

TYPES = ["customer", "user", "email", "phone", "card", "device_id", "anonymous"]
Node = tuple[str, int]  # type and number


def handle(node: Node) -> int:
    return (TYPES.index(node[0]) + 1) * 7919 + node[1] * 104_729


def resolved(nodes: list[Node], links: list[tuple[Node, Node]]) -> Resolved:
    return resolve(
        np.array([handle(node) for node in nodes], np.uint64),
        TYPES,
        np.array([TYPES.index(node[0]) for node in nodes], np.int64),
        np.array([handle(a) for a, _ in links], np.uint64),
        np.array([handle(b) for _, b in links], np.uint64),
    )


def by_hand(nodes: list[Node], links: list[tuple[Node, Node]]) -> tuple[dict[Node, frozenset[Node]], set[Node]]:
    """The group of every identifier, and the ambiguous ones."""
    groups = {node: frozenset([node]) for node in nodes}
    doubtful: set[Node] = set()
    for node in sorted(nodes, key=lambda node: (strength(node[0]), handle(node))):
        known = {b if a == node else a for a, b in links if node in (a, b)} - doubtful
        stronger = {other for other in known if strength(other[0]) <= strength(node[0])}
        met = {groups[other] for other in stronger} - {groups[node]}
        union = frozenset().union(groups[node], *met)
        if any(sum(kind == other[0] for other in union) > LIMITS.get(kind, 10) for kind in TYPES):
            if strength(node[0]) > 1:
                doubtful.add(node)
        else:
            groups.update(dict.fromkeys(union, union))
    return groups, doubtful


NODES = [(kind, number) for kind in TYPES for number in range(3)]
LINKS = st.lists(
    st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)).filter(lambda two: two[0][0] != two[1][0]), max_size=25
)


@given(LINKS)
def test_it_is_the_rule_as_told(links: list[tuple[Node, Node]]) -> None:
    found = resolved(NODES, links)
    groups, doubtful = by_hand(NODES, links)
    place = {int(each): at for at, each in enumerate(found.handles)}
    key = {node: int(found.customers[place[handle(node)]]) for node in NODES}
    for a in NODES:
        for b in NODES:
            assert (key[a] == key[b]) == (groups[a] == groups[b])
        strongest = min(groups[a], key=lambda node: (strength(node[0]), handle(node)))
        assert key[a] == handle(strongest)
        assert bool(found.ambiguous[place[handle(a)]]) == (a in doubtful)


@given(LINKS, st.randoms(use_true_random=False))
def test_order_has_no_say(links: list[tuple[Node, Node]], chance: Any) -> None:
    nodes, mixed = list(NODES), [pair if chance.random() < 0.5 else pair[::-1] for pair in [*links, *links[:5]]]
    chance.shuffle(nodes)
    chance.shuffle(mixed)
    one, other = resolved(NODES, links), resolved(nodes, mixed)
    assert (one.handles == other.handles).all()
    assert (one.customers == other.customers).all() and (one.ambiguous == other.ambiguous).all()


@given(LINKS)
def test_two_users_or_two_customers_are_never_one(links: list[tuple[Node, Node]]) -> None:
    found = resolved(NODES, links)
    place = {int(each): at for at, each in enumerate(found.handles)}
    for kind in ("customer", "user"):
        keys = [int(found.customers[place[handle(node)]]) for node in NODES if node[0] == kind]
        assert len(set(keys)) == len(keys)


def test_a_shared_device_belongs_to_nobody_and_an_own_one_to_its_owner() -> None:
    nodes: list[Node] = [("user", 0), ("user", 1), ("device_id", 0), ("device_id", 1)]
    found = resolved(nodes, [(nodes[0], nodes[2]), (nodes[1], nodes[2]), (nodes[0], nodes[3])])
    place = {int(each): at for at, each in enumerate(found.handles)}
    assert found.ambiguous[place[handle(nodes[2])]] and not found.ambiguous[place[handle(nodes[3])]]
    assert found.customers[place[handle(nodes[3])]] == handle(nodes[0])


def test_a_chain_of_weak_identifiers_is_one_person() -> None:
    nodes: list[Node] = [("user", 0), ("email", 0), ("phone", 0), ("device_id", 0), ("anonymous", 0)]
    found = resolved(nodes, list(pairwise(nodes)))
    assert set(found.customers.tolist()) == {handle(nodes[0])} and not found.ambiguous.any()


@pytest.mark.parametrize(("kind", "limit"), [("email", 5), ("phone", 5), ("device_id", 20), ("card", 10)])
def test_limits_hold(kind: str, limit: int) -> None:
    user: Node = ("user", 0)
    many: list[Node] = [(kind, number) for number in range(limit + 3)]
    found = resolved([user, *many], [(user, node) for node in many])
    assert int((found.customers == handle(user)).sum()) == limit + 1
    assert int(found.ambiguous.sum()) == 3


def test_nothing_to_resolve() -> None:
    found = resolved([], [])
    assert found.handles.size == found.customers.size == found.ambiguous.size == 0
