"""HTML: the map as one file that needs nothing else, with zoom and both languages."""

from __future__ import annotations

import base64
import hashlib
from datetime import date
from importlib.resources import files
from typing import Any, ClassVar
from urllib.parse import quote

import orjson

from safarnama.core.words import LANGUAGES, Text, speech
from safarnama.drawing import tokens, twin
from safarnama.drawing.bidi import isolated
from safarnama.drawing.lanes import TITLES
from safarnama.drawing.linking import linked
from safarnama.drawing.notes import briefly
from safarnama.drawing.outputs.output import Drawing, Output
from safarnama.drawing.particulars import Particular, particulars
from safarnama.drawing.parts.aims import aims, odds
from safarnama.drawing.parts.evidence import WORDS, told
from safarnama.drawing.parts.parties import parties, whereabouts
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Scene
from safarnama.drawing.svg import escape, svg
from safarnama.maps.evidence import standing
from safarnama.maps.lanes import Card, Lane
from safarnama.maps.model import Map
from safarnama.maps.words import say

_NAMES = {"fa": "فارسی", "en": "English"}
_CARDS = Text(en="All cards", fa="همه کارت‌ها")
_MAPS = Text(en="All maps", fa="همه نقشه‌ها")
_TABLE = Text(en="The map as a table", fa="نقشه به شکل جدول")
_LINES = Text(en="In words", fa="به نوشته")
_STEP = Text(en="Step", fa="گام")
_INTERVAL = Text(en="95% interval: {low} to {high}", fa="بازه ۹۵٪: {low} تا {high}")
_ASSUMED = Text(en="No evidence; this card is an assumption.", fa="شاهدی ندارد؛ این کارت فرض است.")
_FOOT = Text(
    en="Made with Safarnama on {today:date}. This file holds everything it shows and asks nothing of the network.",
    fa="ساخته سفرنامه در {today:date}. هر چه این فایل نشان می‌دهد در خود آن است و چیزی از شبکه نمی‌خواهد.",
)
_SPOKEN = {
    "in": Text(en="Zoom in", fa="بزرگ‌تر"),
    "out": Text(en="Zoom out", fa="کوچک‌تر"),
    "fit": Text(en="Whole map", fa="همه نقشه"),
    "close": Text(en="Close", fa="بستن"),
}
_SCRIPTS = (
    ("arabic", "U+0600-06FF,U+0750-077F,U+200C-200E,U+FB50-FDFF,U+FE80-FEFC"),
    ("latin", "U+0000-024F,U+2000-206F,U+20AC,U+2122,U+2190-2193,U+2212"),
)


class Html(Output):
    """One page for any browser, offline: the drawing in both languages, every card with its evidence, and a table; of several
    maps what each says in brief, with its table; of a drawing without a map, what it says line by line. Zoom and details come with a script; without it everything can still be read."""

    title: ClassVar[Text] = Text(en="HTML page", fa="صفحه HTML")
    example: ClassVar[dict[str, Any]] = {}
    media: ClassVar[str] = "text/html"

    def write(self, drawing: Drawing) -> bytes:
        first = drawing.language
        scenes: dict[str, Scene] = {language: drawing.scene(language) for language in LANGUAGES}
        named = {
            language: say(drawing.document.title, language) if drawing.document else scene.title
            for language, scene in scenes.items()
        }
        script = _part("page.js")
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        policy = (
            "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; "
            f"script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        )
        spoken = {language: {key: text.say(language) for key, text in _SPOKEN.items()} for language in LANGUAGES}
        choices = "".join(
            f'<input class="choose" type="radio" name="language" id="say-{language}"{" checked" if language == first else ""} aria-label="{_NAMES[language]}">'
            for language in LANGUAGES
        )
        labels = "".join(
            f'<label for="say-{language}" lang="{language}">{_NAMES[language]}</label>' for language in LANGUAGES
        )
        titles = "".join(_in(language, "span", _text(named[language], language)) for language in LANGUAGES)
        return "\n".join(
            [
                "<!doctype html>",
                f'<html lang="{first}" dir="{_direction(first)}">',
                '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
                f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">',
                f"<title>{escape(named[first])}</title>",
                f"<style>{_fonts()}{_colours(drawing.theme)}{_part('page.css')}</style></head>",
                f"<body>{choices}",
                f'<header><h1>{titles}</h1><div class="languages" aria-hidden="true">{labels}</div></header>',
                "<main>",
                *(_language(drawing, scene, language) for language, scene in scenes.items()),
                "</main>",
                "<footer>",
                *(
                    _in(language, "p", escape(_FOOT.say(language, today=drawing.today or date.today())))
                    for language in LANGUAGES
                ),
                "</footer>",
                f'<script type="application/json" id="words">{orjson.dumps(spoken).decode()}</script>',
                f"<script>{script}</script></body></html>",
            ]
        ).encode()


def _language(drawing: Drawing, scene: Scene, language: str) -> str:
    """Drawing and all that it says in one language."""
    document = drawing.document
    places = {
        ("card", card.id): (f"#{language}-{quote(card.id)}", say(card.text, language) or card.id)
        for lane in (document.lanes if document else ())
        for card in lane.cards
    }
    for place, each in enumerate(drawing.maps):
        places["map", str(place)] = (f"#{language}-map-{place}", say(each.title, language))

    def opens(kind: str, thing: str) -> tuple[str, str] | None:
        return places.get((kind, thing))

    # Two drawings in one page: what they define must not meet.
    # The page says the colours, so that light turns dark; but greys go into pictures too.
    theme = tokens.GREY if drawing.theme == tokens.GREY else None
    drawn = svg(linked(scene, opens), theme=theme, names=f"{language}-drawn-")
    drawn = drawn.replace('role="img"', 'role="group"', 1)
    if document:
        told = _map(drawing, document, language)
    else:
        told = _wall(drawing, language) if drawing.maps else _lines(drawing, language)
    return _in(language, "div", f'<div class="sheet" lang="{language}">{drawn}</div>{told}')


def _map(drawing: Drawing, document: Map, language: str) -> str:
    """Every card of a map with its evidence, what it says beside them, and the map as a table."""
    pen = Pen(language, drawing.today)
    articles = "".join(_article(pen, document, lane, card) for lane in document.lanes for card in lane.cards)
    more = "".join(
        f'<h2>{_text(group.title, language)}</h2><ul class="lines">{"".join(_particular(pen, each) for each in group.things)}</ul>'
        for group in particulars(document, language)
    )
    return (
        f'<h2>{_CARDS.say(language)}</h2><div class="cards">{articles}</div>{more}'
        f"<h2>{_TABLE.say(language)}</h2>{_table(pen, document)}"
    )


def _particular(pen: Pen, each: Particular) -> str:
    """What is said beside the cards, and all that it rests on."""
    language = pen.language
    rests = [" · ".join(told(pen, one)) for one in each.found or ()]
    if each.found is not None:
        rests = rests or [pen.say(WORDS["assumed"])]
    soft = "".join(f' <span class="soft">{_text(said, language)}</span>' for said in rests)
    return f'<li dir="auto"><b>{_text(each.about, language)}</b> {_text(each.said, language)}{soft}</li>'


def _wall(drawing: Drawing, language: str) -> str:
    """What each of several maps says in brief, and each as a table."""
    pen = Pen(language, drawing.today)
    articles, tables = [], []
    for place, document in enumerate(drawing.maps):
        title, *lines = briefly(document, language, pen.today)
        said = "".join(f"<li>{_text(line, language)}</li>" for line in lines if line)
        articles.append(
            f'<article id="{language}-map-{place}"><h3>{_text(title, language)}</h3><ul>{said}</ul></article>'
        )
        tables.append(f"<h2>{_text(title, language)}</h2>{_table(pen, document)}")
    return f'<h2>{_MAPS.say(language)}</h2><div class="cards">{"".join(articles)}</div>{"".join(tables)}'


def _lines(drawing: Drawing, language: str) -> str:
    """What a drawing without a map says."""
    lines = drawing.told(language) if drawing.told else []
    said = "".join(f'<li dir="auto">{_text(line, language)}</li>' for line in lines)
    return f'<h2>{_LINES.say(language)}</h2><ul class="lines">{said}</ul>' if lines else ""


def _article(pen: Pen, document: Map, lane: Lane, card: Card) -> str:
    language = pen.language
    figure, evidence = document.figure(card), document.evidence(card)
    first, after = document.columns(card)
    steps = speech.listed([say(step.name, language) for step in document.steps[first:after]], language)
    parts = [f"<h3>{escape(_lane(lane, language))} · {escape(steps)}</h3>"]
    if figure:
        label = _text(say(figure.label, language), language)
        parts.append(
            f'<p><span class="figure">{_text(pen.form(figure.value, figure.form), language)}</span> {label}</p>'
        )
    if card.text:
        parts.append(f'<p class="said" dir="auto">{_text(say(card.text, language), language)}</p>')
    if figure and figure.low is not None and figure.high is not None:
        ends = {"low": pen.form(figure.low, figure.form), "high": pen.form(figure.high, figure.form)}
        parts.append(f'<p class="soft">{_text(_INTERVAL.say(language, **ends), language)}</p>')
    more = [
        *aims(figure, language),
        *odds(card, language),
        parties(card, language, labels=True),
        whereabouts(card, language),
    ]
    parts += [f'<p class="soft">{_text(said, language)}</p>' for said in more if said]
    known = "".join(f"<li>{' · '.join(_text(part, language) for part in told(pen, each))}</li>" for each in evidence)
    parts.append(f"<ul>{known or '<li>' + _ASSUMED.say(language) + '</li>'}</ul>")
    return f'<article id="{language}-{escape(card.id, quote=True)}">{"".join(parts)}</article>'


def _table(pen: Pen, document: Map) -> str:
    language = pen.language
    stages = "".join(
        f'<th scope="colgroup" colspan="{len(stage.steps)}">{escape(say(stage.name, language))}</th>'
        for stage in document.stages
    )
    steps = "".join(f'<th scope="col">{escape(say(step.name, language))}</th>' for step in document.steps)
    body = []
    for lane, cells in twin.rows(document):
        row = "".join(
            f'<td colspan="{span}">{"".join(_cell(pen, document, card) for card in cards) or "–"}</td>'
            for span, cards in cells
        )
        body.append(f'<tr><th scope="row">{escape(_lane(lane, language))}</th>{row}</tr>')
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{_TABLE.say(language)}"><table>'
        f'<thead><tr><td></td>{stages}</tr><tr><th scope="col">{_STEP.say(language)}</th>{steps}</tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table></div>"
    )


def _cell(pen: Pen, document: Map, card: Card) -> str:
    figure, evidence = document.figure(card), document.evidence(card)
    said = []
    if figure:
        number = _text(pen.form(figure.value, figure.form), pen.language)
        said.append(f"<b>{number}</b> {_text(say(figure.label, pen.language), pen.language)}")
    if card.text:
        said.append(_text(say(card.text, pen.language), pen.language))
    note = pen.say(WORDS[standing(evidence)])
    return f'<p dir="auto">{" ".join(said)} <span class="soft">{note}</span></p>'


def _lane(lane: Lane, language: str) -> str:
    return say(lane.title, language) or TITLES[lane.kind].say(language)


def _in(language: str, tag: str, inside: str) -> str:
    return f'<{tag} class="in-{language}" lang="{language}" dir="{_direction(language)}">{inside}</{tag}>'


def _direction(language: str) -> str:
    return "rtl" if language == "fa" else "ltr"


def _text(text: str, language: str) -> str:
    """Escaped, with Persian percents and signs held in their place."""
    return escape(isolated(text, "rtl")[1:-1] if language == "fa" else text)


def _part(name: str) -> str:
    return files("safarnama.drawing").joinpath("standalone", name).read_text(encoding="utf-8")


def _colours(theme: str) -> str:
    """Light that turns dark with the device, or the theme that was asked for."""
    if theme != "paper":
        return tokens.css(":root", theme)
    return f"{tokens.css(':root')}@media (prefers-color-scheme:dark){{{tokens.css(':root', 'dark')}}}"


def _fonts() -> str:
    faces = []
    for script, letters in _SCRIPTS:
        data = files("safarnama.drawing").joinpath("assets", f"vazirmatn-{script}-wght-normal.woff2").read_bytes()
        address = "data:font/woff2;base64," + base64.b64encode(data).decode()
        faces.append(
            f"@font-face{{font-family:Vazirmatn;font-weight:100 900;src:url({address}) format('woff2');unicode-range:{letters}}}"
        )
    return "".join(faces)
