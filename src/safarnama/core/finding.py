"""The answer to a question: a small table with everything needed to believe it."""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import orjson
import pyarrow as pa

from safarnama.core import registry
from safarnama.core.errors import Mistake
from safarnama.core.words import Text

if TYPE_CHECKING:
    import pandas

_NO_PANDAS = Text(
    en="pandas is not installed. Install it (pip install pandas), or take the answer as rows() or to_arrow().",
    fa="پانداس نصب نیست. نصبش کنید (pip install pandas) یا پاسخ را با rows() یا to_arrow() بگیرید.",
)
# What has to be said beside many a finding. A question adds its own in ``sentences``.
CAVEATS: dict[str, Text] = {
    "bots_out": Text(
        en="{n:events} of suspected bots are left out.",
        fa="{n:events} که به نظر کار ربات است کنار گذاشته شد.",
    ),
    "duplicates_in": Text(
        en="{n:events} look like duplicates; they are counted.",
        fa="{n:events} تکراری به نظر می‌رسد؛ شمرده شده‌اند.",
    ),
    "consent_out": Text(
        en="{n:customers} who did not agree to this use are left out.",
        fa="{n:customers} که با این استفاده موافقت نکرده‌اند کنار گذاشته شدند.",
    ),
    "sessions_apart": Text(
        en="Each session counts as a journey of its own: where customers are named, their sessions are meant.",
        fa="هر نشست خود یک سفر شمرده شده است؛ هر جا نام مشتری آمده، نشست‌های او مراد است.",
    ),
    "episodes_apart": Text(
        en="Each episode counts as a journey of its own: where customers are named, their episodes are meant.",
        fa="هر دوره خود یک سفر شمرده شده است؛ هر جا نام مشتری آمده، دوره‌های او مراد است.",
    ),
    "nothing": Text(en="There is nothing to count here.", fa="چیزی برای شمردن نیست."),
}


@dataclass(frozen=True)
class Chart:
    """How a finding wants to be drawn: the chart's name and which column plays which role in it."""

    name: str
    roles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sentence:
    """A sentence to be said later: a key of the question's sentences, and its arguments."""

    key: str
    arguments: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """The answer to one question.

    ``table``: the answer, one Arrow row a line. ``n``: how many were counted, of ``n_unit`` (customers, orders …).
    ``period``: first and last day of what was counted, in the workspace's time zone. ``fingerprint``: of the data asked.
    Shares are 0..1 with ``low`` and ``high`` ends of the 95 % interval; durations are seconds.
    """

    question: str
    parameters: Mapping[str, Any]
    table: pa.Table
    n: int
    n_unit: str
    period: tuple[date, date] | None
    fingerprint: str
    headline: Sentence
    caveats: tuple[Sentence, ...] = ()
    chart: Chart | None = None

    @property
    def id(self) -> str:
        """A short name that the same question on the same data always has."""
        asked = orjson.dumps([self.question, dict(self.parameters), self.fingerprint], option=orjson.OPT_SORT_KEYS)
        return f"{self.question}-{hashlib.sha256(asked).hexdigest()[:12]}"

    def say(self, language: str) -> str:
        """The headline in words."""
        return self._spoken(self.headline, language)

    def say_caveats(self, language: str) -> list[str]:
        """What to keep in mind, in words."""
        return [self._spoken(caveat, language) for caveat in self.caveats]

    def _spoken(self, sentence: Sentence, language: str) -> str:
        question = registry.find("question", self.question)
        own = getattr(question, "sentences", {})
        text = own[sentence.key] if sentence.key in own else CAVEATS[sentence.key]
        if sentence.key in own and getattr(question, "unit", "") == "customers" != self.n_unit:
            # Journeys that were split are of sessions or episodes, and the sentence says so.
            unit = f":{self.n_unit}}}"
            text = Text(en=text.en.replace(":customers}", unit), fa=text.fa.replace(":customers}", unit))
        return text.say(language, **sentence.arguments)

    def rows(self) -> list[dict[str, Any]]:
        """The table as a list of objects."""
        return self.table.to_pylist()

    def to_arrow(self) -> pa.Table:
        return self.table

    def to_pandas(self) -> pandas.DataFrame:
        """The table as a pandas frame. Raises ``Mistake`` where pandas is not installed: the product does without it."""
        try:
            return self.table.to_pandas()
        except ModuleNotFoundError:
            raise Mistake(_NO_PANDAS) from None

    def picture(self) -> Any:
        """The finding drawn: a picture with ``svg(language)``, ``png(language)`` and ``pdf(language)``."""
        return registry.find("door", "picture")(self)

    def _repr_html_(self) -> str:
        return self.picture().svg("en")

    def to_dict(self) -> dict[str, Any]:
        """The form of a finding in JSON, the same in the command line and the API."""
        return {
            "question": self.question,
            "parameters": dict(self.parameters),
            "n": self.n,
            "n_unit": self.n_unit,
            "period": {"start": str(self.period[0]), "end": str(self.period[1])} if self.period else None,
            "columns": self.table.column_names,
            "rows": self.rows(),
            "caveats": self.say_caveats("en"),
            "headline": {"en": self.say("en"), "fa": self.say("fa")},
            "fingerprint": self.fingerprint,
        }

    def to_json(self) -> bytes:
        return orjson.dumps(self.to_dict(), option=orjson.OPT_INDENT_2 | orjson.OPT_SERIALIZE_NUMPY, default=str)

    def dump(self) -> bytes:
        """All of it, so that ``load`` gives the same finding back."""
        kept = {
            "question": self.question,
            "parameters": dict(self.parameters),
            "rows": self.rows(),
            "schema": [[column.name, str(column.type)] for column in self.table.schema],
            "arrow": None if _is_plain(self.table) else b64encode(_packed(self.table)).decode(),
            "n": self.n,
            "n_unit": self.n_unit,
            "period": [str(day) for day in self.period] if self.period else None,
            "fingerprint": self.fingerprint,
            "headline": [self.headline.key, dict(self.headline.arguments)],
            "caveats": [[caveat.key, dict(caveat.arguments)] for caveat in self.caveats],
            "chart": [self.chart.name, dict(self.chart.roles)] if self.chart else None,
        }
        return orjson.dumps(kept, default=str)

    @classmethod
    def load(cls, data: bytes) -> Finding:
        """The finding that ``dump`` wrote."""
        kept = orjson.loads(data)
        return cls(
            question=kept["question"],
            parameters=kept["parameters"],
            table=_unpacked(kept),
            n=kept["n"],
            n_unit=kept["n_unit"],
            period=_days(kept["period"]),
            fingerprint=kept["fingerprint"],
            headline=Sentence(*kept["headline"]),
            caveats=tuple(Sentence(*caveat) for caveat in kept["caveats"]),
            chart=Chart(*kept["chart"]) if kept["chart"] else None,
        )


def _is_plain(table: pa.Table) -> bool:
    """Whether JSON says all there is to the table: numbers, texts, yes and no."""
    kinds = (pa.types.is_integer, pa.types.is_floating, pa.types.is_string, pa.types.is_boolean, pa.types.is_null)
    return all(any(is_kind(column.type) for is_kind in kinds) for column in table.schema)


def _packed(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    packed: bytes = sink.getvalue().to_pybytes()
    return packed


def _unpacked(kept: dict[str, Any]) -> pa.Table:
    if kept.get("arrow"):
        return pa.ipc.open_stream(b64decode(kept["arrow"])).read_all()
    schema = pa.schema([(name, pa.type_for_alias(kind)) for name, kind in kept["schema"]])
    return pa.Table.from_pylist(kept["rows"], schema=schema)


def _days(period: list[str] | None) -> tuple[date, date] | None:
    return (date.fromisoformat(period[0]), date.fromisoformat(period[1])) if period else None
