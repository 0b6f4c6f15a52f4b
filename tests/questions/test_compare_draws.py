"""Comparisons by drawing whole customers again: the figures of each group alone, draws held against journeys copied by hand, and
intervals that hold what they should."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safarnama.core import registry
from safarnama.core.errors import Mistake
from safarnama.core.intervals import by_draws, newcombe, two_shares, wilson
from safarnama.journeys import resampling
from safarnama.journeys.against import labels_of
from safarnama.journeys.journeys import Journeys
from safarnama.journeys.resampling import GROUPS, drawn_again
from tests.journeys.logs import LETTERS, Event, journeys_of, logs
from tests.journeys.shaped import told
from tests.questions.test_shards import QUESTIONS

# Questions with the columns that compare takes of them.
COLUMNS = [
    ("dropoff", "share"),
    ("flow", "share"),
    ("flow", "median_seconds"),
    ("flow", "customers"),
    ("funnel steps=a,b|c", "p90_seconds"),
    ("funnel steps=a,b|c", "share_of_previous"),
    ("handovers within=1min", "share_broken"),
    ("loops", "median_seconds"),
    ("loops", "total_seconds"),
    ("overview", "events_per_customer"),
    ("paths length=3", "customers"),
    ("reach", "mean_times"),
    ("reach", "median_seconds"),
    ("scores", "feeling"),
    ("scores back=yes", "mean"),
    ("sequences support=0.5 length=3", "share"),
    ("sessions gap=1s", "median_seconds"),
    ("times", "p75_seconds"),
    ("times", "share_of_time"),
]
EVERYBODY: list[Event] = [(9, place, what) for place, what in enumerate(LETTERS)]


def compare(what: str, column: str | None = None, first: str = "did a", second: str = "did b") -> object:
    named = {} if column in (None, "share") else {"column": column}
    return registry.find("question", "compare").of({"what": what, "first": first, "second": second, **named})


def question(text: str) -> object:
    return compare(text).what


@pytest.mark.parametrize(("what", "column"), COLUMNS)
@settings(max_examples=4, deadline=None)
@given(log=logs)
def test_what_is_compared_is_the_answer_of_each_alone(what: str, column: str, log: list[Event]) -> None:
    journeys = told([*log, *EVERYBODY])
    alone = []
    for condition in ("did a", "did b"):
        finding = journeys.where(condition).ask(question(what))
        alone.append(dict(zip(labels_of(finding.table), finding.table[column].to_pylist(), strict=True)))
    for row in journeys.ask(compare(what, column)).rows():
        for side, values in zip(("first", "second"), alone, strict=True):
            if row["row"] in values:
                assert row[side] == values[row["row"]]
        if row["difference"] is not None:
            assert row["difference"] == row["second"] - row["first"]
            assert row["difference_low"] <= row["difference"] <= row["difference_high"]


@pytest.mark.parametrize("what", list(dict.fromkeys(what for what, _ in COLUMNS if "back" not in what)))
@settings(max_examples=4, deadline=None)
@given(log=logs)
def test_a_draw_is_the_answer_over_customers_copied_by_hand(what: str, log: list[Event]) -> None:
    # Each log is of few customers: copies of it under other names fill some groups.
    log = [
        (customer + 10 * copy, time + copy, name) for copy in range(4) for customer, time, name in [*log, *EVERYBODY]
    ]
    journeys = told(log)
    (shard,) = journeys.shards
    group = np.zeros(shard.customers, np.int64)
    for number in range(GROUPS):
        group[resampling._group(shard, number, 7).mask()] = number
    asked = question(what).in_full([journeys.ask(question(what))])
    weights = np.random.default_rng(7).multinomial(GROUPS, np.full(GROUPS, 1 / GROUPS), resampling.DRAWS)
    for weight, partial in list(zip(weights, drawn_again(journeys, asked, 7), strict=True))[:5]:
        copies = [
            part for time in range(int(weight.max())) for part in [shard.only(weight[group] > time)] if part.counted
        ]
        if not copies:
            continue
        whole = replace(journeys, shards=tuple(copies))
        assert asked.table(partial, journeys.scope).to_pylist() == whole.ask(asked).rows()


@pytest.mark.parametrize(("what", "column"), COLUMNS)
@settings(max_examples=2, deadline=None)
@given(log=logs)
def test_a_group_and_itself_do_not_differ(what: str, column: str, log: list[Event]) -> None:
    for row in told([*log, *EVERYBODY]).ask(compare(what, column, "did a", "did a")).rows():
        assert row["first"] == row["second"]
        assert not row["clear"] and row["chance"] == 1
        if row["difference"] is not None:
            assert row["difference_low"] <= 0 == row["difference"] <= row["difference_high"]


def planted() -> Journeys:
    """Those with a wait a second between two touchpoints and repeat one of three; those with b wait an hour and repeat two of three."""
    chance = np.random.default_rng(11)
    log: list[Event] = []
    for customer in range(160):
        late = customer % 2
        log.append((customer, 0, "b" if late else "a"))
        now = 0
        for _ in range(12):
            now += int(chance.exponential(3_600_000 if late else 1_000)) + 1
            log.append((customer, now, "c" if chance.random() < (2 / 3 if late else 1 / 3) else "d"))
    return journeys_of(log)


@pytest.mark.parametrize(
    ("what", "column", "row"),
    [
        ("flow", "share", "c · c"),
        ("flow", "median_seconds", "c · c"),
        ("flow", "mean_seconds", "d · c"),
        ("loops", "median_seconds", "repeats · c"),
        ("reach", "mean_times", "c"),
        ("overview", "events_per_customer", "c"),
        ("times", "median_seconds", "between · c · d"),
        ("times", "share_of_time", "in · c"),
        ("sessions gap=100000d", "median_seconds", "11–20"),
    ],
)
def test_a_planted_difference_is_found(what: str, column: str, row: str) -> None:
    rows = {each["row"]: each for each in planted().ask(compare(what, column)).rows()}
    found = rows[row]
    assert found["clear"] and not found["alike"]
    assert found["difference"] > 0 and found["difference_low"] > 0


def test_intervals_of_events_hold_no_difference_where_there_is_none() -> None:
    # Every customer has a share of their own: 30 events of one say less than 30 events of thirty.
    chance = np.random.default_rng(2)
    asked = compare("flow medians=no")
    drawn = plain = 0
    for _ in range(40):
        log: list[Event] = []
        for customer in range(60):
            log.append((customer, 0, "a" if customer % 2 else "b"))
            mine = chance.beta(0.5, 0.5)
            for place in range(1, 31):
                log.append((customer, 10 * place, "c"))
                log.append((customer, 10 * place + 1, "d" if chance.random() < mine else "e"))
        (row,) = (row for row in journeys_of(log).ask(asked).rows() if row["row"] == "c · d")
        drawn += row["difference_low"] <= 0 <= row["difference_high"]
        sides = [(share, *wilson(round(900 * share), 900)) for share in (row["first"], row["second"])]
        _, low, high = newcombe(*sides)
        plain += low <= 0 <= high
    assert drawn >= 34
    assert plain <= 24


@given(st.integers(1, 40), st.integers(0, 3))
def test_a_number_of_too_few_has_no_difference(draws: int, absent: int) -> None:
    ours, theirs = np.zeros(40), np.linspace(1, 2, 40)
    theirs[:draws] = 1.5
    ours[:absent] = np.nan
    found = by_draws((0.0, None), (1.5, None), ours, theirs)
    assert (found is None) == (absent >= 2)
    if found is not None:
        assert found[0] <= 1.5 <= found[1]
        assert found[2] >= absent / 40


def test_who_is_alone_with_a_number_is_not_called_different() -> None:
    log: list[Event] = [(customer, place * 1000, what) for customer in range(30) for place, what in enumerate("acd")]
    log += [(99, place * 9000, what) for place, what in enumerate("bcd")]
    rows = journeys_of(log).ask(compare("reach", "median_seconds")).rows()
    here = {row["row"]: row for row in rows}["d"]
    assert (here["first"], here["second"], here["difference"], here["clear"]) == (2.0, 18.0, None, False)


def test_few_who_are_all_the_same_are_not_sure_to_stay_so() -> None:
    # Six with b go to d once each; of two hundred with a some go often.
    log = [(customer, place, what) for customer in range(6) for place, what in enumerate("bd")]
    chance = np.random.default_rng(4)
    for customer in range(10, 210):
        log.append((customer, 0, "a"))
        log += [(customer, 1 + place, "d") for place in range(1 + int(chance.poisson(0.6)))]
    rows = {row["row"]: row for row in journeys_of(log).ask(compare("reach", "mean_times")).rows()}
    here = rows["d"]
    assert (here["second"], here["clear"]) == (1.0, False)
    assert here["difference_low"] < 0 < here["difference_high"]


@pytest.mark.parametrize(("name", "parameters"), [each for each in QUESTIONS if each[0] != "compare"])
@settings(max_examples=5, deadline=None)
@given(log=logs)
def test_no_two_rows_have_one_name(name: str, parameters: dict[str, str], log: list[Event]) -> None:
    asked = registry.find("question", name).of({key: each for key, each in parameters.items() if key != "by"})
    labels = labels_of(told([*log, *EVERYBODY]).ask(asked).table)
    assert len(set(labels)) == len(labels)


def test_a_share_of_nobody_is_not_none() -> None:
    # Nobody with b ever comes to c: what follows c has no share there, and is not compared with one of 0.
    log = [
        (customer, place, what) for customer in range(20) for place, what in enumerate("acd" if customer % 2 else "bdd")
    ]
    rows = {row["row"]: row for row in journeys_of(log).ask(compare("flow")).rows()}
    assert rows["c · d"]["second"] is None and rows["c · d"]["difference"] is None
    assert rows["d · d"]["first"] == 0 and rows["d · d"]["second"] == 0.5


def test_shares_of_everybody_are_no_surer_than_their_number() -> None:
    # All three have it: drawn again they always do.
    log = [(customer, place, what) for customer in range(3) for place, what in enumerate("bcd")]
    log += [
        (customer, place, what)
        for customer in range(10, 50)
        for place, what in enumerate("acd" if customer % 2 else "ace")
    ]
    rows = {row["row"]: row for row in journeys_of(log).ask(compare("flow")).rows()}
    here = rows["c · d"]
    assert (here["first"], here["second"]) == (0.5, 1.0)
    assert here["chance"] >= two_shares(20, 40, 3, 3)
    assert not here["clear"]


def test_a_sequence_below_the_support_of_one_is_counted_there() -> None:
    log = [
        (customer, place, what)
        for customer in range(100)
        for place, what in enumerate("acd" if customer % 2 else "bcd")
    ]
    # Of those with a one in two goes on to e, of those with b one in ten: below the support.
    log += [
        (customer, 9, "e") for customer in range(100) if (customer % 4 == 1 if customer % 2 else customer % 20 == 0)
    ]
    rows = journeys_of(log).ask(compare("sequences support=0.2 length=2")).rows()
    here = {row["row"]: row for row in rows}["c > e"]
    assert (here["first"], here["second"]) == (0.5, 0.1)
    assert here["chance"] == pytest.approx(two_shares(25, 50, 5, 50))


def test_what_is_alike_is_said_and_what_is_unsure_is_not_called_so() -> None:
    log: list[Event] = []
    for customer in range(4000):
        path = "ac" if customer % 2 else "bc"
        log += [(customer, place, what) for place, what in enumerate(path)]
        if customer % 3 == 0:
            log.append((customer, 5, "d"))
        if customer % 2 and customer % 5 == 0:
            log.append((customer, 6, "e"))
    finding = journeys_of(log).ask(compare("reach"))
    rows = {row["row"]: row for row in finding.rows()}
    assert rows["d"]["alike"] and not rows["d"]["clear"]
    assert rows["e"]["clear"] and not rows["e"]["alike"]
    assert "“d”" in finding.say_caveats("en")[0]
    few = journeys_of([event for event in log if event[0] < 40]).ask(compare("reach"))
    assert not {row["row"]: row for row in few.rows()}["d"]["alike"]
    assert [caveat.key for caveat in few.caveats] == ["unsure"]


def test_a_column_that_cannot_be_compared_names_those_that_can() -> None:
    journeys = journeys_of([(1, 0, "a"), (1, 1, "b")])
    with pytest.raises(Mistake, match="events_per_customer"):
        journeys.ask(compare("overview", "low"))
    with pytest.raises(Mistake, match=r"median_seconds.*share_of_time"):
        journeys.ask(compare("times"))
