"""The whole way once on real data: from a file to a map. Counts are those of the data set's own README and of a count by
hand (pandas, one customer after another) of the funnel."""

from __future__ import annotations

from pathlib import Path

import pytest

import safarnama as sn
from safarnama.core.workspace import Workspace

pytestmark = pytest.mark.data


def test_the_file_comes_in_whole_and_only_once(data: Path, shop: Workspace) -> None:
    file = data / "hopscotch_ecom" / "ecom.csv.gz"
    first = shop.import_files(file)[0]
    assert (first.rows, first.rejected, first.duplicates) == (31_106, 0, 30)
    journeys = shop.journeys()
    assert (journeys.customers, journeys.events) == (600, 31_106)
    again = shop.import_files(file)[0]
    assert (again.rows, again.known) == (0, 31_106)


def test_the_funnel_is_the_one_counted_by_hand(hopscotch: Workspace) -> None:
    steps = ["product_view", "add_to_cart", "shipping_details", "payment_details", "purchase"]
    finding = hopscotch.journeys().ask(sn.Funnel(steps=steps, window="7d"))
    assert finding.table["customers"].to_pylist() == [598, 487, 333, 190, 70]


def test_a_map_is_found_and_drawn(hopscotch: Workspace, tmp_path: Path) -> None:
    document = hopscotch.discover(goal="purchase")
    assert 3 <= len(document.stages) <= 9
    for language in ("fa", "en"):
        path = document.draw(tmp_path / f"map-{language}.pdf", language=language)
        assert path.read_bytes().startswith(b"%PDF")
