"""The growth by corridor that the first page shows."""

from __future__ import annotations

from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.common.request import RequestError
from atlas.figures.corridors.request import CorridorsRequest
from atlas.figures.options import corridor_indicators, corridor_periods, corridor_territories
from atlas.figures.registry import figure_of


def first_growth(context: FigureContext) -> Figure | None:
    """The latest growth by corridor of France, else of the first territory that publishes one;
    None when there is none."""
    for code in corridor_territories(context):
        for period in corridor_periods(context, code):
            for indicator in corridor_indicators(context, code, period):
                request = CorridorsRequest(
                    indicator=indicator, territory=code, period=period, view="croissance"
                )
                try:
                    figure = figure_of(context, request)
                except RequestError:  # an indicator without growth: a share
                    continue
                if figure is not None:
                    return figure
    return None
