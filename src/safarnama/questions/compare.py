"""Compare: what is different between two or more segments or periods, beyond chance, and what they have in common."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

import pyarrow as pa

from safarnama.core.errors import Mistake
from safarnama.core.filters import say_filter
from safarnama.core.finding import CAVEATS, Chart, Finding, Sentence
from safarnama.core.grammar import Both, parse_filter
from safarnama.core.intervals import corrected
from safarnama.core.labels import label_title
from safarnama.core.parameters import Asked, Attribute, Where
from safarnama.core.words import LANGUAGES, Text
from safarnama.core.words.lexicon import value_title
from safarnama.journeys.against import Draws, Number, Row, Side, both, compared, is_compared, labels_of
from safarnama.journeys.partial import Partial
from safarnama.journeys.resampling import DRAWS
from safarnama.journeys.scope import Scope
from safarnama.journeys.segments import UNKNOWN
from safarnama.journeys.shard import Shard
from safarnama.questions.question import Question

if TYPE_CHECKING:
    from safarnama.journeys.journeys import Journeys

_TRUSTED = 0.05


class Compare(Question):
    """What is different between segments or periods in the answer to any other question, and what they have in common.

    ``what`` is that question. ``by`` compares every segment of an attribute with the largest; ``first`` and ``second`` compare two
    groups of customers or events, or two periods (``during 2026-01-01..2026-01-31``). A row of the answer is compared by its
    share, or by another number of it that ``column`` names (a median, a mean): second − first. A share of customers, none of whom is
    in both groups, has Newcombe's interval (1998, method 10) and the pooled score test. All other numbers, shares of events or
    sessions and groups with customers in common too, have both from drawing whole customers again 200 times; of a number of
    three customers or fewer no difference is told.

    ``corrected`` is the chance of so large a difference without any, corrected for the number of rows (Benjamini and
    Hochberg, 1995); below 5 % a difference is called *clear*. In common is not what is merely not clear: a row is *alike* when the
    whole interval lies within 5 points of a share, or within a tenth of the first number.
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
            en="No difference beyond chance in {rows:rows}",
            fa="در {rows:rows} تفاوت معناداری دیده نشد",
        ),
        "common": Text(
            en="Surely in common: {alike:count} of {rows:rows}, above all “{row}” ({first} and {second}).",
            fa="وجه مشترکِ قطعی: {alike:count} از {rows:rows}، بیش از همه «{row}» ({first} و {second}).",
        ),
        "unsure": Text(
            en="Perhaps alike, perhaps not: {unsure:count} of {rows:rows}.",
            fa="شاید همانند، شاید نه: {unsure:count} از {rows:rows}.",
        ),
        "drawn": Text(
            en="Intervals by resampling whole customers, {draws:times}.",
            fa="بازه‌ها با {draws:times} بازنمونه‌گیری از مشتریان.",
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
        everybody = self._everybody(journeys)
        what = self.what.held(everybody)
        findings = {name: what.answer(group) for name, group in groups.items()}
        (base, plain), *others = findings.items() or [("", what.answer(journeys))]
        number = self._number(plain)
        # What is folded into "other" in one group may be shown in the other: compared is what each really has.
        asked = what.in_full(list(findings.values()))
        full = {name: asked.answer(group) for name, group in groups.items()} if asked is not what else findings
        apart = self._apart(everybody, groups)
        draws = number.ends is None or not apart
        drawn = {name: Draws.made(asked, group, number.column) for name, group in groups.items()} if draws else {}
        rows: list[Row] = []
        for name, finding in others:
            shown = {label for each in (plain, finding) for label in labels_of(each.table)}
            sides = [Side(asked, full[group], number, drawn.get(group)) for group in (base, name)]
            for label in both(*sides):
                row = compared(*(side.said(label, sides) for side in sides)) if label in shown else None
                # Where both are everybody, as at the first step of a funnel, there is nothing to compare.
                if row is not None and not (number.share and row["first"] == row["second"] == 1):
                    rows.append({"segment": name, "base": base, "row": label, "number": number.column, **row})
        for row, chance in zip(rows, corrected([row["chance"] for row in rows]), strict=True):
            row["corrected"] = chance
            row["clear"] = chance < _TRUSTED
            row["alike"] = number.alike(row)
        rows.sort(key=lambda row: not row["clear"])
        n = sum(finding.n for finding in findings.values())
        if not apart and self.what.unit == "customers":
            n = min(n, what.answer(everybody).n)  # those in two groups count once
        caveats = self._common(rows, number) if rows else []
        if draws and rows:
            caveats.append(Sentence("drawn", {"draws": DRAWS}))
        return replace(
            plain,
            question=self.name(),
            parameters=self.parameters(),
            table=pa.Table.from_pylist(rows, schema=_SCHEMA),
            n=n,
            headline=self._said(rows, number) if n and rows else Sentence("nothing"),
            caveats=(*caveats, *(each for each in plain.caveats if each.key in CAVEATS)),
            chart=self.chart,
        )

    def _apart(self, everybody: Journeys, groups: dict[str, Journeys]) -> bool:
        """Whether customers are counted, none of whom is in two groups: then nobody counts twice."""
        if self.what.unit != "customers" or self.what._asked(everybody).scope.unit != "customers":
            return False
        return everybody.customers == sum(group.customers for group in groups.values())

    def _everybody(self, journeys: Journeys) -> Journeys:
        """The journeys that are in a group."""
        if self.by is not None:
            return journeys
        assert self.first is not None and self.second is not None
        return journeys.where(Both("or", (self.first, self.second)))

    def _groups(self, journeys: Journeys) -> dict[str, Journeys]:
        if self.by is not None:
            return {name or UNKNOWN: group for name, group in journeys.by(self.by).items() if group.customers}
        assert self.first is not None and self.second is not None
        return {str(each): journeys.where(each) for each in (self.first, self.second)}

    def _number(self, finding: Finding) -> Number:
        """The column that is compared."""
        numbers = [field.name for field in finding.table.schema if is_compared(field)]
        if self.column is None:
            found = Number("share", finding.table.column_names)
            if found.ends is None:
                raise Mistake(_NO_SHARE, title=self.what.title, columns=numbers)
            return found
        if self.column not in numbers:
            raise Mistake(_NO_COLUMN, title=self.what.title, seen=self.column, columns=numbers)
        return Number(self.column, finding.table.column_names)

    def _said(self, rows: list[Row], number: Number) -> Sentence:
        clear = [row for row in rows if row["clear"]]
        if not clear:
            return Sentence("same", {"rows": len(rows)})
        most = min(clear, key=lambda row: (row["chance"], -abs(row["difference"])))
        return Sentence(
            "clear",
            {"clear": len(clear), "rows": len(rows), "row": _spoken(most["row"]), "group": self._group(most["segment"]), "base": self._group(most["base"]),
             "first": number.spoken(most["first"]), "second": number.spoken(most["second"])},
        )  # fmt: skip

    def _common(self, rows: list[Row], number: Number) -> list[Sentence]:
        """What all have in common and the largest of it, and of how much it is not known."""
        alike = [row for row in rows if row["alike"]]
        unsure = sum(not row["alike"] and not row["clear"] for row in rows)
        rest = [Sentence("unsure", {"unsure": unsure, "rows": len(rows)})] if unsure else []
        if not alike:
            return rest
        shared = {row["row"] for row in alike} - {row["row"] for row in rows if not row["alike"]}
        most = max([row for row in alike if row["row"] in shared] or alike, key=lambda row: row["first"])
        said = {"alike": len(alike), "rows": len(rows), "row": _spoken(most["row"]),
                "first": number.spoken(most["first"]), "second": number.spoken(most["second"])}  # fmt: skip
        return [Sentence("common", said), *rest]

    def _group(self, name: str) -> dict[str, str]:
        """A segment's value or a filter, in words."""
        title = value_title(name) if self.by is not None else say_filter(parse_filter(name))
        return {"en": title.en, "fa": title.fa}


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
_NO_COLUMN = Text(
    en="“{title}” has no number {seen} that can be compared. It has: {columns:list}.",
    fa="«{title}» عددی به نام {seen} که بشود سنجید ندارد. عددهایش: {columns:list}.",
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
        ("alike", pa.bool_()),
    ]
)


def _spoken(label: str) -> dict[str, str]:
    """What names a row, in words."""
    return {language: label_title(label, language) for language in LANGUAGES}
