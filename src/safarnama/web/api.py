"""The HTTP API: what the library and the command line can say, as JSON."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Body, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from safarnama.core import registry
from safarnama.core.errors import Mistake
from safarnama.core.words import Text
from safarnama.events.rejected import REASONS
from safarnama.events.store import EventStore
from safarnama.journeys.people import MOST
from safarnama.maps.document import to_json
from safarnama.web.mistakes import missing
from safarnama.web.pages.map import drawing_file

router = APIRouter(prefix="/api/v1", tags=["v1"])


class Said(BaseModel):
    """A sentence in both languages."""

    en: str
    fa: str


class Refusal(BaseModel):
    """What is said when something cannot be done: what happened, what was seen, what to do."""

    code: str
    message: Said


class Summary(BaseModel):
    """A workspace in a few numbers."""

    title: str
    timezone: str
    currency: str
    customers: int
    events: int
    touchpoints: list[str]
    period: dict[str, str] | None
    sources: list[dict[str, Any]]
    maps: int
    findings: int


class QuestionForm(BaseModel):
    """A question that can be asked, and the JSON schema of its parameters."""

    name: str
    title: Said
    about: str
    example: dict[str, Any]
    parameters: dict[str, Any]


class MapEntry(BaseModel):
    """A map in the list of maps."""

    id: str
    title: Any
    state: str
    honesty: int
    coverage: float
    data_up_to: date | None


class Answer(BaseModel):
    """A finding. Shares run from 0 to 1 with the ends of their 95 % interval; durations are seconds."""

    model_config = ConfigDict(extra="allow")

    question: str
    parameters: dict[str, Any]
    n: int
    n_unit: str
    period: dict[str, str] | None
    columns: list[str]
    rows: list[dict[str, Any]]
    caveats: list[str]
    headline: Said
    fingerprint: str


class People(BaseModel):
    """The customers behind a number of an answer, a page of them."""

    customers: int = Field(description="how many there are in all")
    after: list[str] = Field(description="the touchpoints after which *then* looks; none means the end of the journey")
    rows: list[dict[str, Any]] = Field(
        description="customer, first, last, events, stands_at, then, and of a plan why they do not follow it"
    )


class RejectedRows(BaseModel):
    """Rows that were set aside, a page of them."""

    total: int
    rows: list[dict[str, Any]] = Field(
        description="source, file, line, reason with its sentence, column, what was seen"
    )


_FORMS = Text(
    en="A parameter of {name} is of the wrong type. Write values or their string forms, such as {example}.",
    fa="نوع یکی از پارامترهای {name} درست نیست. مقدارها یا شکل نوشتاری آنها را بدهید، مانند {example}.",
)
_REFUSED: dict[int | str, dict[str, Any]] = {404: {"model": Refusal}, 422: {"model": Refusal}}


def _json(data: Any) -> Response:
    text = data if isinstance(data, bytes) else orjson.dumps(data, default=str, option=orjson.OPT_SERIALIZE_NUMPY)
    return Response(text, media_type="application/json")


@router.get("/workspace", response_model=Summary, responses=_REFUSED)
def workspace(request: Request) -> Any:
    """The workspace: who, how many, when, from where."""
    shelf = request.app.state.shelf
    settings = shelf.workspace.settings
    journeys = shelf.journeys() if shelf.has_data() else None
    period = journeys.scope.period if journeys else None
    return Summary(
        title=settings.title,
        timezone=settings.timezone,
        currency=settings.currency,
        customers=journeys.customers if journeys else 0,
        events=journeys.events if journeys else 0,
        touchpoints=list(journeys.touchpoints) if journeys else [],
        period={"start": str(period[0]), "end": str(period[1])} if period else None,
        sources=list(journeys.scope.facts.get("sources", ())) if journeys else [],
        maps=len(shelf.maps()),
        findings=len(shelf.findings()),
    )


@router.get("/questions", response_model=list[QuestionForm])
def questions() -> Any:
    """All questions, with the schema of their parameters."""
    return [_form(name) for name in registry.names("question")]


@router.get("/questions/{question}", response_model=QuestionForm, responses=_REFUSED)
def question_form(question: str) -> Any:
    """One question."""
    return _form(question)


def _form(name: str) -> QuestionForm:
    kind = registry.find("question", name)
    return QuestionForm(
        name=kind.name(),
        title=Said(en=kind.title.en, fa=kind.title.fa),
        about=" ".join((kind.__doc__ or "").split()),
        example=kind.example,
        parameters=kind.model_json_schema(),
    )


@router.get("/ask/{question}", response_model=Answer, responses=_REFUSED)
def ask_by_address(request: Request, question: str) -> Response:
    """Ask a question; its parameters stand in the address, in their string forms: ``?steps=view,buy&window=7d``."""
    return _answer(request, question, dict(request.query_params))


@router.post("/ask/{question}", response_model=Answer, responses=_REFUSED)
def ask(
    request: Request,
    question: str,
    parameters: Annotated[dict[str, Any], Body(examples=[{"steps": ["view", "buy"], "window": "7d"}])],
) -> Response:
    """Ask a question; its parameters are the body, as values or in their string forms."""
    return _answer(request, question, parameters)


@router.get("/customers/{question}", response_model=People, responses=_REFUSED)
def customers_behind(
    request: Request,
    question: str,
    row: Annotated[int, Query(description="the row of the answer, from 1")],
    column: Annotated[str | None, Query(description="the column; its main count when left out")] = None,
    most: Annotated[int, Query(ge=1, le=MOST)] = 100,
) -> Response:
    """Who stands behind a number of an answer; the question's own parameters stand in the address, as when asking it."""
    given = {name: value for name, value in request.query_params.items() if name not in ("row", "column", "most")}
    asked = registry.find("question", question).of(given)
    people, after = asked.customers(request.app.state.shelf.journeys(), row, column)
    return _json({"customers": people.customers, "after": after, "rows": people.people(after, most, asked).to_pylist()})


def _answer(request: Request, name: str, parameters: dict[str, Any]) -> Response:
    kind = registry.find("question", name)
    try:
        asked = kind.of(parameters)
    except (TypeError, AttributeError) as error:  # a value of a type that its kind cannot read at all
        raise Mistake(_FORMS, name=name, example=orjson.dumps(kind.example).decode()) from error
    return _json(request.app.state.shelf.ask(asked).to_json())


@router.get("/findings", response_model=list[str])
def findings(request: Request) -> Any:
    """The ids of the kept findings: those that maps rest on, and those that somebody kept."""
    return request.app.state.shelf.findings()


@router.get("/findings/{finding}", response_model=Answer, responses=_REFUSED)
def finding(request: Request, finding: str) -> Response:
    """A kept finding."""
    return _json(request.app.state.shelf.finding(finding).to_json())


@router.get("/maps", response_model=list[MapEntry])
def maps(request: Request) -> Any:
    """All maps that can be read."""
    return [
        MapEntry(
            id=kept.id,
            title=kept.document.title,
            state=kept.document.state,
            honesty=kept.document.honesty().score,
            coverage=kept.document.honesty().coverage,
            data_up_to=kept.document.derived.end,
        )
        for kept in request.app.state.shelf.maps()
        if kept.document is not None
    ]


@router.get("/maps/{name}", responses=_REFUSED)
def map_document(request: Request, name: str) -> Response:
    """A map: its document, as ``safarnama draw map.yaml -o map.json`` writes it."""
    return _json(to_json(request.app.state.shelf.map(name)))


@router.get("/maps/{name}/drawing/{output}", responses={**_REFUSED, 200: {"content": {"image/svg+xml": {}}}})
def map_drawing(
    request: Request, name: str, output: str, language: str = "en", layout: str = "grid", theme: str = "paper"
) -> Response:
    """A map drawn: svg, png, pdf, html … in a language, a layout and a theme."""
    data, media = drawing_file(request.app.state.shelf.map(name), output, language, layout, theme)
    # A document with a script of its own must not run with our rights.
    more = {"content-security-policy": "sandbox allow-scripts"} if media == "text/html" else {}
    return Response(data, media_type=media, headers=more)


@router.get("/rejected", response_model=RejectedRows, responses=_REFUSED)
def rejected(
    request: Request,
    reason: str | None = None,
    source: str | None = None,
    offset: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> Any:
    """Rows that could not become events, with the line and the reason. None is ever lost."""
    if reason is not None and reason not in REASONS:
        raise missing(
            "There is no reason {reason}. Known: {known:list}",
            "دلیل {reason} نیست. موجود: {known:list}",
            reason=reason[:100],
            known=list(REASONS),
        )
    rows = [
        {
            **{key: value for key, value in row.items() if key != "row"},
            "message": {language: getattr(REASONS[row["reason"]], language) for language in ("en", "fa")},
        }
        for row in EventStore(request.app.state.shelf.workspace).rejected().to_pylist()
        if (reason is None or row["reason"] == reason) and (source is None or row["source"] == source)
    ]
    return RejectedRows(total=len(rows), rows=rows[offset : offset + limit])
