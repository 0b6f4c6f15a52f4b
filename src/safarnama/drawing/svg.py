"""A scene as SVG: the master that pages show and every other picture is made from."""

from __future__ import annotations

import base64
import html
import re
from functools import lru_cache
from itertools import count

from safarnama.drawing.bidi import isolated
from safarnama.drawing.icons import icon
from safarnama.drawing.paper import MM, Page, page_of
from safarnama.drawing.pictures import greyed
from safarnama.drawing.scene import (
    Arrow,
    Box,
    Fill,
    Gradient,
    Group,
    Icon,
    Image,
    Line,
    Link,
    Mark,
    Path,
    Scene,
    Text,
)
from safarnama.drawing.shaping import FAMILY, width
from safarnama.drawing.tokens import GREY, resolve

_OWN = re.compile("#[0-9A-Fa-f]{6}")  # a colour that an icon has of its own
# What XML may not hold at all, escaped or not.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_UNSAFE = re.compile(f"[&<>\"']|{FORBIDDEN.pattern}")


def svg(
    scene: Scene,
    theme: str | None = "paper",
    links: bool = True,
    page: Page | None = None,
    names: str = "",
    rims: bool = True,
) -> str:
    """The scene as an SVG document; on a ``page``, as large as that.

    ``theme`` None leaves colours to the page, as ``var(--token)``. ``links`` False leaves links out, for printing.
    ``names`` begins every id, where several drawings share a page. ``rims`` False lays a plate behind words on a picture instead of
    a rim around them: Typst draws the rim of each letter over the letter before.
    """
    return _Writer(scene.placed(), theme, links, names, rims).document(page or page_of(scene))


def escape(text: str, quote: bool = False) -> str:
    """Words as XML can hold them: markup defused, characters that no XML may contain left out."""
    if not _UNSAFE.search(text):
        return text
    return html.escape(FORBIDDEN.sub("", text), quote=quote)


class _Writer:
    def __init__(self, scene: Scene, theme: str | None, links: bool, names: str, rims: bool) -> None:
        self.scene = scene
        self.theme = theme
        self.links = links
        self.names = names
        self.rims = rims
        self.definitions: dict[str, str] = {}
        self.number = count(1)
        self.insides: dict[tuple[str, str], str] = {}  # of icons, by name and colour

    def document(self, page: Page) -> str:
        scene, view = self.scene, " ".join(_n(value) for value in page.view)
        left, top, wide, high = page.view
        body = "".join(self.mark(mark) for mark in scene.marks)
        ground = (
            f'<rect{_place(left, top)} width="{_n(wide)}" height="{_n(high)}" fill="{self.paint(scene.background)}"/>'
            if scene.background
            else ""
        )
        title = f"<title>{escape(scene.title)}</title>" if scene.title else ""
        description = f"<desc>{escape(scene.description)}</desc>" if scene.description else ""
        definitions = f"<defs>{''.join(self.definitions.values())}</defs>" if self.definitions else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(page.width / MM)}" height="{_n(page.height / MM)}" '
            f'viewBox="{view}" role="img" lang="{scene.language}" '
            f'font-family="{FAMILY}" aria-label="{escape(scene.title, quote=True)}">'
            f"{title}{description}{definitions}{ground}{body}</svg>"
        )

    def mark(self, mark: Mark) -> str:
        match mark:
            case Text():
                return self.text(mark)
            case Box():
                return self.box(mark)
            case Line():
                cap = ' stroke-linecap="round"' if mark.round else ""
                return (
                    f'<line x1="{_n(mark.x1)}" y1="{_n(mark.y1)}" x2="{_n(mark.x2)}" y2="{_n(mark.y2)}" '
                    f'stroke="{self.paint(mark.stroke)}" stroke-width="{_n(mark.width)}"{_dash(mark.dash)}{cap}{_opacity(mark.opacity)}/>'
                )
            case Path():
                return self.path(mark)
            case Arrow():
                return self.arrow(mark)
            case Icon():
                return self.icon(mark)
            case Image():
                return self.image(mark)
            case Group():
                label = f"<title>{escape(mark.title)}</title>" if mark.title else ""
                name = f' id="{escape(self.names + mark.id, quote=True)}"' if mark.id else ""
                role = f' class="{escape(mark.role, quote=True)}"' if mark.role else ""
                return f"<g{name}{role}>{label}{''.join(map(self.mark, mark.marks))}</g>"
            case Link():
                inside = "".join(map(self.mark, mark.marks))
                if not self.links:
                    return f"<g>{inside}</g>"
                label = f"<title>{escape(mark.title)}</title>" if mark.title else ""
                return f'<a href="{escape(mark.href, quote=True)}">{label}{inside}</a>'

    def box(self, box: Box) -> str:
        radius = f' rx="{_n(box.radius)}"' if box.radius else ""
        place = (
            f'x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(max(0, box.width))}" height="{_n(max(0, box.height))}"{radius}'
        )
        drawn = (
            f"<rect {place} {self.painted(box.fill, box.stroke, box.stroke_width, box.dash)}{_opacity(box.opacity)}/>"
        )
        return drawn + (f'<rect {place} fill="{self.hatch()}"/>' if box.hatched else "")

    def path(self, path: Path) -> str:
        data = "".join(verb + " ".join(_n(value) for value in at) for verb, at in path.segments)
        drawn = f'<path d="{data}" {self.painted(path.fill, path.stroke, path.width, path.dash)} stroke-linejoin="round"{_opacity(path.opacity)}/>'
        return drawn + (f'<path d="{data}" fill="{self.hatch()}"/>' if path.hatched else "")

    def text(self, text: Text) -> str:
        halo = plate = ""
        if text.halo and self.rims:
            halo = f' paint-order="stroke" stroke="{self.paint(text.halo)}" stroke-width="3" stroke-linejoin="round"'
        elif text.halo:
            plate = self.plate(text, text.halo)
        figures = ' style="font-variant-numeric:tabular-nums"' if text.tabular else ""
        weight = f' font-weight="{text.weight}"' if text.weight != 400 else ""
        anchor = f' text-anchor="{text.anchor}"' if text.anchor != "start" else ""
        return (
            f'{plate}<text x="{_n(text.x)}" y="{_n(text.y)}" font-size="{_n(text.size)}"{weight}{anchor} '
            f'fill="{self.paint(text.colour)}"{halo}{figures}>{escape(isolated(text.text, text.direction))}</text>'
        )

    def plate(self, text: Text, colour: str) -> str:
        wide = width(text.text, text.size, text.weight)
        left = text.x - {"start": 0.0, "middle": wide / 2, "end": wide}[text.anchor]
        size = text.size
        return (
            f'<rect x="{_n(left - 3)}" y="{_n(text.y - 0.88 * size)}" width="{_n(wide + 6)}" height="{_n(1.22 * size)}" '
            f'rx="{_n(0.3 * size)}" fill="{self.paint(colour)}" opacity="0.82"/>'
        )

    def arrow(self, arrow: Arrow) -> str:
        dx, dy = arrow.x2 - arrow.x1, arrow.y2 - arrow.y1
        length = (dx * dx + dy * dy) ** 0.5 or 1.0
        ux, uy, h = dx / length, dy / length, arrow.head
        left = (arrow.x2 - h * (ux - uy * 0.8), arrow.y2 - h * (uy + ux * 0.8))
        right = (arrow.x2 - h * (ux + uy * 0.8), arrow.y2 - h * (uy - ux * 0.8))
        data = (
            f"M{_n(arrow.x1)} {_n(arrow.y1)}L{_n(arrow.x2)} {_n(arrow.y2)}"
            f"M{_n(left[0])} {_n(left[1])}L{_n(arrow.x2)} {_n(arrow.y2)}L{_n(right[0])} {_n(right[1])}"
        )
        return (
            f'<path d="{data}" fill="none" stroke="{self.paint(arrow.stroke)}" stroke-width="{_n(arrow.width)}" '
            'stroke-linecap="round" stroke-linejoin="round"/>'
        )

    def icon(self, mark: Icon) -> str:
        colour = self.paint(mark.colour)
        inside = self.insides.get((mark.name, colour))
        if inside is None:
            # The set says currentColor; renderers outside the browser want the colour itself.
            inside = _OWN.sub(lambda own: self.paint(own[0]), icon(mark.name)).replace("currentColor", colour)
            self.insides[mark.name, colour] = inside
        return (
            f'<svg x="{_n(mark.x)}" y="{_n(mark.y)}" width="{_n(mark.size)}" height="{_n(mark.size)}" viewBox="0 0 24 24" fill="none" '
            f'stroke="{colour}" stroke-width="{_n(mark.stroke)}" stroke-linecap="round" stroke-linejoin="round">{inside}</svg>'
        )

    def image(self, image: Image) -> str:
        shown = greyed(image.data) if self.theme == GREY else image.data
        data = base64.b64encode(shown).decode()
        clip = ""
        if image.round:
            name = f"{self.names}c{next(self.number)}"
            r = min(image.width, image.height) / 2
            self.definitions[name] = (
                f'<clipPath id="{name}"><circle cx="{_n(image.x + r)}" cy="{_n(image.y + r)}" r="{_n(r)}"/></clipPath>'
            )
            clip = f' clip-path="url(#{name})"'
        return (
            f'<image x="{_n(image.x)}" y="{_n(image.y)}" width="{_n(image.width)}" height="{_n(image.height)}" '
            f'href="data:{escape(image.media, quote=True)};base64,{data}"{clip}/>'
        )

    def painted(self, fill: Fill, stroke: str | None, width: float, dash: str | None) -> str:
        edge = f' stroke="{self.paint(stroke)}" stroke-width="{_n(width)}"{_dash(dash)}' if stroke else ""
        return f'fill="{self.fill(fill)}"{edge}'

    def fill(self, fill: Fill) -> str:
        if fill is None:
            return "none"
        if isinstance(fill, str):
            return self.paint(fill)
        return self.gradient(fill)

    def gradient(self, gradient: Gradient) -> str:
        stops = "".join(f'<stop offset="{_n(at)}" stop-color="{self.paint(colour)}"/>' for at, colour in gradient.stops)
        way = 'x1="0" y1="0" x2="1" y2="0"' if gradient.along else 'x1="0" y1="0" x2="0" y2="1"'
        inside = f"{way}>{stops}<"
        name = next(
            (known for known, text in self.definitions.items() if inside in text), f"{self.names}g{next(self.number)}"
        )
        self.definitions[name] = f'<linearGradient id="{name}" {inside}/linearGradient>'
        return f"url(#{name})"

    def hatch(self) -> str:
        self.definitions["hatch"] = (
            f'<pattern id="{self.names}hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
            f'<line x1="0" y1="0" x2="0" y2="6" stroke="{self.paint("hatch")}" stroke-opacity="0.26" stroke-width="1"/></pattern>'
        )
        return f"url(#{self.names}hatch)"

    def paint(self, token: str | None) -> str:
        if token is None:
            return "none"
        if self.theme is None and not token.startswith("#"):
            if token.count(":") == 2:
                first, second, share = token.split(":")
                return f"color-mix(in srgb, var(--{first}), var(--stage-{second}) {float(share):.0%})"
            return f"var(--{token})"
        return resolve(token, self.theme or "paper")


@lru_cache(maxsize=1 << 16)
def _n(value: float) -> str:
    """A number with at most two decimals: the same picture on every machine, and no longer than it needs to be."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _place(left: float, top: float) -> str:
    """Where the ground begins, unless it is where everything begins."""
    return f' x="{_n(left)}" y="{_n(top)}"' if left or top else ""


def _dash(dash: str | None) -> str:
    return f' stroke-dasharray="{dash}"' if dash else ""


def _opacity(opacity: float) -> str:
    return f' opacity="{_n(opacity)}"' if opacity != 1 else ""
