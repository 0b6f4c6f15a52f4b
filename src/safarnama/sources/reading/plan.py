"""How one file will be read, decided once from its first rows and what the user told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from safarnama.core.errors import Mistake
from safarnama.core.words import Text, lexicon
from safarnama.core.words.calendar import from_jalali
from safarnama.core.words.digits import latin
from safarnama.core.workspace import Workspace
from safarnama.events.schema import IDENTIFIERS, SegmentKind, minor_units
from safarnama.sources.reading import roles as roles_of
from safarnama.sources.reading import times
from safarnama.sources.reading.numbers import numbers
from safarnama.sources.reading.roles import kind_of_table, no_time, recognise, recognise_costs
from safarnama.sources.reading.scores import Scale, chosen, scale_of, scales_of

_US_DAY = 86_400_000_000
# Roles that a column may still take when it first appears far down in a file.
_LATE = (*IDENTIFIERS, "session", "device", "place", "campaign", "value", "currency", "text", "user_agent", "consent")
Notice = tuple[Text, dict[str, Any]]


@dataclass(frozen=True)
class Told:
    """What the user said about a file; everything may be left out."""

    kind: SegmentKind | None = None
    columns: dict[str, str] = field(default_factory=dict)
    touchpoint: str | None = None
    timezone: str | None = None
    scores: tuple[str, ...] = ()
    at: str | None = None


@dataclass(frozen=True)
class Plan:
    """Which column plays which role, and how cells of the difficult roles are to be read."""

    kind: SegmentKind
    roles: dict[str, str]
    properties: tuple[str, ...]
    timezone: str
    country: str
    order: int = times.DAY_FIRST
    epoch: int = 1_000_000  # microseconds in one unit; below zero a divisor
    at: int | None = None  # microseconds of the local clock, for a file without times
    day_of_month: bool = False
    touchpoint: str | None = None
    channel: str | None = None
    money: float = 100.0  # minor units in one of the file's
    scales: dict[str, Scale] = field(default_factory=dict)  # by column (wide) or by survey name
    wide: bool = False
    seen: frozenset[str] = frozenset()  # columns that held anything in the first rows
    notices: tuple[Notice, ...] = ()

    @property
    def identifiers(self) -> dict[str, str]:
        return roles_of.identifiers(self.roles)


def plan(table: pa.Table, stem: str, told: Told, workspace: Workspace) -> Plan:
    """Decide how to read a file that begins with these rows. Raises ``Mistake`` when it cannot hold events."""
    settings = workspace.settings
    notices: list[Notice] = []
    asked = chosen(list(told.scores), table.column_names) if told.scores else {}
    scales = scales_of(table, asked)
    if asked and not scales:
        raise Mistake(
            Text(
                en="The columns of --scores hold no numbers: {columns:list}. Name those with answers as numbers, with their "
                "scale if it is unusual: --scores 'Q7*:1-5'.",
                fa="ستون‌های --scores عددی ندارند: {columns:list}. ستون‌هایی را نام ببرید که پاسخ عددی دارند، و اگر مقیاس "
                "نامعمول است با مقیاس: --scores 'Q7*:1-5'.",
            ),
            columns=list(asked)[:12],
        )
    free = table.drop_columns(list(asked)) if asked else table
    roles = recognise(free, {role: column for role, column in told.columns.items() if role != "cost"})
    costs = recognise_costs(free, told.columns)
    kind: Any = told.kind or ("events" if asked else kind_of_table(free, roles, costs))
    if kind == "costs":
        roles = costs
        if "cost" not in roles:
            raise Mistake(
                Text(
                    en="No column could be read as a cost. Seen: {columns:list}. Name it with --column cost=NAME.",
                    fa="هیچ ستونی به‌عنوان هزینه خوانده نشد. ستون‌ها: {columns:list}. نام آن را با --column cost=NAME بدهید.",
                ),
                columns=table.column_names[:12],
            )
    elif kind == "customers":
        roles = {
            role: name
            for role, name in roles.items()
            if role in roles_of.identifiers(roles) or role == "consent" or role.startswith("id:")
        }
        if not roles_of.identifiers(roles):
            raise Mistake(
                Text(
                    en="No column names the customer. Seen: {columns:list}. Name one with --column customer=NAME.",
                    fa="هیچ ستونی مشتری را مشخص نمی‌کند. ستون‌ها: {columns:list}. نام آن را با --column customer=NAME بدهید.",
                ),
                columns=table.column_names[:12],
            )
    if told.kind is None and kind != "events":
        notices.append((_RECOGNISED[kind], {}))
    taken = {part for column in roles.values() for part in (column, *column.split("+"))} | set(asked)
    seen = {name for name in table.column_names if table[name].null_count < len(table)}
    base = Plan(
        kind=kind,
        roles=roles,
        properties=tuple(name for name in table.column_names if name not in taken and name in seen),
        timezone=told.timezone or settings.timezone,
        country=settings.country,
        money=_money(roles.get("value") or roles.get("cost"), settings.currency),
        scales=scales,
        wide=bool(asked),
        seen=frozenset(seen) | taken,
        notices=tuple(notices),
    )
    return base if kind != "events" else _for_events(base, free, stem, told, notices)


def extended(made: Plan, table: pa.Table, currency: str) -> Plan:
    """The plan for rows in which columns appear that the rows before did not have, as in lines of JSON."""
    new = [n for n in table.column_names if n not in made.seen and table[n].null_count < len(table)]
    if not new:
        return made
    roles = dict(made.roles)
    if made.kind != "costs" and not made.wide:
        late = _LATE if made.kind == "events" else (*IDENTIFIERS, "consent")
        for role, column in recognise(table.select(new), {}).items():
            if role in late and role not in roles:
                roles[role] = column
        if "value" not in roles:
            roles.pop("currency", None)
    taken = set(roles.values())
    return replace(
        made,
        roles=roles,
        properties=(*made.properties, *(name for name in new if name not in taken)),
        money=_money(roles.get("value") or roles.get("cost"), currency),
        seen=made.seen | set(new),
    )


def _for_events(base: Plan, table: pa.Table, stem: str, told: Told, notices: list[Notice]) -> Plan:
    roles = dict(base.roles)
    at = moment_of(told.at) if told.at else None
    day_of_month = at is not None and "time" in roles and _is_day_of_month(table, roles["time"])
    if at is not None and not day_of_month and "time" in roles and "time" not in told.columns:
        del roles["time"]
    if "time" not in roles and at is None:
        raise no_time(table)
    order = epoch = None
    if "time" in roles and not day_of_month:
        cells = table[roles["time"].split("+")[0]]
        order, sure = times.order_of(cells)
        if not sure:
            notices.append((_ORDERS[order], {"column": roles["time"]}))
        read = times.read(cells.combine_chunks().slice(0, roles_of.SAMPLE), order)
        epoch = times.scale_of(read.values[read.kinds == times.EPOCH])
        if not np.any(np.isin(read.kinds, (times.LOCAL, times.ABSOLUTE, times.DAY, times.EPOCH))) and at is None:
            raise no_time(table)
    if not base.wide and told.touchpoint is None and "touchpoint" not in roles and "score" not in roles:
        raise Mistake(
            Text(
                en="No column says what happened. Seen: {columns:list}. Name the touchpoint with --touchpoint purchase, or its "
                "column with --column touchpoint=NAME.",
                fa="هیچ ستونی نمی‌گوید چه رخ داده است. ستون‌ها: {columns:list}. نام نقطه تماس را با --touchpoint purchase یا ستون "
                "آن را با --column touchpoint=NAME بدهید.",
            ),
            columns=table.column_names[:12],
        )
    if not base.identifiers:
        notices.append((_NOBODY, {}))
    scales = dict(base.scales)
    if "score" in roles and not base.wide:
        scales |= _scales_by_survey(table, roles)
    channel = None
    if "channel" not in roles:
        channel = lexicon.channel(stem) or next(filter(None, map(lexicon.channel, lexicon.words_of(stem))), None)
        if channel:
            notices.append((_CHANNEL, {"channel": lexicon.channel_title(channel)}))
    left = tuple(name for name in (*base.properties, *_dropped(base.roles, roles)))
    return Plan(
        **{
            **vars(base),
            "roles": roles,
            "properties": left,
            "order": times.DAY_FIRST if order is None else order,
            "epoch": 1_000_000 if epoch is None else epoch,
            "at": at,
            "day_of_month": day_of_month,
            "touchpoint": told.touchpoint,
            "channel": channel,
            "scales": scales,
            "notices": tuple(notices),
        }
    )


def moment_of(text: str) -> int:
    """Microseconds of the local clock of ``--at``: a year, month or day, Gregorian or Jalali; its beginning is taken."""
    found = re.fullmatch(r"(\d{4})(?:[-/](\d{1,2}))?(?:[-/](\d{1,2}))?(?:[ T](\d{1,2}):(\d{2}))?", latin(text).strip())
    if found:
        year, month, day, hour, minute = (int(part) if part else None for part in found.groups())
        try:
            start = (
                from_jalali(year or 0, month or 1, day or 1)
                if (year or 0) < 1700
                else date(year or 0, month or 1, day or 1)
            )
            if start is not None:
                clock = ((hour or 0) * 60 + (minute or 0)) * 60_000_000
                return (start.toordinal() - date(1970, 1, 1).toordinal()) * _US_DAY + clock
        except ValueError:
            pass
    raise Mistake(
        Text(
            en="--at {seen} is not a time. Write it like 2017-05 or 2017-05-13 14:00.",
            fa="--at {seen} زمان نیست. آن را مانند 1396-02 یا 2017-05-13 بنویسید.",
        ),
        seen=text,
    )


def _is_day_of_month(table: pa.Table, column: str) -> bool:
    if column not in table.column_names:
        return False
    values, _ = numbers(table[column])
    seen = values[np.isfinite(values)]
    return bool(seen.size) and bool(np.all((seen >= 1) & (seen <= 31) & (seen == np.floor(seen))))


def _money(column: str | None, currency: str) -> float:
    minor = float(minor_units(currency))
    in_toman = column is not None and re.search("تومان|تومن|toman", column, re.IGNORECASE)
    return minor * 10 if in_toman and currency in ("IRR", "") else minor


def _scales_by_survey(table: pa.Table, roles: dict[str, str]) -> dict[str, Scale]:
    answers, _ = numbers(table[roles["score"]])
    if "instrument" not in roles:
        return {"": scale_of(roles["score"], answers)}
    names = table[roles["instrument"]].combine_chunks()
    names = names.dictionary_decode() if pa.types.is_dictionary(names.type) else names
    of = np.array([str(name or "") for name in names.to_pylist()])
    return {name: scale_of(name, answers[of == name]) for name in np.unique(of).tolist()}


def survey_scale(plan: Plan, name: str) -> Scale:
    """The scale of a survey, also of one that the first rows did not show."""
    return (
        plan.scales.get(name) or scale_of(name, np.zeros(0)) if name else plan.scales.get("", Scale("rating", 1.0, 5.0))
    )


def _dropped(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return [column for role, column in before.items() if role not in after]


_RECOGNISED = {
    "customers": Text(
        en="It names customers and no time, so it was read as a table of customers (--as customers).",
        fa="مشتری دارد و زمان ندارد؛ به‌عنوان جدول مشتریان خوانده شد (--as customers).",
    ),
    "costs": Text(
        en="It has costs of campaigns and no customers, so it was read as a cost table (--as costs).",
        fa="هزینه کمپین دارد و مشتری ندارد؛ به‌عنوان جدول هزینه خوانده شد (--as costs).",
    ),
}
_ORDERS = {
    times.DAY_FIRST: Text(
        en="Dates in {column} were read with the day first. If the month comes first, say so: --column time={column}:month-first",
        fa="تاریخ‌های {column} روز به ماه خوانده شد. اگر ماه اول می‌آید بگویید: --column time={column}:month-first",
    ),
    times.MONTH_FIRST: Text(
        en="Dates in {column} were read with the month first. If the day comes first, say so: --column time={column}:day-first",
        fa="تاریخ‌های {column} ماه به روز خوانده شد. اگر روز اول می‌آید بگویید: --column time={column}:day-first",
    ),
}
_NOBODY = Text(
    en="No column names the customer, so these events belong to nobody. Name one with --column customer=NAME.",
    fa="هیچ ستونی مشتری را مشخص نمی‌کند؛ این رویدادها از آن کسی نیستند. نام آن را با --column customer=NAME بدهید.",
)
_CHANNEL = Text(en="Channel, from the file's name: {channel}.", fa="کانال، از نام فایل: {channel}.")
