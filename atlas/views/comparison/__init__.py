"""The figures of a comparison page, one per indicator, by its layout."""

from __future__ import annotations

from collections.abc import Callable

from atlas import charts
from atlas.settings import Layout
from atlas.views.comparison.asked import (
    NONE,
    Asked,
    Changes,
    Unsuited,
    asked_of,
    changed,
    page_of,
    same_figures,
)
from atlas.views.comparison.bars import bars_figure
from atlas.views.comparison.corridors import corridors_figure, multiples_figure
from atlas.views.comparison.curve import curve_figure
from atlas.views.comparison.dated import dots_figure, slope_figure, table_figure
from atlas.views.comparison.maps import maps_figure
from atlas.views.comparison.options import (
    BY_CORRIDOR,
    date_options,
    drawn_codes,
    earlier_options,
    indicator_options,
    layout_options,
    widest_pair,
)
from atlas.views.comparison.saving import page_entry
from atlas.views.comparison.selection import (
    codes_of,
    selection_name,
    selection_of,
    selection_options,
    selection_slug,
)
from atlas.views.desk import Desk

LAYOUTS: dict[Layout, Callable[[Desk, Asked], charts.Figure | None]] = {
    "bars": bars_figure,
    "curve": curve_figure,
    "corridors": corridors_figure,
    "slope": slope_figure,
    "dots": dots_figure,
    "multiples": multiples_figure,
    "table": table_figure,
    "maps": maps_figure,
}

__all__ = [
    "BY_CORRIDOR",
    "LAYOUTS",
    "NONE",
    "Asked",
    "Changes",
    "Unsuited",
    "asked_of",
    "block_figure",
    "changed",
    "codes_of",
    "comparison_figure",
    "date_options",
    "drawn_codes",
    "earlier_options",
    "indicator_options",
    "layout_options",
    "page_entry",
    "same_figures",
    "selection_name",
    "selection_of",
    "selection_options",
    "widest_pair",
]


def comparison_figure(
    desk: Desk, key: str, indicator: str, changes: Changes
) -> charts.Figure | None:
    """The figure of one indicator of the page of a key; None when nothing is published of it.

    changes: what a visitor changed on the page. Raises Unsuited when it cannot be drawn so.
    """
    asked = asked_of(desk, desk.settings.comparisons[key], key, indicator, changes)
    return LAYOUTS[asked.page.layout](desk, asked)


def block_figure(
    desk: Desk, indicator: str, shown: Changes, *, measure: str, targets: str, finding: str
) -> charts.Figure | None:
    """The figure of a comparison that has no page; None when nothing is published of it.

    shown: what it shows, in full; targets: indicators joined by AND. Raises Unsuited.
    """
    page = page_of(desk, indicator, shown, measure=measure, targets=targets, finding=finding)
    name = selection_slug(desk, shown.territories)
    return LAYOUTS[page.layout](desk, asked_of(desk, page, name, indicator, Changes()))
