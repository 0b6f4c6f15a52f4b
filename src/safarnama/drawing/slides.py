"""A scene as native DrawingML shapes: what a slide program can select, move, recolour and retype.

Text that follows on from line to line is one text box with one paragraph, whose lines end where they do on the sheet. No
direction control goes into a slide: paragraphs say which way they run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import Any
from xml.sax.saxutils import quoteattr

from safarnama.drawing.bidi import SIGNED
from safarnama.drawing.bounds import bounds
from safarnama.drawing.icons import icon
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
    Segment,
    Text,
)
from safarnama.drawing.shaping import width
from safarnama.drawing.svg import escape
from safarnama.drawing.tokens import GREY, mix, resolve

EMU = 9525  # of a pixel
FONT, FALLBACK = "Vazirmatn", "Tahoma"
_LIKE = 'panose="020B0604030504040204" pitchFamily="34" charset="-78"'  # of Tahoma: what to look for where ours is not there
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = f'xmlns:a="{_A}" xmlns:p="{_P}" xmlns:r="{_R}"'
_SLACK = 1.25  # room for a font that runs wider than ours, in bold too
_HATCH = 0.12  # how much of its colour a hatch shows: a program's is denser than ours
_BASE = 0.8  # of the line's height, where slide programs put the baseline of a line of exact height
_ANCHOR = {"start": "l", "middle": "ctr", "end": "r"}


@dataclass(frozen=True)
class Place:
    """Where a sheet stands on a slide: pixels to EMU."""

    scale: float
    left: float = 0.0
    top: float = 0.0

    def x(self, value: float) -> int:
        return round((self.left + value * self.scale) * EMU)

    def y(self, value: float) -> int:
        return round((self.top + value * self.scale) * EMU)

    def long(self, value: float) -> int:
        return max(0, round(value * self.scale * EMU))


class Writer:
    """Writes the shapes of one slide. ``pictures`` turns an image's bytes into the id of its relation to the slide."""

    def __init__(self, scene: Scene, theme: str, place: Place, pictures: Any) -> None:
        self.scene = scene.placed()
        self.theme = theme
        self.place = place
        self.pictures = pictures
        self.number = count(2)

    def shapes(self) -> list[str]:
        """The marks from the back to the front, as XML."""
        return self._all(self.scene.marks)

    def _all(self, marks: Sequence[Mark]) -> list[str]:
        written: list[str] = []
        at = 0
        while at < len(marks):
            mark = marks[at]
            if isinstance(mark, Text):
                lines = [mark]
                while at + 1 < len(marks) and _goes_on(lines, marks[at + 1]):
                    at += 1
                    lines.append(marks[at])  # type: ignore[arg-type]
                written.append(self._text(lines))
            else:
                written += self._mark(mark)
            at += 1
        return written

    def _mark(self, mark: Mark) -> list[str]:
        match mark:
            case Box():
                return [self._box(mark)]
            case Line():
                segments: tuple[Segment, ...] = (("M", (mark.x1, mark.y1)), ("L", (mark.x2, mark.y2)))
                return [self._free(segments, None, mark.stroke, mark.width, mark.dash, mark.opacity, "line")]
            case Arrow():
                segments = (("M", (mark.x1, mark.y1)), ("L", (mark.x2, mark.y2)))
                return [self._free(segments, None, mark.stroke, mark.width, None, 1, "arrow", head=True)]
            case Path():
                return [self._free(mark.segments, mark.fill, mark.stroke, mark.width, mark.dash, mark.opacity, "curve", hatched=mark.hatched)]  # fmt: skip
            case Icon():
                return self._icon(mark)
            case Image():
                return [self._image(mark)]
            case Group() | Link():
                return self._group(mark)
            case _:
                return []

    # ------------------------------------------------------------------ one of each

    def _box(self, box: Box) -> str:
        wide, high = max(0.0, box.width), max(0.0, box.height)
        small = min(wide, high)
        if box.radius and small and box.radius >= small / 2 - 0.01 and abs(wide - high) < 0.5:
            form = '<a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom>'
        elif box.radius and small:
            round_ = min(50_000, round(box.radius / small * 100_000))
            form = (
                f'<a:prstGeom prst="roundRect"><a:avLst><a:gd name="adj" fmla="val {round_}"/></a:avLst></a:prstGeom>'
            )
        else:
            form = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        look = self._look(box.fill, box.stroke, box.stroke_width, box.dash, box.opacity, box.hatched)
        return self._shape("box", self._frame(box.x, box.y, wide, high) + form + look)

    def _free(
        self, segments: Sequence[Segment], fill: Fill, stroke: str | None, wide: float, dash: str | None,
        opacity: float, name: str, hatched: bool = False, head: bool = False,
    ) -> str:  # fmt: skip
        xs = [value for _, at in segments for value in at[::2]]
        ys = [value for _, at in segments for value in at[1::2]]
        if not xs:
            return ""
        left, top = min(xs), min(ys)
        form = self._path(segments, left, top, max(xs) - left, max(ys) - top, fill is not None or hatched)
        look = self._look(fill, stroke, wide, dash, opacity, hatched, head)
        return self._shape(name, self._frame(left, top, max(xs) - left, max(ys) - top) + form + look)

    def _path(
        self, segments: Sequence[Segment], left: float, top: float, wide: float, high: float, filled: bool
    ) -> str:
        def point(x: float, y: float) -> str:
            return f'<a:pt x="{self.place.long(x - left)}" y="{self.place.long(y - top)}"/>'

        steps = []
        for verb, at in segments:
            if verb == "M":
                steps.append(f"<a:moveTo>{point(*at)}</a:moveTo>")
            elif verb == "L":
                steps.append(f"<a:lnTo>{point(*at)}</a:lnTo>")
            elif verb == "C":
                steps.append(f"<a:cubicBezTo>{point(*at[:2])}{point(*at[2:4])}{point(*at[4:])}</a:cubicBezTo>")
            else:
                steps.append("<a:close/>")
        kind = "" if filled else ' fill="none"'
        return (
            "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
            '<a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
            f'<a:path w="{self.place.long(wide)}" h="{self.place.long(high)}"{kind}>{"".join(steps)}</a:path>'
            "</a:pathLst></a:custGeom>"
        )

    def _icon(self, mark: Icon) -> list[str]:
        scale = mark.size / 24
        shapes = []
        for segments, filled, own, wide, dash in drawn(mark.name):
            placed = tuple(
                (verb, tuple((mark.x if n % 2 == 0 else mark.y) + value * scale for n, value in enumerate(at)))
                for verb, at in segments
            )
            colour = own or mark.colour
            if filled:
                shapes.append(self._free(placed, colour, None, 0, None, 1, "icon"))
            else:
                dashed = " ".join(f"{float(long) * scale:.3f}" for long in dash.split()) if dash else None
                shapes.append(self._free(placed, None, colour, (wide or mark.stroke) * scale, dashed, 1, "icon"))
        return [self._grouped(shapes, mark.name, (mark.x, mark.y, mark.size, mark.size))] if len(shapes) > 1 else shapes

    def _image(self, image: Image) -> str:
        form = "ellipse" if image.round else "rect"
        return (
            f'<p:pic><p:nvPicPr><p:cNvPr id="{next(self.number)}" name="picture"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr>'
            f'<p:blipFill><a:blip r:embed="{self.pictures(image.data)}">{"<a:grayscl/>" if self.theme == GREY else ""}</a:blip><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
            f"<p:spPr>{self._frame(image.x, image.y, image.width, image.height)}"
            f'<a:prstGeom prst="{form}"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
        )

    def _group(self, group: Group | Link) -> list[str]:
        inside = self._all(group.marks)
        around = bounds(group.marks)
        if len(inside) < 2 or around is None:
            return inside
        name = group.id if isinstance(group, Group) and group.id else "group"
        left, top, right, bottom = around
        return [self._grouped(inside, name, (left, top, right - left, bottom - top), group.title)]

    def _grouped(self, inside: list[str], name: str, around: tuple[float, float, float, float], title: str = "") -> str:
        x, y, wide, high = around
        place = (
            f'x="{self.place.x(x)}" y="{self.place.y(y)}"',
            f'cx="{self.place.long(wide)}" cy="{self.place.long(high)}"',
        )
        said = f" descr={quoteattr(escape(title))}" if title else ""
        return (
            f'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="{next(self.number)}" name={quoteattr(escape(name))}{said}/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
            f"<p:grpSpPr><a:xfrm><a:off {place[0]}/><a:ext {place[1]}/><a:chOff {place[0]}/><a:chExt {place[1]}/></a:xfrm></p:grpSpPr>"
            f"{''.join(inside)}</p:grpSp>"
        )

    def _text(self, lines: list[Text]) -> str:
        first = lines[0]
        leading = lines[1].y - first.y if len(lines) > 1 else first.size * 1.35
        wide = max(width(line.text, line.size, line.weight) for line in lines)
        # One line never wraps; a paragraph keeps its lines in the room they had, and a little more for another font.
        room = wide * _SLACK + (6 if len(lines) == 1 else 2)
        left = first.x - {"start": 0.0, "middle": room / 2, "end": room}[first.anchor]
        top = first.y - _BASE * leading
        # A number with a sign alone runs from the left, or its sign would stand behind it.
        right = first.direction == "rtl" and not SIGNED.fullmatch(first.text)
        size = max(100, round(first.size * 0.75 * self.place.scale * 100))
        spacing = max(1, round(leading * 0.75 * self.place.scale * 100))
        language = "fa-IR" if right else "en-US"
        bold = ' b="1"' if first.weight >= 600 else ""
        look = (
            f'<a:rPr lang="{language}" sz="{size}"{bold} dirty="0"><a:solidFill>{self._colour(first.colour)}</a:solidFill>'
            f'<a:latin typeface="{FONT}" {_LIKE}/><a:cs typeface="{FONT}" {_LIKE}/></a:rPr>'
        )
        runs = f"<a:br>{look}</a:br>".join(f"<a:r>{look}<a:t>{escape(line.text)}</a:t></a:r>" for line in lines)
        wrap = "none" if len(lines) == 1 else "square"
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{next(self.number)}" name="text"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
            f"<p:spPr>{self._frame(left, top, room, leading * len(lines))}"
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>'
            f'<p:txBody><a:bodyPr wrap="{wrap}" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></a:bodyPr><a:lstStyle/>'
            f'<a:p><a:pPr algn="{_ANCHOR[first.anchor]}" rtl="{int(right)}"><a:lnSpc><a:spcPts val="{spacing}"/></a:lnSpc></a:pPr>'
            f"{runs}</a:p></p:txBody></p:sp>"
        )

    # ------------------------------------------------------------------ what they share

    def _shape(self, name: str, properties: str) -> str:
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{next(self.number)}" name="{name}"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>'
            f"<p:spPr>{properties}</p:spPr></p:sp>"
        )

    def _frame(self, x: float, y: float, wide: float, high: float) -> str:
        return (
            f'<a:xfrm><a:off x="{self.place.x(x)}" y="{self.place.y(y)}"/>'
            f'<a:ext cx="{self.place.long(wide)}" cy="{self.place.long(high)}"/></a:xfrm>'
        )

    def _look(
        self,
        fill: Fill,
        stroke: str | None,
        wide: float,
        dash: str | None,
        opacity: float,
        hatched: bool,
        head: bool = False,
    ) -> str:
        return self._fill(fill, opacity, hatched) + self._line(stroke, wide, dash, opacity, head)

    def _fill(self, fill: Fill, opacity: float, hatched: bool) -> str:
        if hatched:
            ground = fill if isinstance(fill, str) else "paper"
            # Mixed, not let through: some programs draw a hatch at its full strength.
            line = mix(resolve(ground, self.theme), resolve("hatch", self.theme), _HATCH)
            return (
                f'<a:pattFill prst="ltUpDiag"><a:fgClr>{self._colour(line)}</a:fgClr>'
                f"<a:bgClr>{self._colour(ground)}</a:bgClr></a:pattFill>"
            )
        if fill is None:
            return "<a:noFill/>"
        if isinstance(fill, Gradient):
            stops = "".join(
                f'<a:gs pos="{round(at * 100_000)}">{self._colour(colour)}</a:gs>' for at, colour in fill.stops
            )
            return f'<a:gradFill><a:gsLst>{stops}</a:gsLst><a:lin ang="{0 if fill.along else 5_400_000}" scaled="0"/></a:gradFill>'
        return f"<a:solidFill>{self._colour(fill, opacity)}</a:solidFill>"

    def _line(self, stroke: str | None, wide: float, dash: str | None, opacity: float, head: bool) -> str:
        if stroke is None or wide <= 0:
            return "<a:ln><a:noFill/></a:ln>"
        dashed, cap = "", "rnd"
        if dash:
            on, off = (round(float(long) / wide * 100_000) for long in dash.split()[:2])
            dashed, cap = f'<a:custDash><a:ds d="{on}" sp="{off}"/></a:custDash>', "flat"
        end = '<a:tailEnd type="arrow" w="med" len="med"/>' if head else ""
        return (
            f'<a:ln w="{max(1, self.place.long(wide))}" cap="{cap}"><a:solidFill>{self._colour(stroke, opacity)}</a:solidFill>'
            f"{dashed}<a:round/>{end}</a:ln>"
        )

    def _colour(self, token: str, opacity: float = 1) -> str:
        alpha = f'<a:alpha val="{round(opacity * 100_000)}"/>' if opacity < 1 else ""
        return f'<a:srgbClr val="{resolve(token, self.theme).removeprefix("#")}">{alpha}</a:srgbClr>'


def _goes_on(lines: list[Text], mark: Mark) -> bool:
    """Whether a mark is the next line of the same paragraph."""
    last = lines[-1]
    if not isinstance(mark, Text) or (mark.x, mark.size, mark.weight, mark.colour, mark.anchor, mark.direction) != (
        last.x, last.size, last.weight, last.colour, last.anchor, last.direction,
    ):  # fmt: skip
        return False
    step = mark.y - last.y
    if not 0.9 * last.size < step < 2 * last.size:
        return False
    return len(lines) < 2 or abs(step - (last.y - lines[-2].y)) < 0.01


@lru_cache(maxsize=256)
def drawn(name: str) -> tuple[tuple[tuple[Segment, ...], bool, str | None, float | None, str | None], ...]:
    """The strokes of an icon on its grid of 24: segments, whether they are filled, and a colour, width and dash of their own."""
    from xml.etree import ElementTree

    from fontTools.pens.recordingPen import DecomposingRecordingPen
    from fontTools.svgLib import SVGPath

    found = []
    root = ElementTree.fromstring(f"<svg>{icon(name)}</svg>")  # our own set, never what a user wrote
    for element in root:
        inside = ElementTree.tostring(element, encoding="unicode")
        pen = DecomposingRecordingPen({})
        SVGPath.fromstring(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode()).draw(pen)
        fill = element.get("fill", "none")
        own = fill if fill.startswith("#") else None
        wide = element.get("stroke-width")
        dash = element.get("stroke-dasharray")
        found.append((tuple(_segments(pen.value)), fill != "none", own, float(wide) if wide else None, dash))
    return tuple(found)


def _segments(recorded: Sequence[tuple[str, Any]]) -> list[Segment]:
    segments: list[Segment] = []
    at = (0.0, 0.0)
    for verb, points in recorded:
        if verb == "moveTo":
            segments.append(("M", tuple(points[0])))
        elif verb == "lineTo":
            segments.append(("L", tuple(points[0])))
        elif verb == "curveTo":
            segments.append(("C", tuple(value for point in points for value in point)))
        elif verb == "qCurveTo":
            (cx, cy), (x, y) = points
            first = (at[0] + 2 / 3 * (cx - at[0]), at[1] + 2 / 3 * (cy - at[1]))
            second = (x + 2 / 3 * (cx - x), y + 2 / 3 * (cy - y))
            segments.append(("C", (*first, *second, x, y)))
        elif verb == "closePath":
            segments.append(("Z", ()))
        if points:
            at = points[-1]
    return segments
