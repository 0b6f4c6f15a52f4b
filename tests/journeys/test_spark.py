"""Every question answers on a Spark cluster what it answers here, bit for bit, also when a worker dies over it."""

from __future__ import annotations

import shutil
import threading
import time
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from safarnama.core import registry
from safarnama.core.errors import Mistake
from safarnama.core.workspace import Workspace
from safarnama.journeys.journeys import Journeys
from safarnama.journeys.spark import shards as spark_shards
from safarnama.journeys.spark.session import session_on
from safarnama.simulation import simulate

from .cluster import cluster

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(shutil.which("java") is None, reason="there is no Java here"),
]
COLUMNS = {"customer": "who", "touchpoint": "what", "time": "at", "dimensions": ["where"]}


def _table(rows: int = 6000) -> pa.Table:
    rng = np.random.default_rng(3)
    names = np.array(["view", "add", "pay", "buy", "خرید", "chat"])
    return pa.table(
        {
            "who": [f"c{number}" for number in rng.zipf(1.3, rows) % 400],
            "what": names[rng.integers(0, 6, rows)],
            "at": pa.array(1_700_000_000_000 + np.cumsum(rng.integers(0, 10**7, rows)), pa.timestamp("ms")),
            "where": np.array(["web", "app", None], object)[rng.integers(0, 3, rows)],
        }
    )


def _asked() -> list[Any]:
    needed = {"steps": "view,add,buy", "stages": "view,add,buy", "goal": "buy", "plan": "view,add,buy"}
    needed["what"] = "funnel steps=view,buy"
    found = []
    for name in registry.names("question"):
        kind = registry.find("question", name)
        given = {field: needed[field] for field, info in kind.model_fields.items() if info.is_required()}
        found.append(kind.of(given | ({"by": "where"} if "what" in given else {})))
    flow, funnel, compare = (registry.find("question", name) for name in ("flow", "funnel", "compare"))
    return [
        *found,
        flow.of({"shape": "collapse; cut before buy 30d"}),
        flow.of({"where": "did view > buy within 30d and where = web"}),
        funnel.of({"steps": "view,add|pay,buy", "window": "14d", "by": "where", "shape": "rename chat=pay"}),
        compare.of({"what": "representatives length=4", "by": "where"}),
        compare.of({"what": "friction", "first": "did buy", "second": "did chat"}),
    ]


def _say(finding: Any) -> tuple[Any, ...]:
    return finding.table, finding.n, finding.say("en"), finding.say_caveats("en"), finding.period, finding.fingerprint


def test_the_cluster_answers_what_this_machine_answers_also_when_a_worker_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spark_shards, "FAN", 3)  # so that few shards already make a tree
    table = _table()
    (tmp_path / "events").mkdir()
    for part in range(3):  # as a cluster's storage holds them, in any order
        pq.write_table(table.take(np.arange(part, len(table), 3)), tmp_path / "events" / f"{part}.parquet")
    shop = Workspace.new(tmp_path / "shop")
    simulate(tmp_path / "files", customers=60, seed=5)
    shop.import_files(*sorted(path for path in (tmp_path / "files").iterdir() if path.is_file()))
    with cluster(tmp_path) as made:
        session = made.session()
        try:
            here = Journeys.from_table(table, **COLUMNS)
            there = Journeys.on_spark(session, f"{tmp_path}/events", shards=4, **COLUMNS)
            assert (there.customers, there.events, there.scope.fingerprint) == (
                here.customers,
                here.events,
                here.scope.fingerprint,
            )
            # Both workers found the package unpacked in one place, and with it what was compiled here.
            (package,) = (tmp_path / ".cache" / "safarnama").iterdir()
            assert list(package.rglob("journeys/__pycache__/*.nbi"))
            for question in _asked():
                assert _say(there.ask(question)) == _say(here.ask(question)), question
            drop = registry.find("question", "funnel").of({"steps": "view,buy"})
            assert there.behind(drop, 2, "left").people() == here.behind(drop, 2, "left").people()
            with pytest.raises(Mistake, match="whoo"):
                Journeys.on_spark(session, f"{tmp_path}/events", **{**COLUMNS, "customer": "whoo"})

            # A map is discovered from a workspace that the workers can read.
            kept = Journeys.on_spark(session, shop)
            assert shop.discover(journeys=kept) == shop.discover()

            # One worker goes while it counts.
            began = threading.Timer(2.0, partial(made.kill, 0))
            began.start()
            slow = there.gathered(lambda shard: (time.sleep(0.5), shard.key.tolist())[1])
            assert made.workers[0].wait(timeout=20) != 0
            assert sorted(key for keys in slow for key in keys) == sorted(here.shards[0].key.tolist())
            flow = registry.find("question", "flow").of({})
            assert _say(there.ask(flow)) == _say(here.ask(flow))
        finally:
            session.stop()


def test_an_engine_that_is_none_is_named() -> None:
    with pytest.raises(Mistake, match="spark://HOST:PORT"):
        session_on("sparky")
    with pytest.raises(Mistake, match="Is the master running"):
        session_on("spark://127.0.0.1:9")
