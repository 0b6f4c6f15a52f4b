"""A log of so many events for the engine's benchmark: a Markov chain over touchpoints, in visits, as a Parquet file.

Columns ``customer_id`` (int64), ``event`` (text), ``ts`` (milliseconds). No customer has two events of one instant, so no tool's
answer depends on how it breaks ties. Three kinds:

plain   40 touchpoints, some 20 events a customer (the longest a few hundred), rows in the order of time, as a collector writes them
random  the same rows in random order
text    the plain rows with ids that are text of 21 letters and digits
heavy   5,000 touchpoints; customers by a power law, the largest with 100,000 events; rows in the order of time
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numba as nb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

OUT = Path(__file__).parent / "out"
KINDS = ("plain", "random", "text", "heavy")

_NAMED = (
    "page_view product_view search scroll banner_click category_view filter login add_to_cart cart_view app_open checkout "
    "faq_view compare wishlist_add purchase logout email_open email_click chat_open cart_remove coupon_apply payment_error "
    "reviews_view share signup newsletter ticket_open return_request refund product_rate profile_edit address_add card_add "
    "store_locate push_open video_play chat_close unsubscribe account_delete"
).split()
_DAY = 86_400_000
_BEGINS = 1_735_689_600_000  # 2025-01-01
_CHUNK = 1 << 20


def log(events: int, kind: str = "plain") -> Path:
    """The file of that log; made when it is not there, in a process of its own."""
    path = OUT / f"log-{kind}-{events}.parquet"
    if not path.exists():
        print(f"making {path.name} …", flush=True)
        subprocess.run([sys.executable, "-m", "bench.log", str(events), kind], check=True)
    return path


def _make(events: int, kind: str) -> None:
    rng = np.random.default_rng(7)
    names = _NAMED if kind != "heavy" else [f"{name}_{place:03d}" for name in _NAMED for place in range(125)]
    sizes = _sizes(rng, events, kind)
    customers = sizes.size
    ids = rng.permutation(3 * customers)[:customers].astype(np.int64) + 10_000_000
    begins = _BEGINS + rng.integers(0, 90 * _DAY, customers)
    code, time, owner = _walk(sizes, begins, *_chain(rng, len(names)), 7)
    order = rng.permutation(events) if kind == "random" else np.argsort(time, kind="stable")
    OUT.mkdir(exist_ok=True)
    part = OUT / f"log-{kind}-{events}.part"
    words = pa.array(names)
    who = pa.string() if kind == "text" else pa.int64()
    schema = pa.schema([("customer_id", who), ("event", pa.string()), ("ts", pa.timestamp("ms"))])
    with pq.ParquetWriter(part, schema, compression="zstd") as writer:
        for start in range(0, events, _CHUNK):
            rows = order[start : start + _CHUNK]
            event = pa.DictionaryArray.from_arrays(pa.array(code[rows].astype(np.int32)), words).cast(pa.string())
            customer = ids[owner[rows]]
            if kind == "text":
                customer = pa.array([f"c{number:020d}" for number in customer.tolist()], who)
            writer.write_table(pa.table([customer, event, pa.array(time[rows], pa.timestamp("ms"))], schema=schema))
    part.rename(OUT / f"log-{kind}-{events}.parquet")


def _sizes(rng: np.random.Generator, events: int, kind: str) -> np.ndarray:
    """How many events every customer has; they add up to ``events``."""
    many = events // 10 + 100
    if kind == "heavy":
        drawn = np.minimum(1 + rng.pareto(1.15, many) * 3, 100_000).astype(np.int64)
        drawn[0] = min(100_000, events // 2)
    else:
        drawn = 1 + rng.negative_binomial(0.9, 0.9 / (0.9 + 19), many)
    ends = np.cumsum(drawn)
    last = int(np.searchsorted(ends, events))
    sizes = drawn[: last + 1].copy()
    sizes[-1] -= ends[last] - events
    return sizes


def _chain(rng: np.random.Generator, touchpoints: int) -> tuple[np.ndarray, np.ndarray]:
    """Six favourite successors of every touchpoint (T, 6), and how often each is taken where a favourite is; the rest of the time
    the next one follows its popularity (T,), both cumulative."""
    popular = 1 / np.arange(1, touchpoints + 1) ** 1.05
    popular /= popular.sum()
    favourites = np.stack([rng.choice(touchpoints, 6, replace=False, p=popular) for _ in range(touchpoints)])
    return favourites, np.cumsum(popular)


@nb.njit(cache=True)
def _walk(sizes, begins, favourites, popular, seed):
    np.random.seed(seed)
    liking = np.cumsum(1 / np.arange(1, 7) ** 1.1)
    liking /= liking[-1]
    events = sizes.sum()
    code = np.empty(events, np.uint16)
    time = np.empty(events, np.int64)
    owner = np.empty(events, np.int32)
    at = 0
    last = popular.size - 1
    for customer in range(sizes.size):
        now = begins[customer]
        here = min(np.searchsorted(popular, np.random.random()), last)
        for _ in range(sizes[customer]):
            code[at] = here
            time[at] = now
            owner[at] = customer
            at += 1
            if np.random.random() < 0.65:
                here = favourites[here, min(np.searchsorted(liking, np.random.random()), 5)]
            else:
                here = min(np.searchsorted(popular, np.random.random()), last)
            if np.random.random() < 0.82:  # within a visit: seconds to minutes
                now += 1 + np.int64(np.random.exponential(90_000.0))
            else:  # until the next visit: hours to weeks, longer than 49.7 days now and then
                now += 1 + np.int64(min(np.exp(np.random.normal(17.6, 1.3)), 1e10))
    return code, time, owner


if __name__ == "__main__":
    _make(int(sys.argv[1]), sys.argv[2])
