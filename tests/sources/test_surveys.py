"""Surveys: one wide row a person into scored events, codes left out, a file without time dated, a second file joined."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import safarnama as sn
from safarnama.core.errors import Mistake
from safarnama.core.workspace import Workspace
from tests.sources.reading import column, events, put, rejected

WIDE = """RESPNUM,CITY,Q7A,Q7B,Q9,NETPRO
1,Tehran,5,0,4,10
2,Shiraz,6,3,,11
3,Tehran,1,2,5,0
4,,,,,
"""


def answers(workspace: Workspace) -> list[tuple[str, float, float, float, str]]:
    return [
        (row["what"], row["score"] / 1000, row["scale_low"] / 1000, row["scale_high"] / 1000, row["instrument"])
        for row in events(workspace)
    ]


def test_codes_of_blank_and_not_applicable_are_no_answers(shop: Workspace, tmp_path: Path) -> None:
    done = shop.import_files(put(tmp_path, "a.csv", WIDE), scores=["Q7*", "NETPRO"], at="2017-05")[0]
    assert sorted(answers(shop)) == [
        ("NETPRO", 0.0, 0.0, 10.0, "nps"),
        ("NETPRO", 10.0, 0.0, 10.0, "nps"),
        ("Q7A", 1.0, 1.0, 5.0, "rating"),
        ("Q7A", 5.0, 1.0, 5.0, "rating"),
        ("Q7B", 2.0, 1.0, 5.0, "rating"),
        ("Q7B", 3.0, 1.0, 5.0, "rating"),
    ]
    assert (done.rows, done.rejected) == (6, 0)


def test_what_was_not_asked_as_a_score_describes_the_person(shop: Workspace, tmp_path: Path) -> None:
    file = put(tmp_path, "a.csv", WIDE)
    shop.import_files(file, scores=["Q7*", "NETPRO"], at="2017-05")
    assert column(shop, "property:CITY", "customers") == ["Tehran", "Shiraz", "Tehran", None]
    assert all("property:CITY" not in row for row in events(shop))
    again = shop.import_files(file, scores=["Q7*", "NETPRO"], at="2017-05")[0]
    assert (again.rows, len(events(shop)), len(events(shop, "customers"))) == (0, 6, 4)


@pytest.mark.parametrize(
    ("pattern", "scale", "instrument"),
    [("Q7A:0-10", (0, 10), "nps"), ("Q7A:1-7", (1, 7), "rating"), ("Q7?:0-6", (0, 6), "rating")],
)
def test_a_scale_can_be_told(
    shop: Workspace, tmp_path: Path, pattern: str, scale: tuple[int, int], instrument: str
) -> None:
    shop.import_files(put(tmp_path, "a.csv", WIDE), scores=[pattern], at="2017-05")
    assert {row[2:] for row in answers(shop)} == {(*scale, instrument)}


def test_a_pattern_that_fits_nothing_teaches(shop: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Mistake, match=r"fits no column\. Nearest: Q7A"):
        shop.import_files(put(tmp_path, "a.csv", WIDE), scores=["q7a"], at="2017-05")


def test_a_survey_with_a_row_an_answer(shop: Workspace, tmp_path: Path) -> None:
    text = "user_id,survey,score,comment,time\n"
    text += "u1,NPS,9,fine,2026-01-01\nu1,CSAT,4,,2026-01-01\nu2,NPS,11,x,2026-01-02\nu3,CSAT,good,x,2026-01-02\n"
    shop.import_files(put(tmp_path, "a.csv", text))
    assert answers(shop) == [("NPS", 9.0, 0.0, 10.0, "nps"), ("CSAT", 4.0, 1.0, 5.0, "csat")]
    assert rejected(shop) == [(4, "score_unreadable"), (5, "score_unreadable")]


def test_columns_of_a_second_file_join_by_a_key(shop: Workspace, tmp_path: Path) -> None:
    main = put(
        tmp_path,
        "orders.csv",
        "user_id,event,time,product\nu1,buy,2026-01-01, 7 \nu2,buy,2026-01-02,8\nu3,buy,2026-01-03,\n",
    )
    other = put(tmp_path, "products.csv", "code,brand,user_id\n7,Dorna,x\n7,Other,x\n9,Nobody,x\n")
    done = shop.import_files(main, join=other, on="product=code")[0]
    assert column(shop, "property:brand") == ["Dorna", None, None]
    notices = [text.say("en", **arguments) for text, arguments in done.notices]
    assert notices == ["products.csv names 1 row more than once by code; the first of each was taken."]
    # What a row is does not depend on what is joined to it.
    assert shop.import_files(main)[0].rows == 0


@pytest.mark.parametrize(
    ("on", "message"),
    [(None, "--join needs the key"), ("product", "Column product is not here"), ("prodct=code", "Nearest: product")],
)
def test_a_join_without_its_key_teaches(shop: Workspace, tmp_path: Path, on: str | None, message: str) -> None:
    main = put(tmp_path, "orders.csv", "user_id,event,time,product\nu1,buy,2026-01-01,7\n")
    other = put(tmp_path, "products.csv", "code,brand\n7,Dorna\n")
    with pytest.raises(Mistake, match=message):
        shop.import_files(main, join=other, on=on)
    with pytest.raises(Mistake, match=r"nothing\.csv does not exist"):
        shop.import_files(main, join=tmp_path / "nothing.csv", on="product")


@pytest.mark.data
def test_the_airport_survey_has_the_published_nps(shop: Workspace, data: Path) -> None:
    file = data / "sfo_survey" / "2017_SFO_Customer_Survey_20250817.csv"
    shop.import_files(file, scores=["Q7*", "NETPRO"], at="2017-05")
    finding = shop.journeys().ask(sn.Scores())
    row: dict[str, Any] = next(row for row in finding.rows() if row["touchpoint"] == "NETPRO")
    assert round(row["nps"], 2) == 39.84
    assert row["answers"] == 2_746
    # Every answer of the raw table, counted by pandas: codes 0 (blank) and 6 (not applicable) are none.
    raw = pd.read_csv(file)
    asked = [name for name in raw.columns if name.startswith("Q7") and pd.api.types.is_numeric_dtype(raw[name])]
    expected = {name: int(raw[name].between(1, 5).sum()) for name in asked}
    counted = {row["touchpoint"]: row["answers"] for row in finding.rows()}
    assert {name: counted.get(name, 0) for name in expected} == expected
    described = events(shop, "customers")
    assert len(described) == len(raw) and "property:GATE" in described[0]


def test_columns_without_a_number_are_no_scores(shop: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Mistake, match="hold no numbers: CITY"):
        shop.import_files(put(tmp_path, "a.csv", WIDE), scores=["CITY"], at="2017-05")


def test_a_number_that_no_scale_has_is_set_aside(shop: Workspace, tmp_path: Path) -> None:
    text = "user_id,event,rating,time\nu1,rate,99999999999,2026-01-01\nu2,rate,3,2026-01-01\nu3,rate,5,2026-01-01\n"
    shop.import_files(put(tmp_path, "a.csv", text))
    assert rejected(shop) == [(2, "score_unreadable")]
    assert [answer[1:4] for answer in answers(shop)] == [(3.0, 1.0, 5.0), (5.0, 1.0, 5.0)]
