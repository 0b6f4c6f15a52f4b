"""Data: where it comes from, how fresh and sound it is, and what was set aside."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from safarnama.core import registry
from safarnama.core.errors import Mistake
from safarnama.core.words.calendar import moment
from safarnama.events.rejected import REASONS
from safarnama.events.store import EventStore
from safarnama.web import exports, mini
from safarnama.web.mistakes import missing
from safarnama.web.rendering import page, reader_of
from safarnama.web.shelf import Shelf

router = APIRouter(include_in_schema=False)
_DAYS, _A_PAGE = 30, 50
_LATE = 1  # day without anything; the newest may still be on its way
_COLUMNS = ("source", "file", "line", "reason", "column", "seen")


@dataclass
class Source:
    """One source: everything its files brought."""

    name: str
    kind: str
    files: list[str] = field(default_factory=list)
    rows: int = 0
    rejected: int = 0
    duplicates: int = 0
    first: int | None = None
    last: int | None = None
    days: list[int] = field(default_factory=list)
    late: int = 0


@router.get("/data")
def show(request: Request) -> HTMLResponse:
    """The page."""
    shelf: Shelf = request.app.state.shelf
    language = reader_of(request).language
    has = shelf.has_data()
    sources = _sources(shelf) if has else []
    question = registry.find("question", "quality")
    finding = shelf.ask(question()) if has else None
    found = [(row, question.say(row, language)) for row in finding.rows()] if finding else []
    rejected = EventStore(shelf.workspace).rejected().to_pylist()
    return page(
        request,
        "data.html",
        place="data",
        has=has,
        sources=sources,
        events=sum(source.rows for source in sources if source.kind == "events"),
        set_aside=len(rejected),
        reasons=_by_reason(rejected),
        all_reasons=REASONS,
        finding=finding,
        found=found,
        day=lambda at: moment(at, shelf.workspace.settings.timezone).date() if at is not None else None,
        bars=lambda source, title: mini.days(source.days, source.late, language, title),
        late=[source for source in sources if source.late],
    )


@router.get("/data/rejected")
def rejected(
    request: Request,
    reason: str | None = None,
    source: str | None = None,
    at: Annotated[int, Query(alias="page", ge=1, le=1_000_000)] = 1,
) -> HTMLResponse:
    """The rows that were set aside, a page of them."""
    shelf: Shelf = request.app.state.shelf
    every = EventStore(shelf.workspace).rejected().to_pylist()
    rows = _chosen(every, reason, source)
    pages = max(1, -(-len(rows) // _A_PAGE))
    here = min(at, pages)
    return page(
        request,
        "rejected.html",
        place="data",
        total=len(every),
        count=len(rows),
        rows=rows[(here - 1) * _A_PAGE : here * _A_PAGE],
        at=here,
        pages=pages,
        reason=reason,
        source=source,
        reasons=_by_reason(every),
        sources=sorted({row["source"] for row in every}),
        all_reasons=REASONS,
    )


@router.get("/data/rejected/csv")
def rejected_csv(request: Request, reason: str | None = None, source: str | None = None) -> Response:
    """The same rows as a file to mend them in, with the reason in both languages."""
    rows = _chosen(EventStore(request.app.state.shelf.workspace).rejected().to_pylist(), reason, source)
    said = [{**row, "why_en": REASONS[row["reason"]].en, "why_fa": REASONS[row["reason"]].fa} for row in rows]
    return exports.csv_file(said, (*_COLUMNS, "why_en", "why_fa"), "rejected")


def _chosen(rows: list[dict[str, Any]], reason: str | None, source: str | None) -> list[dict[str, Any]]:
    if reason and reason not in REASONS:
        raise missing(
            "There is no reason {reason} for setting a row aside.",
            "دلیلی به نام {reason} برای کنار گذاشتن نیست.",
            reason=reason[:100],
        )
    return [row for row in rows if (not reason or row["reason"] == reason) and (not source or row["source"] == source)]


def _by_reason(rows: list[dict[str, Any]]) -> list[tuple[str, int, dict[str, Any]]]:
    """Every reason with how many rows it has and one of them, the most frequent first."""
    counts: dict[str, int] = {}
    first: dict[str, dict[str, Any]] = {}
    for row in rows:
        counts[row["reason"]] = counts.get(row["reason"], 0) + 1
        first.setdefault(row["reason"], row)
    return sorted(((name, count, first[name]) for name, count in counts.items()), key=lambda each: -each[1])


def _sources(shelf: Shelf) -> list[Source]:
    found: dict[str, Source] = {}
    for segment in EventStore(shelf.workspace).manifest.segments:
        source = found.setdefault(segment.source, Source(segment.source, segment.kind))
        source.files.append(segment.file)
        source.rows += segment.rows
        source.rejected += segment.rejected
        source.duplicates += segment.duplicates
        source.first = min(filter(None, (source.first, segment.first)), default=None)
        source.last = max(filter(None, (source.last, segment.last)), default=None)
    _add_days(shelf, found)
    return sorted(found.values(), key=lambda source: (source.kind != "events", -source.rows))


def _add_days(shelf: Shelf, found: dict[str, Source]) -> None:
    """Events a day of every source, the last days of the data."""
    scope = shelf.journeys().scope
    for name in scope.words.get("source", ()):
        if name not in found:
            continue
        try:
            asked = registry.find("question", "overview").of({"per": "day", "where": f'source = "{_quoted(name)}"'})
            rows = shelf.ask(asked).rows()
        except Mistake:
            continue
        counts = [row["events"] for row in rows]
        found[name].days = counts[-_DAYS:]
        found[name].late = _days_late(counts)


def _days_late(counts: list[int]) -> int:
    """Days without anything at the end, where they are more than the source was ever silent before."""
    silences = [len(list(run)) for empty, run in groupby(counts, key=lambda count: count == 0) if empty]
    now = 0
    while now < len(counts) and counts[-1 - now] == 0:
        now += 1
    before = [length for length in silences[: len(silences) - bool(now)] if length]
    first = silences[0] if silences and counts and counts[0] == 0 else 0
    # Before its first event a source did not exist yet.
    usual = max(before[1:] if first else before, default=0)
    return now if now > max(_LATE, usual) else 0


def _quoted(name: str) -> str:
    return name.replace("\\", "\\\\").replace('"', '\\"')
