"""Publications and figures that many tests look at, each made once for all of them."""

from __future__ import annotations

from functools import cache

from contexts import context_for_print
from shipped import INVENTED, SHIPPED, VISITED

from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.common.request import FigureRequest
from atlas.figures.registry import figure_of
from atlas.project import Project
from atlas.publications.publication import Publication, dossier_publication, territory_publication


def context_of(project: Project, *, demo: bool = False) -> FigureContext:
    """What figures are printed from, published or invented: that of the fixtures."""
    return _context_of(project, demo)


@cache  # which tells apart what is left out and what is given as it is anyway
def _context_of(project: Project, demo: bool) -> FigureContext:
    return context_for_print(project, demo=demo)


@cache
def publication_of(project: Project, name: str) -> Publication:
    """By the key of a dossier, or by territory and period: « REG-75 2025-12 », « fictif FR
    2025-12 » for the invented data."""
    context = context_of(project, demo=name.startswith("fictif"))
    if name in context.settings.dossiers:
        return dossier_publication(context, name)
    code, period = name.removeprefix("fictif ").split()
    return territory_publication(context, code, period)


_DRAWN: dict[tuple[int, FigureRequest], tuple[FigureContext, Figure | None]] = {}


def cached_figure(context: FigureContext, request: FigureRequest) -> Figure | None:
    """The figure of a request. Its context is kept, so that no other takes its
    place."""
    key = (id(context), request)
    if key not in _DRAWN:
        _DRAWN[key] = (context, figure_of(context, request))
    return _DRAWN[key][1]


def shipped_figure(name: str, context: FigureContext, fictitious: FigureContext) -> Figure:
    """A figure of tests/shipped.py, of the data set that it is asked of."""
    some = fictitious if name in INVENTED else context
    asked = {**VISITED, **INVENTED}.get(name) or SHIPPED[name](some)
    made = cached_figure(some, asked)
    assert made is not None
    return made
