"""A card: its words in both languages, its number, and everything it rests on. A page, or a panel beside the map."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from safarnama.core.words import LANGUAGES
from safarnama.maps.words import say
from safarnama.web import cards
from safarnama.web.mistakes import missing
from safarnama.web.rendering import page, reader_of

router = APIRouter(include_in_schema=False)


@router.get("/maps/{name}/cards/{card:path}")
def show(request: Request, name: str, card: str, lang: str | None = None, part: str | None = None) -> HTMLResponse:
    """The page of a card; with ``part=panel`` only its inside, for the map page to show beside the drawing."""
    document = request.app.state.shelf.map(name)
    spoken = lang if lang in LANGUAGES else reader_of(request).language
    found = next(((lane, each) for lane in document.lanes for each in lane.cards if each.id == card), None)
    if found is None:
        raise missing(
            "The map {name} has no card {card}. It may have been removed since; the map shows those there are.",
            "نقشه {name} کارت {card} ندارد. شاید حذف شده باشد؛ نقشه کارت‌های موجود را نشان می‌دهد.",
            name=name,
            card=card[:100],
        )
    lane, mine = found
    today = date.today()
    first, after = document.columns(mine)
    steps = document.steps[first:after]
    return page(
        request,
        "panel.html" if part == "panel" else "card.html",
        place="map",
        id=name,
        document=document,
        spoken=spoken,
        shown=cards.shown(document, lane, mine, spoken, today),
        words={language: say(mine.text, language) for language in LANGUAGES} if mine.text else {},
        lane_name=cards.lane_name(lane, spoken),
        lane_icon=cards.lane_icon(lane),
        steps=[say(step.name, spoken) for step in steps],
        stage=next(say(stage.name, spoken) for stage in document.stages if steps[0] in stage.steps),
        age=lambda evidence: cards.age(evidence, reader_of(request).language, today),
        interval=cards.interval,
    )
