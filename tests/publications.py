"""Publications and figures that many tests look at, each made once for all of them."""

from __future__ import annotations

from functools import cache

from conftest import desk_for_print

from atlas import views
from atlas.charts import Figure
from atlas.views import Desk, FigureRequest, Publication
from atlas.workspace import Workspace


@cache
def desk_of(project: Workspace, *, demo: bool = False) -> Desk:
    """What figures are printed from, published or invented."""
    return desk_for_print(project, demo=demo)


@cache
def publication_of(project: Workspace, name: str) -> Publication:
    """By the key of a dossier, or by territory and period: « REG-75 2025-12 », « fictif FR
    2025-12 » for the invented data."""
    desk = desk_of(project, demo=name.startswith("fictif"))
    if name in desk.settings.dossiers:
        return views.dossier_publication(desk, name)
    code, period = name.removeprefix("fictif ").split()
    return views.territory_publication(desk, code, period)


_DRAWN: dict[tuple[int, FigureRequest], tuple[Desk, Figure | None]] = {}


def figure_of(desk: Desk, request: FigureRequest) -> Figure | None:
    """The figure of a request. Its desk is kept, so that no other takes its place."""
    key = (id(desk), request)
    if key not in _DRAWN:
        _DRAWN[key] = (desk, views.figure_of(desk, request))
    return _DRAWN[key][1]
