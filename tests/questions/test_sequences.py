"""Frequent sequences against every sequence there is, tried on every customer."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from safarnama.core import registry
from tests.journeys.logs import LETTERS, Event, by_customer, journeys_of, logs


def has(journey: list[tuple[int, str]], wanted: tuple[str, ...], gap: int | None) -> bool:
    """Whether some events of the journey are the sequence, each at most ``gap`` after the one before."""

    def walk(at: int, place: int) -> bool:
        if place == len(wanted):
            return True
        for following in range(at + 1, len(journey)):
            late = gap is not None and place and journey[following][0] - journey[at][0] > gap
            if not late and journey[following][1] == wanted[place] and walk(following, place + 1):
                return True
        return False

    return walk(-1, 0)


@given(
    logs,
    st.sampled_from([0.2, 0.5, 0.9]),
    st.integers(2, 3),
    st.sampled_from([None, 5, 1_000]),
    st.sampled_from([None, "e", "e|f"]),
)
def test_all_that_are_frequent_are_found_and_none_else(
    log: list[Event], support: float, length: int, gap: int | None, goal: str | None
) -> None:
    log = [*log, *((9, place, what) for place, what in enumerate(LETTERS))]
    goals = set(goal.split("|")) if goal else set()
    customers = []
    for journey in by_customer(log).values():
        end = next((place for place, (_, what) in enumerate(journey) if what in goals), len(journey))
        customers.append((journey[:end], end < len(journey)))
    expected = {}
    for many in range(2, length + 1):
        for wanted in product(LETTERS, repeat=many):
            having = [reached for before, reached in customers if has(before, wanted, gap)]
            if having and len(having) >= support * len(customers) - 1e-9:
                expected[" > ".join(wanted)] = (len(having), sum(having))
    asked = registry.find("question", "sequences").of(
        {"support": support, "length": length, "top": 10_000,
         **({"gap": f"{gap}ms"} if gap else {}), **({"goal": goal} if goal else {})}
    )  # fmt: skip
    journeys = journeys_of(log)
    finding = journeys.ask(asked)
    found = {row["path"]: (row["customers"], row["converted"] if goal else row["customers"]) for row in finding.rows()}
    assert set(found) == set(expected)
    for path, (many, reached) in expected.items():
        assert found[path] == (many, reached if goal else many)
    assert finding.n == len(customers)
    for number, row in list(enumerate(finding.rows(), 1))[:5]:
        assert journeys.behind(asked, number).customers == row["customers"]
        if goal:
            assert journeys.behind(asked, number, "converted").customers == row["converted"]
    split = journeys.with_shards([part for shard in journeys.shards for part in shard.split(3)])
    assert split.ask(asked).rows() == finding.rows()


def test_the_lift_is_over_everybody() -> None:
    log = [
        (1, 0, "a"),
        (1, 1, "b"),
        (1, 2, "g"),
        (2, 0, "b"),
        (2, 1, "a"),
        (3, 0, "a"),
        (3, 1, "b"),
        (4, 0, "c"),
        (4, 1, "g"),
    ]
    finding = journeys_of(log).ask(registry.find("question", "sequences").of({"support": 0.25, "goal": "g"}))
    rows = {row["path"]: row for row in finding.rows()}
    assert rows["a > b"]["lift"] == (1 / 2) / (2 / 4)
    assert rows["b > a"]["lift"] == 0
    assert "a > g" not in rows
