"""Stages where neither the words of touchpoints nor a goal says what they are."""

from __future__ import annotations

from pathlib import Path

import pytest

import safarnama as sn


@pytest.mark.parametrize("touchpoints", [1, 2, 4, 9, 14, 24])
def test_stages_by_position_alone_have_names_of_their_own(touchpoints: int, tmp_path: Path) -> None:
    rows = ["user_id,time,event"]
    for customer in range(40):
        for place in range(touchpoints):
            rows.append(f"u{customer},2026-03-{1 + place:02}T10:00:00Z,T{place:02} qz")
    file = tmp_path / "bare.csv"
    file.write_text("\n".join(rows))
    workspace = sn.new(tmp_path / "shop")
    workspace.import_files(file)
    document = workspace.discover()
    for language in ("en", "fa"):
        names = [stage.name[language] for stage in document.stages]  # type: ignore[index]
        assert len(set(names)) == len(names)
    assert [name for step in document.steps for name in step.touchpoints] == [
        f"T{place:02} qz" for place in range(touchpoints)
    ] or touchpoints > 12
