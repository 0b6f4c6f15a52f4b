"""CJML in XML: phases, communication points and actions, read tolerantly by the words of the language."""

from __future__ import annotations

import math
import re
from typing import Any
from xml.etree import ElementTree as ET

from safarnama.core.words import LANGUAGES, Text
from safarnama.maps.derived import Point
from safarnama.maps.people import Persona
from safarnama.maps.reading.draft import Draft, words
from safarnama.maps.reading.reading import Reading, unreadable
from safarnama.maps.words import Bilingual, say

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PHASES = {"phase", "stage"}
_POINTS = {"communicationpoint", "touchpoint", "communication"}
_ACTIONS = {"action", "activity"}
_DEEPEST = 40
_KINDS = {"decision", "wait"}  # of actions, in our own files
_STATUS = {"planned", "done", "missing", "failed", "ad_hoc", "out_of_order"}


def read(text: str, name: str) -> Reading:
    """The map of a journey. Declarations of types and entities are refused: a map needs none, and they can do harm."""
    if re.search(r"<!\s*(DOCTYPE|ENTITY)", text, re.IGNORECASE):
        raise unreadable(name, _DOCTYPE)
    try:
        root = ET.fromstring(text)
    except ET.ParseError as error:
        raise unreadable(name, _NO_XML, line=error.position[0]) from None
    except ValueError:
        raise unreadable(name, _NO_XML, line=1) from None
    if _deeper(root, _DEEPEST):
        raise unreadable(name, _DEEP)
    if _tag(root) == "log":
        raise unreadable(name, _EVENTS)
    journeys = [each for each in root.iter() if _tag(each) in ("journey", "customerjourney")] or [root]
    journey = journeys[0]
    draft = Draft(name, "cjml")
    if len(journeys) > 1:
        draft.leave(_MORE, n=len(journeys) - 1)
    draft.title = say(_words(journey, "name", "title"), "en") or journey.get("name", "")
    actors = {actor.get("id", ""): (_words(actor, "name", "label") or actor.get("name") or actor.get("id", ""), actor)
              for actor in journey.iter() if _tag(actor) == "actor"}  # fmt: skip
    for made, (said, actor) in actors.items():
        kind = re.sub(r"[^a-z]", "", (actor.get("type") or "").lower())
        if kind in ("enduser", "user", "customer"):
            draft.personas.append(Persona(id=draft.id(made, "persona"), name=said or made))
    unknown: set[str] = set()
    _walk(journey, draft, {made: said for made, (said, _) in actors.items()}, {}, unknown)
    if unknown:
        draft.leave(_UNKNOWN, names=sorted(unknown)[:8])
    reading = draft.reading()
    title, goal = _words(journey, "name", "title"), _words(journey, "goal")
    document = reading.map.model_copy(
        update={
            "title": title or reading.map.title,
            "goal": goal or None,
            "kind": "actual" if (journey.get("type") or "").lower() == "actual" else "planned",
        }
    )
    return Reading(document, reading.form, reading.left)


def _deeper(root: ET.Element, most: int) -> bool:
    """Whether elements lie more than so many levels deep."""
    level = [root]
    for _ in range(most):
        level = [child for element in level for child in element]
    return bool(level)


def _walk(element: ET.Element, draft: Draft, actors: dict[str, Any], steps: dict[str, str], unknown: set[str]) -> None:
    for child in element:
        tag = _tag(child)
        if tag in _PHASES:
            said = _words(child, "name", "label", "title")
            draft.stage(say(said, "en") or child.get("name") or child.get("id") or "–")
            _both(draft, draft.stages[-1][0], said)
            _walk(child, draft, actors, steps, unknown)
        elif tag in _POINTS | _ACTIONS:
            _point(child, draft, actors, steps, tag in _ACTIONS)
        elif tag in ("phases", "touchpoints", "journey", "steps", "customerjourney"):
            _walk(child, draft, actors, steps, unknown)
        elif tag not in ("name", "goal", "title", "actors", "actor", "label", "description", "id"):
            unknown.add(tag)


def _both(draft: Draft, made: str, said: Bilingual | None) -> None:
    """Remember a name in both languages."""
    if said is not None and len(said) > 1:
        draft.named[made] = said


def _point(element: ET.Element, draft: Draft, actors: dict[str, Any], steps: dict[str, str], action: bool) -> None:
    label = _words(element, "label", "name", "title") or words(element.get("label") or element.get("name") or "–")
    step = _words(element, "stepname") or label
    wanted = element.get("step")
    if not draft.stages:
        draft.stage(say(step, "en"))
    at = steps.get(wanted or "")
    if at is None:
        at = draft.step(say(step, "en"))
        _both(draft, at, step)
        if wanted:
            steps[wanted] = at
    kind = (element.get("kind") or "").lower()
    fields: dict[str, Any] = {
        "kind": (kind if kind in _KINDS else "action") if action else "communication",
        "channel": element.get("channel") or None,
        "device": _words(element, "device"),
        "place": _words(element, "location", "place"),
    }
    for side, names in (("initiator", ("sender", "initiator", "actor")), ("receiver", ("receiver",))):
        who = next((element.get(each) for each in names if element.get(each)), None)
        if who and actors.get(who, who):
            told = _words(element, "senderlabel" if side == "initiator" else "receiverlabel")
            fields[side] = {"actor": actors.get(who, who)} | ({"label": told} if told else {})
    status = (element.get("status") or "").lower()
    if status in _STATUS:
        fields["status"] = status
    elif status:
        draft.leave(_NO_STATUS, text=status)
    card = draft.card(draft.of_kind("touchpoints"), at, say(label, "en"), **fields)
    if card is not None:
        card.text = label
    for child in element:
        if _tag(child) == "experience" and child.get("value"):
            try:
                value = float(child.get("value", ""))
            except ValueError:
                value = math.nan
            if -2 <= value <= 2:
                draft.points.append(Point(step=at, value=value))
            else:
                draft.leave(_NO_FEELING, text=str(child.get("value"))[:40])


def _words(element: ET.Element, *tags: str) -> Bilingual | None:
    """The words of the first of these elements that there is, in each of its languages."""
    for tag in tags:
        found: Bilingual = {}
        for child in element:
            if _tag(child) == tag and (child.text or "").strip():
                language = (child.get(_LANG) or "").partition("-")[0]
                said = words(child.text or "")
                found |= {language: next(iter(said.values()))} if language in LANGUAGES else said
        if found:
            return found
    return None


def _tag(element: ET.Element) -> str:
    """The name of an element without its namespace, in small letters."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


_DOCTYPE = Text(
    en="it declares types or entities, which a map does not need",
    fa="نوع یا موجودیت تعریف می‌کند که نقشه به آن نیاز ندارد",
)
_NO_XML = Text(
    en="line {line:count} is not XML, or the file ends too early",
    fa="سطر {line:count} به زبان XML نیست، یا فایل ناتمام است",
)
_DEEP = Text(en="its elements lie deeper than in any map", fa="عنصرهایش عمیق‌تر از هر نقشه‌ای است")
_EVENTS = Text(
    en="it is a log of events, not a map; bring it in with: safarnama import FILE",
    fa="گزارش رویدادهاست، نه نقشه؛ آن را با safarnama import FILE بیاورید",
)
_MORE = Text(en="{n:journeys} more in the file were not read", fa="{n:journeys} دیگرِ فایل خوانده نشد")
_UNKNOWN = Text(en="elements that were not read: {names:list}", fa="عنصرهایی که خوانده نشد: {names:list}")
_NO_FEELING = Text(
    en="the experience {text} is not between −2 and +2 and was not kept",
    fa="تجربه {text} میان −۲ و +۲ نیست و نگه داشته نشد",
)
_NO_STATUS = Text(en="the status {text} is unknown and was not kept", fa="وضعیت {text} ناشناخته است و نگه داشته نشد")
