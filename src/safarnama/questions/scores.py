"""Scores: what customers answered, by touchpoint and instrument."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pyarrow as pa

from safarnama.core.finding import Chart, Sentence
from safarnama.core.intervals import Z95
from safarnama.core.parameters import Flag, Steps
from safarnama.core.words import Text
from safarnama.core.words.lexicon import touchpoint
from safarnama.journeys.partial import Keyed, Partial
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.journeys.speaking import Subjects, subjects_of
from safarnama.questions.question import Opener, Question, Row

if TYPE_CHECKING:
    from safarnama.journeys.journeys import Journeys
    from safarnama.journeys.local import Countable

_PROMOTER, _DETRACTOR = 9_000, 6_000  # thousandths: 9 and more, 6 and less
_MANY = 30  # answers; below that an extreme is chance


class Scores(Question):
    """Answers to surveys, ratings and stars: mean with interval, feeling from −2 to +2, and NPS where it was asked.

    ``touchpoints`` restricts it to some. With ``back`` an answer counts at what it speaks of: of all the customer met within two
    weeks before, that which goes most with such answers. The feeling maps each instrument's scale linearly, worst answer −2, best +2.
    NPS is promoters (9, 10) less detractors (0 to 6) in points of 100.
    """

    title: ClassVar[Text] = Text(en="Scores", fa="امتیازها")
    example: ClassVar[dict[str, Any]] = {}
    chart: ClassVar[Chart | None] = Chart("scores", {"label": "touchpoint", "value": "feeling"})
    unit: ClassVar[str] = "answers"
    opens: ClassVar[tuple[str, ...]] = ("answers", "promoters", "passives", "detractors")
    occurrences: ClassVar[tuple[str, ...]] = opens
    sentences: ClassVar[dict[str, Text]] = {
        "nps": Text(
            en="NPS is {nps:signed} from {n:answers}: {promoters:percent} promoters, {detractors:percent} detractors",
            fa="NPS برابر {nps:signed} از {n:answers}: {promoters:percent} مروج، {detractors:percent} منتقد",
        ),
        "spread": Text(
            en="{best} is rated best ({high:signed}) and {worst} worst ({low:signed}) on a scale of −2 to +2",
            fa="«{best}» بهترین ({high:signed}) و «{worst}» بدترین ({low:signed}) امتیاز را دارد، در بازه −۲ تا +۲",
        ),
        "one": Text(
            en="{best} is rated {high:signed} on a scale of −2 to +2, from {n:answers}",
            fa="«{best}» از {n:answers} امتیاز {high:signed} دارد، در بازه −۲ تا +۲",
        ),
    }

    touchpoints: Steps | None = None
    back: Flag = False

    def check(self, scope: Scope) -> None:
        for step in self.touchpoints or ():
            scope.numbers(step)

    def counter(self, journeys: Journeys) -> Countable:
        return _Back(self, subjects_of(journeys)) if self.back else self

    def count(self, shard: Shard, scope: Scope) -> Partial:
        return self.answers(shard, scope, None)

    def answers(self, shard: Shard, scope: Scope, subjects: Subjects | None) -> Partial:
        """The answers of a shard, at the touchpoints that asked for them or, given what asks, at those they speak of."""
        keys, _ = self._told(shard, scope, subjects)
        return Partial(keyed={"answers": Keyed.of(keys, np.ones((len(keys), 1), np.int64))}) if len(keys) else Partial()

    def _told(self, shard: Shard, scope: Scope, subjects: Subjects | None) -> tuple[np.ndarray, np.ndarray]:
        """Every answer: touchpoint, instrument, scale from and to, and score, int64 (n, 5); and whose it is."""
        if "score" not in shard.numbers or "instrument" not in shard.words:
            return np.zeros((0, 5), np.int64), np.zeros(0, np.int64)
        score, low, high = (shard.numbers[name] for name in ("score", "scale_low", "scale_high"))
        owner = np.searchsorted(shard.offset, score.at, side="right") - 1
        inside = shard.mask()[owner]
        what = scope.table[shard.code[score.at]].astype(np.int64)
        if subjects is not None:
            what = subjects.of(shard, scope, score.at)
        if self.touchpoints:
            inside &= np.isin(what, [number for step in self.touchpoints for number in scope.numbers(step)])
        instrument = shard.words["instrument"][score.at].astype(np.int64)
        return np.stack([what, instrument, low.value, high.value, score.value], 1)[inside], owner[inside]

    def opener(self, journeys: Journeys) -> Opener:
        return _Back(self, subjects_of(journeys)) if self.back else self

    def behind(
        self,
        shard: Shard,
        scope: Scope,
        row: Row,
        column: str,
        rows: Sequence[Row],
        subjects: Subjects | None = None,
    ) -> np.ndarray:
        keys, owner = self._told(shard, scope, subjects)
        names = scope.words.get("instrument", ())
        wanted = [
            scope.number(row["touchpoint"]),
            0 if row["instrument"] is None else list(names).index(row["instrument"]) + 1,
            round(row["scale_low"] * 1000),
            round(row["scale_high"] * 1000),
        ]
        here = (keys[:, :4] == wanted).all(axis=1)
        parts = {
            "promoters": keys[:, 4] >= _PROMOTER,
            "passives": (keys[:, 4] > _DETRACTOR) & (keys[:, 4] < _PROMOTER),
            "detractors": keys[:, 4] <= _DETRACTOR,
        }
        if column in parts:
            here &= parts[column] & (row[column] is not None)
        found = np.zeros(shard.customers, bool)
        found[owner[here]] = True
        return found

    def turn(self, row: Row, column: str) -> tuple[str, ...]:
        return (row["touchpoint"],)

    def size(self, partial: Partial) -> int:
        return int(partial.keyed["answers"].counts.sum()) if "answers" in partial.keyed else 0

    def table(self, partial: Partial, scope: Scope) -> pa.Table:
        answers = partial.keyed.get("answers", Keyed(np.zeros((0, 5), np.int64), np.zeros((0, 1), np.int64)))
        groups, places = np.unique(answers.keys[:, :4], axis=0, return_inverse=True)
        rows = []
        for group, (what, instrument, low, high) in enumerate(groups.tolist()):
            mine = places.ravel() == group
            rows.append(
                {
                    "touchpoint": scope.touchpoints[what],
                    "instrument": scope.words["instrument"][instrument - 1] if instrument else None,
                    **summary(
                        answers.keys[mine, 4],
                        answers.counts[mine, 0],
                        low,
                        high,
                        nps=self._is_nps(instrument, scope),
                    ),
                }
            )
        rows.sort(key=lambda row: (-row["feeling"], row["touchpoint"]))
        return pa.Table.from_pylist(rows, schema=_SCHEMA)

    def _is_nps(self, instrument: int, scope: Scope) -> bool:
        return bool(instrument) and scope.words["instrument"][instrument - 1] == "nps"

    def headline(self, partial: Partial, table: pa.Table, scope: Scope) -> Sentence:
        rows = table.to_pylist()
        nps = next((row for row in rows if row["nps"] is not None), None)
        if nps is not None and (len(rows) == 1 or self.touchpoints):
            n = nps["answers"]
            shares = {"promoters": nps["promoters"] / n, "detractors": nps["detractors"] / n}
            return Sentence("nps", {"nps": nps["nps"], "n": n, **shares})
        # A headline speaks of many: the extremes of a handful are chance.
        rows = [row for row in rows if row["answers"] >= _MANY] or rows
        best, worst = rows[0], rows[-1]
        said = {"best": _title(best["touchpoint"]), "high": best["feeling"], "n": best["answers"]}
        if len(rows) == 1:
            return Sentence("one", said)
        return Sentence("spread", {**said, "worst": _title(worst["touchpoint"]), "low": worst["feeling"]})


@dataclass(frozen=True)
class _Back:
    asked: Scores
    subjects: Subjects

    def count(self, shard: Shard, scope: Scope) -> Partial:
        return self.asked.answers(shard, scope, self.subjects)

    def behind(self, shard: Shard, scope: Scope, row: Row, column: str, rows: Sequence[Row]) -> np.ndarray:
        return self.asked.behind(shard, scope, row, column, rows, self.subjects)


def summary(scores: np.ndarray, counts: np.ndarray, low: int, high: int, nps: bool) -> dict[str, Any]:
    """Mean, interval and feeling of answers; scores and scale in thousandths. NPS with its interval where it is one."""
    n = int(counts.sum())
    total, squares = int((scores * counts).sum()), int((scores.astype(object) ** 2 * counts).sum())
    mean = total / n
    half = Z95 * sqrt(max(0.0, (squares - total * mean) / (n - 1)) / n) if n > 1 else 0.0
    scale = 4 / (high - low) if high > low else 0.0
    found: dict[str, Any] = {
        "answers": n,
        "mean": mean / 1000,
        "low": max(low, mean - half) / 1000,
        "high": min(high, mean + half) / 1000,
        "scale_low": low / 1000,
        "scale_high": high / 1000,
        "feeling": -2 + (mean - low) * scale,
        "feeling_low": -2 + (max(low, mean - half) - low) * scale,
        "feeling_high": -2 + (min(high, mean + half) - low) * scale,
    }
    if nps:
        promoters = int(counts[scores >= _PROMOTER].sum())
        detractors = int(counts[scores <= _DETRACTOR].sum())
        share = (promoters - detractors) / n
        spread = Z95 * sqrt(max(0.0, (promoters + detractors) / n - share**2) / n)
        found |= {
            "nps": 100 * share,
            "nps_low": 100 * max(-1.0, share - spread),
            "nps_high": 100 * min(1.0, share + spread),
            "promoters": promoters,
            "passives": n - promoters - detractors,
            "detractors": detractors,
        }
    return found


def _title(name: str) -> dict[str, str]:
    title = touchpoint(name).title
    return {"en": title.en, "fa": title.fa}


_SCHEMA = pa.schema(
    [
        ("touchpoint", pa.string()),
        ("instrument", pa.string()),
        ("answers", pa.int64()),
        ("mean", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("scale_low", pa.float64()),
        ("scale_high", pa.float64()),
        ("feeling", pa.float64()),
        ("feeling_low", pa.float64()),
        ("feeling_high", pa.float64()),
        ("nps", pa.float64()),
        ("nps_low", pa.float64()),
        ("nps_high", pa.float64()),
        ("promoters", pa.int64()),
        ("passives", pa.int64()),
        ("detractors", pa.int64()),
    ]
)
