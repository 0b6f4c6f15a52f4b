"""Files that are damaged, foreign or too large: read as far as they can be, or refused in a sentence; never a traceback."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safarnama.core.errors import Mistake
from safarnama.maps.model import Map
from safarnama.maps.reading import read
from safarnama.maps.templates import template
from safarnama.maps.words import say
from tests.maps.test_reading import TEXTS, names_of, sound, written_to


@pytest.mark.parametrize("ending", ["mmd", "md", "csv", "cjml", "json", "yaml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_any_encoding_and_line_ending_is_read_and_said(
    ending: str, encoding: str, newline: str, tmp_path: Path
) -> None:
    # Words that Windows-1256 can hold, with the yeh, kaf and digits that it has.
    names = [{"en": "Pays", "fa": "کارت می کشد"}, {"en": "Looks", "fa": "یک کالا را می بیند"}]
    document = Map.model_validate({
        "id": "m", "title": {"en": "Buying", "fa": "خرید آنلاین"},
        "stages": [{"id": f"s{n}", "name": name, "steps": [{"id": f"t{n}", "name": name}]} for n, name in enumerate(names)],
        "lanes": [{"id": "pains", "kind": "pains", "cards": [{"id": "c", "at": "t0", "text": {"en": "Slow", "fa": "کند است"}}]}],
    })  # fmt: skip
    plain = document.draw(tmp_path / f"a.{ending}", language="fa")
    text = plain.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\n", newline)
    written = text.translate(str.maketrans({"ی": "ي", "ک": "ك", "۱": "1", "۲": "2"})) if encoding == "cp1256" else text
    reading = read(written_to(tmp_path, f"b.{ending}", written.encode(encoding, "ignore")))
    assert names_of(sound(reading), "fa") == names_of(read(plain).map, "fa")
    guessed = [left for left in reading.left if "not UTF-8" in left.say("en")]
    assert len(guessed) == (encoding in ("utf-16", "cp1256"))


@pytest.mark.parametrize(
    "ending", ["mmd", "md", "csv", "tsv", "xlsx", "xls", "ods", "cjml", "xml", "json", "yaml", "yml"]
)
def test_what_is_empty_binary_or_cut_off_is_said_so(ending: str, tmp_path: Path) -> None:
    for noise, says in (
        (b"", "it is empty"),
        (b" \r\n\t", "it is empty"),
        (bytes(range(256)) * 4, "could not be read"),
    ):
        with pytest.raises(Mistake, match=says) as caught:
            read(written_to(tmp_path, f"x.{ending}", noise))
        assert "خوانده نشد" in caught.value.say("fa")
        assert not re.search("[a-z]{4,}", caught.value.say("fa").replace(f"x.{ending}", "").replace(str(tmp_path), ""))


def test_files_that_end_in_the_middle(tmp_path: Path) -> None:
    document = template("online_shop")
    for ending in ("mmd", "md", "csv", "xlsx", "cjml", "json", "yaml"):
        whole = document.draw(tmp_path / f"w.{ending}", language="fa").read_bytes()
        for tenth in range(1, 10):
            path = written_to(tmp_path, f"cut.{ending}", whole[: len(whole) * tenth // 10])
            try:
                sound(read(path))
            except Mistake as mistake:
                assert "cut" in mistake.say("en")


def test_what_is_too_large_or_too_deep_is_refused(tmp_path: Path) -> None:
    for name, text, says in (
        ("a.mmd", "journey\nsection S\n" + "T: 3: Me\n" * 3_000, "more than 2,000 steps"),
        ("a.csv", "stage,step,lane,text\n" + "A,B,Pains,slow\n" * 6_000, "larger than any map"),
        ("a.cjml", "<cjml>" + "<phase>" * 5_000 + "</phase>" * 5_000 + "</cjml>", "lie deeper"),
        ("a.json", '{"a":' + "[" * 100_000, "could not be read"),
        ("a.yaml", "a: " + "[" * 3_000, "could not be read"),
        ("a.pdf", "%PDF-1.7 nothing", "files that end in .yaml"),
    ):
        with pytest.raises(Mistake, match=says):
            read(written_to(tmp_path, name, text))
    with pytest.raises(Mistake, match="a folder"):
        read(tmp_path)
    long = read(written_to(tmp_path, "long.md", "# T\n- " + "x " * 200_000))
    assert len(say(long.map.stages[0].name, "en")) <= 500
    assert any("too long" in left.say("en") for left in long.left)


@given(
    st.sampled_from(["mmd", "md", "csv", "tsv", "xlsx", "cjml", "xml", "json", "yaml"]), st.binary(max_size=300) | TEXTS
)
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_nonsense_is_refused_in_a_sentence(tmp_path: Path, ending: str, noise: bytes | str) -> None:
    path = written_to(tmp_path, f"noise.{ending}", noise)
    try:
        sound(read(path))
    except Mistake as mistake:
        assert "noise" in mistake.say("en") and "noise" in mistake.say("fa")


def test_entities_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY x "x"><!ENTITY y "&x;&x;">]><cjml><phase><name>&y;</name></phase></cjml>'
    with pytest.raises(Mistake, match="declares types or entities"):
        read(written_to(tmp_path, "bomb.cjml", bomb))
    with pytest.raises(Mistake, match="log of events"):
        read(written_to(tmp_path, "log.xml", "<log><trace/></log>"))
