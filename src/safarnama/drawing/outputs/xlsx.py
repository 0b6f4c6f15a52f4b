"""XLSX: the map as a workbook: its grid, every card, and who and what stands behind it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from safarnama.core.words import Text, speech
from safarnama.drawing.cards import COLUMNS, rows
from safarnama.drawing.notes import card_words, evidence_words, lane_title
from safarnama.drawing.outputs.output import Drawing, Output
from safarnama.drawing.particulars import particulars
from safarnama.drawing.tokens import colour, resolve, stage_colour
from safarnama.maps.lanes import Card
from safarnama.maps.model import Map
from safarnama.maps.naming import BESIDE
from safarnama.maps.words import say

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_MOST = 32_767  # characters that a cell can hold
_UNDATED = datetime(2000, 1, 1)  # the same map gives the same bytes whenever it is made
_SHEETS = {
    "map": Text(en="Map", fa="نقشه"),
    "cards": Text(en="Cards", fa="کارت‌ها"),
    "personas": Text(en="Personas", fa="پرسوناها"),
    "opportunities": Text(en="Opportunities", fa="فرصت‌ها"),
    "actions": Text(en="Actions", fa="اقدام‌ها"),
    "beside": BESIDE,
}
_HEADS = {
    "kind": Text(en="Kind", fa="نوع"),
    "about": Text(en="Of what", fa="درباره"),
    "rests_on": Text(en="Rests on", fa="تکیه بر"),
    "name": Text(en="Name", fa="نام"),
    "summary": Text(en="In a line", fa="در یک جمله"),
    "worth": Text(en="Value", fa="ارزش"),
    "unit": Text(en="Unit", fa="یکا"),
    "goals": Text(en="Goals", fa="هدف‌ها"),
    "jobs": Text(en="Jobs to be done", fa="کارهایی که باید انجام شود"),
    "needs": Text(en="Needs", fa="نیازها"),
    "worries": Text(en="Worries", fa="نگرانی‌ها"),
    "frustrations": Text(en="Frustrations", fa="ناامیدی‌ها"),
    "requirements": Text(en="Requirements", fa="الزامات"),
    "quotes": Text(en="In their words", fa="به زبان خودشان"),
    "text": Text(en="What", fa="چه"),
    "at": Text(en="Where", fa="کجا"),
    "solves": Text(en="Solves", fa="حل می‌کند"),
    "value": Text(en="Value", fa="ارزش"),
    "effort": Text(en="Effort", fa="زحمت"),
    "confidence": Text(en="Confidence", fa="اطمینان"),
    "for": Text(en="For", fa="برای"),
    "owner": Text(en="Owner", fa="مسئول"),
    "department": Text(en="Department", fa="واحد"),
    "due": Text(en="Due", fa="موعد"),
    "ticket": Text(en="Ticket", fa="تیکت"),
    "status": Text(en="Status", fa="وضعیت"),
}
_STATUS = {
    "idea": Text(en="idea", fa="ایده"),
    "planned": Text(en="planned", fa="برنامه‌ریزی‌شده"),
    "doing": Text(en="in progress", fa="در حال انجام"),
    "done": Text(en="done", fa="انجام‌شده"),
    "dropped": Text(en="dropped", fa="کنار گذاشته"),
}


class Xlsx(Output):
    """A workbook with a sheet of the grid, one of all cards, and, where there are any, personas, opportunities, actions, and
    what is said beside cards.

    Sheets of a Persian workbook run from the right. Everything people wrote is text, never a formula, and stands whole (up to
    the 32,767 characters that a cell can hold).
    """

    title: ClassVar[Text] = Text(en="Workbook (XLSX)", fa="کارپوشه اکسل (XLSX)")
    example: ClassVar[dict[str, Any]] = {}
    media: ClassVar[str] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    needs_map: ClassVar[bool] = True

    def write(self, drawing: Drawing) -> bytes:
        from xlsxwriter import Workbook

        assert drawing.document is not None
        document, language = drawing.document, drawing.language
        out = io.BytesIO()
        with Workbook(out, {"in_memory": True}) as book:
            book.set_properties({"title": say(document.title, language), "created": _UNDATED})
            pages = _Pages(book, language)
            _grid(pages, document)
            cards = ([row[name] for name in COLUMNS] for row in rows(document, language, drawing.today))
            pages.table("cards", [title.say(language) for title in COLUMNS.values()], cards)
            _personas(pages, document)
            _opportunities(pages, document)
            _actions(pages, document)
            _beside(pages, document, drawing.today or date.today())
        return out.getvalue()


class _Pages:
    """The sheets of a workbook in one language, with the hand of the maps."""

    def __init__(self, book: Workbook, language: str) -> None:
        self.book = book
        self.language = language
        self.made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def sheet(self, name: str) -> Worksheet:
        sheet = self.book.add_worksheet(_SHEETS[name].say(self.language))
        if self.language == "fa":
            sheet.right_to_left()
        sheet.hide_gridlines(2)
        return sheet

    def style(self, **more: Any) -> Format:
        """A cell of text: wrapped, from the side and in the direction of the language."""
        plain = {
            "font_name": "Tahoma" if self.language == "fa" else "Calibri",
            "text_wrap": True,
            "valign": "top",
            "align": "right" if self.language == "fa" else "left",
            "reading_order": 2 if self.language == "fa" else 1,
            "font_color": colour("ink"),
            "bottom": 1,
            "bottom_color": colour("rule"),
        } | more
        key = tuple(sorted(plain.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format(plain)
        return self.made[key]

    def head(self, fill: str = "ink") -> Format:
        return self.style(bold=True, font_color=colour("on-dark"), bg_color=resolve(fill), valign="vcenter")

    def put(self, sheet: Worksheet, row: int, column: int, value: Any, style: Format) -> None:
        """A number as a number; all else as text, whatever it begins with."""
        if isinstance(value, (int, float)):
            sheet.write_number(row, column, value, style)
        elif value:
            sheet.write_string(row, column, str(value)[:_MOST], style)
        else:
            sheet.write_blank(row, column, None, style)

    def table(self, name: str, heads: Sequence[str], lines: Iterable[Sequence[Any]]) -> None:
        sheet = self.sheet(name)
        sheet.freeze_panes(1, 1)
        widths = [len(head) for head in heads]
        for column, head in enumerate(heads):
            self.put(sheet, 0, column, head, self.head())
        for number, line in enumerate(lines, 1):
            for column, value in enumerate(line):
                self.put(sheet, number, column, value, self.style())
                widths[column] = max(widths[column], *map(len, str(value).split("\n")))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(46, max(10, width + 2)))


def _grid(pages: _Pages, document: Map) -> None:
    """Stages over their steps, lanes beneath; a card that spans steps is one merged cell where no other stands in its way."""
    language = pages.language
    sheet = pages.sheet("map")
    steps = document.steps
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, len(steps), 28)
    title = pages.style(bold=True, font_size=16, bottom=0, text_wrap=False)
    pages.put(sheet, 0, 0, say(document.title, language), title)
    pages.put(
        sheet, 1, 0, say(document.goal, language), pages.style(font_color=colour("ink-2"), bottom=0, text_wrap=False)
    )
    at = 1
    for number, stage in enumerate(document.stages):
        style = pages.head(stage_colour(number, len(document.stages)))
        _span(pages, sheet, 3, at, len(stage.steps), say(stage.name, language), style)
        at += len(stage.steps)
    pages.put(sheet, 3, 0, "", pages.style())
    pages.put(sheet, 4, 0, "", pages.style())
    for column, step in enumerate(steps, 1):
        pages.put(sheet, 4, column, say(step.name, language), pages.style(bold=True, bg_color=colour("step")))
    sheet.freeze_panes(5, 1)
    row = 5
    for lane in document.lanes:
        sheet.write_string(row, 0, lane_title(lane, language)[:_MOST], pages.style(bold=True, bg_color=colour("sunk")))
        if lane.kind == "feeling":
            for curve in document.curves_of("feeling"):
                values = {point.step: point.value for point in curve.points}
                for column, step in enumerate(steps, 1):
                    pages.put(sheet, row, column, _rounded(values.get(step.id)), pages.style(align="center"))
        else:
            _lane(pages, sheet, row, document, lane.cards)
        row += 1
    if not document.lane("feeling"):
        for curve in document.curves_of("feeling"):
            values = {point.step: point.value for point in curve.points}
            head = pages.style(bold=True, bg_color=colour("sunk"))
            pages.put(sheet, row, 0, _FEELING.say(language), head)
            for column, step in enumerate(steps, 1):
                pages.put(sheet, row, column, _rounded(values.get(step.id)), pages.style(align="center"))
            row += 1


_FEELING = Text(en="Feeling (−2 to +2)", fa="احساس (از −۲ تا +۲)")


def _rounded(value: float | None) -> float | str:
    return "" if value is None else round(value, 2)


def _lane(pages: _Pages, sheet: Worksheet, row: int, document: Map, cards: list[Card]) -> None:
    placed = [(*document.columns(card), _said(document, card, pages.language)) for card in cards]
    here: dict[int, list[str]] = {}
    merged: dict[int, int] = {}
    for place, (first, after, text) in enumerate(placed):
        alone = all(after <= a or first >= b for other, (a, b, _) in enumerate(placed) if other != place)
        here.setdefault(first, []).append(text)
        if alone and after - first > 1:
            merged[first] = after - first
    column = 0
    while column < len(document.steps):
        text = "\n".join(here.get(column, []))
        _span(pages, sheet, row, column + 1, merged.get(column, 1), text, pages.style())
        column += merged.get(column, 1)


def _span(pages: _Pages, sheet: Worksheet, row: int, column: int, many: int, text: str, style: Format) -> None:
    if many > 1:
        sheet.merge_range(row, column, row, column + many - 1, "", style)
    pages.put(sheet, row, column, text, style)


def _said(document: Map, card: Card, language: str) -> str:
    """A card in full; where several stand in a cell each begins with a dot of its own."""
    return "• " + card_words(document, card, language)


def _personas(pages: _Pages, document: Map) -> None:
    language = pages.language
    if not document.personas:
        return
    listed = ("goals", "jobs", "needs", "worries", "frustrations", "requirements")
    lines = []
    for persona in document.personas:
        texts = ["\n".join(say(each, language) for each in getattr(persona, name)) for name in listed]
        quotes = "\n".join(say(quote.text, language) for quote in persona.quotes)
        value = [persona.value.amount, say(persona.value.unit, language)] if persona.value else ["", ""]
        lines.append([say(persona.name, language), say(persona.summary, language), *value, *texts, quotes])
    heads = [_HEADS[name].say(language) for name in ("name", "summary", "worth", "unit", *listed, "quotes")]
    pages.table("personas", heads, lines)


def _opportunities(pages: _Pages, document: Map) -> None:
    language = pages.language
    if not document.opportunities:
        return
    places = {stage.id: stage.name for stage in document.stages} | {step.id: step.name for step in document.steps}
    cards = {card.id: card for lane in document.lanes for card in lane.cards}
    names = ("text", "at", "solves", "value", "effort", "confidence", "owner")
    pages.table(
        "opportunities",
        [_HEADS[name].say(language) for name in names],
        (
            [
                say(each.text, language),
                say(places[each.at], language) if each.at else "",
                "\n".join(say(cards[card].text, language) for card in each.solves),
                *("" if score is None else score for score in (each.value, each.effort, each.confidence)),
                say(each.owner, language),
            ]
            for each in document.opportunities
        ),
    )


def _actions(pages: _Pages, document: Map) -> None:
    language = pages.language
    if not document.actions:
        return
    wanted = {each.id: each.text for each in document.opportunities}
    names = ("text", "for", "owner", "department", "due", "status", "ticket")
    pages.table(
        "actions",
        [_HEADS[name].say(language) for name in names],
        (
            [
                say(each.text, language),
                say(wanted[each.for_], language) if each.for_ else "",
                say(each.owner, language),
                say(each.department, language),
                speech.say(each.due, "date", language) if each.due else "",
                _STATUS[each.status].say(language),
                each.ticket,
            ]
            for each in document.actions
        ),
    )


def _beside(pages: _Pages, document: Map, today: date) -> None:
    """What is said of stages, steps, ways and people, and what it rests on."""
    language = pages.language
    lines = [
        [
            group.title,
            each.about,
            each.said,
            evidence_words(each.found, language, today) if each.found is not None else "",
        ]
        for group in particulars(document, language)
        for each in group.things
    ]
    if lines:
        pages.table("beside", [_HEADS[name].say(language) for name in ("kind", "about", "text", "rests_on")], lines)
