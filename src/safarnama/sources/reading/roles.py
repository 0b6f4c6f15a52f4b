"""Which column plays which role: recognised from its name (Persian or English) and its contents, or told.

A role is what a cell *is* in an event: its time, its touchpoint, an identifier … A column without a role is a property.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safarnama.core.errors import Mistake, unknown
from safarnama.core.words import Text
from safarnama.core.words.digits import latin
from safarnama.core.words.normalise import key
from safarnama.events.schema import IDENTIFIERS
from safarnama.sources.reading import times
from safarnama.sources.reading.numbers import numbers

SAMPLE = 20_000


@dataclass(frozen=True)
class Role:
    """How a role is recognised: names it goes by, best first, and what its cells must look like."""

    names: tuple[str, ...]
    fits: Callable[[pa.Array], bool]
    endings: tuple[str, ...] = ()  # names that end so are accepted after all full names
    whose: bool = False  # an identifier: a nested name must not be somebody else's


def _names(listed: str) -> tuple[str, ...]:
    return tuple(listed.split("|"))


def _texts(cells: pa.Array) -> list[str]:
    return [str(cell) for cell in pc.drop_null(cells).slice(0, 2_000).to_pylist()]


def _share(cells: pa.Array, good: Callable[[str], object]) -> float:
    texts = _texts(cells)
    return sum(bool(good(text)) for text in texts) / len(texts) if texts else 0.0


def is_time(cells: pa.Array) -> bool:
    """Enough cells can be read as a moment; small whole numbers are no epochs."""
    read = times.read(cells)
    filled = max(1, len(cells) - cells.null_count)
    moments = np.isin(read.kinds, (times.LOCAL, times.ABSOLUTE, times.DAY, times.NO_SUCH_DAY))
    # A spreadsheet that writes a time of day as a date writes the last days of 1899; nothing happened then.
    texts = pc.fill_null(pc.cast(cells, pa.string(), safe=False), "")
    moments &= ~pc.match_substring_regex(texts, r"12/3[01]/1899|3[01]/12/1899|1899[-/]12[-/]3[01]").to_numpy(False)
    epochs = (read.kinds == times.EPOCH) & (np.abs(read.values) >= 100_000_000)
    # A name speaks for the column already; its rows may still be bad, each of them by itself.
    return (moments.sum() + epochs.sum()) / filled >= 0.3


def _is_clock(cells: pa.Array) -> bool:
    return float(np.mean(times.read(cells).kinds == times.CLOCK)) > 0.8


def _is_number(cells: pa.Array) -> bool:
    values, bad = numbers(cells.slice(0, 2_000))
    read = int(np.isfinite(values).sum())
    return read > 0 and read >= 0.5 * (read + int(bad.sum()))


def _is_words(cells: pa.Array) -> bool:
    texts = _texts(cells)
    wordy = sum(not re.fullmatch(r"[\d\s.,:/+-]*", latin(text)) for text in texts)
    return bool(texts) and wordy > 0.8 * len(texts) and len(set(texts)) <= max(50, len(texts) // 2)


def _is_score(cells: pa.Array) -> bool:
    return _share(cells, lambda text: re.fullmatch(r"-?\d{1,3}([.,/]\d+)?\s*%?", latin(text).strip())) >= 0.5


def _is_email(cells: pa.Array) -> bool:
    return _share(cells, lambda text: re.fullmatch(r"\s*[^@\s]+@[^@\s]+\.[^@\s]+\s*", text)) >= 0.5


def _is_phone(cells: pa.Array) -> bool:
    return _share(cells, lambda text: re.fullmatch(r"\+?\d{7,15}", re.sub(r"[\s()./-]", "", latin(text)))) >= 0.5


def _is_unique(cells: pa.Array) -> bool:
    filled = pc.drop_null(cells)
    return len(filled) > 0.99 * len(cells) and len(pc.unique(filled)) >= 0.97 * len(filled)


def _names_each(cells: pa.Array) -> bool:
    """Most rows are about somebody else: a table of customers."""
    filled = pc.drop_null(cells)
    return 2 * len(filled) >= len(cells) and len(pc.unique(filled)) >= 0.5 * len(filled)


def _anything(cells: pa.Array) -> bool:
    return cells.null_count < len(cells)


ROLES: dict[str, Role] = {
    "time": Role(
        _names(
            "timestamp|event timestamp|event time|time timestamp|ts|time|datetime|date time|original timestamp|occurred at|"
            "derived tstamp|collector tstamp|dvce created tstamp|happened at|created at|event date|date|transaction timestamp|invoice date|order date|started at|"
            "زمان|تاریخ و ساعت|زمان رویداد|تاریخ و زمان|تاریخ ثبت|تاریخ"
        ),
        is_time,
        ("timestamp", "tstamp", "time", " at", "date", "تاریخ", "زمان"),
    ),
    "clock": Role(("clock", "hour", "time of day", "time", "ساعت"), _is_clock),
    "sent_at": Role(("sent at",), is_time),
    "received_at": Role(("received at",), is_time),
    "touchpoint": Role(
        _names(
            "touchpoint|event name|event|activity name|concept name|activity|action|interaction|event type|status|"
            "نقطه تماس|رویداد|نام رویداد|اقدام|فعالیت|وضعیت"
        ),
        _is_words,
    ),
    "event_id": Role(_names("event id|message id|messageid|insert id|uuid|event uuid|شناسه رویداد"), _is_unique),
    "customer": Role(
        _names(
            "customer id|customer|customerid|client number|customer no|customer number|household id|household key|member id|"
            "member|subscriber id|patient id|patient|case id|case concept name|case|respondent id|respondent|resp id|respnum|"
            "person id|contact id|crm id|کد مشتری|شناسه مشتری|مشتری|شماره مشتری|کد عضویت|کد اشتراک"
        ),
        _anything,
    ),
    "user": Role(
        _names(
            "user id|userid|user|uid|distinct id|username|login|account id|account|شناسه کاربر|کاربر|نام کاربری|کد کاربر"
        ),
        _anything,
    ),
    "email": Role(
        _names(
            "email|e mail|mail|email address|customer email|user email|contact email|buyer email|recipient email|"
            "ایمیل|پست الکترونیک|رایانامه|نشانی ایمیل"
        ),
        _is_email,
    ),
    "phone": Role(
        _names(
            "phone|mobile|mobile phone|phone number|mobile number|cell|cellphone|tel|telephone|msisdn|caller|customer phone|"
            "موبایل|تلفن|تلفن همراه|شماره تلفن|شماره تماس|شماره موبایل|همراه|شماره همراه"
        ),
        _is_phone,
    ),
    "device_id": Role(_names("device id|deviceid|advertising id|idfa|gaid|android id|شناسه دستگاه"), _anything),
    "anonymous": Role(
        _names(
            "anonymous id|anonymousid|cookie id|cookie|visitor id|visitor|client id|user pseudo id|domain userid|fullvisitorid|"
            "شناسه ناشناس|بازدیدکننده"
        ),
        _anything,
    ),
    "session": Role(
        _names("session id|sessionid|session|user session|visit id|ga session id|شناسه نشست|نشست"), _anything
    ),
    "channel": Role(
        _names("channel|case channel|acquisition channel|channel name|contact channel|کانال"),
        _is_words,
    ),
    "device": Role(
        _names("platform|device|device type|device category|os|context platform|دستگاه|سکو|پلتفرم"), _is_words
    ),
    "place": Role(_names("city|region|province|state|country|store city|شهر|استان|منطقه|شهرستان"), _is_words),
    "campaign": Role(_names("campaign|utm campaign|campaign name|campaign id|کمپین|نام کمپین"), _anything),
    "value": Role(
        _names(
            "value|amount|revenue|sales value|order value|total|total amount|total price|payment amount|paid|purchase value|"
            "مبلغ|مبلغ کل|ارزش|جمع کل|قیمت کل"
        ),
        _is_number,
    ),
    "currency": Role(("currency", "currency code", "واحد پول", "ارز"), _is_words),
    "text": Role(
        _names(
            "text|comment|comments|message|body|review|review text|verbatim|feedback|message body|"
            "متن|نظر|دیدگاه|پیام|متن نظر|متن پیام"
        ),
        _anything,
    ),
    "score": Role(
        _names(
            "score|rating|stars|star rating|nps|csat|ces|nps score|csat score|netpro|satisfaction|"
            "امتیاز|ستاره|نمره|رضایت"
        ),
        _is_score,
    ),
    "instrument": Role(_names("survey|instrument|survey name|survey type|metric|نظرسنجی|نوع نظرسنجی"), _is_words),
    "user_agent": Role(("user agent", "useragent", "ua"), _anything),
    "consent": Role(_names("consent|marketing consent|opt in|optin|gdpr consent|رضایت‌نامه|موافقت"), _anything),
}
ROLES |= {name: replace(ROLES[name], whose=True) for name in IDENTIFIERS}
COST_ROLES: dict[str, Role] = {
    "time": Role(_names("month|date|day|week|period|ماه|تاریخ|دوره"), _anything),
    "channel": ROLES["channel"],
    "campaign": ROLES["campaign"],
    "cost": Role(_names("cost|spend|spent|amount spent|ad spend|budget|هزینه|مخارج|بودجه"), _is_number),
}

# Times of a customer table that are attributes, not the time of an event.
_ATTRIBUTE_TIMES = re.compile(r"birth|born|join|sign ?up|signed up|regist|since|expir|valid|عضویت|تولد|ثبت نام|انقضا")
_ORDER = list(ROLES)
_STATES = {"status", "وضعیت"}
# Whose identifier a nested name may mean, written in front of it: ``context.traits.email``, never ``agent.email``.
_OWNERS = frozenset(
    "context|traits|properties|props|user|customer|client|contact|visitor|person|profile|member|buyer|data|event|payload|"
    "message|body|attributes|fields|params|value|device|app|session|identity|ids|identifiers|account|subscriber|meta|"
    "metadata|record|item|row|actor".split("|")
)


def plain(name: str) -> str:
    """A column name as role names are written: words in lower case with blanks between.

    >>> plain("originalTimestamp"), plain("time:timestamp"), plain("context.app.version"), plain("مبلغ (تومان)")
    ('original timestamp', 'time timestamp', 'context app version', 'مبلغ')
    """
    name = re.sub(r"\(.*?\)|\[.*?\]", " ", name)
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return key(re.sub(r"[_:.\-/*]+", " ", name))


def recognise(table: pa.Table, told: dict[str, str]) -> dict[str, str]:
    """Role → column, for those roles that some column plays. ``told`` wins over what is recognised.

    Raises ``Mistake`` for a role or a column that does not exist. A role of an identifier the company has of its own is
    told as ``id:NAME``.
    """
    roles: dict[str, str] = {}
    for role, column in told.items():
        if role not in ROLES and role not in COST_ROLES and not re.fullmatch(r"id:\S+", role):
            raise unknown(Text(en="Role", fa="نقش"), role, [*ROLES, "cost", "id:NAME"])
        for part in [column] if column in table.column_names else column.split("+"):
            if part not in table.column_names:
                raise unknown(Text(en="Column", fa="ستون"), part, table.column_names)
        roles[role] = column
    for role in _ORDER:
        if role in roles:
            continue
        taken = {part for column in roles.values() for part in (column, *column.split("+"))}
        found = _best(table, ROLES[role], taken, attribute_times=role != "time")
        if found is not None:
            roles[role] = found
    return _tidied(roles, table.slice(0, SAMPLE), told)


def recognise_costs(table: pa.Table, told: dict[str, str]) -> dict[str, str]:
    """Role → column of a campaign cost table."""
    roles = {role: column for role, column in told.items() if role in COST_ROLES}
    for role, rule in COST_ROLES.items():
        found = roles.get(role) or _best(table, rule, set(roles.values()))
        if found is not None:
            roles[role] = found
    return roles


def identifiers(roles: dict[str, str]) -> dict[str, str]:
    """Identifier type → column, the strongest first."""
    own = {role.removeprefix("id:"): column for role, column in roles.items() if role.startswith("id:")}
    return {**{kind: roles[kind] for kind in IDENTIFIERS if kind in roles}, **own}


def kind_of_table(table: pa.Table, roles: dict[str, str], costs: dict[str, str]) -> str:
    """Whether a table holds events, customers or costs, from what could be recognised in it."""
    who = identifiers(roles)
    if not who and "cost" in costs and ("channel" in costs or "campaign" in costs):
        return "costs"
    # Beside customers and no time, a status is a state they are in, not something that happened.
    happened = "touchpoint" in roles and plain(roles["touchpoint"]) not in _STATES
    if "time" not in roles and not happened and who:
        strongest = next(iter(who.values()))
        cells = table[strongest].combine_chunks()
        if _names_each(cells) and len(table.column_names) > len(who):
            return "customers"
    return "events"


def _best(sample: pa.Table, role: Role, taken: set[str], attribute_times: bool = True) -> str | None:
    free = [name for name in sample.column_names if name not in taken]
    spelled = {name: plain(name) for name in free}
    for wanted in role.names:
        for name in free:
            # The last part of a nested name counts too: properties.value, context.device.type.
            parts = spelled[name].split()
            heads = len(parts) if "." in name else 1
            if role.whose:
                heads = next((place for place, part in enumerate(parts[:heads]) if part not in _OWNERS), heads - 1) + 1
            tails = {" ".join(parts[place:]) for place in range(min(heads, len(parts)))}
            if wanted in tails and _suits(sample, name, role, attribute_times, spelled[name]):
                return name
    for ending in role.endings:
        for name in free:
            if spelled[name].endswith(ending) and _suits(sample, name, role, attribute_times, spelled[name]):
                return name
    return None


def _suits(sample: pa.Table, name: str, role: Role, attribute_times: bool, spelled: str) -> bool:
    if not attribute_times and _ATTRIBUTE_TIMES.search(spelled):
        return False
    cells = sample[name].slice(0, SAMPLE).combine_chunks()
    if cells.null_count == len(cells):
        cells = pc.drop_null(sample[name]).slice(0, SAMPLE).combine_chunks()
    if pa.types.is_dictionary(cells.type):
        cells = cells.dictionary_decode()
    return cells.null_count < len(cells) and role.fits(cells)


def _tidied(roles: dict[str, str], sample: pa.Table, told: dict[str, str]) -> dict[str, str]:
    """Drop roles that make sense only beside others."""
    if "clock" in roles and "clock" not in told:
        day = roles.get("time", "")
        cells = sample[day].combine_chunks() if day in sample.column_names else None
        only_days = cells is not None and bool(
            np.all(np.isin(times.read(cells).kinds, (0, times.DAY, times.NO_SUCH_DAY)))
        )
        if only_days and "time" not in told:
            roles["time"] = f"{day}+{roles['clock']}"
    roles.pop("clock", None)
    if "time" in roles and "sent_at" in roles and "sent_at" not in told and "received_at" not in roles:
        del roles["sent_at"]
    for lone, needed in (("received_at", "sent_at"), ("instrument", "score"), ("currency", "value")):
        if lone in roles and needed not in roles and lone not in told:
            del roles[lone]
    return roles


def no_time(table: pa.Table) -> Mistake:
    return Mistake(
        Text(
            en="No column could be read as a time. Seen: {columns:list}. Name it with --column time=NAME, or date the file "
            "with --at 2026-03.",
            fa="هیچ ستونی به‌عنوان زمان خوانده نشد. ستون‌ها: {columns:list}. نام آن را با --column time=NAME بدهید یا با "
            "--at 2026-03 برای فایل تاریخ بگذارید.",
        ),
        columns=table.column_names[:12],
    )
