"""Rules for names against plain wildcards, and the file that a workspace keeps of them."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import safarnama as sn
from safarnama.core.taxonomy import Rule, Taxonomy
from safarnama.journeys.shaping.rename import Regrouped
from tests.journeys.logs import Event, journeys_of, logs
from tests.journeys.shaped import read, rich

NAMES = dict(zip("abcdef", ["shop_view", "shop_add", "pay_1", "pay_2", "end", "a*"], strict=True))
RULES = st.lists(
    st.tuples(
        st.sampled_from(["shop_*", "*_1", "pay_*", "*", "end", "e*d", "a*", "shop_view"]),
        st.sampled_from(["x", "end", "new one"]),
    ),
    max_size=3,
    unique_by=lambda rule: rule[0],
)


def named(log: list[Event]) -> list[Event]:
    return [(who, when, NAMES[what]) for who, when, what in log] + [
        (9, at, name) for at, name in enumerate(NAMES.values())
    ]


def by_hand(name: str, rules: list[tuple[str, str]]) -> str:
    return next((new for pattern, new in rules if fnmatchcase(name, pattern)), name)


@given(logs, RULES, st.integers(1, 3))
def test_names_are_read_as_the_first_rule_that_fits_says(
    log: list[Event], rules: list[tuple[str, str]], parts: int
) -> None:
    journeys = rich(named(log), parts)
    shaped = journeys.renamed(dict(rules))
    wanted = [
        (key, [(when, by_hand(what, rules), where, number) for when, what, where, number in mine])
        for key, mine in read(journeys)
    ]
    assert read(shaped) == wanted
    assert shaped.touchpoints == tuple(sorted({by_hand(name, rules) for name in journeys.touchpoints}))
    assert [shard.code is old.code for shard, old in zip(shaped.shards, journeys.shards, strict=True)] == [True] * len(
        journeys.shards
    )


@given(logs)
def test_values_of_a_dimension_become_one(log: list[Event]) -> None:
    journeys = rich([*log, (8, 0, "a"), (8, 0, "b"), (8, 0, "c")])
    shaped = journeys.shape("rename where a*|w*=online")
    wanted = [
        (key, [(when, what, where and "online", number) for when, what, where, number in mine])
        for key, mine in read(journeys)
    ]
    assert read(shaped) == wanted
    assert shaped.where("where = online").events == journeys.where("where = app|web").events
    assert isinstance(shaped.shards[0].words, Regrouped)


def test_what_a_star_caught_stands_for_a_star_in_the_new_name() -> None:
    journeys = journeys_of([(1, 0, "app_view"), (1, 1, "web_view"), (1, 2, "web_buy")])
    assert journeys.renamed({"app_*": "*", "web_*": "*"}).touchpoints == ("buy", "view")
    assert journeys.renamed({"*_*": "*@*"}).touchpoints == ("app@view", "web@buy", "web@view")


def test_shapes_after_it_know_the_new_names_only() -> None:
    journeys = journeys_of([(1, 0, "pay_1"), (1, 5, "pay_2"), (1, 9, "end")])
    assert journeys.shape("rename pay_*=pay; collapse; cut before end").events == 2
    with pytest.raises(sn.Mistake, match="pay_1 is not here"):
        journeys.shape("rename pay_*=pay; cut before pay_1")


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        ("rename pey_*=x", "The rule pey_\\* fits no name. Nearest: pay_1, pay_2"),
        ("rename zzzzz=x", "Known: end, pay_1, pay_2"),
        ("rename channle pay_*=x", "Dimension channle is not here"),
        ("rename where ap=x", "Nearest: app"),
    ],
)
def test_a_rule_that_fits_nothing_says_so(shape: str, said: str) -> None:
    log = [(who, 0, name) for who in (1, 2) for name in ("pay_1", "pay_2", "end")]
    with pytest.raises(sn.Mistake, match=said) as seen:
        journeys_of(log, where="yes").shape(shape)
    assert re.search("[ا-ی]", seen.value.say("fa"))


def test_a_taxonomy_comes_back_as_it_went(tmp_path: Path) -> None:
    taxonomy = Taxonomy(
        {"touchpoint": (Rule(("pay_*", "x"), "پرداخت"), Rule(("b",), "c")), "channel": (Rule(("insta*",), "social"),)}
    )
    (tmp_path / "t.yaml").write_text(taxonomy.yaml(), encoding="utf-8")
    assert Taxonomy.read(tmp_path / "t.yaml") == taxonomy
    (tmp_path / "t.csv").write_text(
        "from,to,of\npay_*,پرداخت,\nb,c,touchpoint\ninsta*,social,channel\n", encoding="utf-8"
    )
    assert Taxonomy.read(tmp_path / "t.csv").rules["channel"] == taxonomy.rules["channel"]
    for bad in ("- a\n", "touchpoints: [a]\n", "a: {b: [}", "touchpoints: {a: []}\n"):
        (tmp_path / "bad.yaml").write_text(bad, encoding="utf-8")
        with pytest.raises(sn.Mistake, match="cannot be read as rules"):
            Taxonomy.read(tmp_path / "bad.yaml")
    (tmp_path / "bad.csv").write_text("old,new\na,b\n", encoding="utf-8")
    with pytest.raises(sn.Mistake, match="from,to"):
        Taxonomy.read(tmp_path / "bad.csv")


def test_a_workspace_reads_names_by_its_rules_and_forgets_them(tmp_path: Path) -> None:
    shop = sn.new(tmp_path / "shop")
    lines = ["user_id,timestamp,event,channel"]
    lines += [
        f"u{n},2026-01-0{n}T10:00:00,{what},{where}"
        for n in range(1, 6)
        for what, where in (("pay_a", "insta_1"), ("pay_b", "app"))
    ]
    (tmp_path / "e.csv").write_text("\n".join(lines) + "\n")
    shop.import_files(tmp_path / "e.csv")
    before = shop.journeys()
    Taxonomy().more("touchpoint", [Rule(("pay_*",), "pay")]).more(
        "channel", [Rule(("insta*",), "social"), Rule(("later*",), "x")]
    ).save(shop)
    after = shop.journeys()
    assert (before.touchpoints, after.touchpoints) == (("pay_a", "pay_b"), ("pay",))
    assert sorted(row["name"] for row in after.ask(sn.Overview(per="channel")).rows()) == ["app", "social"]
    assert after.scope.fingerprint != before.scope.fingerprint
    assert shop.journeys(renamed=False).scope.fingerprint == before.scope.fingerprint
    assert np.array_equal(before.shards[0].code, after.shards[0].code)
    Taxonomy().save(shop)
    assert shop.journeys().scope.fingerprint == before.scope.fingerprint
