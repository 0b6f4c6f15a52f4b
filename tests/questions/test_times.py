"""Times against every stay written down."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import safarnama as sn
from safarnama.core.errors import Mistake
from tests.journeys.logs import Event, by_customer, journeys_of, logs
from tests.questions.test_shards import in_pieces

COLUMNS = ["p10_seconds", "p25_seconds", "median_seconds", "p75_seconds", "p90_seconds"]


@given(logs, st.sampled_from([None, "a|b,c", "c,a,d|e"]), st.sampled_from([None, 20, 60_000]), st.integers(1, 5))
def test_every_moment_is_in_a_stay_or_between_two(
    log: list[Event], stages: str | None, pause: int | None, pieces: int
) -> None:
    names = {what for _, _, what in log}
    if stages and set(stages) - set("|,") - names:
        return
    stage_of = {name: stage for stage in (stages or ",".join("abcdef")).split(",") for name in stage.split("|")}
    times: dict[tuple[str, str | None], list[int]] = defaultdict(list)
    took: dict[tuple[str, str | None], set[int]] = defaultdict(set)
    for customer, journey in by_customer(log).items():
        stays: list[tuple[str, list[int]]] = []
        for time, what in journey:
            stage = stage_of.get(what)
            if stage is None:
                continue
            if stays and stays[-1][0] == stage and (pause is None or time - stays[-1][1][-1] <= pause):
                stays[-1][1].append(time)
            else:
                stays.append((stage, [time]))
        for place, (stage, mine) in enumerate(stays):
            times[stage, None].append(mine[-1] - mine[0])
            took[stage, None].add(customer)
            if place + 1 < len(stays):
                following, then = stays[place + 1]
                if pause is None or then[0] - mine[-1] <= pause:
                    times[stage, following].append(then[0] - mine[-1])
                    took[stage, following].add(customer)
    question = sn.Times(stages=stages, pause=f"{pause}ms" if pause else None)
    journeys = journeys_of(log)
    with pytest.MonkeyPatch.context() as patch:
        split = in_pieces(journeys, pieces, patch) if log else journeys
    finding = split.ask(question)
    assert finding.table.equals(journeys.ask(question).table)
    rows = {(row["touchpoint"], row["next"]): row for row in finding.rows()}
    assert rows.keys() == times.keys()
    everything = sum(sum(mine) for mine in times.values())
    for key, row in rows.items():
        mine = times[key]
        assert row["kind"] == ("in" if key[1] is None else "between")
        assert (row["times"], row["customers"]) == (len(mine), len(took[key]))
        told = [row[column] * 1000 for column in COLUMNS]
        assert told == pytest.approx(np.percentile(mine, [10, 25, 50, 75, 90]).tolist(), rel=1e-9)
        assert row["mean_seconds"] == pytest.approx(sum(mine) / len(mine) / 1000)
        assert row["share_of_time"] == (sum(mine) / everything if everything else None)
    for number, row in enumerate(finding.rows(), 1):
        assert split.behind(question, number).customers == row["customers"]


def test_stays_measured_by_hand() -> None:
    journeys = journeys_of(
        [(1, 0, "a"), (1, 4000, "a"), (1, 10_000, "b"), (1, 10_000_000, "b"), (2, 0, "a"), (2, 9000, "b")]
    )
    finding = journeys.ask(sn.Times(pause="1h"))
    told = [(row["touchpoint"], row["next"], row["times"], row["median_seconds"]) for row in finding.rows()]
    assert told == [("b", None, 3, 0.0), ("a", None, 2, 2.0), ("a", "b", 2, 7.5)]
    assert finding.say("en") == (
        "79% of the time passes between a and b: 2 times, 8 s at the median and 8 s on average"
    )
    assert "میان «a» و «b»" in finding.say("fa")
    assert "Time between" in finding.picture().svg("en")
    assert journeys_of([(1, 0, "a")]).ask(sn.Times()).say("en") == "No time passes within these journeys"


@pytest.mark.parametrize(("stages", "said"), [("a|b,b", "two stages"), ("a,b?", "no stage"), ("a,z", "z")])
def test_stages_that_cannot_be(stages: str, said: str) -> None:
    with pytest.raises(Mistake, match=said):
        journeys_of([(1, 0, "a"), (1, 1, "b")]).ask(sn.Times(stages=stages))
