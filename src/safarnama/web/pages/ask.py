"""Questions: which there are, and each as a form with its answer. The address is the whole question."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from markupsafe import Markup

from safarnama.core import registry
from safarnama.core.errors import Mistake
from safarnama.core.finding import Finding
from safarnama.core.words import Text
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Scene
from safarnama.drawing.svg import svg
from safarnama.maps.model import Map
from safarnama.web import exports, tables
from safarnama.web.forms import form_of
from safarnama.web.rendering import page, reader_of
from safarnama.web.shelf import Shelf

router = APIRouter(include_in_schema=False)
_WIDE = 900.0

# What each question answers, in a line; one that came from elsewhere says it itself, in its own words.
_LINES: dict[str, Text] = {
    "channels": Text(en="On which channels does each touchpoint happen?", fa="هر نقطه تماس در کدام کانال‌ها رخ می‌دهد؟"),
    "conversion": Text(
        en="From each touchpoint, how many go on to reach a goal?", fa="از هر نقطه تماس، چند نفر به هدف می‌رسند؟"
    ),
    "dropoff": Text(en="After which touchpoint do customers leave?", fa="مشتریان پس از کدام نقطه تماس می‌روند؟"),
    "flow": Text(en="What follows what, and after how long?", fa="پس از هر گام چه می‌آید و پس از چه مدت؟"),
    "friction": Text(
        en="Where, for whom and when does it go worse than usual?", fa="کجا، برای که و کِی بدتر از معمول می‌شود؟"
    ),
    "funnel": Text(en="How many come how far through a few steps?", fa="از چند گام پیاپی، چند نفر تا کجا می‌رسند؟"),
    "handovers": Text(
        en="From which channel to which do customers pass, and where does it break?",
        fa="مشتریان از کدام کانال به کدام می‌روند و کجا رشته می‌گسلد؟",
    ),
    "instead": Text(
        en="Who does not take the next step: what do they do instead?",
        fa="آن که گام بعد را برنمی‌دارد به جایش چه می‌کند؟",
    ),
    "overview": Text(
        en="What is there: by touchpoint, channel, month …?", fa="چه داریم: بر حسب نقطه تماس، کانال، ماه …؟"
    ),
    "paths": Text(
        en="How do journeys begin, and which ways are most common?",
        fa="سفرها چطور آغاز می‌شوند و کدام راه‌ها پررفت‌وآمدترند؟",
    ),
    "progress": Text(en="How many come at least as far as each stage?", fa="چند نفر دست‌کم تا هر مرحله می‌آیند؟"),
    "quality": Text(
        en="What is wrong with the data, and does it bend the maps?",
        fa="کجای داده‌ها درست نیست و آیا نقشه‌ها را کج می‌کند؟",
    ),
    "roles": Text(
        en="Which channel opens a stage, which assists, which closes it?",
        fa="کدام کانال مرحله را آغاز می‌کند، کدام یاری می‌کند، کدام به پایان می‌برد؟",
    ),
    "sankey": Text(en="From step to step, who goes where?", fa="گام به گام، چه کسی به کجا می‌رود؟"),
    "tree": Text(en="How do journeys branch from their beginning?", fa="سفرها از آغازشان چطور شاخه می‌شوند؟"),
    "scores": Text(
        en="What did customers answer, and how did they feel?", fa="مشتریان چه پاسخ دادند و چه احساسی داشتند؟"
    ),
}
_ICONS = {
    "channels": "share-2",
    "conversion": "target",
    "dropoff": "log-in",
    "flow": "git-branch",
    "friction": "zap",
    "funnel": "filter",
    "handovers": "share-2",
    "instead": "git-branch",
    "overview": "chart-no-axes-column",
    "paths": "waypoints",
    "progress": "footprints",
    "quality": "shield-check",
    "roles": "users",
    "sankey": "git-branch",
    "tree": "git-branch",
    "scores": "smile",
}


@router.get("/ask")
def show_all(request: Request) -> HTMLResponse:
    """The questions there are, and the findings that were kept."""
    shelf: Shelf = request.app.state.shelf
    kinds = [registry.find("question", name) for name in registry.names("question")]
    entries = [
        {
            "name": kind.name(),
            "title": kind.title,
            "line": line_of(kind),
            "icon": _ICONS.get(kind.name(), "circle-help"),
            "href": f"/ask/{kind.name()}" + ("" if _needs(kind) else "?go=1"),
        }
        for kind in kinds
    ]
    return page(
        request, "questions.html", place="ask", entries=entries, kept=len(shelf.findings()), has=shelf.has_data()
    )


@router.get("/ask/{question}")
def show(request: Request, question: str) -> HTMLResponse:
    """One question: its form, and below it the answer to what the address asks."""
    shelf: Shelf = request.app.state.shelf
    kind = registry.find("question", question)
    scope = shelf.journeys().scope
    given = request.query_params
    asked = "go" in given or any(name in given for name in kind.model_fields)
    form = form_of(kind, given, scope, asked)
    finding = None
    if form.question is not None:
        try:
            finding = shelf.ask(form.question)
        except Mistake as mistake:
            form.mistake = mistake
    wrong = form.mistake is not None or any(each.mistake for each in form.fields)
    parameters = urlencode(form.question.parameters()) if form.question else ""
    return page(
        request,
        "ask.html",
        422 if wrong else 200,
        place="ask",
        kind=kind,
        line=line_of(kind),
        icon_name=_ICONS.get(question, "circle-help"),
        form_fields=form.fields,
        mistake=form.mistake,
        parameters=parameters,
        **(answer(finding, reader_of(request).language) if finding else {"finding": None}),
    )


@router.get("/ask/{question}/csv")
def as_csv(request: Request, question: str) -> Response:
    """The answer's rows as a file for a spreadsheet."""
    finding = _of_address(request, question)
    return exports.csv_file(exports.rows_of(finding), finding.table.column_names, finding.id)


@router.get("/ask/{question}/picture/{output}")
def as_picture(request: Request, question: str, output: str) -> Response:
    """The answer's picture as a file."""
    return exports.picture_file(_of_address(request, question), output, reader_of(request).language)


@router.post("/ask/{question}/keep")
def keep(request: Request, question: str) -> Response:
    """Keep the answer, so that it has an address that stays true when the data changes."""
    shelf: Shelf = request.app.state.shelf
    finding = shelf.workspace.keep(_of_address(request, question))
    return RedirectResponse(f"/findings/{quote(finding.id)}", 303)


def _of_address(request: Request, question: str) -> Finding:
    wanted = {name: value for name, value in request.query_params.items() if name not in ("ui", "theme", "go")}
    finding: Finding = request.app.state.shelf.ask(registry.find("question", question).of(wanted))
    return finding


def answer(finding: Finding, language: str, document: Map | None = None) -> dict[str, Any]:
    """What a page shows of a finding; ``document`` is the map whose steps it speaks of."""
    named = tables.with_names(finding, document, language)
    kind = registry.find("question", finding.question)
    # Friction and quality say each row as a sentence of their own.
    sentences = [kind.say(row, language) for row in named.rows()[:40]] if hasattr(kind, "say") else []
    return {
        "finding": finding,
        "said": named.say(language),
        "picture": _chart(named, language),
        "table": tables.table(named, language),
        "sentences": sentences,
        "caveats": finding.say_caveats(language),
    }


def _chart(finding: Finding, language: str) -> Markup | None:
    """The chart alone: the page itself says the headline, n and what to keep in mind."""
    if not finding.table.num_rows:
        return None
    pen = Pen(language)
    high = finding.picture().draw(pen, finding, 0.0, 0.0, _WIDE)
    marks = tuple(pen.marks)
    scene = Scene(_WIDE, high + 6, marks, pen.direction, language, finding.say(language), background=None)
    return Markup(svg(scene, theme=None))


def line_of(kind: Any) -> Text:
    """What a question answers, in one line."""
    own = (kind.__doc__ or kind.title.en).strip().split("\n\n")[0].replace("\n", " ")
    return _LINES.get(kind.name(), Text(en=" ".join(own.split()), fa=kind.title.fa))


def _needs(kind: Any) -> bool:
    return any(info.is_required() for info in kind.model_fields.values())
