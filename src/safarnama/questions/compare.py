"""Compare: what is different between two or more segments or periods, beyond chance, and what they have in common."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import erfc
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pyarrow as pa

from safarnama.core.errors import Mistake
from safarnama.core.finding import CAVEATS, Chart, Finding, Sentence
from safarnama.core.intervals import Z95, corrected, newcombe, two_shares
from safarnama.core.parameters import Asked, Attribute, Where, kind_of
from safarnama.core.words import Text
from safarnama.core.words.lexicon import touchpoint, value_title
from safarnama.journeys.partial import Partial
from safarnama.journeys.resampling import DRAWS, drawn_again
from safarnama.journeys.scope import Scope
from safarnama.journeys.segments import OTHER, UNKNOWN
from safarnama.journeys.shard import Shard
from safarnama.questions.question import Question

if TYPE_CHECKING:
    from safarnama.journeys.journeys import Journeys

_TRUSTED = 0.05
_SEED = 20_260_925
Row = dict[str, Any]


class Compare(Question):
    """What is different between segments or periods in the answer to any other question, and what they have in common.

    ``what`` is that question. ``by`` compares every segment of an attribute with the largest; ``first`` and ``second`` compare two
    groups of customers or events, or two periods (``during 2026-01-01..2026-01-31``). A row of the answer is compared by its
    share: difference second − first with Newcombe's interval (1998, method 10) and the pooled score test; ``column`` names
    another number of the answer (a median, a mean), whose interval and test come from drawing whole customers again 200 times.
    ``corrected`` is the chance of so large a difference without any, corrected for the number of rows (Benjamini and
    Hochberg, 1995); below 5 % a difference is called clear. Shares are taken as if customers of two groups were not the same.
    """

    title: ClassVar[Text] = Text(en="Comparison", fa="مقایسه")
    example: ClassVar[dict[str, Any]] = {
        "what": "funnel steps=product_view,add_to_cart,purchase",
        "by": "channel",
    }
    chart: ClassVar[Chart | None] = Chart("differences", {"label": "row"})
    sentences: ClassVar[dict[str, Text]] = {
        "clear": Text(
            en="{clear:count} of {rows:rows} differ beyond chance; most of all “{row}”: {second} in “{group}” against {first} in “{base}”",
            fa="{clear:count} از {rows:rows} بیش از تصادف فرق دارد؛ بیش از همه «{row}»: {second} در «{group}» در برابر {first} در «{base}»",
        ),
        "same": Text(
            en="Nothing differs beyond chance in {rows:rows}",
            fa="در {rows:rows} چیزی بیش از تصادف فرق ندارد",
        ),
        "common": Text(
            en="In common: {same:count} of {rows:rows} do not differ beyond chance.",
            fa="وجه مشترک: {same:count} از {rows:rows} بیش از تصادف فرق ندارد.",
        ),
        "drawn": Text(
            en="Intervals from drawing whole customers again, {draws:times}.",
            fa="بازه‌ها با دوباره برداشتن مشتریان، {draws:times}.",
        ),
    }

    what: Asked
    first: Where | None = None
    second: Where | None = None
    column: Attribute | None = None

    def check(self, scope: Scope) -> None:
        if self.by is None and (self.first is None or self.second is None):
            raise Mistake(_BETWEEN_WHAT)
        if self.what.by is not None or isinstance(self.what, Compare):
            raise Mistake(_PLAIN)
        self.what.check(scope)

    def count(self, shard: Shard, scope: Scope) -> Partial:
        found: Partial = self.what.count(shard, scope)
        return found

    def size(self, partial: Partial) -> int:
        return int(self.what.size(partial))

    def table(self, partial: Partial, scope: Scope) -> pa.Table:
        found: pa.Table = self.what.table(partial, scope)
        return found

    def headline(self, partial: Partial, table: pa.Table, scope: Scope) -> Sentence:
        found: Sentence = self.what.headline(partial, table, scope)
        return found

    def answer(self, journeys: Journeys) -> Finding:
        journeys = self._asked(journeys)
        groups = self._groups(journeys)
        findings = {name: self.what.answer(group) for name, group in groups.items()}
        (base, plain), *others = findings.items() or [("", self.what.answer(journeys))]
        column, shares = self._column(plain)
        # What is folded into "other" in one group may be shown in the other: compared is what each really has.
        everything = self._everything()
        full = (
            {name: everything.answer(group) for name, group in groups.items()}
            if everything is not self.what
            else findings
        )
        rows: list[Row] = []
        again = {name: self._again(group, column) for name, group in groups.items()} if not shares else {}
        for name, finding in others:
            shown = {label for each in (plain, finding) for label, _ in _labelled(each.rows(), each.table)}
            pairs = [pair for pair in _paired(full[base], full[name], column) if pair[0] in shown]
            if shares:
                compared = (_by_share(name, base, label, (a, plain.n), (b, finding.n)) for label, a, b in pairs)
                # Where both are everybody, as at the first step of a funnel, there is nothing to compare.
                rows += [row for row in compared if not row["first"] == row["second"] == 1]
            else:
                rows += [
                    _by_draws(name, base, label, a, b, column, again[base].get(label, []), again[name].get(label, []))
                    for label, a, b in pairs
                ]
        for row, chance in zip(rows, corrected([row["chance"] for row in rows]), strict=True):
            row["number"] = column
            row["corrected"] = chance
            row["clear"] = chance < _TRUSTED
        rows.sort(key=lambda row: not row["clear"])
        n = sum(finding.n for finding in findings.values())
        caveats = [Sentence("common", {"same": sum(not row["clear"] for row in rows), "rows": len(rows)})]
        if not shares:
            caveats.append(Sentence("drawn", {"draws": DRAWS}))
        return replace(
            plain,
            question=self.name(),
            parameters=self.parameters(),
            table=pa.Table.from_pylist(rows, schema=_SCHEMA),
            n=n,
            headline=self._said(rows, shares) if n and rows else Sentence("nothing"),
            caveats=(*(caveats if rows else ()), *(each for each in plain.caveats if each.key in CAVEATS)),
            chart=self.chart,
        )

    def _groups(self, journeys: Journeys) -> dict[str, Journeys]:
        if self.by is not None:
            return {name or UNKNOWN: group for name, group in journeys.by(self.by).items() if group.customers}
        assert self.first is not None and self.second is not None
        return {str(each): journeys.where(each) for each in (self.first, self.second)}

    def _everything(self) -> Question:
        """The question with all its rows, where it shows but the first."""
        asked: Question = self.what
        if "top" not in type(asked).model_fields:
            return asked
        high = getattr(kind_of(type(asked).model_fields["top"]), "high", _ALL)
        return asked.model_copy(update={"top": int(min(high, _ALL))})

    def _column(self, finding: Finding) -> tuple[str, bool]:
        """The column that is compared, and whether it is a share."""
        names = finding.table.column_names
        share = (finding.chart.roles if finding.chart else {}).get("share", "share")
        if self.column is None:
            if {"share", "low", "high"} <= set(names) and share == "share":
                return "share", True
            numbers = [name for name in names if pa.types.is_floating(finding.table.schema.field(name).type)]
            raise Mistake(_NO_SHARE, title=self.what.title, columns=numbers)
        known = [field.name for field in finding.table.schema if not pa.types.is_string(field.type)]
        if self.column not in known:
            raise Mistake(_NO_COLUMN, title=self.what.title, seen=self.column, columns=known)
        return self.column, self.column == "share" and {"low", "high"} <= set(names)

    def _again(self, journeys: Journeys, column: str) -> dict[str, list[float]]:
        """The values of every row in each draw."""
        if type(self.what).counted is not Question.counted:
            raise Mistake(_LOOKS_TWICE, title=self.what.title)
        asked = self.what.model_copy(update={"where": None, "shape": None})
        inside = self.what._asked(journeys)
        found: dict[str, list[float]] = {}
        for partial in drawn_again(inside, asked, _SEED):
            table = asked.table(partial, inside.scope)
            for label, row in _labelled(table.to_pylist(), table):
                if row.get(column) is not None:
                    found.setdefault(label, []).append(float(row[column]))
        return found

    def _said(self, rows: list[Row], shares: bool) -> Sentence:
        clear = [row for row in rows if row["clear"]]
        if not clear:
            return Sentence("same", {"rows": len(rows)})
        most = min(clear, key=lambda row: (row["chance"], -abs(row["difference"])))

        def spoken(value: float) -> dict[str, str]:
            form = "percent.1" if shares else "duration" if (self.column or "").endswith("_seconds") else "number.2"
            return {language: _NUMBER[form].say(language, value=value) for language in ("en", "fa")}

        return Sentence(
            "clear",
            {"clear": len(clear), "rows": len(rows), "row": _spoken(most["row"]), "group": _group(most["segment"]), "base": _group(most["base"]),
             "first": spoken(most["first"]), "second": spoken(most["second"])},
        )  # fmt: skip


_ALL = 1_000_000
_NUMBER = {form: Text(en=f"{{value:{form}}}", fa=f"{{value:{form}}}") for form in ("percent.1", "duration", "number.2")}
_BETWEEN_WHAT = Text(
    en="Compare what with what? Give --by ATTRIBUTE, or --first and --second, for example --first 'device = mobile' --second 'device = desktop'.",
    fa="چه با چه مقایسه شود؟ --by ویژگی بدهید، یا --first و --second؛ برای نمونه --first 'device = mobile' --second 'device = desktop'.",
)
_PLAIN = Text(
    en="The question in --what stands alone: without by, and no comparison itself.",
    fa="پرسشی که در --what می‌آید باید ساده باشد: بی by، و خودش مقایسه نباشد.",
)
_NO_SHARE = Text(
    en="“{title}” gives no shares. Name a number of it with --column: {columns:list}.",
    fa="«{title}» سهم نمی‌دهد. با --column یکی از عددهایش را نام ببرید: {columns:list}.",
)
_LOOKS_TWICE = Text(
    en="“{title}” looks at the journeys more than once, so its customers cannot be drawn again. Compare its shares: leave --column out.",
    fa="«{title}» بیش از یک بار به سفرها نگاه می‌کند و مشتریانش را نمی‌شود دوباره برداشت. سهم‌هایش را بسنجید: --column را بردارید.",
)
_NO_COLUMN = Text(
    en="“{title}” has no number {seen}. It has: {columns:list}.",
    fa="«{title}» عددی به نام {seen} ندارد. عددهایش: {columns:list}.",
)
_SCHEMA = pa.schema(
    [
        ("segment", pa.string()),
        ("base", pa.string()),
        ("row", pa.string()),
        ("number", pa.string()),
        ("first", pa.float64()),
        ("second", pa.float64()),
        ("difference", pa.float64()),
        ("difference_low", pa.float64()),
        ("difference_high", pa.float64()),
        ("chance", pa.float64()),
        ("corrected", pa.float64()),
        ("clear", pa.bool_()),
    ]
)
_PLACES = ("step", "stage", "size")


def _labelled(rows: list[Row], table: pa.Table) -> Iterator[tuple[str, Row]]:
    """Every row with what names it: its words, and the number of its step."""
    words = [field.name for field in table.schema if pa.types.is_string(field.type) or field.name in _PLACES]
    for row in rows:
        yield " · ".join(str(row[name]) for name in words if row[name] is not None), row


def _paired(first: Finding, second: Finding, column: str) -> Iterator[tuple[str, Row | None, Row | None]]:
    """The rows that name the same in both; one that only one has stands alone, unless the other may have it among its rest."""
    mine, theirs = (dict(_labelled(finding.rows(), finding.table)) for finding in (first, second))
    for label in dict.fromkeys([*mine, *theirs]):
        a, b = mine.get(label), theirs.get(label)
        if _folded(label) or (a is None and any(map(_folded, mine))) or (b is None and any(map(_folded, theirs))):
            continue
        if any(row is not None and row[column] is not None for row in (a, b)):
            yield label, a, b


def _folded(label: str) -> bool:
    return OTHER in label.split(" · ")


def _spoken(label: str) -> dict[str, str]:
    """What names a row, in words: places stay numbers, touchpoints and paths are said."""
    parts = [[touchpoint(name.strip('"')).title for name in part.split(" > ")] for part in label.split(" · ")]
    return {
        "en": " · ".join(" › ".join(title.en for title in part) for part in parts),
        "fa": " · ".join(" › ".join(title.fa for title in part) for part in parts),
    }


def _group(name: str) -> dict[str, str]:
    """A segment's value in words; a filter as it was written."""
    if " " in name:
        return {"en": name, "fa": name}
    title = value_title(name)
    return {"en": title.en, "fa": title.fa}


def _by_share(name: str, base: str, label: str, a: tuple[Row | None, int], b: tuple[Row | None, int]) -> Row:
    """``a`` and ``b``: the row of each, and how many were counted there."""
    first, second = _share(*a), _share(*b)
    difference, low, high = newcombe(first[:3], second[:3])
    chance = two_shares(*first[3:], *second[3:])
    return {"segment": name, "base": base, "row": label, "first": first[0], "second": second[0], "difference": difference,
            "difference_low": low, "difference_high": high, "chance": chance}  # fmt: skip


def _share(row: Row | None, everyone: int) -> tuple[float, float, float, int, int]:
    """Share, low, high, hits and n of a row; n is what its own interval tells. A row that is not there has no hits."""
    if row is None or row["share"] is None:
        high = Z95**2 / (everyone + Z95**2) if everyone else 1.0
        return 0.0, 0.0, high, 0, everyone
    share, low, high = row["share"], row["low"], row["high"]
    # Wilson's ends are the roots of (share − p)² = z²·p(1 − p)/n, so either of them gives n.
    end = high if high < 1 else low
    n = round(Z95**2 * end * (1 - end) / (share - end) ** 2) if share != end else 0
    return share, low, high, round(share * n), n


def _by_draws(
    name: str, base: str, label: str, a: Row | None, b: Row | None, column: str, ours: list[float], theirs: list[float]
) -> Row:
    first = float(a[column]) if a is not None and a[column] is not None else None
    second = float(b[column]) if b is not None and b[column] is not None else None
    row: Row = {"segment": name, "base": base, "row": label, "first": first, "second": second, "chance": 1.0}
    if first is None or second is None or not ours or not theirs:
        return {**row, "difference": None, "difference_low": None, "difference_high": None}
    many = min(len(ours), len(theirs))
    draws = np.array(theirs[:many]) - np.array(ours[:many])
    low, high = np.quantile(draws, [0.025, 0.975]).tolist()
    spread = float(draws.std(ddof=1)) if many > 1 else 0.0
    # Two hundred draws say how wide it is, not how rare: the chance is the normal one of that width.
    chance = erfc(abs(second - first) / spread / 2**0.5) if spread else float(first == second)
    return {**row, "difference": second - first, "difference_low": low, "difference_high": high, "chance": chance}
