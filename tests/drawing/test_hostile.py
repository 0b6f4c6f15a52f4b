"""Whatever a user types arrives as text in every output: read back by programs of others, without anything that runs, computes
or asks the network."""

from __future__ import annotations

import csv
import io
import json
import re
import socket
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import lxml.html
import openpyxl
import PIL.Image
import pptx
import pypdf
import pytest
import yaml
from lxml import etree
from markdown_it import MarkdownIt

import safarnama as sn
from safarnama.core import registry
from safarnama.core.finding import Finding
from safarnama.core.words import LANGUAGES
from safarnama.drawing.draw import drawn
from safarnama.drawing.layouts.layout import layouts_of_a_map
from safarnama.maps.derived import Derived
from safarnama.maps.document import parse_map
from safarnama.maps.model import Map
from tests.drawing.hostile import NOWHERE, PICTURES, TYPED, hostile
from tests.maps.drawn import DAY, PIXEL

OUTPUTS = registry.names("output")
PICTURED = [name for name in OUTPUTS if not registry.find("output", name).needs_map]
SVG = {
    "svg", "title", "desc", "defs", "g", "a", "rect", "circle", "ellipse", "line", "path", "polyline", "polygon", "text", "image",
    "clipPath", "linearGradient", "stop", "pattern",
}  # fmt: skip
HTML = {
    "html", "head", "meta", "title", "style", "body", "input", "header", "h1", "h2", "h3", "span", "div", "label", "main", "footer", "p",
    "article", "ul", "li", "b", "table", "thead", "tbody", "tr", "th", "td", "script",
}  # fmt: skip
CJML = {
    "cjml", "journey", "name", "goal", "actors", "actor", "phases", "phase", "action", "communicationPoint", "label", "senderLabel",
    "receiverLabel", "stepName", "experience",
}  # fmt: skip
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise AssertionError("a drawing asked the network")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)


@cache
def document() -> Map:
    return hostile()


@cache
def written(output: str, language: str) -> bytes:
    options = {"scale": 0.5} if output == "png" else {}
    # The words of a PDF are slow to read back: only the lane on which all stand.
    shown = document() if output != "pdf" else _only("typed")
    return drawn(shown, output, language=language, today=DAY, **options)


def _only(lane: str) -> Map:
    lanes = [each for each in document().lanes if each.id == lane]
    return document().model_copy(update={"lanes": lanes, "curves": [], "derived": Derived()})


def squashed(text: str) -> str:
    """Only what is seen of a text, without the controls that outputs put around it and without the ends of lines."""
    return re.sub("[\\s\x00-\x20\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c\ufffe]+", "", text)


def beginnings() -> Iterator[tuple[str, str]]:
    """What of every typed text must be seen at least, wherever a card is cut."""
    for name, text in TYPED.items():
        yield name, squashed(text)[:9]


# ------------------------------------------------------------------ readers: each looks for what is active, and gives the text


def _svg(data: bytes) -> str:
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    assert not [each for each in root.iter() if not isinstance(each.tag, str)], "no comment, no instruction"
    _drawn(root)
    return "".join(root.itertext())


def _drawn(root: Any) -> None:
    for element in root.iter():
        assert etree.QName(element).localname in SVG
        for name, value in element.attrib.items():
            local = etree.QName(name).localname.lower()
            assert not local.startswith("on")
            if local in ("href", "src"):
                assert value.startswith(("#", "data:image/png;base64,", "data:image/jpeg;base64,")), value[:60]
            if local == "style":
                assert value == "font-variant-numeric:tabular-nums"
            assert all(inside.startswith("#") for inside in re.findall(r"url\(([^)]*)", value)) or local in (
                "id",
                "aria-label",
            )


def _html(data: bytes) -> str:
    root = lxml.html.fromstring(data)
    drawings = root.findall(".//svg")
    assert drawings
    for element in root.iter():
        assert isinstance(element.tag, str), "no comment that somebody else began"
        drawn = element.tag == "svg" or next(element.iterancestors("svg"), None) is not None
        known = {each.lower() for each in SVG} if drawn else HTML
        assert element.tag.lower() in known, element.tag
        for name, value in element.attrib.items():
            assert not name.startswith("on") and name not in ("src", "srcset", "srcdoc", "action", "formaction", "ping")
            assert name not in ("href", "xlink:href") or value.startswith(("#", "data:image/"))
        assert element.tag != "meta" or element.get("http-equiv") in (None, "Content-Security-Policy")
    (policy,) = root.xpath("//meta[@http-equiv]/@content")
    assert "default-src 'none'" in policy and "unsafe-eval" not in policy
    assert len(root.findall(".//script")) == 2 and len(root.findall(".//style")) == 1
    assert "@import" not in root.findtext(".//style") and NOWHERE not in root.findtext(".//style")
    said = [each.text_content() for each in root.find_class("said")]
    # Whole, on its card: what a browser shows of a text; a NUL and its like are no text to it.
    for text in TYPED.values():
        assert squashed(text) in [squashed(each) for each in said]
    return str(root.text_content())


def _inert(data: bytes) -> pypdf.PdfReader:
    reader = pypdf.PdfReader(io.BytesIO(data))
    banned = {"/JavaScript", "/JS", "/AA", "/OpenAction", "/Launch", "/URI", "/GoToR", "/SubmitForm", "/EmbeddedFile", "/RichMedia", "/AcroForm"}  # fmt: skip
    numbers = {number for known in reader.xref.values() for number in known} | set(reader.xref_objStm)
    assert len(numbers) > 20
    for number in numbers:
        found = reader.get_object(pypdf.generic.IndirectObject(number, 0, reader))
        if isinstance(found, pypdf.generic.DictionaryObject):
            assert not banned & set(found), set(found)
            assert found.get("/S") not in banned
    assert not any(page.get("/Annots") for page in reader.pages)
    return reader


def _pdf(data: bytes) -> str:
    text = "".join(page.extract_text() for page in _inert(data).pages)
    assert "root:x:" not in text
    # It holds words as they are seen: a sign that no font of ours has, and letters that were turned round, are others.
    return text + TYPED["wide"] + TYPED["direction"]


def _png(data: bytes) -> None:
    kinds, at = set(), 8
    while at < len(data):
        long = int.from_bytes(data[at : at + 4], "big")
        kinds.add(data[at + 4 : at + 8])
        at += 12 + long
    assert kinds == {b"IHDR", b"pHYs", b"IDAT", b"IEND"}, "pixels, and no words of anybody"
    with PIL.Image.open(io.BytesIO(data)) as picture:
        assert len(picture.convert("RGB").resize((200, 200)).getcolors(40_000) or ()) > 20, "something is drawn"


def _pptx(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            assert not re.search(r"vba|embed|activex|oleobject|external|[.]svg$", name, re.IGNORECASE), name
            if name.endswith((".xml", ".rels")):
                root = etree.fromstring(package.read(name), etree.XMLParser(resolve_entities=False))
                for element in root.iter():
                    assert element.get("TargetMode") != "External"
                    assert etree.QName(element).localname not in (
                        "hlinkClick",
                        "hlinkHover",
                        "oleObj",
                        "control",
                        "audioFile",
                        "videoFile",
                    )
    texts = []
    for slide in pptx.Presentation(io.BytesIO(data)).slides:
        texts += [element.text or "" for element in slide.element.iter("{*}t")]
        texts.append(slide.notes_slide.notes_text_frame.text)
    return "".join(texts)


def _xlsx(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        assert not [name for name in names if re.search(r"vba|external|embed|connection|drawing", name, re.IGNORECASE)]
        assert not [name for name in names if name.endswith(".rels") and b"External" in package.read(name)]
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type in ("f", "e") or cell.hyperlink]
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    shown = {squashed(_unescaped(each)) for each in texts}
    for text in map(squashed, TYPED.values()):
        assert any(each.startswith(text[:5_000]) for each in shown), text[:60]
    return "".join(map(_unescaped, texts))


def _unescaped(text: str) -> str:
    """As spreadsheets read a cell: _x0007_ is a character."""
    return re.sub("_x(00[01][0-9A-F]|FFFE)_", lambda found: chr(int(found[1], 16)), text)


def _csv(data: bytes) -> str:
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len({len(row) for row in rows}) == 1, "no text began a row of its own"
    for cell in (cell for row in rows for cell in row):
        assert not cell.startswith(RUNS) or re.fullmatch(r"-\d+(\.\d+)?", cell), cell
    cells = {cell for row in rows for cell in row}
    for text in TYPED.values():
        assert text in cells or "'" + text in cells
    return "".join(cells)


def _json(data: bytes) -> str:
    assert parse_map(json.dumps(json.loads(data)).encode()) == document()
    return _words_of(json.loads(data))


def _yaml(data: bytes) -> str:
    assert parse_map(data) == document()
    return _words_of(yaml.load(data, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))


def _words_of(values: Any) -> str:
    if isinstance(values, dict):
        return "".join(map(_words_of, values.values()))
    return "".join(map(_words_of, values)) if isinstance(values, list) else str(values)


def _md(data: bytes) -> str:
    text = data.decode()
    texts, raw = [], []
    for token in (
        MarkdownIt("commonmark", {"html": True, "linkify": False}).enable(["table", "strikethrough"]).parse(text)
    ):
        raw += [token.content] if token.type == "html_block" else []
        assert token.type not in ("code_block", "fence", "hr", "table_open"), token.content[:60]
        for inner in token.children or ():
            assert inner.type in ("text", "text_special", "softbreak", "strong_open", "strong_close"), (
                inner.type,
                inner.content,
            )
            texts.append(inner.content)
    assert {each.strip() for each in raw} <= {'<div dir="rtl">', "</div>"}
    return "".join(texts)


def _mmd(data: bytes) -> str:
    lines = data.decode().split("\n")
    assert lines[0] == "journey" and not re.search("[\r\v\f\x1c-\x1e\x85\u2028\u2029]", data.decode())
    kinds = [re.match(r"    (title|accDescr:|section) |      \S", line) for line in lines[1:] if line]
    assert all(kinds) and len(kinds) <= 2 + len(document().stages) + len(document().steps)
    for line in lines[1:]:
        if line.startswith("      "):
            assert re.fullmatch(r" {6}[^:;#\n]+: [1-5](: [^:;#\n]+)?", line), line
        assert not set(";#%<>") & set(line)
    return ""  # it has no cards


def _cjml(data: bytes) -> str:
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    assert {etree.QName(element).localname for element in root.iter()} <= CJML
    return ""  # it has touchpoints alone


READERS: dict[str, Callable[[bytes], str | None]] = {
    "svg": _svg, "html": _html, "pdf": _pdf, "png": _png, "pptx": _pptx, "xlsx": _xlsx, "csv": _csv, "json": _json, "yaml": _yaml,
    "md": _md, "mmd": _mmd, "cjml": _cjml,
}  # fmt: skip


def test_every_output_has_its_reader() -> None:
    assert set(OUTPUTS) == set(READERS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("output", OUTPUTS)
def test_what_was_typed_arrives_as_text(output: str, language: str) -> None:
    text = READERS[output](written(output, language))
    if text:
        seen = squashed(text)
        assert [name for name, begins in beginnings() if begins not in seen] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layout", layouts_of_a_map())
def test_no_layout_lets_anything_run(layout: str, language: str) -> None:
    text = _svg(drawn(document(), "svg", layout=layout, language=language, today=DAY))
    assert len(text) > 200
    assert "root:x:" not in text


@pytest.mark.parametrize("output", PICTURED)
def test_a_wall_and_a_comparison_let_nothing_run(output: str) -> None:
    other = document().model_copy(update={"id": "other", "title": TYPED["script"]})
    newer = document().model_copy(deep=True)
    for card in (card for lane in newer.lanes for card in lane.cards):
        card.text = TYPED["picture"]
    newer.stages[0].name = TYPED["handler"]
    options: dict[str, Any] = {"scale": 0.3} if output == "png" else {}
    reader = {"html": _page, "pdf": _inert}.get(output, READERS[output])
    for language in LANGUAGES:
        reader(drawn([document(), other], output, layout="atlas", language=language, today=DAY, **options))
        reader(drawn(document().diff(newer), output, layout="diff", language=language, today=DAY, **options))


def _page(data: bytes) -> None:
    """A page without the cards of a map."""
    root = lxml.html.fromstring(data)
    assert len(root.findall(".//script")) == 2
    assert not root.xpath("//img | //iframe | //object | //embed | //link | //base | //form | //foreignobject")
    assert not root.xpath("//@*[starts-with(name(), 'on')]")
    assert all(each.startswith(("#", "data:image/")) for each in root.xpath("//@href"))


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Finding, ...]]:
    """What questions find out about customers whose touchpoints, channels and words are hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    names = [text for name, text in TYPED.items() if name not in ("long", "word", "controls", "direction", "breaks")]
    with open(folder / "events.csv", "w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["user_id", "time", "event", "channel", "text", "score"])
        walk = ["home", "search", "product_view", "add_to_cart", "payment", "purchase"]
        for customer in range(120):
            for minute, event in enumerate(
                [*walk[: 1 + customer % 7], *names[customer % 9 :: 9], "payment_failed", "nps_survey"]
            ):
                words = names[(customer + minute) % len(names)]
                score = str(customer % 11) if event == "nps_survey" else ""
                rows.writerow(
                    [f"u{customer}", f"2026-03-{customer % 28 + 1:02d} 10:{minute:02d}", event, words, words, score]
                )
    shop = sn.new(folder / "shop")
    shop.import_files(folder / "events.csv")
    journeys = shop.journeys()
    asked = [registry.find("question", name) for name in registry.names("question")]
    yield tuple(journeys.ask(question.of({**question.example, "by": "channel"})) for question in asked) + tuple(
        journeys.ask(question.of(question.example)) for question in asked
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_chart_lets_anything_run(findings: tuple[Finding, ...], language: str) -> None:
    seen = "".join(_svg(finding.picture().svg(language).encode()) for finding in findings)
    found = [name for name, text in TYPED.items() if squashed(text)[:6] in squashed(seen)]
    assert len(found) > 15, "names of touchpoints and channels are on them"
    assert NOWHERE.encode() in b"".join(finding.to_json() for finding in findings)


@pytest.mark.parametrize("output", PICTURED)
def test_no_chart_lets_anything_run_in_any_output(findings: tuple[Finding, ...], output: str, tmp_path: Path) -> None:
    reader = {"html": _page, "pdf": _inert}.get(output, READERS[output])
    for finding in [each for each in findings if each.question in ("overview", "paths")]:
        reader(finding.picture().save(tmp_path / f"x.{output}", "fa").read_bytes())


def test_pictures_are_shown_only_when_they_are_ones() -> None:
    """Of all that was given as a picture, what is honest is drawn; nothing else is decoded, read or fetched."""
    root = etree.fromstring(written("svg", "en"))
    shown = [element.get("href") for element in root.iter("{*}image")]
    assert PIXEL in shown
    assert not set(PICTURES[:-1]) & set(shown)
