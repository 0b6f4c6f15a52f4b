"""A drawing of shapes and lines as a table (as Lucidchart exports it): shapes are steps, lines are ways between them."""

from __future__ import annotations

from safarnama.core.words import Text
from safarnama.maps.reading.draft import Draft, words
from safarnama.maps.reading.reading import Reading, unreadable
from safarnama.maps.stages import Link

COLUMNS = {"id", "name", "line source", "line destination", "text area 1"}
_APART = {"document", "page"}


def diagram(table: list[list[str]], filled: list[int], name: str) -> Reading:
    """The map of a drawing. Shapes inside a shape with words are its steps; all others stand in one stage. The way goes along
    the lines; what leads back is a loop, what leads elsewhere a branch."""
    heads = {cell.casefold(): place for place, cell in reversed(list(enumerate(table[filled[0]])))}
    rows = [{head: table[number][place] for head, place in heads.items()} for number in filled[1:]]
    draft = Draft(name, "diagram")
    title = next((row["text area 1"] for row in rows if row["name"].casefold() == "document"), "")
    draft.title = title
    lines = [row for row in rows if row["line source"] and row["line destination"]]
    shapes = {
        row["id"]: row
        for row in rows
        if row not in lines and row["name"].casefold() not in _APART and row["text area 1"]
    }
    holds = {row.get("contained by", "").split("|")[-1] for row in shapes.values()} & set(shapes)
    ways: dict[str, list[str]] = {}
    for row in lines:
        ways.setdefault(row["line source"], []).append(row["line destination"])
    order = _ordered([made for made in shapes if made not in holds], ways)
    if not order:
        raise unreadable(name, _NO_SHAPE)
    stages: dict[str, str] = {}
    steps: dict[str, str] = {}
    for made in order:
        inside = shapes[made].get("contained by", "").split("|")[-1]
        key = inside if inside in holds else ""
        if key not in stages:
            stages[key] = draft.stage(shapes[key]["text area 1"] if key else title or name.partition(".")[0])
        steps[made] = draft.step(shapes[made]["text area 1"], stages[key])
    _link(draft, lines, steps, order)
    if not holds:
        draft.leave(_ONE_STAGE)
    draft.leave(_LOOKS)
    return draft.reading()


def _ordered(shapes: list[str], ways: dict[str, list[str]]) -> list[str]:
    """Shapes so that every line leads on, as far as lines do not run in a circle; what is first in the file is first."""
    known = set(shapes)
    waits = dict.fromkeys(shapes, 0)  # how many lines into each are still to come
    for source in shapes:
        for target in ways.get(source, []):
            waits[target] = waits.get(target, 0) + 1
    order: dict[str, None] = {}
    ready = [made for made in reversed(shapes) if not waits[made]]
    for start in shapes:
        # In a circle nothing comes first: it is entered where the file does.
        ready = ready or ([start] if start not in order else [])
        while ready:
            made = ready.pop()
            if made in order:
                continue
            order[made] = None
            for target in reversed(ways.get(made, [])):
                waits[target] -= 1
                if target in known and target not in order and waits[target] <= 0:
                    ready.append(target)
    return list(order)


def _link(draft: Draft, lines: list[dict[str, str]], steps: dict[str, str], order: list[str]) -> None:
    place = {made: number for number, made in enumerate(order)}
    lost = 0
    for row in lines:
        source, target, said = row["line source"], row["line destination"], row["text area 1"]
        if source not in steps or target not in steps:
            lost += 1
            continue
        kind = "loop" if place[target] <= place[source] else "next" if place[target] == place[source] + 1 else "branch"
        made = {"from": steps[source], "to": steps[target], "kind": kind, "label": words(said) if said else None}
        draft.links.append(Link.model_validate(made))
    if lost:
        draft.leave(_LOST, n=lost)


_NO_SHAPE = Text(en="no shape on it has words", fa="هیچ شکلی در آن نوشته ندارد")
_ONE_STAGE = Text(
    en="the drawing names no stages: all steps stand in one, in the order of its lines",
    fa="در نقشه مرحله‌ای نام برده نشده است؛ همه گام‌ها به ترتیب خط‌ها در یک مرحله آمد",
)
_LOOKS = Text(
    en="forms, places, colours and comments of shapes were not kept", fa="شکل، جا، رنگ و نظرهای شکل‌ها نگه داشته نشد"
)
_LOST = Text(
    en="lines that join no two shapes with words: {n:count}",
    fa="خط‌هایی که دو شکل نوشته‌دار را به هم نمی‌پیوندند: {n:count}",
)
