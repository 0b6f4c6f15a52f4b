"""A map: its drawing, its table, its files."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from safarnama.core import registry
from safarnama.core.words import LANGUAGES
from safarnama.drawing import draw
from safarnama.drawing.layouts.layout import layouts_of_a_map
from safarnama.maps.model import Map
from safarnama.maps.words import say
from safarnama.web import cards, drawn, mini
from safarnama.web.rendering import page, reader_of

_FIRST = ("pdf", "png", "pptx", "html", "svg", "xlsx")
router = APIRouter(include_in_schema=False)


@router.get("/maps/{name}")
def show(request: Request, name: str, lang: str | None = None, layout: str = "grid") -> HTMLResponse:
    """The page of a map."""
    shelf = request.app.state.shelf
    kept = shelf.kept(name)
    document = shelf.map(name)
    spoken = lang if lang in LANGUAGES else reader_of(request).language
    today = date.today()
    honesty = document.honesty(today)
    by_lane = cards.by_lane(document, spoken, today, worst_first=True)
    return page(
        request,
        "map.html",
        place="map",
        id=name,
        document=document,
        spoken=spoken,
        turned="en" if spoken == "fa" else "fa",
        layout=layout,
        drawing=shelf.once(
            (name, kept.version, layout, spoken, today),
            lambda: drawn.drawing(document, layout, spoken, drawn.destinations(document, name, spoken), today),
        ),
        honesty=honesty,
        honesty_bar=mini.honesty(honesty, reader_of(request).language, "", 220),
        curve=mini.curve(document, spoken, "", 620, 84),
        rows=cards.rows(document, spoken, today),
        pains=[each for lane, found in by_lane if lane.kind == "pains" for each in found if each.evidence],
        at_step=_by_step(document, by_lane),
        lane_name=cards.lane_name,
        lane_icon=cards.lane_icon,
        layouts={each: registry.find("layout", each).title for each in layouts_of_a_map()},
        outputs={each: registry.find("output", each).title for each in _outputs()},
    )


def _outputs() -> list[str]:
    """Every output: those for people first."""
    names = registry.names("output")
    return [*(name for name in _FIRST if name in names), *(name for name in names if name not in _FIRST)]


def _by_step(document: Map, by_lane: list) -> list:
    """For every step its lanes, what hurts first, with the cards that stand there."""
    found = []
    for place, step in enumerate(document.steps):
        lanes = []
        for lane, shown in by_lane:
            here = [each for each in shown if _covers(document, each.card, place)]
            if here:
                lanes.append((lane, here))
        stage = next(stage for stage in document.stages if step in stage.steps)
        found.append((step, stage, lanes))
    return found


def _covers(document: Map, card, place: int) -> bool:  # type: ignore[no-untyped-def]
    first, after = document.columns(card)
    return bool(first <= place < after)


@router.get("/maps/{name}/download/{output}")
def download(
    request: Request, name: str, output: str, lang: str = "en", layout: str = "grid", theme: str = "paper"
) -> Response:
    """The map as a file."""
    document = request.app.state.shelf.map(name)
    data, media = drawing_file(document, output, lang, layout, theme)
    # The name of the file is ours: it has been held against the pattern of map names.
    plain = name if name.isascii() else "map"
    ending = f"{plain}.{output}" if output in ("yaml", "json") else f"{plain}-{lang}.{output}"
    return Response(data, media_type=media, headers={"content-disposition": f'attachment; filename="{ending}"'})


def drawing_file(document: Map, output: str, language: str, layout: str, theme: str) -> tuple[bytes, str]:
    """A map in an output's bytes, and their media type. Raises ``Mistake`` for what does not exist."""
    kind = registry.find("output", output)
    return draw.drawn(document, output, layout=layout, language=language, theme=theme), kind.media


def title_of(document: Map, language: str) -> str:
    """What a map is called in a list."""
    return say(document.title, language)
