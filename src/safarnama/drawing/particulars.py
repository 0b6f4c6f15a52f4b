"""What a map says beside its cards: of stages and steps, of ways between them, of people; and what each of it rests on.

Whatever shows a map in words (notes, Markdown, HTML) tells it from here, so none of them forgets a part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from safarnama.core.words import Text, speech
from safarnama.core.words.counted import counted
from safarnama.maps.evidence import Evidence
from safarnama.maps.model import Map
from safarnama.maps.naming import VALUES, field_title
from safarnama.maps.people import Persona, Value
from safarnama.maps.stages import Effort, Link, Stage, Step
from safarnama.maps.words import say

_MAP = Text(en="The map itself", fa="خود نقشه")
_STAGES = Text(en="What stages and steps are for", fa="مرحله‌ها و گام‌ها برای چه‌اند")
_WAYS = Text(en="Ways between steps", fa="راه‌های میان گام‌ها")
_PEOPLE = Text(en="Personas: jobs, value, objections and traits", fa="پرسوناها: کارها، ارزش، اعتراض‌ها و ویژگی‌ها")
_CONFLICTS = Text(en="Where wishes clash", fa="کجا خواسته‌ها با هم نمی‌خواند")
_STAKEHOLDERS = Text(en="Stakeholders", fa="ذی‌نفعان")
_AFTER = Text(en="after {time}", fa="پس از {time}")
_OPPORTUNITIES = Text(en="Opportunities with their scores", fa="فرصت‌ها با امتیازشان")
_ACTIONS = Text(en="What is to be done", fa="چه باید کرد")
_COMMENTS = Text(en="Comments", fa="نظرها")
_FROM_TO = Text(en="from “{start}” to “{end}”", fa="از «{start}» به «{end}»")
_LEVEL = Text(en="{level:count} of 5", fa="{level:count} از ۵")
_HOURS = Text(en="{hours:count} h a month", fa="ماهی {hours:count} ساعت")
_SLIDER = Text(en="{low} … {high}: {value:count} of 100", fa="{low} … {high}: {value:count} از ۱۰۰")
_NAMED = Text(en="{name}: {value}", fa="{name}: {value}")


@dataclass(frozen=True)
class Particular:
    """One thing that is said: of what, and what it rests on; None where it is nothing that evidence could back."""

    about: str
    said: str
    found: Sequence[Evidence] | None = None


@dataclass(frozen=True)
class Particulars:
    """Things of one kind under a heading."""

    title: str
    things: tuple[Particular, ...]


def particulars(document: Map, language: str) -> list[Particulars]:
    """All of a map by kinds; of a part of a map only what belongs to its stages and steps."""
    kinds = [(_STAGES, _stages), (_WAYS, _ways)]
    if document is document.whole:
        kinds = [(_MAP, _map), *kinds, (_PEOPLE, _people), (_CONFLICTS, _conflicts), (_STAKEHOLDERS, _stakeholders)]
        kinds += [(_OPPORTUNITIES, _opportunities), (_ACTIONS, _actions), (_COMMENTS, _comments)]
    told = [Particulars(title.say(language), tuple(tell(document, language))) for title, tell in kinds]
    return [group for group in told if group.things]


def _named(part: str, field: str, value: str, language: str) -> str:
    """What a field is called and what stands in it; nothing where it is empty."""
    name = field_title(part, field).say(language)
    return _NAMED.say(language, name=name[:1].upper() + name[1:], value=value) if value else ""


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))


# ------------------------------------------------------------------ the map


def _map(document: Map, language: str) -> Iterator[Particular]:
    """What for, whose, and which maps it belongs to."""
    due = speech.say(document.review_due, "date", language) if document.review_due else ""
    fields = (
        ("business_goal", say(document.business_goal, language)), ("owner", say(document.owner, language)), ("review_due", due),
        ("variant_of", document.variant_of or ""), ("inside", document.inside or ""),
        ("departments", speech.listed([say(each, language) for each in document.departments], language)),
    )  # fmt: skip
    for name, value in fields:
        if value:
            title = field_title("map", name).say(language)
            yield Particular(title[:1].upper() + title[1:], value)


# ------------------------------------------------------------------ the journey


def _stages(document: Map, language: str) -> Iterator[Particular]:
    for stage in document.stages:
        said = _stage(stage, language)
        if said or stage.evidence:
            yield Particular(say(stage.name, language), said, stage.evidence or None)
        for each in stage.effort:
            yield Particular(say(stage.name, language), _effort(each, language), each.evidence)
        for step in stage.steps:
            said = _step(step, language)
            if said or step.evidence:
                yield Particular(say(step.name, language), said, step.evidence or None)


def _stage(stage: Stage, language: str) -> str:
    fields = (("goal", stage.goal), ("business_goal", stage.business_goal), ("owner", stage.owner))
    return _joined(*(_named("stage", name, say(words, language), language) for name, words in fields))


def _step(step: Step, language: str) -> str:
    lasts = speech.say(step.wait, "duration", language) if step.wait is not None else ""
    fields = (("owner", say(step.owner, language)), ("wait", lasts), ("map", step.map or ""))
    return _joined(*(_named("step", name, value, language) for name, value in fields))


def _effort(each: Effort, language: str) -> str:
    """What a department spends on a stage."""
    spent = _joined(
        _LEVEL.say(language, level=each.level) if each.level else "",
        _HOURS.say(language, hours=round(each.hours)) if each.hours is not None else "",
        say(each.note, language),
    )
    who = say(each.department, language)
    return _named("stage", "effort", _NAMED.say(language, name=who, value=spent) if spent else who, language)


def _ways(document: Map, language: str) -> Iterator[Particular]:
    names = {step.id: say(step.name, language) for step in document.whole.steps}
    for link in document.links:
        about = _FROM_TO.say(language, start=names[link.from_], end=names[link.to])
        yield Particular(about, _joined(VALUES[link.kind].say(language), *way(link, language)), link.evidence)


def way(link: Link, language: str) -> list[str]:
    """What is known of a way: its name, when it is taken, how long it takes and how many take it."""
    after = _AFTER.say(language, time=speech.say(link.wait, "duration", language)) if link.wait is not None else ""
    share = speech.say(link.share, "percent", language) if link.share is not None else ""
    return [said for said in (say(link.label, language), say(link.condition, language), after, share) if said]


# ------------------------------------------------------------------ people


def _people(document: Map, language: str) -> Iterator[Particular]:
    for persona in document.personas:
        yield from _persona(persona, language)


def _persona(persona: Persona, language: str) -> Iterator[Particular]:
    """Objections and traits rest on what the persona rests on where they have nothing of their own."""
    name = say(persona.name, language)
    for job in persona.jobs:
        yield Particular(name, _named("persona", "jobs", say(job, language), language), persona.evidence)
    if persona.value:
        yield Particular(name, _named("persona", "value", worth(persona.value, language), language), persona.evidence)
    for objection in persona.objections:
        told = (("answer", objection.answer), ("material", objection.material))
        more = [_named("objection", field, say(words, language), language) for field, words in told]
        yield Particular(name, _joined(say(objection.text, language), *more), objection.evidence or persona.evidence)
    for trait in persona.traits:
        poles: dict[str, Any] = {"low": say(trait.low, language), "high": say(trait.high, language)}
        said = _SLIDER.say(language, **poles, value=round(trait.value))
        yield Particular(name, said, trait.evidence or persona.evidence)


def worth(value: Value, language: str) -> str:
    """What a customer is worth: the amount with its unit."""
    return f"{speech.say(value.amount, 'number', language)} {say(value.unit, language)}"


def _conflicts(document: Map, language: str) -> Iterator[Particular]:
    people = {persona.id: say(persona.name, language) for persona in document.personas}
    for conflict in document.conflicts:
        about = speech.listed([people[name] for name in conflict.between], language)
        way_out = _named("conflict", "way_out", say(conflict.way_out, language), language)
        yield Particular(about, _joined(say(conflict.text, language), way_out), conflict.evidence)


def _stakeholders(document: Map, language: str) -> Iterator[Particular]:
    for person in document.stakeholders:
        about = _joined(say(person.name, language), say(person.department, language))
        if person.wants or person.evidence:
            yield Particular(about, say(person.wants, language), person.evidence)


# ------------------------------------------------------------------ what is to be done


def _opportunities(document: Map, language: str) -> Iterator[Particular]:
    places = {stage.id: stage.name for stage in document.stages} | {step.id: step.name for step in document.steps}
    for each in document.opportunities:
        scores = (("value", each.value), ("effort", each.effort), ("confidence", each.confidence))
        said = [
            _named("opportunity", name, speech.say(score, "count", language), language)
            for name, score in scores
            if score
        ]
        if each.customers is not None:
            said.append(counted(each.customers, "customers", language))
        owner = _named("opportunity", "owner", say(each.owner, language), language)
        about = say(places[each.at], language) if each.at else say(document.title, language)
        yield Particular(about, _joined(say(each.text, language), *said, owner), each.evidence)


def _actions(document: Map, language: str) -> Iterator[Particular]:
    wanted = {each.id: each.text for each in document.opportunities}
    for each in document.actions:
        due = speech.say(each.due, "date", language) if each.due else ""
        fields = (
            ("owner", say(each.owner, language)), ("department", say(each.department, language)), ("due", due),
            ("status", VALUES[each.status].say(language)), ("ticket", each.ticket or ""),
            ("for", say(wanted[each.for_], language) if each.for_ else ""),
        )  # fmt: skip
        yield Particular(
            say(each.text, language), _joined(*(_named("action", name, value, language) for name, value in fields))
        )


def _comments(document: Map, language: str) -> Iterator[Particular]:
    names = {stage.id: stage.name for stage in document.stages} | {step.id: step.name for step in document.steps}
    names |= {card.id: card.text or card.id for lane in document.lanes for card in lane.cards}
    for each in document.comments:
        day = speech.say(each.day, "date", language) if each.day else ""
        yield Particular(
            say(names[each.about], language), _joined(say(each.text, language), say(each.author, language), day)
        )
