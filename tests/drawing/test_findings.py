"""Pictures of findings: every question in both languages, words that never meet, and the numbers of the finding in them."""

from __future__ import annotations

import itertools
import os
import re
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safarnama.core import registry
from safarnama.core.finding import Finding
from safarnama.core.words import LANGUAGES, speech
from safarnama.core.words.lexicon import channel_title, touchpoint, value_title
from safarnama.drawing.bounds import bounds
from safarnama.drawing.charts import flow
from safarnama.drawing.charts.naming import lines
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Box, Scene, Text
from safarnama.drawing.scene import Path as Curve
from safarnama.drawing.shaping import width
from safarnama.drawing.svg import svg
from safarnama.journeys.journeys import Journeys
from tests.drawing.geometry import fallen, overlaps
from tests.journeys.logs import Event, journeys_of, logs

HERE = Path(__file__).parent / "snapshots"
NAMES = (
    "home",
    "product_viewed",
    "T05 Print and send confirmation of receipt",
    "پرسیدن از پشتیبانی درباره زمان رسیدن مرسوله",
    "T12 Check document X request unlicensed",
    "purchase",
)
ASKED: dict[str, dict[str, Any]] = {
    "channels": {},
    "compare": {"what": "paths length=2", "first": "during 1970-01-01..1970-01-03", "second": "during 1970-01-04.."},
    "conformance": {"plan": "home,product_viewed,purchase"},
    "conversion": {"goal": "purchase"},
    "dropoff": {"silence": "1d"},
    "flow": {},
    "handovers": {},
    "instead": {"steps": "home,product_viewed,purchase"},
    "lifecycle": {"period": "day"},
    "loops": {},
    "overview": {},
    "paths": {"length": 3, "top": 4},
    "progress": {"stages": "home,product_viewed,purchase"},
    "reach": {},
    "representatives": {},
    "retention": {"period": "day"},
    "roles": {"stages": "home,product_viewed,purchase"},
    "sankey": {"steps": 4, "top": 3},
    "sequences": {"goal": "purchase", "support": 0.1, "length": 3},
    "sessions": {},
    "stepmatrix": {},
    "times": {},
    "tree": {"length": 4, "top": 3},
    "trend": {},
}
# Those whose picture says more than bars do are kept as people see them.
KEPT = ("channels", "compare", "flow", "paths", "sankey", "sequences", "tree", "trend")


def _log() -> list[Event]:
    """Two hundred customers over some days; which steps they take is a stated rule, so nothing is left to chance."""
    log: list[Event] = []
    for customer in range(200):
        start = customer % 9 * 86_400_000
        walk = [customer % 2, 1, (customer * 7) % 6, (customer * customer) % 5, 1 + customer % 4]
        walk = walk[: 2 + customer % 4] + ([5] if customer % 3 else [])
        log += [
            (customer, start + minute * 60_000 * (1 + customer % 50), NAMES[step]) for minute, step in enumerate(walk)
        ]
    return log


@pytest.fixture(scope="module")
def journeys() -> Journeys:
    log = _log()
    columns = {
        "who": [customer for customer, _, _ in log],
        "when": [time * 1000 for _, time, _ in log],
        "what": [what for _, _, what in log],
        "channel": [("app", "website", "call_centre")[(customer + len(what)) % 3] for customer, _, what in log],
    }
    return Journeys.from_table(
        pa.table(columns), customer="who", touchpoint="what", time="when", dimensions=["channel"]
    )


@pytest.fixture(scope="module")
def findings(journeys: Journeys) -> dict[str, Finding]:
    return {name: journeys.ask(registry.find("question", name).of(asked)) for name, asked in ASKED.items()}


def _words(scene: Scene) -> list[str]:
    return [mark.text for mark in scene.walk() if isinstance(mark, Text)]


def _said(value: Any, form: str, language: str) -> str:
    return speech.say(value, form, language)


def _sound(finding: Finding, language: str) -> Scene:
    """The picture, after a look at what holds for every one."""
    scene = finding.picture().scene(language)
    assert overlaps(scene) == []
    assert fallen(scene) == []
    if language == "fa":
        named = " ".join(NAMES)
        for said in _words(scene):
            loose = [digit for digit in re.findall(r"\d+", said) if re.search(r"[0-9]", digit) and digit not in named]
            assert not loose, said
    return scene


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ASKED)
def test_words_of_a_picture_never_meet(name: str, language: str, findings: dict[str, Finding]) -> None:
    _sound(findings[name], language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [name for name in ASKED if name not in ("compare", "handovers")])
def test_nor_do_those_of_segments(name: str, language: str, journeys: Journeys) -> None:
    _sound(journeys.ask(registry.find("question", name).of({**ASKED[name], "by": "channel"})), language)


@pytest.mark.parametrize("name", KEPT)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_looks_as_it_did(name: str, language: str, findings: dict[str, Finding]) -> None:
    drawn = re.sub(r"(?<=>)(?=<)", "\n", svg(findings[name].picture().scene(language))) + "\n"
    kept = HERE / f"finding-{name}-{language}.svg"
    if os.environ.get("SAFARNAMA_SNAPSHOTS") == "write":
        kept.write_text(drawn, encoding="utf-8")
    assert drawn == kept.read_text(encoding="utf-8")


# ---------------------------------------------------------------------------------------------------------------- flow


@settings(max_examples=30)
@given(logs)
def test_no_passage_that_is_left_out_is_larger_than_one_that_is_drawn(log: list[Event]) -> None:
    finding = journeys_of(log).ask(registry.find("question", "flow").of({}))
    passages = sorted(
        (row["count"] for row in finding.rows() if None not in (row["from"], row["to"]) and row["from"] != row["to"]),
        reverse=True,
    )
    scene = finding.picture().scene("en") if finding.rows() else None
    if scene is None or not passages:
        return
    assert fallen(scene) == []
    ribbons = [mark for mark in scene.walk() if isinstance(mark, Curve) and mark.opacity < 1]
    told = next(said for said in _words(scene) if said.startswith("The ") and "largest of" in said)
    assert told.startswith(f"The {len(ribbons)} largest of {len(passages)} passages")
    assert f"{_said(sum(passages[: len(ribbons)]) / sum(passages), 'percent', 'en')} of all {sum(passages)}" in told
    assert str(passages[0]) in _words(scene)


passages = st.dictionaries(
    st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde")).filter(lambda pair: pair[0] != pair[1]),
    st.integers(1, 50),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60)
@given(passages, st.dictionaries(st.sampled_from("abcde"), st.integers(0, 50)))
def test_the_order_of_touchpoints_is_the_best_there_is(
    counts: dict[tuple[str, str], int], starts: dict[str, int]
) -> None:
    names = sorted({name for pair in counts for name in pair})

    def worth(order: tuple[str, ...]) -> float:
        place = {name: number for number, name in enumerate(order)}
        onward = sum(n for (a, b), n in counts.items() if place[a] < place[b])
        length = sum(n * abs(place[a] - place[b]) for (a, b), n in counts.items())
        return onward - flow._LENGTH * (length + sum(starts.get(name, 0) * place[name] for name in names))

    found = flow._ordered(names, counts, counts, starts)
    assert sorted(found) == names
    assert worth(tuple(found)) == pytest.approx(max(worth(order) for order in itertools.permutations(names)))


# ---------------------------------------------------------------------------------------------------------------- tree


def _branches(scene: Scene) -> list[Box]:
    return [mark for mark in scene.walk() if isinstance(mark, Box) and mark.fill in ("lapis-tint", "track")]


@settings(max_examples=40)
@given(logs, st.integers(1, 4))
def test_branches_lie_beside_each_other_and_words_have_room(log: list[Event], top: int) -> None:
    finding = journeys_of(log).ask(registry.find("question", "tree").of({"length": 4, "top": top}))
    if not finding.rows():
        return
    scene = finding.picture().scene("en")
    assert overlaps(scene) == []
    boxes = _branches(scene)
    first = [box for box in boxes if box.x == min(each.x for each in boxes)]
    # Everybody begins somewhere: the first column is whole.
    assert sum(box.height + 1 for box in first) == pytest.approx(620)
    for a, b in itertools.combinations(boxes, 2):
        assert (
            min(a.x + a.width, b.x + b.width) - max(a.x, b.x) < 1e-6
            or min(a.y + a.height, b.y + b.height) - max(a.y, b.y) < 1e-6
        )
    for mark in scene.walk():
        if isinstance(mark, Text) and mark.size in (11.5, 11) and mark.weight >= 600 and mark.y > first[0].y:
            holding = [
                box
                for box in boxes
                if box.x <= mark.x <= box.x + box.width and box.y <= mark.y - 3 <= box.y + box.height
            ]
            assert holding and holding[0].height >= 16, mark.text


def test_thin_branches_are_together_under_a_name(findings: dict[str, Finding]) -> None:
    rows = findings["tree"].rows()
    thin = [row for row in rows if row["share_of_all"] * 620 < 17]
    assert thin, "the log must have thin branches"
    words = _words(findings["tree"].picture().scene("en"))
    assert "various" in words or "other" in words


# --------------------------------------------------------------------------------------------------------- one by one


def test_other_and_ended_have_two_colours_and_both_are_named(findings: dict[str, Finding]) -> None:
    scene = findings["sankey"].picture().scene("en")
    fills = {mark.fill for mark in scene.walk() if isinstance(mark, Curve)}
    assert {"lapis", "ink-3", "gone"} <= fills
    assert {"other touchpoints", "ends there"} <= set(_words(scene))
    bars = {mark.fill for mark in scene.walk() if isinstance(mark, Box) and mark.width == 9}
    assert "ink-3" in bars
    assert "gone" not in bars


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=200), st.sampled_from(["day", "week", "month"]))
def test_dates_of_a_trend_never_meet(days: list[int], per: str) -> None:
    log = [
        (customer, day * 86_400_000 + 1, "a") for day, many in enumerate(days) for customer in range(day, day + many)
    ]
    finding = journeys_of(log).ask(registry.find("question", "trend").of({"per": per}))
    if finding.rows():
        for language in LANGUAGES:
            assert overlaps(finding.picture().scene(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_trend_says_every_level(language: str) -> None:
    log = [(customer, day * 86_400_000, "a") for day in range(80) for customer in range(3 if day < 40 else 30)]
    finding = journeys_of(log).ask(registry.find("question", "trend").of({}))
    levels = {round(row["level"]) for row in finding.rows() if row["level"] is not None}
    assert len(levels) == 2
    words = _words(finding.picture().scene(language))
    for level in levels:
        assert _said(level, "count", language) in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shown_sequence_says_its_lift(language: str, findings: dict[str, Finding]) -> None:
    finding = findings["sequences"]
    words = _words(finding.picture().scene(language))
    rows = [row for row in finding.rows() if row["lift"] is not None][:24]
    assert rows
    for row in rows:
        lift = _said(row["lift"], "number.2", language)
        assert any(lift in said for said in words)
        share, n = _said(row["goal_share"], "percent", language), _said(row["customers"], "count", language)
        assert any(share in said and n in said for said in words)


def test_without_a_goal_sequences_are_bars(journeys: Journeys) -> None:
    finding = journeys.ask(registry.find("question", "sequences").of({"support": 0.1}))
    assert finding.chart is not None
    assert finding.chart.name == "bars"


@pytest.mark.parametrize("language", LANGUAGES)
def test_channels_name_touchpoints_and_channels(language: str, findings: dict[str, Finding]) -> None:
    finding = findings["channels"]
    words = _words(finding.picture().scene(language))
    for row in finding.rows():
        assert channel_title(row["channel"]).say(language) in " ".join(words)
        if row["touchpoint"] is not None:
            title = touchpoint(row["touchpoint"]).title.say(language)
            assert any(title == said or (said.endswith("…") and title.startswith(said[:-1])) for said in words)
        assert _said(row["share"], "percent", language) in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comparison_says_both_numbers_and_filters_in_words(language: str, findings: dict[str, Finding]) -> None:
    finding = findings["compare"]
    words = _words(finding.picture().scene(language))
    assert not any("during" in said or ".." in said for said in words)
    for row in finding.rows()[:24]:
        for key in ("first", "second"):
            assert _said(row[key], "percent.1", language) in words


def test_places_of_a_comparison_are_numbers_of_their_language(journeys: Journeys) -> None:
    what = "funnel steps=home,product_viewed,purchase"
    finding = journeys.ask(registry.find("question", "compare").of({"what": what, "by": "channel"}))
    for said in (finding.say("fa"), *_words(finding.picture().scene("fa"))):
        assert not re.search("[0-9]", said), said


def test_other_does_not_set_the_scale_of_paths(findings: dict[str, Finding]) -> None:
    rows = findings["paths"].rows()
    assert rows[-1]["path"] == "other"
    assert rows[-1]["customers"] > rows[0]["customers"]
    scene = findings["paths"].picture().scene("en")
    bars = [mark for mark in scene.walk() if isinstance(mark, Box) and mark.height == 14 and mark.fill == "lapis"]
    full = next(
        mark.width for mark in scene.walk() if isinstance(mark, Box) and mark.height == 14 and mark.fill == "track"
    )
    assert bars[0].width == pytest.approx(full * rows[0]["share"] / rows[0]["high"])
    assert _said(rows[-1]["share"], "percent", "en") in _words(scene)


def test_a_share_that_is_there_is_never_said_to_be_none() -> None:
    log = [(customer, time, "ab"[time] if customer else "ba"[time]) for customer in range(4000) for time in (0, 1)]
    finding = journeys_of(log).ask(registry.find("question", "paths").of({"length": 2}))
    words = _words(finding.picture().scene("en"))
    assert "<0.1%" in words
    assert "0.0%" not in words


@pytest.mark.parametrize("name", ["overview", "reach", "conversion", "instead", "sequences"])
def test_no_segment_is_left_out_for_another(name: str, journeys: Journeys) -> None:
    finding = journeys.ask(registry.find("question", name).of({**ASKED[name], "by": "channel"}))
    words = _words(finding.picture().scene("fa"))
    segments = {row["segment"] for row in finding.rows()}
    assert len(segments) > 1
    assert {value_title(segment).fa for segment in segments} <= set(words)


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(["tree", "sankey"]), st.integers(2, 30), st.integers(1, 12), st.sampled_from(LANGUAGES))
def test_many_steps_have_room_or_are_in_the_table(name: str, steps: int, top: int, language: str) -> None:
    log = [
        (customer, place * 1_000, NAMES[(customer * (place + 1) + place) % 6])
        for customer in range(60)
        for place in range(10 + customer % 25)
    ]
    asked = {"length" if name == "tree" else "steps": steps, "top": top}
    scene = _sound(journeys_of(log).ask(registry.find("question", name).of(asked)), language)
    assert all(mark.width > 2 for mark in scene.walk() if isinstance(mark, Box))


@given(st.text("abc ", min_size=1, max_size=60).filter(str.strip), st.floats(20, 200), st.integers(1, 3))
def test_no_name_is_broken_inside_a_word(text: str, room: float, most: int) -> None:
    told = lines(text, room, 12, 600, most)
    assert len(told) <= most
    words = text.split()
    for word in " ".join(told).split():
        assert word in words or (word.endswith("…") and any(each.startswith(word[:-1]) for each in words)), told
    assert all(width(line, 12, 600) <= room for line in told)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", KEPT)
def test_names_may_be_anything(name: str, language: str) -> None:
    odd = ("home", "product_viewed", "_", "<script>alert(1)</script>&", "و" * 90, "purchase")
    log = [(customer, time, odd[NAMES.index(what)]) for customer, time, what in _log()]
    table = {
        "who": [customer for customer, _, _ in log],
        "when": [time * 1000 for _, time, _ in log],
        "what": [what for _, _, what in log],
        "channel": [("app", "x" * 60, "&")[(customer + len(what)) % 3] for customer, _, what in log],
    }
    asked = Journeys.from_table(
        pa.table(table), customer="who", touchpoint="what", time="when", dimensions=["channel"]
    ).ask(registry.find("question", name).of(ASKED[name]))
    scene = asked.picture().scene(language)
    assert overlaps(scene) == []
    assert fallen(scene) == []
    assert "<script>" not in svg(scene)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ASKED)
def test_a_chart_alone_keeps_within_what_it_says_it_took(
    name: str, language: str, findings: dict[str, Finding]
) -> None:
    """A page draws the chart without headline and margins."""
    pen = Pen(language)
    high = findings[name].picture().draw(pen, findings[name], 0.0, 0.0, 788.0)
    left, top, right, bottom = bounds(pen.marks) or (0.0, 0.0, 0.0, 0.0)
    assert left >= -1
    assert top >= -6
    assert right <= 789
    assert bottom <= high + 6
