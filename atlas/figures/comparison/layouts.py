"""The figures of a comparison, one per indicator, by its layout."""

from __future__ import annotations

from collections.abc import Callable

from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.comparison.bars import bars_figure
from atlas.figures.comparison.corridors import multiples_figure, side_by_side_figure
from atlas.figures.comparison.curve import curve_figure
from atlas.figures.comparison.dots import dots_figure
from atlas.figures.comparison.maps import maps_figure
from atlas.figures.comparison.request import ComparisonRequest
from atlas.figures.comparison.slope import slope_figure
from atlas.figures.comparison.spec import LAYOUTS_WITHOUT_DATE, ResolvedComparison, resolve
from atlas.figures.comparison.table import table_figure
from atlas.settings import Layout

LAYOUTS: dict[Layout, Callable[[FigureContext, ResolvedComparison], Figure | None]] = {
    "bars": bars_figure,
    "curve": curve_figure,
    "corridors": side_by_side_figure,
    "slope": slope_figure,
    "dots": dots_figure,
    "multiples": multiples_figure,
    "table": table_figure,
    "maps": maps_figure,
}


def comparison_figure(context: FigureContext, request: ComparisonRequest) -> Figure | None:
    """The figure of one indicator of a comparison; None when nothing is published of it.

    Raises RequestError when the request names what does not exist or cannot be drawn so.
    """
    comparison = resolve(context, request)
    if not comparison.reference_period and comparison.spec.layout not in LAYOUTS_WITHOUT_DATE:
        return None
    return LAYOUTS[comparison.spec.layout](context, comparison)
