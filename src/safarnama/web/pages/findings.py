"""Kept findings: what maps rest on and what somebody kept; frozen answers with everything needed to believe them."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from safarnama.core import registry
from safarnama.core.finding import Finding
from safarnama.maps.model import Map
from safarnama.web import exports, tables
from safarnama.web.pages.ask import answer, line_of
from safarnama.web.rendering import page, reader_of
from safarnama.web.shelf import Shelf

router = APIRouter(include_in_schema=False)


@router.get("/findings")
def show_all(request: Request) -> HTMLResponse:
    """All kept findings."""
    shelf: Shelf = request.app.state.shelf
    language = reader_of(request).language
    found = []
    for name in shelf.findings():
        finding = shelf.workspace.finding(name)
        if finding is not None:
            used = _used_by(shelf, name)
            named = tables.with_names(finding, _speaks_of(shelf, finding, used), language)
            title = registry.find("question", finding.question).title
            found.append({"finding": finding, "said": named.say(language), "title": title, "maps": len(used)})
    return page(request, "findings.html", place="ask", found=found)


@router.get("/findings/{name}")
def show(request: Request, name: str, map: str | None = None) -> HTMLResponse:
    """One finding; ``map`` is the map it was opened from."""
    shelf: Shelf = request.app.state.shelf
    finding = shelf.finding(name)
    used = _used_by(shelf, name)
    document = _speaks_of(shelf, finding, [each for each in used if each[0] == map] or used)
    kind = registry.find("question", finding.question)
    return page(
        request,
        "finding.html",
        place="ask",
        kind=kind,
        line=line_of(kind),
        used=used,
        back=map if map and any(key == map for key, _, _ in used) else None,
        asked_again=f"/ask/{finding.question}?" + urlencode({**finding.parameters, "go": "1"}),
        # Asked again of the data as it is, a finding about steps would speak of touchpoints instead.
        of_steps=document is not None,
        **answer(finding, reader_of(request).language, document),
    )


@router.get("/findings/{name}/csv")
def as_csv(request: Request, name: str) -> Response:
    """The rows as a file for a spreadsheet."""
    finding = request.app.state.shelf.finding(name)
    return exports.csv_file(exports.rows_of(finding), finding.table.column_names, finding.id)


@router.get("/findings/{name}/picture/{output}")
def as_picture(request: Request, name: str, output: str) -> Response:
    """The picture as a file."""
    return exports.picture_file(request.app.state.shelf.finding(name), output, reader_of(request).language)


def _used_by(shelf: Shelf, name: str) -> list[tuple[str, Map, int]]:
    """The maps that rest on a finding, and on how many of their cards."""
    used = []
    for kept in shelf.maps():
        if kept.document is None:
            continue
        document = kept.document
        cards = sum(
            any(each.finding == name for each in document.evidence(card))
            for lane in document.lanes
            for card in lane.cards
        )
        points = any(
            each.finding == name
            for curve in (*document.curves, *document.derived.curves)
            for point in curve.points
            for each in point.evidence
        )
        if cards or points or any(reach.finding == name for reach in document.derived.stages.values()):
            used.append((kept.id, document, cards))
    return used


def _speaks_of(shelf: Shelf, finding: Finding, used: list[tuple[str, Map, int]]) -> Map | None:
    """The map whose steps a finding speaks of: one that rests on it, or else the only one that has steps of those ids."""
    names = {
        value
        for field in finding.table.schema
        if str(field.type) == "string"
        for value in finding.table[field.name].slice(0, 50).to_pylist()
    }
    documents = [document for _, document, _ in used] or [kept.document for kept in shelf.maps() if kept.document]
    meant = [document for document in documents if not names.isdisjoint(step.id for step in document.steps)]
    return meant[0] if meant and (used or len(meant) == 1) else None
