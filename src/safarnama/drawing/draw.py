"""Drawing a map into a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from safarnama.core import registry
from safarnama.core.errors import Mistake, unknown
from safarnama.core.words import LANGUAGES, Text
from safarnama.core.workspace import write
from safarnama.drawing.endnotes import note_pages
from safarnama.drawing.logo import logo as read_logo
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
_PICTURES_ONLY = Text(
    en="{path} cannot hold a comparison of two maps. Endings that can: {endings:list}.",
    fa="{path} نمی‌تواند مقایسه دو نقشه را نگه دارد. پسوندهای ممکن: {endings:list}.",
)


def draw(
    document: Map | Diff,
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
    """Draw a map, or two that were compared, into a file; the ending of its name says the output.

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
    document: Map | Diff,
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
    """A map, or two that were compared, in the bytes of an output.

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
    if isinstance(document, Diff) and chosen.draws != "diff":
        raise Mistake(_ONE_MAP, layout=layout)
    if isinstance(document, Diff) and kind.needs_map:
        endings = [f".{name}" for name in registry.names("output") if not registry.find("output", name).needs_map]
        raise Mistake(_PICTURES_ONLY, path=output, endings=endings)
    shown = embedded(document) if isinstance(document, Map) else document
    told = _yes(notes, Text(en="Notes", fa="یادداشت‌ها"))
    setting = Setting(_yes(legend, Text(en="Legend", fa="راهنما")), read_logo(logo) if logo else None)

    def scene(spoken: str) -> Scene:
        made: Scene = chosen.scene(shown, spoken, today, setting)
        return made

    def on(paper: str) -> list[Page]:
        found = pages_of(chosen, shown, language, today, setting, PAPER[paper], pages, kind.several, told)
        if told and kind.several and isinstance(shown, Map):
            found += note_pages(shown, language, today, setting, PAPER[PAPER[paper].handout])
        return found

    def paged() -> Sequence[Page]:
        *firsts, last = kind.fits if size == "fit" else (size,)
        for paper in firsts:
            try:
                return on(paper)
            except Mistake:
                continue
        return on(last)

    if isinstance(document, Diff):
        drawing = Drawing(scene, language, theme, today=today, paged=paged, told=document.say)
    else:
        drawing = Drawing(scene, language, theme, document, today, paged)
    written: bytes = kind.write(drawing)
    return written


def _yes(value: bool | str, what: Text) -> bool:
    if value in (True, False):
        return bool(value)
    if value not in ("yes", "no"):
        raise unknown(what, str(value), ["yes", "no"])
    return value == "yes"


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
