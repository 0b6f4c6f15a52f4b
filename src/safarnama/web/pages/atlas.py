"""The atlas: three answers, then all maps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from safarnama.core import registry
from safarnama.core.errors import Mistake
from safarnama.core.finding import Finding
from safarnama.core.grammar import quoted
from safarnama.core.words.lexicon import channel_title, touchpoint
from safarnama.maps.model import Map
from safarnama.web import cards, mini
from safarnama.web.rendering import page, reader_of
from safarnama.web.shelf import Kept, Shelf

router = APIRouter(include_in_schema=False)
_CHANNELS, _PAINS, _TOUCHPOINTS = 6, 4, 3
_FEWEST = 50  # customers at a touchpoint before its share is worth a line
_STALE_AFTER = 90


@dataclass(frozen=True)
class Row:
    """A line of an answer."""

    title: Any
    share: float
    low: float | None
    high: float | None
    tone: str = ""
    href: str = ""
    number: str = ""


@router.get("/")
def show(request: Request, state: str | None = None, review: str | None = None) -> HTMLResponse:
    """The page."""
    shelf: Shelf = request.app.state.shelf
    language = reader_of(request).language
    today = date.today()
    kept = shelf.maps()
    maps = [each for each in kept if each.document is not None]
    first = next((each for each in maps if each.document and each.document.state == "current"), None)
    chosen = [each for each in kept if _wanted(each, state, review, today)]
    return page(
        request,
        "atlas.html",
        place="atlas",
        data=_data(shelf),
        found=_found(shelf),
        hurts=_hurts(shelf, first, language, today),
        goes=_goes(shelf, first),
        maps=chosen,
        count=len(maps),
        states={
            value: sum(each.document.state == value for each in maps if each.document)
            for value in ("current", "future")
        },
        due=sum(_due(each.document, today) for each in maps if each.document),
        state=state,
        review=review,
        curve=lambda document: mini.curve(document, language, ""),
        honesty_bar=lambda honesty: mini.honesty(honesty, language, ""),
        bar=mini.bar,
        dot=mini.dot,
        stale=lambda document: _stale(document, today),
        due_days=lambda document: (today - document.review_due).days if document.review_due else None,
    )


@router.get("/favicon.ico")
def favicon() -> Response:
    return Response(status_code=204)


def _data(shelf: Shelf) -> dict[str, Any] | None:
    if not shelf.has_data():
        return None
    journeys = shelf.journeys()
    return {"customers": journeys.customers, "events": journeys.events, "period": journeys.scope.period}


def _asked(shelf: Shelf, name: str, **parameters: str) -> tuple[Finding, str] | None:
    """An answer and its address; none where the data cannot answer."""
    if not shelf.has_data():
        return None
    try:
        question = registry.find("question", name).of(parameters)
        finding = shelf.ask(question)
    except Mistake:
        return None
    return finding, f"/ask/{name}?{urlencode({**parameters, 'go': '1'})}"


def _found(shelf: Shelf) -> dict[str, Any] | None:
    """How they find us: on which channels customers are seen."""
    asked = _asked(shelf, "overview", per="channel")
    if asked is None:
        return None
    finding, href = asked
    known = [row for row in finding.rows() if row["name"] is not None]
    if not known:
        return None
    rows = [Row(channel_title(row["name"]), row["share"], row["low"], row["high"]) for row in known[:_CHANNELS]]
    return {"finding": finding, "href": href, "rows": rows, "more": len(known) - len(rows)}


def _hurts(shelf: Shelf, first: Kept | None, language: str, today: date) -> dict[str, Any] | None:
    """Where it hurts: the worst trouble of all, and the pains of the first map."""
    asked = _asked(shelf, "friction")
    if asked is None:
        return None
    finding, href = asked
    question = registry.find("question", "friction")
    troubles = finding.rows()
    rows: list[Row] = []
    curve = kind = None
    if first and first.document:
        document = first.document
        kind = mini.curve_kind(document)
        curve = mini.curve(document, language, "", 400, 120, named=True)
        for lane in document.lanes:
            for card in lane.cards if lane.kind == "pains" else ():
                each = cards.shown(document, lane, card, language, today)
                if each.figure and each.evidence and len(rows) < _PAINS:
                    href_of = f"/maps/{first.id}/cards/{quote(card.id)}?lang={language}"
                    rows.append(
                        Row(
                            each.text,
                            each.figure.value,
                            each.figure.low,
                            each.figure.high,
                            "pain",
                            href_of,
                            each.number,
                        )
                    )
    first_said = question.say(troubles[0], language) if troubles else None
    return {
        "finding": finding,
        "href": href,
        "said": first_said,
        "rows": rows,
        "curve": curve,
        "map": first,
        "kind": kind,
    }


def _goes(shelf: Shelf, first: Kept | None) -> dict[str, Any] | None:
    """Why they buy or leave: what goes with reaching the goal and what with not reaching it."""
    goals = first.document.goal_touchpoints if first and first.document else []
    if not goals:
        return None
    asked = _asked(shelf, "conversion", goal="|".join(map(quoted, goals)))
    if asked is None:
        return None
    finding, href = asked
    before = _before_goal(first.document, set(goals)) if first and first.document else set()
    known = [row for row in finding.rows() if row["customers"] >= _FEWEST and row["touchpoint"] in before]
    if len(known) < 2:
        return None
    usual = sorted(row["share"] for row in known)[len(known) // 2]
    picked = [*known[:_TOUCHPOINTS], *known[max(_TOUCHPOINTS, len(known) - _TOUCHPOINTS) :]]
    rows = [
        Row(
            touchpoint(row["touchpoint"]).title,
            row["share"],
            row["low"],
            row["high"],
            "gain" if row["low"] > usual else "pain" if row["high"] < usual else "",
        )
        for row in picked
    ]
    return {"finding": finding, "href": href, "rows": rows, "usual": usual, "best": rows[0], "worst": rows[-1]}


def _before_goal(document: Map, goals: set[str]) -> set[str]:
    """Touchpoints of the stages before the goal's, and failures on the way: that those who pay go on to buy says nothing."""
    names: set[str] = set()
    for stage in document.stages:
        mine = {name for step in stage.steps for name in step.touchpoints}
        if mine & goals:
            return names | {name for name in mine - goals if touchpoint(name).sign < 0}
        names |= mine
    return names


def _wanted(kept: Kept, state: str | None, review: str | None, today: date) -> bool:
    if kept.document is None:
        return state is None and review is None
    return (state is None or kept.document.state == state) and (review != "due" or _due(kept.document, today))


def _due(document: Map, today: date) -> bool:
    return document.review_due is not None and document.review_due < today


def _stale(document: Map, today: date) -> int | None:
    """How many days ago a map's data ended, where that is too long ago."""
    if document.derived.end is None:
        return None
    days = (today - document.derived.end).days
    return days if days > _STALE_AFTER else None
