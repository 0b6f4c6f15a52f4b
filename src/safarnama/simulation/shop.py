"""The simulated shop: a year of Toranj (ترنج), written as the files of a company."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import numpy as np

from safarnama.core.errors import Mistake
from safarnama.core.words import Text
from safarnama.simulation import dirt
from safarnama.simulation.bots import robots
from safarnama.simulation.files import FILES, crm
from safarnama.simulation.files import costs as cost_file
from safarnama.simulation.files.batch import Batch
from safarnama.simulation.files.writing import Csv, Parquet, TextFile, Writer, writer
from safarnama.simulation.people import PERSON
from safarnama.simulation.plan import Plan, planned
from safarnama.simulation.spill import Spill
from safarnama.simulation.touchpoints import EVENT_FILES, WEB, file_of
from safarnama.simulation.troubles import TALLY, Trouble, asked, told
from safarnama.simulation.truth import Truth
from safarnama.simulation.walking import Walked, chunks, prepare, walk

LARGEST = 20_000_000  # customers; telephone numbers stay unique up to here
_UNIQUE = ("event_id", "messageId", "review_id")  # columns a dictionary would not make smaller
_WALKING = 0.15  # of the work, for progress

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Shop:
    """A simulated shop on disk.

    ``files`` are in the order to import them: customers, events, costs. ``events`` counts the rows of all
    event files, copies, robots and broken lines included. ``truth`` is the folder that says what is what.
    """

    folder: Path
    files: list[Path]
    truth: Path
    customers: int
    events: int
    troubles: list[Trouble]


def simulate(
    folder: str | os.PathLike[str],
    customers: int = 3000,
    seed: int = 1,
    *,
    until: date = date(2026, 11, 21),
    troubles: int | Sequence[str] | None = None,
    parquet_only: bool = False,
    progress: Progress | None = None,
) -> Shop:
    """Write a year of a Persian online shop into an empty folder: a company's files and the truth.

    ``customers`` people are reached in the 365 days up to and including ``until``. ``troubles`` are drawn
    by the seed unless their kinds are named (see ``troubles.TROUBLE_KINDS``) or counted; 0 plants none.
    ``parquet_only`` writes every event file as Parquet with the same columns. ``progress`` is called with
    the customers done and their number. The same arguments give the same bytes. Raises ``Mistake`` for
    arguments and folders that cannot be.
    """
    _check_number("customers", customers, 1, LARGEST)
    _check_number("seed", seed, 0, None)
    if not isinstance(until, date) or not 1980 <= until.year <= 2100:
        raise Mistake(
            Text(
                en="until is {seen}; give a day from 1980 to 2100",
                fa="until برابر {seen} است؛ روزی از ۱۹۸۰ تا ۲۱۰۰ بدهید",
            ),
            seen=str(until),
        )
    last_day = until.date() if isinstance(until, datetime) else until
    plan = planned(customers, seed, last_day, asked(troubles))
    return write_shop(_empty(Path(folder)), plan, parquet_only=parquet_only, progress=progress)


def write_shop(
    folder: Path,
    plan: Plan,
    *,
    parquet_only: bool = False,
    progress: Progress | None = None,
    workers: int = 2,
) -> Shop:
    """Carry out a plan in an empty folder.

    The number of ``workers`` (threads) changes nothing but the time it takes.
    """
    report = progress or (lambda done, total: None)
    census = np.zeros(plan.customers, PERSON)
    tally = np.zeros(len(plan.troubles), TALLY)
    rows = np.zeros(len(EVENT_FILES), np.int64)
    costs = cost_file.Costs(plan)
    prepare()

    with Spill(plan, folder / "events.part") as spill, ThreadPoolExecutor(workers) as pool:

        def keep(events: np.ndarray) -> None:
            costs.add(events)
            dirty = dirt.soiled(plan, events)
            rows[:] += np.bincount(file_of(dirty), minlength=len(rows))
            spill.add(dirty)

        ranges = list(chunks(plan))
        jobs = (lambda first=first, last=last: walk(plan, first, last) for first, last in ranges)
        for (first, last), walked in zip(ranges, _in_turn(pool, jobs, workers + 1), strict=True):
            census[first:last] = walked.people
            for name in TALLY.names or ():
                tally[name] += walked.tally[name]
            keep(walked.events)
            report(int(_WALKING * last), plan.customers)
        for events in robots(plan, int(rows[WEB])):
            keep(events)

        truth = Truth(plan, folder / "truth")
        files = _FileSet(folder, plan, rows, parquet_only)
        for window, events in enumerate(spill.read(), 1):
            files.write(pool, census, events, truth)
            done = _WALKING + (1 - _WALKING) * window / spill.windows
            report(int(done * plan.customers) if window < spill.windows else plan.customers - 1, plan.customers)
        paths = files.close()

    customers_file = TextFile(folder / "crm.csv", Csv())
    for first, last in chunks(plan):
        customers_file.write(crm.table(plan, census[first:last], first))
        truth.people(census[first:last], first)
    customers_file.close()
    costs_file = TextFile(folder / "costs.csv", Csv())
    costs_file.write(costs.table())
    costs_file.close()
    found = told(plan.troubles, tally)
    truth.close(found)
    report(plan.customers, plan.customers)
    return Shop(
        folder=folder,
        files=[folder / "crm.csv", *paths, folder / "costs.csv"],
        truth=truth.folder,
        customers=plan.customers,
        events=files.rows,
        troubles=found,
    )


class _FileSet:
    """All event files of a shop while they are written."""

    def __init__(self, folder: Path, plan: Plan, rows: np.ndarray, parquet_only: bool) -> None:
        self._plan = plan
        self.rows = 0
        self._writers: list[Writer] = []
        for number, (name, file) in enumerate(zip(EVENT_FILES, FILES, strict=True)):
            how = Parquet(unique=_UNIQUE) if parquet_only else file.format
            foreign = dirt.foreign_lines(plan, number, int(rows[number])) if file.foreign else np.empty(0, np.int64)
            broken = dirt.broken_lines(plan, number, int(rows[number]))
            self._writers.append(writer(folder, name, how, broken, foreign))

    def write(self, pool: ThreadPoolExecutor, census: np.ndarray, events: np.ndarray, truth: Truth) -> None:
        """Write a window of events, each to its file, and tell the truth about the rows."""
        which = file_of(events)
        batches = [Batch(self._plan, census, events[which == number]) for number in range(len(FILES))]

        def put(number: int) -> np.ndarray:
            return self._writers[number].write(FILES[number].table(batches[number]))

        for number, places in enumerate(pool.map(put, range(len(FILES)))):
            broken = self._writers[number].broken
            truth.rows(number, batches[number], places, broken)
            self.rows += len(places) + len(broken)

    def close(self) -> list[Path]:
        for one in self._writers:
            one.close()
        return [path for one in self._writers for path in one.paths]


def _in_turn(pool: ThreadPoolExecutor, jobs: Iterable[Callable[[], Walked]], ahead: int) -> Iterator[Walked]:
    """The results of the jobs in their order, with at most ``ahead`` of them under way or waiting."""
    waiting: deque[Future[Walked]] = deque()
    for job in jobs:
        waiting.append(pool.submit(job))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _check_number(name: str, value: object, least: int, most: int | None) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < least or (most is not None and value > most):
        raise Mistake(
            Text(
                en="{name} is {seen}; it has to be a whole number of at least {least}{limit}",
                fa="{name} برابر {seen} است؛ باید عددی صحیح و دست‌کم {least} باشد{limit}",
            ),
            name=name,
            seen=repr(value),
            least=least,
            limit=Text(en=f" and at most {most:,}", fa=f" و حداکثر {most:,}") if most is not None else "",
        )


def _empty(folder: Path) -> Path:
    """The folder, made if need be. Raises ``Mistake`` unless it is an empty one that can be written to."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        occupied = any(folder.iterdir())
    except OSError as error:
        raise Mistake(
            Text(
                en="The folder {seen} cannot be written to ({reason}); name another one",
                fa="در پوشه {seen} نمی‌توان نوشت ({reason})؛ پوشه دیگری نام ببرید",
            ),
            seen=str(folder),
            reason=error.strerror or type(error).__name__,
        ) from error
    if occupied:
        raise Mistake(
            Text(
                en="The folder {seen} is not empty; name a new one, so that nothing of yours gets mixed up",
                fa="پوشه {seen} خالی نیست؛ پوشه تازه‌ای نام ببرید تا فایل‌های شما با شبیه‌سازی قاطی نشود",
            ),
            seen=str(folder),
        )
    if not os.access(folder, os.W_OK):
        raise Mistake(
            Text(en="The folder {seen} cannot be written to", fa="در پوشه {seen} نمی‌توان نوشت"),
            seen=str(folder),
        )
    return folder
