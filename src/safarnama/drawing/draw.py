"""Drawing a map into a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from safarnama.core import registry
from safarnama.core.errors import Mistake, unknown
from safarnama.core.parameters import yes
from safarnama.core.words import LANGUAGES, Text
from safarnama.core.workspace import write
from safarnama.drawing.endnotes import note_pages
from safarnama.drawing.layouts.layout import Layout
from safarnama.drawing.logo import logo as read_logo
from safarnama.drawing.notes import briefly
from safarnama.drawing.outputs.output import Drawing
from safarnama.drawing.paging import PAGES, pages_of
from safarnama.drawing.paper import PAPER, Page
from safarnama.drawing.pictures import embedded
from safarnama.drawing.scene import Scene
from safarnama.drawing.setting import Setting
from safarnama.drawing.tokens import PRINTS
from safarnama.maps.diff import Diff
from safarnama.maps.model import Map

_ONE_MAP = Text(
    en="The layout {layout} draws one map, not two that were compared.",
    fa="چیدمان {layout} یک نقشه را می‌کشد، نه دو نقشه مقایسه‌شده را.",
)
_NO_MAP = Text(
    en="There is no map to draw. Name at least one: safarnama draw map.yaml -o OUT",
    fa="نقشه‌ای برای کشیدن نیست. دست‌کم یکی را نام ببرید: safarnama draw map.yaml -o OUT",
)
_NO_WALL = Text(
    en="{layout} draws one map and {n:maps} were given. All on one wall: --layout {walls:list}",
    fa="{layout} یک نقشه می‌کشد و {n:maps} داده‌اید. همه روی یک دیوار: --layout {walls:list}",
)
_HOLDS_ONE = Text(
    en="{path} holds one map and {n:maps} were given. Endings that hold several: {endings:list}.",
    fa="{path} یک نقشه را نگه می‌دارد و {n:maps} داده‌اید. پسوندهایی که چند نقشه را نگه می‌دارد: {endings:list}.",
)
_PICTURES_ONLY = Text(
    en="{path} cannot hold a comparison of two maps. Endings that can: {endings:list}.",
    fa="{path} نمی‌تواند مقایسه دو نقشه را نگه دارد. پسوندهای ممکن: {endings:list}.",
)


def draw(
    document: Map | Sequence[Map] | Diff,
    path: str | Path,
    *,
    layout: str = "grid",
    language: str = "en",
    size: str = "fit",
    pages: str = "split",
    theme: str = "paper",
    logo: str | Path | None = None,
    legend: bool | str = True,
    notes: bool | str = False,
    today: date | None = None,
    **options: Any,
) -> Path:
    """Draw a map, several on one wall (layout "atlas"), or two that were compared, into a file; the ending of its name says the
    output.

    Arguments as in ``drawn``. Raises ``Mistake`` as that does, and where the file cannot be
    written.
    """
    path = Path(path)
    if not path.suffix:
        raise Mistake(
            Text(
                en="{path} has no ending. Add one that says the format: {known:list}.",
                fa="{path} پسوند ندارد. پسوندی که قالب را نشان دهد بیفزایید: {known:list}.",
            ),
            path=path,
            known=[f".{name}" for name in registry.names("output")],
        )
    data = drawn(
        document,
        path.suffix.removeprefix(".").lower(),
        layout=layout,
        language=language,
        size=size,
        pages=pages,
        theme=theme,
        logo=logo,
        legend=legend,
        notes=notes,
        today=today,
        **options,
    )
    try:
        write(path, data)
    except OSError as error:
        raise Mistake(
            Text(en="{path} cannot be written ({reason}).", fa="{path} نوشته نشد ({reason})."),
            path=path,
            reason=error.strerror or error,
        ) from error
    return path


def drawn(
    document: Map | Sequence[Map] | Diff,
    output: str,
    *,
    layout: str = "grid",
    language: str = "en",
    size: str = "fit",
    pages: str = "split",
    theme: str = "paper",
    logo: str | Path | None = None,
    legend: bool | str = True,
    notes: bool | str = False,
    today: date | None = None,
    **options: Any,
) -> bytes:
    """A map, several on one wall, or two that were compared, in the bytes of an output.

    ``size``: a page (a4 … a0, slide, screen, roll), or "fit" for one as large as the sheet. ``pages``: what becomes of a map
    that cannot be read on one (see ``PAGES``). ``logo``: a PNG, JPEG or SVG file. ``legend``: whether the sheet says what its
    marks mean; ``notes``: whether every card follows in full with its evidence ("yes" and "no" will do). ``options`` are
    parameters of the layout and of the output. Raises ``Mistake`` for a name that is not known, a logo that cannot be used, and where the map cannot be read
    on such pages.
    """
    for value, known, what in (
        (language, LANGUAGES, Text(en="Language", fa="زبان")),
        (size, tuple(PAPER), Text(en="Size", fa="اندازه")),
        (pages, tuple(PAGES), Text(en="Pages", fa="صفحه‌ها")),
        (theme, tuple(PRINTS), Text(en="Theme", fa="پوسته")),
    ):
        if value not in known:
            raise unknown(what, value, list(known))
    kind, chosen = _made(registry.find("output", output), registry.find("layout", layout), options)
    subject = _subject(document)
    _check(subject, chosen, kind, layout, output)
    maps = [subject] if isinstance(subject, Map) else [] if isinstance(subject, Diff) else subject
    shown = _embedded(subject)
    told = yes(notes, Text(en="Notes", fa="یادداشت‌ها"))
    setting = Setting(yes(legend, Text(en="Legend", fa="راهنما")), read_logo(logo) if logo else None)

    def scene(spoken: str) -> Scene:
        made: Scene = chosen.scene(shown, spoken, today, setting)
        return made

    def on(paper: str) -> list[Page]:
        found = pages_of(chosen, shown, language, today, setting, PAPER[paper], pages, kind.several, told)
        if told and kind.several:
            for each in maps:
                found += note_pages(embedded(each), language, today, setting, PAPER[PAPER[paper].handout])
        return found

    def paged() -> Sequence[Page]:
        *firsts, last = kind.fits if size == "fit" else (size,)
        for paper in firsts:
            try:
                return on(paper)
            except Mistake:
                continue
        return on(last)

    if isinstance(subject, Map):
        drawing = Drawing(scene, language, theme, subject, today, paged)
    elif isinstance(subject, Diff):
        drawing = Drawing(scene, language, theme, today=today, paged=paged, told=subject.say)
    else:

        def said(spoken: str) -> list[str]:
            return [line for each in subject for line in (*briefly(each, spoken, today), "")]

        drawing = Drawing(scene, language, theme, today=today, paged=paged, told=said, maps=tuple(subject))
    written: bytes = kind.write(drawing)
    return written


def _subject(document: Map | Sequence[Map] | Diff) -> Map | Sequence[Map] | Diff:
    """What is drawn; a single map of a list is that map."""
    if isinstance(document, Map | Diff):
        return document
    maps = list(document)
    return maps[0] if len(maps) == 1 else maps


def _embedded(subject: Map | Sequence[Map] | Diff) -> Map | Sequence[Map] | Diff:
    if isinstance(subject, Diff):
        return subject
    return embedded(subject) if isinstance(subject, Map) else [embedded(each) for each in subject]


def _check(subject: Map | Sequence[Map] | Diff, chosen: Layout, kind: Any, layout: str, output: str) -> None:
    """Raise ``Mistake`` where a layout or an output cannot hold what is to be drawn."""
    if isinstance(subject, Map):
        return
    endings = [f".{name}" for name in registry.names("output") if not registry.find("output", name).needs_map]
    if isinstance(subject, Diff):
        if chosen.draws != "diff":
            raise Mistake(_ONE_MAP, layout=layout)
        if kind.needs_map:
            raise Mistake(_PICTURES_ONLY, path=output, endings=endings)
        return
    if not subject:
        raise Mistake(_NO_MAP)
    if chosen.draws != "collection":
        walls = [name for name in registry.names("layout") if registry.find("layout", name).draws == "collection"]
        raise Mistake(_NO_WALL, layout=chosen.title, n=len(subject), walls=walls)
    if kind.needs_map:
        raise Mistake(_HOLDS_ONE, path=output, n=len(subject), endings=endings)


def _made(output: Any, layout: Any, options: dict[str, Any]) -> tuple[Any, Any]:
    """The output and the layout with what each understands of the options."""
    known = [*layout.model_fields, *output.model_fields]
    given = {name.replace("-", "_"): value for name, value in options.items()}
    for name in given:
        if name not in known:
            raise unknown(Text(en="Parameter", fa="پارامتر"), name, known)
    return tuple(
        kind.of({name: value for name, value in given.items() if name in kind.model_fields})
        for kind in (output, layout)
    )
