"""Answers and the customers behind them as a terminal shows them, in both languages."""

from __future__ import annotations

import csv
import importlib
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from safarnama.core import registry
from safarnama.core.words.columns import _TITLES, cell_word
from safarnama.core.workspace import Workspace
from tests.command import Command
from tests.sources.reading import put

PERSIAN = set("ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی")
PLAN = ("conformance", "--plan", "view,basket,pay,buy", "--failure", "refused")


@pytest.fixture
def walked(shop: Workspace, tmp_path: Path) -> Workspace:
    walks = {"sara": "view basket pay buy", "ali": "view basket pay refused", "nima": "view pay basket", "mina": "view"}
    rows = [f"{who},{what},2026-01-0{day}" for who, walk in walks.items() for day, what in enumerate(walk.split(), 1)]
    shop.import_files(put(tmp_path, "events.csv", "user_id,event,time\n" + "\n".join(rows) + "\n"))
    return shop


@pytest.fixture
def ask(walked: Workspace, command: Command) -> Callable[..., str]:
    def asked(*words: str, language: str = "en") -> str:
        ended = command("ask", *words, "-w", walked.folder, language=language)
        assert ended.status == 0, ended.err
        return ended.out

    return asked


def test_columns_are_called_by_name_and_those_that_open_keep_theirs(ask: Callable[..., str]) -> None:
    said = ask("funnel", "--steps", "view,basket,buy", language="fa")
    assert "مشتریان" in said and "سهم" in said and "از گام پیش" in said
    assert "customers" in said and "left" in said and "share" not in said
    assert "share_of_previous" in ask("funnel", "--steps", "view,basket,buy")
    matrix = ask("stepmatrix", "--steps", "2", language="fa")
    assert "پایان یافته" in matrix and "ended" not in matrix


def test_whoever_departs_from_the_plan_is_told_with_the_reason(ask: Callable[..., str]) -> None:
    said = ask(*PLAN, "--who", "2")
    for who, why in (
        ("ali", "pay failed, buy missing"),
        ("nima", "pay out of order, buy missing"),
        ("mina", "basket missing, pay missing, buy missing"),
    ):
        assert why in next(line for line in said.splitlines() if line.startswith(who))
    assert "3 customers in all" in said
    assert "pay ناموفق, buy انجام‌نشده" in ask(*PLAN, "--who", "2", language="fa")
    told = json.loads(ask(*PLAN, "--who", "1", "--json"))
    assert [(row["customer"], row["why"]) for row in told["rows"]] == [("sara", None)]
    rows = list(csv.DictReader(io.StringIO(ask(*PLAN, "--who", "2", "--csv"))))
    assert {row["why"] for row in rows} >= {"pay failed, buy missing"}
    assert "why" not in json.loads(ask("reach", "--who", "1", "--json"))["rows"][0]


def test_every_column_of_every_question_has_a_name_in_both_languages() -> None:
    for name in registry.names("question"):
        question = registry.find("question", name)
        for column in importlib.import_module(question.__module__)._SCHEMA.names:
            title = _TITLES.get(column)
            assert title is not None, (name, column)
            assert set(title.fa) & PERSIAN or title.fa == "NPS"
    assert cell_word("state", "ended", "fa") == "پایان یافته"
    assert cell_word("touchpoint", "ended", "fa") is None
