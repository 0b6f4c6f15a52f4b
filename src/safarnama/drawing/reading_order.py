"""The words of a PDF in the order in which they are read.

Typst sets the letters of a Persian line one by one from left to right, so a program that takes the text out gets it backwards,
with the controls of direction among it and lam-alef as alef-lam. Here every line is put into the order of its string, without
controls, and every letter says one character. Nothing on the page moves: each letter has a place of its own.

This reads the PDFs that Typst writes (a plain table of objects, one text object a letter) and nothing else.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_STRING = rb"\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f]*>"
_LETTER = re.compile(
    rb"q (?P<turn>\S+ \S+ \S+ \S+) (?P<x>\S+) (?P<y>\S+) cm(?P<colour>[^\n]*)\n"
    rb"BT(?:/Span<</ActualText(?P<says>" + _STRING + rb")>>BDC)? 0 Tr/(?P<font>f\d+) (?P<size>\S+) Tf 1 0 0 -1 0 0 Tm"
    rb"(?P<code>" + _STRING + rb")Tj\n(?:EMC\n)?ET\nQ\n",
    re.DOTALL,
)
_ESCAPED = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_ISOLATES = frozenset("\u2066\u2067\u2069")
_CONTROLS = _ISOLATES | {"\u061c"}
_HALF_SPACE = "\u200c"  # also what a glyph says that has nothing to say
_UNSEEN = b"3 Tr 1 Tz"  # without ink, and hardly wide


class _Letter(NamedTuple):
    """One glyph at its place; ``code`` is its number in the font, 0 for a character that the font does not have."""

    found: re.Match[bytes]
    font: int
    code: int
    says: str


def in_reading_order(pdf: bytes, lines: Iterable[str]) -> bytes:
    """The PDF with the letters of each line in the order of its string.

    ``lines``: what was set, in the order in which it was set, with its isolates (``bidi.isolated``). A PDF of another kind
    is returned as it is.
    """
    start = int(pdf[pdf.rindex(b"startxref") + 9 :].split()[0])
    if not pdf.startswith(b"xref", start):
        return pdf
    file = _File(pdf, start)
    fonts = _Fonts(file)
    turned = iter([line for line in lines if _ISOLATES & set(line)])
    for page in file.pages():
        content = file.reference(page, b"Contents")
        resources = file.reference(page, b"Resources")
        names = {name: int(number) for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", file.objects[resources])}
        if names:
            file.set_stream(content, b"".join(_ordered(file.stream(content), names, fonts, turned)))
            fonts.name(resources, names)
    fonts.write()
    return file.written()


def _ordered(content: bytes, names: dict[bytes, int], fonts: _Fonts, lines: Iterator[str]) -> Iterator[bytes]:
    """The content of a page; what stands between the letters of a line is drawn behind them."""
    letters = [fonts.letter(found, names) for found in _LETTER.finditer(content)]
    at = place = 0
    while place < len(letters):
        after = place + 1
        if letters[place].says in _ISOLATES and (line := next(lines, None)):
            missing = sum(character in _ISOLATES for character in line) - 1
            while missing and after < len(letters):
                missing -= letters[after].says in _ISOLATES
                after += 1
            reading = _read(line, letters[place:after])
        else:
            while after < len(letters) and _rimmed(content, letters[after - 1], letters[after]):
                after += 1
            reading = letters[place:after]
        for letter in letters[place:after]:
            yield content[at : letter.found.start()]
            at = letter.found.end()
        for letter in reading:
            yield fonts.drawn(letter)
        place = after
    yield content[at:]


def _rimmed(content: bytes, before: _Letter, letter: _Letter) -> bool:
    """Whether a letter has a rim that must not lie on the letter before it."""
    between = content[before.found.end() : letter.found.start()]
    return bool(between) and between.startswith(letter.found[0].partition(b" cm")[0])


def _read(line: str, letters: list[_Letter]) -> list[_Letter]:
    """The letters in the order of the string. Of several that say the same the nearest comes next: runs stay together."""
    plain = "".join(character for character in line if character not in _CONTROLS)
    seen = [letter for letter in letters if letter.says not in _CONTROLS]
    for way in (seen[::-1], seen):  # most lines run one way
        if "".join([letter.says for letter in way]) == plain:
            return way
    free: dict[str, list[int]] = {}
    for number, letter in enumerate(seen):
        free.setdefault(letter.says[:1] if letter.says or letter.code else "\0", []).append(number)
    read: list[_Letter] = []
    last, at = len(seen) if line.startswith("\u2067") else -1, 0
    while at < len(plain):
        fitting = [number for number in free.get(plain[at], ()) if plain.startswith(seen[number].says, at)]
        missing = "" if fitting else plain[at]
        fitting = fitting or free.get("\0", [])  # not in the font
        if not fitting:
            at += 1
            continue
        last = min(fitting, key=lambda number: (-len(seen[number].says), abs(number - last)))
        says = missing or seen[last].says
        free["\0" if missing else says[0]].remove(last)
        # A mark over a letter has a glyph of its own, and the letter says both.
        marks = [number for number in free.get("", ()) if abs(number - last) < len(says)][: len(says) - 1]
        kept = len(says) - len(marks)
        read.append(seen[last]._replace(says=says[:kept]))
        for number, mark in zip(marks, says[kept:], strict=True):
            free[""].remove(number)
            read.append(seen[number]._replace(says=mark))
        at += len(says)
    return read + [seen[number] for number in sorted(number for numbers in free.values() for number in numbers)]


class _Fonts:
    """What the glyphs of each font say. Where one glyph must say two things, a twin of the font says the second."""

    def __init__(self, file: _File) -> None:
        self.file = file
        self.old: dict[int, dict[int, str]] = {}
        self.new: dict[int, list[dict[int, str]]] = {}
        self.numbers: dict[tuple[int, int], int] = {}
        self.known: dict[tuple[int, bytes, bytes | None], tuple[int, str]] = {}
        self.spoken: dict[tuple[int, int, str], list[bytes]] = {}

    def letter(self, found: re.Match[bytes], names: dict[bytes, int]) -> _Letter:
        font = names[found["font"]]
        key = (font, found["code"], found["says"])
        if key not in self.known:
            if font not in self.old:
                self.old[font] = _said(self.file.stream(self.file.reference(font, b"ToUnicode")))
                self.new[font] = [{}]
            code = int.from_bytes(_bytes(found["code"]), "big")
            says = _words(_bytes(found["says"])) if found["says"] else self.old[font].get(code, "")
            self.known[key] = (code, says)
        return _Letter(found, font, *self.known[key])

    def drawn(self, letter: _Letter) -> bytes:
        """A letter. Programs take the characters of one glyph from left to right, so where it stands for several of a
        right-to-left script it says the first, and the others follow it unseen at its end."""
        key = (letter.font, letter.code, letter.says)
        if key not in self.spoken:
            self.spoken[key] = [self._twin(letter, part) for part in _parts(letter.says)]
        found, twins = letter.found, self.spoken[key]
        if twins == [b""] and not found["says"]:
            return found[0]
        return b"".join(
            b"q %b %b %b cm%b\nBT %b/%b%b %b Tf 1 0 0 -1 0 0 Tm%bTj\nET\nQ\n"
            % (
                found["turn"],
                b"%.2f" % (float(found["x"]) - number / 100) if number else found["x"],
                found["y"],
                found["colour"],
                _UNSEEN if number else b"0 Tr",
                found["font"],
                twin,
                found["size"],
                found["code"],
            )
            for number, twin in enumerate(twins)
        )

    def _twin(self, letter: _Letter, says: str) -> bytes:
        """The end of the name of the font in which the glyph says this."""
        twins = self.new[letter.font]
        twin = next((twin for twin, said in enumerate(twins) if said.get(letter.code, says) == says), len(twins))
        if twin == len(twins):
            twins.append({})
        twins[twin][letter.code] = says
        return b"t%d" % twin if twin else b""

    def name(self, resources: int, names: dict[bytes, int]) -> None:
        """Gives a page the twins that its letters use."""
        more = b""
        for name, font in names.items():
            for twin in range(1, len(self.new.get(font, ()))):
                if (font, twin) not in self.numbers:
                    self.numbers[font, twin] = self.file.add(self.file.objects[font])
                more += b"/%bt%d %d 0 R" % (name, twin, self.numbers[font, twin])
        self.file.objects[resources] = self.file.objects[resources].replace(b"/Font<<", b"/Font<<" + more, 1)

    def write(self) -> None:
        for font, twins in self.new.items():
            plain = self.file.reference(font, b"ToUnicode")
            for twin, said in enumerate(twins):
                number = plain if twin == 0 else self.file.add(self.file.objects[plain])
                self.file.set_stream(number, _table(said))
                if twin:
                    mine = self.numbers[font, twin]
                    self.file.objects[mine] = self.file.objects[font].replace(
                        b"/ToUnicode %d 0 R" % plain, b"/ToUnicode %d 0 R" % number
                    )


class _File:
    """The objects of a PDF with a plain table of them, by number."""

    def __init__(self, pdf: bytes, start: int) -> None:
        table, _, trailer = pdf[start : pdf.rindex(b"startxref")].partition(b"trailer")
        places = [int(row.split()[0]) for row in table.split(b"\n")[3:] if row.strip()]
        ends = dict(zip(sorted(places), [*sorted(places)[1:], start], strict=True))
        self.head = pdf[: min(places)]
        self.trailer = trailer
        self.objects = {
            number: pdf[place : ends[place]].split(b" obj\n", 1)[1].rsplit(b"endobj", 1)[0]
            for number, place in enumerate(places, 1)
        }

    def pages(self) -> list[int]:
        """The pages in their order, of a tree with one level or several."""

        def below(number: int) -> Iterator[int]:
            inside = self.objects[number]
            if b"/Kids[" not in inside:
                yield number
                return
            for kid in re.findall(rb"(\d+) 0 R", inside.partition(b"/Kids[")[2].partition(b"]")[0]):
                yield from below(int(kid))

        root = int(self.trailer.partition(b"/Root ")[2].split()[0])
        return list(below(self.reference(root, b"Pages")))

    def reference(self, number: int, key: bytes) -> int:
        """The number of the object that one names under a key."""
        found = re.search(rb"/%b (\d+) 0 R" % key, self.objects[number])
        assert found is not None
        return int(found[1])

    def stream(self, number: int) -> bytes:
        return zlib.decompress(self.objects[number].partition(b"stream\n")[2])

    def set_stream(self, number: int, content: bytes) -> None:
        packed = zlib.compress(content)
        head = self.objects[number].partition(b"stream\n")[0]
        head = re.sub(rb"/Length \d+", b"/Length %d" % len(packed), head, count=1)
        self.objects[number] = head + b"stream\n" + packed + b"\nendstream\n"

    def add(self, inside: bytes) -> int:
        number = max(self.objects) + 1
        self.objects[number] = inside
        return number

    def written(self) -> bytes:
        out = [self.head]
        at, rows = len(self.head), [b"0000000000 65535 f \n"]
        for number, inside in sorted(self.objects.items()):
            rows.append(b"%010d 00000 n \n" % at)
            out.append(b"%d 0 obj\n%bendobj\n\n" % (number, inside))
            at += len(out[-1])
        trailer = re.sub(rb"/Size \d+", b"/Size %d" % len(rows), self.trailer, count=1)
        table = b"xref\n0 %d\n%b" % (len(rows), b"".join(rows))
        return b"".join([*out, table, b"trailer", trailer, b"startxref\n%d\n%%%%EOF" % at])


def _parts(says: str) -> list[str]:
    """What of a letter is said one after the other. Half-spaces are not: they have no ink, and would cut words in two where
    programs make words of letters by their places."""
    plain = says.replace(_HALF_SPACE, "")
    if any("\u0590" <= character <= "\u08ff" for character in plain):
        return list(plain)
    return [plain or _HALF_SPACE] if says != _HALF_SPACE else []


def _bytes(string: bytes) -> bytes:
    """The bytes that a string of a PDF stands for."""
    if string.startswith(b"<"):
        return bytes.fromhex(string[1:-1].decode())
    return _ESCAPED.sub(
        lambda found: bytes([int(found[1], 8)]) if found[1].isdigit() else _ESCAPES.get(found[1], found[1]),
        string[1:-1],
    )


def _words(string: bytes) -> str:
    return string[2:].decode("utf-16-be") if string.startswith(b"\xfe\xff") else string.decode("latin-1")


def _said(table: bytes) -> dict[int, str]:
    """A table of Unicode by the number of the glyph."""
    rows = re.findall(rb"\n<([0-9A-F]{4})> <([0-9A-F]+)>(?=\n)", table)
    return {int(code, 16): bytes.fromhex(says.decode()).decode("utf-16-be") for code, says in rows if says != b"FFFF"}


def _table(said: dict[int, str]) -> bytes:
    rows = [
        b"<%04X> <%b>" % (code, says.encode("utf-16-be").hex().upper().encode()) for code, says in sorted(said.items())
    ]
    parts = [rows[at : at + 100] for at in range(0, len(rows), 100)]  # as many as one list may hold
    lists = b"".join(b"%d beginbfchar\n%b\nendbfchar\n" % (len(part), b"\n".join(part)) for part in parts)
    return b"%b%b%b" % (_HEAD, lists, _FOOT)


_HEAD = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> def
/CMapName /Custom def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_FOOT = b"""endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""
