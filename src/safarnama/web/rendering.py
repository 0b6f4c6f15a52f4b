"""Templates to pages. Everything is escaped; every sentence is in both languages."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request

from safarnama.core.words import Text, speech
from safarnama.drawing.bidi import isolated
from safarnama.drawing.icons import icon as drawing_of
from safarnama.maps.words import say as said_on_map
from safarnama.web.reader import AUTO, Reader

_YEAR = 365 * 24 * 3600


@lru_cache(maxsize=1)
def _templates() -> Environment:
    loader = PackageLoader("safarnama.web", "templates")
    return Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)


def reader_of(request: Request) -> Reader:
    """Who asks for this page."""
    return Reader.of(request, request.app.state.shelf.workspace.settings.language)


def placed(text: str, language: str) -> str:
    """Text as a page shows it: Persian signs and percents held in their place, as in drawings, without the isolate."""
    return isolated(text, "rtl")[1:-1] if language == "fa" else text


def page(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """A page in the reader's language and light."""
    reader = reader_of(request)
    text = _templates().get_template(template).render({**_words(request, reader), **context})
    response = HTMLResponse(text, status)
    response.headers["vary"] = "cookie, accept-language"
    response.headers["cache-control"] = "no-cache"
    for name in ("ui", "theme"):
        if name in request.query_params:
            value = reader.language if name == "ui" else reader.theme
            response.set_cookie(name, value, max_age=_YEAR, samesite="lax", httponly=True)
    return response


def _words(request: Request, reader: Reader) -> dict[str, Any]:
    """What every template can say."""
    language = reader.language

    def t(en: str, fa: str, /, **arguments: Any) -> str:
        return placed(Text(en, fa).say(language, **arguments), language)

    def form(value: Any, form: str, spoken: str = language) -> str:
        return placed(speech.say(value, form, spoken), spoken)

    def text(words: Any, spoken: str = language, **arguments: Any) -> str:
        said = words.say(spoken, **arguments) if isinstance(words, Text) else said_on_map(words, spoken)
        return placed(said, spoken)

    def here(**changes: str | None) -> str:
        query = {**dict(request.query_params), **changes}
        kept = {name: value for name, value in query.items() if value is not None}
        return request.url.path + (f"?{urlencode(kept)}" if kept else "")

    shelf = request.app.state.shelf
    return {
        "t": t,
        "form": form,
        "text": text,
        "here": here,
        "icon": icon,
        "language": language,
        "other": "en" if language == "fa" else "fa",
        "direction": reader.direction,
        "theme": reader.theme,
        "auto": AUTO,
        "path": request.url.path,
        "shop": shelf.workspace.settings.title,
        "today": date.today(),
    }


def icon(name: str, kind: str = "") -> Markup:
    """A picture of the icon set; words beside it say what it means, so readers of the screen pass over it."""
    return Markup(
        '<svg class="icon {}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" '
        'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{}</svg>'
    ).format(kind, Markup(drawing_of(name)))
