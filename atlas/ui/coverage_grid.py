"""The grid of the page Couverture: one small table for each région, HTML that reads on a phone."""

from __future__ import annotations

from atlas.figures.common.style import Style
from atlas.french import capitalize_first
from atlas.tables.coverage import STATES
from atlas.tables.coverage_grid import Grid
from atlas.ui import html

# A sign for each state, so that none is told by its colour alone.
STATE_SIGNS = {
    "published": "●",
    "derived": "†",
    "uncertain": "?",
    "change": "±",
    "secret": "s",
    "": "–",
}


def grid_table(shown: Grid, style: Style, *, fictitious: bool) -> str:
    """The key of the signs, then a table for each group. ``style``: of the screen."""
    names = {**STATES, "published": "fictif"} if fictitious else STATES
    return html.render(
        "coverage_grid.html",
        grid=shown,
        style=style,
        signs=STATE_SIGNS,
        key=[
            (state, capitalize_first(names[state]))
            for state in STATE_SIGNS
            if state == "" or _has(shown, state)
        ],
    )


def _has(shown: Grid, state: str) -> bool:
    return any(
        cell.state == state for group in shown.groups for _, cells in group.rows for cell in cells
    )
