"""The axes that several drawings share."""

from __future__ import annotations

import altair as alt


def axis_titled_above(format: str) -> alt.Axis:
    """An axis of amounts without a line, its title level above it. format: of its labels (d3)."""
    return alt.Axis(
        format=format,
        tickCount=5,
        domain=False,
        ticks=False,
        titleAngle=0,
        titleAlign="left",
        titleAnchor="end",
        titleX=0,
        titleY=-12,
    )
