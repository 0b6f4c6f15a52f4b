"""Files into a workspace: read, recognised, converted, compared, committed. All files of one call come in together or not at all."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pyarrow as pa

from safarnama.core.errors import Mistake
from safarnama.core.words import Text
from safarnama.core.words.calendar import zone
from safarnama.core.words.digits import persian
from safarnama.core.workspace import Workspace
from safarnama.events import hashing
from safarnama.events.rejected import REASONS
from safarnama.events.schema import SegmentKind
from safarnama.events.writing import Added, SegmentWriter, Staging
from safarnama.sources.reading import times
from safarnama.sources.reading.bytes import HEADER_ONLY
from safarnama.sources.reading.convert import Converted, Converter
from safarnama.sources.reading.lookup import Lookup
from safarnama.sources.reading.opening import digest_of, source_for
from safarnama.sources.reading.plan import Notice, Plan, Told, extended, plan
from safarnama.sources.source import BrokenRow, Rows, nothing_in

Progress = Callable[[str, float], None]
_AHEAD = 3  # batches in conversion while the next is read
_NAMED = 12  # columns of a survey, with most answers outside first
_OUTSIDE = Text(
    en="Answers outside the scale of their question, such as “does not apply”, were left out: {n:count}, in {columns}.",
    fa="پاسخ‌های بیرون از مقیاس پرسش، مانند «مربوط نیست»، کنار گذاشته شد: {n:count} پاسخ، در {columns}.",
)
_WENT_ON = Text(
    en="Went on with an import that was broken off: {n:rows} were through already.",
    fa="واردکردنی که نیمه‌کاره مانده بود از همان‌جا دنبال شد: {n:rows} از پیش آماده بود.",
)


@dataclass
class Imported:
    """What one file brought. ``kind``: events, customers or costs. ``roles``: role → column as it was read."""

    file: str
    source: str
    kind: SegmentKind
    rows: int = 0
    known: int = 0
    repeated: int = 0
    duplicates: int = 0
    rejected: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    properties: tuple[str, ...] = ()
    notices: list[Notice] = field(default_factory=list)


def import_files(
    workspace: Workspace,
    files: Sequence[str | Path],
    *,
    kind: SegmentKind | None = None,
    source: str | None = None,
    columns: dict[str, str] | None = None,
    touchpoint: str | None = None,
    timezone: str | None = None,
    scores: Sequence[str] = (),
    at: str | None = None,
    join: str | Path | None = None,
    on: str | None = None,
    progress: Progress | None = None,
) -> list[Imported]:
    """Bring files into a workspace; returns what each brought.

    ``columns``: role → column for what is not recognised (roles as in ``sources.reading.roles``; ``id:NAME`` for an
    identifier of your own; ``A+B`` for a day and a clock in two columns). ``scores``: patterns of columns that hold
    answers of a survey with one row a person. ``at``: the time of a file that has none. ``join`` and ``on``: a second
    file whose columns are added by a key.

    Raises ``Mistake`` when a file cannot be read at all; the workspace is then as it was before.
    """
    if not files:
        raise Mistake(Text(en="Name at least one file to import.", fa="دست‌کم یک فایل برای وارد کردن نام ببرید."))
    _check_zone(timezone)
    told = Told(kind, dict(columns or {}), touchpoint, timezone, tuple(scores), at)
    done = []
    with workspace.writing(), Staging(workspace) as staging:
        for file in map(Path, files):
            lookup = Lookup.of(Path(join), on) if join is not None else None
            done.append(_one(workspace, staging, file, source, told, lookup, progress or (lambda name, share: None)))
        staging.commit()
    return done


def _one(
    workspace: Workspace,
    staging: Staging,
    file: Path,
    name: str | None,
    told: Told,
    lookup: Lookup | None,
    progress: Progress,
) -> Imported:
    reader = source_for(file)
    batches = reader.read()
    first = Rows(pa.table({}))
    for rows in batches:
        first = replace(rows, broken=[*first.broken, *rows.broken])
        if first.table.num_rows:
            break
    if not first.table.num_rows:
        raise nothing_in(file, _all_broken(first.broken) if first.broken else HEADER_ONLY)
    stem = file.name.split(".")[0] or file.name
    digest = digest_of(file)
    source = name or staging.source_of(digest) or stem
    order, told = _told_order(told, first.table.column_names)
    sample = first.table if lookup is None else lookup.joined(first.table)
    made = plan(sample, stem, told, workspace)
    if order is not None:
        made = replace(made, order=order, notices=tuple(n for n in made.notices if "column" not in n[1]))
    size = max(1, file.stat().st_size)

    def counted() -> Iterator[Rows]:
        yield first
        for rows in batches:
            nonlocal made
            made = extended(made, rows.table, workspace.settings.currency) if lookup is None else made
            writers[0].follow(made)
            progress(file.name, min(1.0, rows.read / size))
            yield rows

    # A wide survey may become two segments, which would have to be broken off at the same row, and counts answers that lie outside
    # their scale: it is always read from its start.
    identity = None if made.wide else _identity(made, source, digest, lookup)
    writers = [_Writing(workspace, staging, made, source, file.name, digest, identity)]
    taken = writers[0].writer.taken
    if made.wide and made.properties and made.identifiers:
        # A row of a wide survey describes a person: what was not asked as a score belongs to the customer.
        told_apart = {*made.identifiers.values(), made.roles.get("time"), made.roles.get("event_id")}
        about = replace(
            made,
            kind="customers",
            wide=False,
            scales={},
            roles={**made.identifiers},
            properties=(*made.properties, *(name for name in made.roles.values() if name not in told_apart)),
            notices=(),
        )
        writers.append(_Writing(workspace, staging, about, source, file.name, digest + ":people"))
    try:
        offset = 0
        broken: list[BrokenRow] = []
        with ThreadPoolExecutor(2) as pool:
            waiting: list[tuple[int, int, list[Future[Converted]]]] = []
            for rows in counted():
                broken += rows.broken
                if taken is None or offset + rows.table.num_rows <= taken:
                    offset += rows.table.num_rows  # through already
                elif rows.table.num_rows:
                    count = rows.table.num_rows
                    waiting.append((offset, count, [pool.submit(w.convert, rows.table, lookup) for w in writers]))
                    offset += count
                if len(waiting) > _AHEAD:
                    _take(waiting.pop(0), writers)
            for each in waiting:
                _take(each, writers)
        if taken is not None:
            writers[0].broken(broken)
        added = [writer.writer.finish(dict(made.roles.items()), reader.line_numbers) for writer in writers]
    except Exception:
        for writer in writers:
            writer.writer.abandon()
        raise
    progress(file.name, 1.0)
    notices = [*made.notices, *reader.notices(), *(lookup.notices if lookup else [])]
    notices += _outside(made, writers[0].outside)
    if taken != 0:
        notices.append((_WENT_ON, {"n": offset if taken is None else taken}))
    return _report(file, source, made, added[0], notices)


class _Writing:
    """One segment in the making: its converter and its writer."""

    def __init__(
        self,
        workspace: Workspace,
        staging: Staging,
        made: Plan,
        source: str,
        file: str,
        digest: str,
        identity: str | None = None,
    ) -> None:
        self.plan = made
        self.converter = Converter(made, workspace.key, source)
        self.outside: Counter[str] = Counter()
        self.writer: SegmentWriter = staging.segment(made.kind, source, file, digest, identity)

    def follow(self, made: Plan) -> None:
        """Read what comes from here on by a plan that knows more columns."""
        if made is not self.plan:
            self.plan = made
            self.converter = Converter(made, self.converter.key, self.converter.source)

    def convert(self, table: pa.Table, lookup: Lookup | None) -> Converted:
        hashes = hashing.rows(table)
        return self.converter.convert(table if lookup is None else lookup.joined(table), hashes)

    def take(self, offset: int, rows: int, converted: Converted) -> None:
        if len(converted.table):
            self.writer.add(converted.table, converted.hashes, converted.event_keys)
        for kind, values, handles in converted.identified:
            self.writer.identify(kind, values, handles)
        self.outside.update(converted.outside)
        aside = converted.aside
        if aside.places:
            places = np.concatenate(aside.places) + offset
            self.writer.set_aside(places, aside.reasons, aside.columns, aside.seen, converted.aside_hashes)
        self.writer.reached(offset + rows)

    def broken(self, rows: list[BrokenRow]) -> None:
        """Rows without columns: they have a line and no place."""
        if rows:
            seen = [row.seen for row in rows]
            lines = np.array([-row.line for row in rows], np.int64)
            hashes = hashing.rows(pa.table({"row": seen}))
            self.writer.set_aside(lines, [row.reason for row in rows], [""] * len(rows), seen, hashes)


def _take(waiting: tuple[int, int, list[Future[Converted]]], writers: list[_Writing]) -> None:
    offset, rows, futures = waiting
    for writer, future in zip(writers, futures, strict=True):
        writer.take(offset, rows, future.result())


def _identity(made: Plan, source: str, digest: str, lookup: Lookup | None) -> str:
    """What is read and how, as one name: only an import of the same can go on where another was broken off."""
    parts = [
        replace(made, seen=frozenset(), notices=()),
        sorted(made.seen),
        source,
        digest,
        version("safarnama"),
        pa.__version__,
    ]
    if lookup is not None:
        parts += [lookup.digest, lookup.mine, lookup.theirs]
    return hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def _outside(made: Plan, counts: Counter[str]) -> list[Notice]:
    """What a person should know of answers that their scale does not have."""
    outside = [(name, number) for name, number in counts.most_common() if number]
    if not outside:
        return []
    said = []
    for name, number in outside[:_NAMED]:
        scale = made.scales[name]
        said.append((name, f"{number} ({scale.low:g}–{scale.high:g})"))
    more = " …" if len(outside) > _NAMED else ""
    columns = {
        "en": ", ".join(f"{name} {figures}" for name, figures in said) + more,
        "fa": "، ".join(f"{name} {persian(figures)}" for name, figures in said) + more,
    }
    return [(_OUTSIDE, {"n": sum(number for _, number in outside), "columns": columns})]


def _report(file: Path, source: str, made: Plan, added: Added, notices: list[Notice]) -> Imported:
    return Imported(
        file=file.name,
        source=source,
        kind=made.kind,
        rows=added.rows,
        known=added.known,
        repeated=added.repeated,
        duplicates=added.duplicates,
        rejected=added.rejected,
        reasons=added.reasons or {},
        roles=made.roles,
        properties=made.properties,
        notices=notices,
    )


def _all_broken(broken: list[BrokenRow]) -> Text:
    line, reason = broken[0].line, REASONS[broken[0].reason]
    return Text(
        en=f"no row could be read. Line {line}: {reason.en}.",
        fa=f"هیچ سطری خوانده نشد. سطر {line}: {reason.fa}.",
    )


def _told_order(told: Told, columns: list[str]) -> tuple[int | None, Told]:
    """``--column time=NAME:month-first`` says which way its short dates go."""
    name = told.columns.get("time", "")
    for ending, order in ((":month-first", times.MONTH_FIRST), (":day-first", times.DAY_FIRST)):
        if name.endswith(ending) and name not in columns:
            return order, replace(told, columns={**told.columns, "time": name.removesuffix(ending)})
    return None, told


def _check_zone(timezone: str | None) -> None:
    try:
        zone(timezone or "UTC")
    except KeyError:
        raise Mistake(
            Text(
                en="Time zone {zone} does not exist. Write it like Asia/Tehran or UTC.",
                fa="منطقه زمانی {zone} وجود ندارد. آن را مانند Asia/Tehran یا UTC بنویسید.",
            ),
            zone=timezone,
        ) from None
