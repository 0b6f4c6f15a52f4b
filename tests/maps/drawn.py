"""Maps of every shape: what tests of the document and of its drawings draw from."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

from hypothesis import strategies as st

from safarnama.maps.lanes import LaneKind
from safarnama.maps.model import Map

LANES = tuple(kind for kind in get_args(LaneKind) if kind != "feeling")
PIXEL = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
NEEDED = {"need": ["functional", "emotional", None], "met": [True, False, None]}
ASIDES: dict[str, dict[str, list[Any]]] = {
    "touchpoints": {
        "kind": ["communication", "action", "decision", "wait"],
        "status": ["planned", "failed", None],
        "device": [None, "mobile", {"en": "Card reader", "fa": "دستگاه کارت‌خوان"}],
        "place": [None, {"en": "At the counter", "fa": "پای باجه"}],
        "initiator": [None, {"actor": "Sara", "label": {"en": "asks", "fa": "می‌پرسد"}}],
        "receiver": [None, {"actor": {"en": "Bank", "fa": "بانک"}}],
    },
    "channels": {"role": ["opens", "assists", "closes", None]},
    "feelings": {"polarity": ["positive", "neutral", "negative", None]},
    "risks": {"likelihood": [None, 1, 5], "impact": [None, 1, 5]},
    "needs": NEEDED,
    "expectations": NEEDED,
    "images": {"image": [None, "data:image/png;base64,AAAA", PIXEL]},
}
PHRASES = {
    "en": [
        "Pays",
        "Looks at the status four times a day.",
        "The money left my account and there is no order. Whom do I call? I have tried three times since noon, on two phones.",
        "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",
        "payment_gateway_timeout/retry-3.final",
        "نامه فارسی inside an English card (٪۳۵)",
        "mail me: sara.k+shop@example.com [ref 12/7] <b>&amp;",
        "👍🏽 nice 🎁",
    ],
    "fa": [
        "پرداخت",
        "روزی چهار بار وضعیت سفارش را نگاه می‌کند.",
        "پول از حسابم رفت ولی سفارشی ثبت نشد؛ حالا به چه کسی زنگ بزنم؟ از ظهر تا حالا سه بار با دو گوشی امتحان کرده‌ام.",
        "قسطنطنیه‌نشینان‌یمان‌همچنان‌دل‌آشوب‌ترینانند",
        "درگاه payment_gateway در نسخه 2.14 (iOS) خطا داد: ۱۲٪ از ۳٬۲۰۰ بار",
        "به sara@example.com نامه بدهید [کد ۱۲/۷] <b>&amp;",
        "👍🏽 عالی 🎁",
    ],
}
DAY = date(2026, 9, 25)

words = st.builds(
    lambda en, fa, plain: en if plain else {"en": en, "fa": fa},
    st.sampled_from(PHRASES["en"]),
    st.sampled_from(PHRASES["fa"]),
    st.booleans(),
)
evidence = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["measured", "surveyed", "observed"]),
        "n": st.sampled_from([3, 12, 1_284, 48_210]),
        "start": st.just("2026-06-22"),
        "end": st.sampled_from(["2025-01-01", "2026-09-22"]),
    }
)
figures = st.fixed_dictionaries(
    {
        "value": st.floats(0, 1),
        "form": st.sampled_from(["percent", "number", "duration", "money.IRR", "signed"]),
        "label": words,
        "series": st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=12),
        "target": st.sampled_from([None, 0.4]),
        "benchmark": st.sampled_from(
            [None, {"value": 0.31, "of": {"en": "The trade", "fa": "صنف"}, "source": "report"}]
        ),
        "good": st.sampled_from([None, "up", "down"]),
    }
)

backed = st.lists(evidence, max_size=1)
efforts = st.fixed_dictionaries(
    {
        "department": words,
        "level": st.sampled_from([None, 1, 5]),
        "hours": st.sampled_from([None, 40.0]),
        "evidence": backed,
    }
)
objections = st.fixed_dictionaries(
    {"text": words, "answer": st.none() | words, "material": st.none() | words, "evidence": backed}
)
traits = st.fixed_dictionaries(
    {"low": words, "high": words, "value": st.sampled_from([0.0, 60.0, 100.0]), "evidence": backed}
)


@st.composite
def maps(draw: Any, stages: tuple[int, int] = (1, 9), steps: int = 3) -> Map:
    """Any map: a few stages or many, lanes full or empty, words long or short, in one language or both."""
    places: list[str] = []
    drawn_stages = []
    for stage in range(draw(st.integers(*stages))):
        mine = [f"s{stage}-{step}" for step in range(draw(st.integers(1, steps)))]
        places += mine
        drawn_stages.append(
            {
                "id": f"stage-{stage}",
                "name": draw(words),
                "tagline": draw(st.none() | words),
                "goal": draw(st.none() | words),
                "business_goal": draw(st.none() | words),
                "owner": draw(st.none() | words),
                "effort": draw(st.lists(efforts, max_size=1)),
                "evidence": draw(backed),
                "steps": [
                    {
                        "id": name,
                        "name": draw(words),
                        "moment_of_truth": draw(st.integers(0, 5)) == 0,
                        "owner": draw(st.none() | words),
                        "map": draw(st.sampled_from([None, "payment"])),
                        "wait": draw(st.sampled_from([None, 540.0])),
                        "evidence": draw(backed),
                    }
                    for name in mine
                ],
            }
        )
    lanes, derived = [], {}
    for kind in draw(st.lists(st.sampled_from(LANES), unique=True, max_size=12)):
        cards = []
        for place, name in enumerate(places):
            for more in range(draw(st.integers(0, 2))):
                card = {"id": f"{kind}-{place}-{more}", "at": name, "text": draw(st.none() | words)}
                if draw(st.booleans()):
                    card["evidence"] = [draw(evidence)]
                if kind in ASIDES:
                    card |= {field: draw(st.sampled_from(values)) for field, values in ASIDES[kind].items()}
                if draw(st.booleans()):
                    derived[card["id"]] = {"figure": draw(figures), "evidence": [draw(evidence)]}
                cards.append(card)
        lanes.append({"id": f"lane-{kind}", "kind": kind, "cards": cards})
    felt = draw(st.lists(st.sampled_from(places), unique=True))
    points = [
        {
            "step": name,
            "value": (value := draw(st.floats(-2, 2))),
            "low": max(-2.0, value - 0.3),
            "high": min(2.0, value + 0.3),
            "evidence": draw(st.lists(evidence, max_size=1)),
        }
        for name in places
        if name in felt
    ]
    share = 1.0
    reached = {}
    for stage in drawn_stages:
        reached[stage["id"]] = {"customers": round(48_210 * share), "share": share}
        share *= draw(st.floats(0, 1))
    return Map.model_validate(
        {
            "id": "any",
            "title": draw(words),
            "subtitle": draw(st.none() | words),
            "goal": draw(st.none() | words),
            "business_goal": draw(st.none() | words),
            "owner": draw(st.none() | words),
            "review_due": draw(st.sampled_from([None, "2026-01-01", "2027-01-01"])),
            "variant_of": draw(st.sampled_from([None, "gift"])),
            "inside": draw(st.sampled_from([None, "a_life"])),
            "opportunities": draw(_opportunities(places)),
            "actions": draw(st.lists(_actions, max_size=2, unique_by=lambda each: each["id"])),
            "state": draw(st.sampled_from(["current", "future", "ideal"])),
            "personas": [
                {
                    "id": f"p{number}",
                    "name": draw(words),
                    "summary": draw(st.none() | words),
                    "jobs": draw(st.lists(words, max_size=1)),
                    "value": draw(
                        st.sampled_from([None, {"amount": 96_000_000.5, "unit": {"en": "toman", "fa": "تومان"}}])
                    ),
                    "objections": draw(st.lists(objections, max_size=1)),
                    "traits": draw(st.lists(traits, max_size=1)),
                }
                for number in range(draw(st.integers(0, 3)))
            ],
            "links": draw(st.lists(_links(places), max_size=2)),
            "comments": draw(st.lists(_comments(places), max_size=2, unique_by=lambda each: each["id"])),
            "stages": drawn_stages,
            "lanes": lanes,
            "curves": [{"id": "felt", "points": points}] if points else [],
            "derived": {
                "customers": 48_210,
                "events": 312_880,
                "stages": reached if draw(st.booleans()) else {},
                "cards": derived,
            },
        }
    )


_actions = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["do-1", "do-2", "do-3"]),
        "text": words,
        "owner": st.none() | words,
        "department": st.none() | words,
        "due": st.sampled_from([None, "2026-01-01", "2027-01-01"]),
        "ticket": st.sampled_from([None, "CX-12", "javascript:alert(1)", "https://tracker.example/CX-12?<b>"]),
        "status": st.sampled_from(["idea", "planned", "doing", "done", "dropped"]),
    }
)


@st.composite
def _opportunities(draw: Any, places: list[str]) -> list[dict[str, Any]]:
    scores = st.sampled_from([None, 1, 5])
    return [
        {
            "id": f"op-{number}",
            "text": draw(words),
            "at": draw(st.none() | st.sampled_from(places)),
            "value": draw(scores),
            "effort": draw(scores),
            "customers": draw(st.sampled_from([None, 3, 412])),
            "evidence": draw(backed),
        }
        for number in range(draw(st.integers(0, 2)))
    ]


def _comments(places: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "id": st.sampled_from(["said-1", "said-2"]),
            "about": st.sampled_from(places),
            "text": words,
            "author": st.none() | words,
            "day": st.sampled_from([None, "2026-09-01"]),
        }
    )


def _links(places: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """A way between any two steps."""
    return st.fixed_dictionaries(
        {
            "from": st.sampled_from(places),
            "to": st.sampled_from(places),
            "kind": st.sampled_from(["next", "loop", "branch"]),
            "label": st.none() | words,
            "condition": st.none() | words,
            "wait": st.sampled_from([None, 0.0, 172_800.0]),
            "share": st.sampled_from([None, 0.0, 0.31, 1.0]),
            "evidence": backed,
        }
    )
