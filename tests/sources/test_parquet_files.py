"""Parquet with the types that pandas, Spark and warehouses write."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from safarnama.core.errors import Mistake
from safarnama.core.workspace import Workspace
from tests.sources.reading import column, events, moments, put, rejected

AT = datetime(2026, 3, 21, 10, 30)


def wrote(folder: Path, row_group_size: int | None = None, **columns: object) -> Path:
    path = folder / "a.parquet"
    columns = {"user_id": ["u1", "u2", None], "event": ["view", "buy", "view"], **columns}
    pq.write_table(pa.table(columns), path, row_group_size=row_group_size)
    return path


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_timestamps_with_and_without_a_zone(tmp_path: Path, unit: str) -> None:
    tehran = ZoneInfo("Asia/Tehran")
    known = AT.replace(tzinfo=tehran)
    for zone, given in ((None, AT), ("Asia/Tehran", known), ("UTC", known.astimezone(UTC))):
        workspace = Workspace.new(tmp_path / f"shop-{zone}-{unit}".replace("/", "-"), timezone="Asia/Tehran")
        workspace.import_files(wrote(tmp_path, time=pa.array([given] * 3, pa.timestamp(unit, zone))))
        assert moments(workspace) == [known.astimezone(UTC)] * 3


def test_days_and_a_clock_beside_them(shop: Workspace, tmp_path: Path) -> None:
    shop.import_files(wrote(tmp_path, date=[date(2026, 3, 21)] * 3, clock=pa.array([time(9, 5)] * 3)))
    assert moments(shop) == [datetime(2026, 3, 21, 9, 5, tzinfo=UTC)] * 3


@pytest.mark.parametrize(
    "epochs",
    [
        pa.array([1_774_089_000, 1_774_089_000, 1_774_089_000], pa.int64()),
        pa.array([1_774_089_000_000] * 3, pa.int64()),
        pa.array([1_774_089_000.0] * 3, pa.float64()),
        pa.array([1_774_089_000_000.0] * 3, pa.float64()),
        pa.array([1_774_089_000_000_000.0] * 3, pa.float64()),
        pa.array([1_774_089_000_000_000_000.0] * 3, pa.float64()),
        pa.array([1_774_089_000] * 3, pa.uint32()),
        pa.array(["1774089000", "1774089000.0", "1774089000.000"]),
    ],
    ids=str,
)
def test_epochs_of_every_unit_and_type(shop: Workspace, tmp_path: Path, epochs: pa.Array) -> None:
    shop.import_files(wrote(tmp_path, ts=epochs))
    assert moments(shop) == [datetime(2026, 3, 21, 10, 30, tzinfo=UTC)] * 3


def test_every_other_type_finds_its_place(shop: Workspace, tmp_path: Path) -> None:
    file = wrote(
        tmp_path,
        time=[AT, None, AT],
        user_id=pa.array([12345, 2**53 + 1, None], pa.int64()),
        email=pa.array([b"A@x.ir", b"b@x.ir", None], pa.binary()),
        event=pa.array(["view", "buy", "view"]).dictionary_encode(),
        amount=pa.array([Decimal("12.50"), None, Decimal("-3.25")]),
        inside=[{"a": 1}, {"a": 2}, None],
        many=[[1, 2], [], None],
        yes=[True, False, None],
    )
    done = shop.import_files(file)[0]
    assert rejected(shop) == [(2, "time_missing")]
    assert (done.roles["value"], done.roles["email"]) == ("amount", "email")
    assert column(shop, "value") == [1250, -325]
    assert column(shop, "property:inside")[0] == {"a": 1}
    assert shop.journeys().events == 1  # the other row names nobody


def test_a_float_and_an_int_and_a_text_are_one_identifier(shop: Workspace, tmp_path: Path) -> None:
    for kind in (pa.int64(), pa.float64(), pa.string(), pa.dictionary(pa.int32(), pa.string())):
        user = pa.array([12345, 678901, 3]).cast(pa.string() if pa.types.is_dictionary(kind) else kind).cast(kind)
        shop.import_files(wrote(tmp_path, time=[AT] * 3, user_id=user, note=[str(kind)] * 3))
    assert shop.journeys().customers == 3


def test_many_row_groups_are_one_file(shop: Workspace, tmp_path: Path) -> None:
    n = 700
    file = wrote(
        tmp_path,
        row_group_size=100,
        user_id=[f"u{i % 7}" for i in range(n)],
        event=["view"] * n,
        time=[None if i in (99, 100, 650) else datetime(2026, 1, 1, i % 24) for i in range(n)],
    )
    done = shop.import_files(file)[0]
    assert (done.rows, rejected(shop)) == (n - 3, [(line, "time_missing") for line in (100, 101, 651)])


def test_no_rows_or_no_parquet_teaches(shop: Workspace, tmp_path: Path) -> None:
    empty = wrote(
        tmp_path, user_id=pa.array([], pa.string()), event=pa.array([], pa.string()), time=pa.array([], pa.int64())
    )
    with pytest.raises(Mistake, match="header and no rows"):
        shop.import_files(empty)
    whole = wrote(tmp_path, time=[AT] * 3).read_bytes()
    for part in (whole[:-9], whole[:40], b"PAR1"):
        with pytest.raises(Mistake, match="not a whole Parquet file"):
            shop.import_files(put(tmp_path, "b.parquet", part))
    assert events(shop) == []


def test_a_parquet_file_without_its_ending_is_known_by_how_it_begins(shop: Workspace, tmp_path: Path) -> None:
    file = wrote(tmp_path, time=[AT] * 3)
    assert shop.import_files(file.rename(tmp_path / "export"))[0].rows == 3


def test_two_columns_of_one_name(shop: Workspace, tmp_path: Path) -> None:
    names = ["user_id", "event", "time", "note", "note"]
    table = pa.Table.from_arrays([pa.array([cell]) for cell in ("u1", "view", "2026-01-01", "a", "b")], names=names)
    pq.write_table(table, tmp_path / "a.parquet")
    assert shop.import_files(tmp_path / "a.parquet")[0].properties == ("note", "note (2)")
