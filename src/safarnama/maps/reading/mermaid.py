"""Mermaid ``journey`` diagrams: sections are stages, tasks are steps, scores the feeling, actors personas."""

from __future__ import annotations

import re

from safarnama.core.words import Text
from safarnama.core.words.digits import latin
from safarnama.maps.derived import Point
from safarnama.maps.people import Persona
from safarnama.maps.reading.draft import Draft, words
from safarnama.maps.reading.reading import Reading, unreadable

_FENCE = re.compile(r"^\s*```+\s*mermaid[\w-]*\s*$(.*?)^\s*```+\s*$", re.MULTILINE | re.DOTALL)
# The forms that our own writing gives to signs the grammar would read.
_SIGNS = str.maketrans({"∶": ":", "；": ";", "＃": "#", "‚": ",", "\u200b": None})
_MIDDLE = 3.0
_REMARK = re.compile(r"(?:^|\s)%%|#")
_BREAK = re.compile(r"<\s*/?\s*br\s*/?\s*>", re.IGNORECASE)
_DESCRIPTION = re.compile(r"accdescr\s*\{(.*)", re.IGNORECASE)


def diagram_in(text: str) -> str | None:
    """The journey diagram in a text: the text itself, or the first fenced block of one; None when there is none."""
    for part in (*_FENCE.findall(text), text):
        for line in part.splitlines():
            plain = line.strip()
            if plain and not plain.startswith(("%%", "---")) and ":" not in plain:
                if plain.casefold() == "journey":
                    return str(part)
                break
    return None


def read(text: str, name: str) -> Reading:
    """The map of a diagram. Scores of 1 … 5 become −2 … +2; a score outside of them is brought to the nearer end and said.
    Words of the grammar may be in any case, # begins a remark, and a description may go over several lines, as Mermaid has it."""
    diagram = diagram_in(text)
    if diagram is None:
        raise unreadable(name, _NO_DIAGRAM)
    draft = Draft(name, "mermaid")
    actors: dict[str, None] = {}
    begun, told = False, None
    for number, line in enumerate(_BREAK.sub(" ", diagram).splitlines(), 1):
        plain = _REMARK.split(line)[0].strip().rstrip(";").strip()
        if told is not None:
            # A description between braces goes on to the closing one.
            told += " " + plain.partition("}")[0]
            if "}" in plain:
                draft.goal, plain, told = told.strip(), plain.partition("}")[2].strip(), None
        if not plain or plain == "---" or told is not None:
            continue
        word, _, rest = plain.partition(" ")
        word = word.casefold()
        if not begun:
            begun = plain.casefold() == "journey"
            if word == "title:":
                draft.title = rest.translate(_SIGNS).strip(" \"'")
            elif not begun:
                draft.leave(_BEFORE, number, text=plain[:60])
        elif word == "title":
            draft.title = rest.translate(_SIGNS).strip()
        elif word == "section":
            draft.stage(rest.translate(_SIGNS).strip() or "–")
        elif found := _DESCRIPTION.match(plain):
            told, closed, after = found[1].partition("}")
            if closed:
                draft.goal, told = told.strip(), None
                if after.strip():
                    draft.leave(_NO_TASK, number, text=after.strip()[:60])
        elif word.startswith("accdescr"):
            draft.goal = plain.partition(":")[2].translate(_SIGNS).strip()
        elif word.startswith("acctitle"):
            draft.title = draft.title or plain.partition(":")[2].translate(_SIGNS).strip()
        elif ":" in plain:
            _task(draft, plain, number, actors)
        else:
            draft.leave(_NO_TASK, number, text=plain[:60])
    draft.personas = [Persona(id=draft.id(actor, "persona"), name=words(actor)) for actor in actors]
    if len(actors) > 1:
        draft.leave(_ACTORS)
    return draft.reading()


def _task(draft: Draft, line: str, number: int, actors: dict[str, None]) -> None:
    task, score, *rest = (part.strip() for part in line.split(":"))
    at = draft.step(task.translate(_SIGNS) or "–")
    try:
        value = float(latin(score))
    except ValueError:
        draft.leave(_NO_SCORE, number, text=score[:40])
    else:
        kept = max(1.0, min(5.0, value)) if value == value else _MIDDLE
        if kept != value:
            draft.leave(_OUTSIDE, number, text=score[:40])
        draft.points.append(Point(step=at, value=kept - _MIDDLE))
    for actor in ":".join(rest).split(","):
        if actor.strip():
            actors[actor.translate(_SIGNS).strip()] = None


_NO_DIAGRAM = Text(en="there is no Mermaid journey in it", fa="نمودار journey از Mermaid در آن نیست")
_BEFORE = Text(en="“{text}” stands before the diagram and was not read", fa="«{text}» پیش از نمودار آمده و خوانده نشد")
_NO_TASK = Text(
    en="“{text}” is no task (name: score: actors) and was not read",
    fa="«{text}» کار نیست (نام: امتیاز: افراد) و خوانده نشد",
)
_NO_SCORE = Text(
    en="the score “{text}” is no number; the step has no feeling", fa="امتیاز «{text}» عدد نیست؛ گام بی‌احساس ماند"
)
_OUTSIDE = Text(
    en="the score {text} is outside of 1 to 5; the nearer end was taken",
    fa="امتیاز {text} بیرون از ۱ تا ۵ است؛ سر نزدیک‌تر گرفته شد",
)
_ACTORS = Text(
    en="which of several actors does a task is not kept: a map has personas, and one curve for each",
    fa="اینکه کدام فرد کدام کار را می‌کند نگه داشته نشد؛ نقشه پرسونا دارد و برای هر کدام یک منحنی",
)
