"""What the first visitors are shown, made when the server starts instead of when they wait for it.

A visitor who comes before the end waits for what is being made, and makes nothing twice.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module

from atlas.figures.common.context import FigureContext
from atlas.figures.common.request import RequestError
from atlas.figures.corridors.first_view import first_growth
from atlas.figures.curve.request import CurveRequest
from atlas.figures.map.description import map_description
from atlas.figures.map.first_view import first_view, part_shown_text
from atlas.figures.map.request import MapRequest, ranking_of
from atlas.figures.options import map_periods
from atlas.figures.registry import figure_of
from atlas.ui.activity import PAGES
from atlas.ui.map_controls import opening_map
from atlas.ui.session import is_demo_by_default, shared_context

# What the pages import beside this and takes longest to load: readers of spreadsheets, writers of
# documents. None of them shows anything by itself.
SLOW_MODULES = ("atlas.importing.file_parsing", "atlas.export.notebook", "atlas.export.kit")
#: Periods of the first map that are made ahead.
MAX_PERIODS_AHEAD = 24
log = logging.getLogger(__name__)


def prepare_first_views(is_stopped: Callable[[], bool] = lambda: False) -> None:
    """Read the data set that pages start with and the outlines; make what the map and the home page
    open on, then that map at the periods around, for the light theme, which most screens have.
    Without figures to draw, makes nothing: the pages say why.

    is_stopped: asked between two figures; what is left is then made by who asks for it.
    """
    started = time.perf_counter()
    context = shared_context(demo=is_demo_by_default(), dark=False, shapes=True)
    if context is None:
        return
    for make in _steps(context):
        # Processors are for those who wait: a page that is drawn meanwhile makes what it needs.
        PAGES.wait_until_idle(is_stopped)
        if is_stopped():
            return
        make()
    duration = round((time.perf_counter() - started) * 1000)
    log.info("first views made", extra={"duration_ms": duration})


def _steps(context: FigureContext) -> Iterator[Callable[[], object]]:
    """What is made, the most wanted first; each step takes a second at most."""
    for indicator in context.settings.map_indicators:
        yield partial(_prepare_map, context, indicator)
    yield partial(_prepare_home, context)
    for name in SLOW_MODULES:
        yield partial(import_module, name)
    opened = opening_map(context, context.settings.map_indicators[0], first_view)
    for period in _periods_around(context, opened):
        yield partial(_prepare_request, context, opened.with_fields(period=period))


def _prepare_home(context: FigureContext) -> None:
    figure_of(
        context,
        CurveRequest(indicator=context.settings.display.national_curve, milestones="oui"),
    )
    first_growth(context)


def _prepare_map(context: FigureContext, indicator: str) -> None:
    """The map of an indicator as it opens, at its fullest period."""
    shown = opening_map(context, indicator, first_view)
    if not map_periods(context, shown):
        return
    part_shown_text(context, shown)
    _prepare_request(context, shown)


def _periods_around(context: FigureContext, shown: MapRequest) -> list[str]:
    """Those that a visitor picks from there, the nearest first."""
    known = map_periods(context, shown)
    place = known.index(shown.period) if shown.period in known else 0
    nearest = sorted(range(len(known)), key=lambda other: abs(other - place))
    return [known[other] for other in nearest[:MAX_PERIODS_AHEAD]]


def _prepare_request(context: FigureContext, shown: MapRequest) -> None:
    """What the page Carte shows at one period."""
    map_description(context, shown)
    for request in (shown, ranking_of(shown)):
        try:
            figure_of(context, request)
        except RequestError:  # the page says so
            continue
