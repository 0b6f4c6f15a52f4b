"""Markdown: headings and lists.

Headings are stages and list items their steps; items beneath a step are its cards, ``Lane: text`` in that lane. Where a single
list makes up the journey (*user flow*), its items are stages and those beneath them steps. Headings beneath a stage that name a
lane hold its cards, ``**Step:** text`` at that step, which is how our own Markdown is written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from safarnama.core.words import Text
from safarnama.maps.naming import BESIDE
from safarnama.maps.reading.draft import Draft
from safarnama.maps.reading.lane_names import lane_of
from safarnama.maps.reading.reading import Reading

_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_ITEM = re.compile(r"^(\s*)(?:[-*+]|[\d۰-۹]+[.)])\s+(.*)$")
_NUMBER = re.compile(r"^[\d۰-۹]+[.)]\s+")
_AT = re.compile(r"^\*\*(.+?):\*\*\s*(.*)$")
_RESTS = re.compile(r"\s\(([^()]*)\)$")
_ABOUT = {"description", "goal", "about", "summary", "شرح", "هدف", "توضیح", "درباره"}
_STEPS = {"steps", "گام‌ها"}


@dataclass
class _Item:
    text: str
    depth: int
    line: int


@dataclass
class _Section:
    """A heading (level 0 is the text before any) with its paragraphs and items."""

    level: int
    title: str
    line: int
    paragraphs: list[str] = field(default_factory=list)
    items: list[_Item] = field(default_factory=list)


def read(text: str, name: str) -> Reading:
    """The map that headings and lists make up."""
    draft = Draft(name, "markdown")
    sections = _sections(text, draft)
    beside = next((place for place, section in enumerate(sections) if section.title in (BESIDE.en, BESIDE.fa)), None)
    if beside is not None:
        draft.leave(_BESIDE, sections[beside].line)
        sections = sections[:beside]
    titled = next((section for section in sections if section.level == 1), None)
    draft.title = titled.title if titled else ""
    body = []
    for section in sections:
        if section.title.casefold() in _ABOUT or (section is titled and not section.items):
            told = " ".join(section.paragraphs)
            draft.goal = draft.goal or told.removeprefix("**Goal:**").removeprefix("**هدف:**").strip()
        else:
            body.append(section)
    listed = [section for section in body if section.items]
    if len(listed) == 1 and not any(lane_of(section.title) for section in listed):
        _flow(draft, listed[0].items)
        for section in body:
            if section is not listed[0] and section.level:
                draft.leave(_NO_ITEMS, section.line, text=section.title[:60])
    else:
        _staged(draft, body)
    return draft.reading()


def _sections(text: str, draft: Draft) -> list[_Section]:
    sections = [_Section(0, "", 1)]
    indents: list[int] = []
    fenced = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip().startswith(("```", "~~~")):
            fenced = not fenced
            if fenced:
                draft.leave(_FENCED, number)
            continue
        plain = line.strip()
        if fenced or not plain or plain.startswith(("<div", "</div", "<!--", "---", "***")):
            continue
        if found := _HEADING.match(line):
            title = _NUMBER.sub("", _unescaped(found[2]))
            sections.append(_Section(len(found[1]), title, number))
            indents = []
        elif found := _ITEM.match(line):
            indent = len(found[1].expandtabs(4))
            while indents and indents[-1] >= indent:
                indents.pop()
            indents.append(indent)
            sections[-1].items.append(_Item(found[2].strip(), len(indents) - 1, number))
        elif sections[-1].items and line[:1] in " \t":
            sections[-1].items[-1].text += " " + plain
        else:
            sections[-1].paragraphs.append(_unescaped(plain.removeprefix("> ")))
    return [section for section in sections if section.level or section.paragraphs or section.items]


def _flow(draft: Draft, items: list[_Item]) -> None:
    """A single list: its items are stages, those beneath them steps, and what lies deeper cards."""
    for item in items:
        if item.depth == 0:
            draft.stage(_unescaped(item.text))
        elif item.depth == 1:
            draft.step(_unescaped(item.text))
        else:
            _card(draft, item)


def _staged(draft: Draft, sections: list[_Section]) -> None:
    inside = 7
    steps: dict[str, str] = {}
    for section in sections:
        lane = lane_of(section.title)
        if lane and draft.stages and section.level > inside:
            for item in section.items:
                found = _AT.match(item.text)
                at = steps.get(_plain(found[1])) if found else None
                text = found[2] if found and at else item.text
                if rests := _RESTS.search(text) if found else None:
                    text = text[: rests.start()]
                    draft.leave(_EVIDENCE, item.line, text=_unescaped(rests[1]))
                draft.card(draft.lane(section.title), at or draft.here, _unescaped(text), item.line)
            continue
        if not section.level or (not section.items and section.level == 1):
            if section.items:
                _flow(draft, section.items)
            elif section.paragraphs:
                draft.goal = draft.goal or " ".join(section.paragraphs)
            continue
        if section.title.casefold() in _STEPS and draft.stages:
            pass  # the steps of the stage whose heading came before
        else:
            draft.stage(section.title)
            steps = {_plain(section.title): draft.here}
            inside = section.level
        for item in section.items:
            if item.depth == 0:
                steps[_plain(item.text)] = draft.step(_unescaped(item.text))
            else:
                _card(draft, item)
        if section.paragraphs and section.paragraphs != ["**Steps**"] and section.paragraphs != ["**گام‌ها**"]:
            told = [each for each in section.paragraphs if each not in ("**Steps**", "**گام‌ها**")]
            draft.card(draft.of_kind("notes"), draft.stages[-1][0], " ".join(told), section.line)


def _card(draft: Draft, item: _Item) -> None:
    """A card at the step before it; ``Lane: text`` says the lane."""
    name, colon, text = _unescaped(item.text).partition(":")
    if colon and lane_of(name):
        draft.card(draft.lane(name), draft.here, text, item.line)
    else:
        draft.card(draft.of_kind("doing"), draft.here, _unescaped(item.text), item.line)


def _plain(text: str) -> str:
    return " ".join(_unescaped(text).split()).casefold()


def _unescaped(text: str) -> str:
    """A text as it is shown: escaped signs as themselves."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text).strip()


_NO_ITEMS = Text(en="the heading “{text}” has no list and is no stage", fa="عنوان «{text}» فهرستی ندارد و مرحله نیست")
_FENCED = Text(en="a block of code was not read", fa="یک بلوک کد خوانده نشد")
_BESIDE = Text(
    en="what is said beside the cards is words only and was not kept",
    fa="آنچه کنار کارت‌ها آمده فقط متن است و نگه داشته نشد",
)
_EVIDENCE = Text(
    en="what the card rests on ({text}) is words only and was not kept",
    fa="آنچه کارت بر آن تکیه دارد ({text}) فقط متن است و نگه داشته نشد",
)
