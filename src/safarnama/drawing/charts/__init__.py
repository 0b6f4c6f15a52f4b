"""Findings drawn: one file draws one kind of chart, all with the hand of the maps."""

from __future__ import annotations

from safarnama.core.finding import Finding
from safarnama.drawing.charts import (
    bars,
    channels,
    conformance,
    differences,
    flow,
    friction,
    funnel,
    histogram,
    lifecycle,
    lifts,
    lines,
    loops,
    matrix,
    passages,
    quality,
    roles,
    sankey,
    scores,
    spans,
    strips,
    tree,
)
from safarnama.drawing.charts.picture import DrawChart, Picture

CHARTS: dict[str, DrawChart] = {
    "bars": bars.draw,
    "channels": channels.draw,
    "conformance": conformance.draw,
    "differences": differences.draw,
    "flow": flow.draw,
    "friction": friction.draw,
    "funnel": funnel.draw,
    "histogram": histogram.draw,
    "lifecycle": lifecycle.draw,
    "lifts": lifts.draw,
    "lines": lines.draw,
    "loops": loops.draw,
    "matrix": matrix.draw,
    "passages": passages.draw,
    "quality": quality.draw,
    "roles": roles.draw,
    "sankey": sankey.draw,
    "scores": scores.draw,
    "spans": spans.draw,
    "strips": strips.draw,
    "tree": tree.draw,
}


def picture(finding: Finding) -> Picture:
    """The finding as a picture in either language; see ``Picture``."""
    chart = finding.chart.name if finding.chart else "bars"
    return Picture(finding, CHARTS[chart])


__all__ = ["CHARTS", "Picture", "picture"]
