"""The figures of a comparison page, one per indicator, by its layout."""

from __future__ import annotations

from collections.abc import Callable

from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.comparison.bars import bars_figure
from atlas.figures.comparison.corridors import corridors_figure, multiples_figure
from atlas.figures.comparison.curve import curve_figure
from atlas.figures.comparison.dated import dots_figure, slope_figure, table_figure
from atlas.figures.comparison.maps import maps_figure
from atlas.figures.comparison.selection import selection_slug
from atlas.figures.comparison.spec import Overrides, ResolvedComparison, page_of, resolve
from atlas.settings import Layout

LAYOUTS: dict[Layout, Callable[[FigureContext, ResolvedComparison], Figure | None]] = {
    "bars": bars_figure,
    "curve": curve_figure,
    "corridors": corridors_figure,
    "slope": slope_figure,
    "dots": dots_figure,
    "multiples": multiples_figure,
    "table": table_figure,
    "maps": maps_figure,
}


def comparison_figure(
    context: FigureContext, key: str, indicator: str, changes: Overrides
) -> Figure | None:
    """The figure of one indicator of the page of a key; None when nothing is published of it.

    changes: what a visitor changed on the page. Raises Unsuited when it cannot be drawn so.
    """
    asked = resolve(context, context.settings.comparisons[key], key, indicator, changes)
    return LAYOUTS[asked.page.layout](context, asked)


def block_figure(
    context: FigureContext,
    indicator: str,
    shown: Overrides,
    *,
    measure: str,
    targets: str,
    finding: str,
) -> Figure | None:
    """The figure of a comparison that has no page; None when nothing is published of it.

    shown: what it shows, in full; targets: indicators joined by AND. Raises Unsuited.
    """
    page = page_of(context, indicator, shown, measure=measure, targets=targets, finding=finding)
    name = selection_slug(context, shown.territories)
    return LAYOUTS[page.layout](context, resolve(context, page, name, indicator, Overrides()))
