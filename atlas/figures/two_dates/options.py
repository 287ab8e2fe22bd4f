"""Which two dates can be chosen, where a page starts, and what is said when there are not two."""

from __future__ import annotations

import itertools

from atlas import periods
from atlas.figures.common.context import FigureContext
from atlas.figures.map.request import MapRequest
from atlas.figures.options import NO_RATE_TEXT, map_codes
from atlas.figures.two_dates.request import TwoDatesRequest, TwoMapsRequest
from atlas.indicators.snapshot import periods as known_periods

NO_CHANGE = (
    "Aucun territoire n’a de chiffre aux deux dates : il n’y a pas d’évolution à "
    "dessiner. Choisissez deux autres dates."
)


def pair_periods(context: FigureContext, request: TwoDatesRequest) -> list[str]:
    """Periods with a value for one of the territories of the maps, oldest first."""
    return known_periods(
        context.dataset.index.of_indicator(request.indicator),
        request.indicator,
        map_codes(context, request.level, request.territory),
    )[::-1]


def first_pair(context: FigureContext, request: TwoDatesRequest) -> tuple[str, str]:
    """Where the page starts: the pair that most territories share, of these the newest, a year
    apart among equals, else the nearest."""
    known, places = pair_periods(context, request), _places(context, request)
    return max(
        itertools.combinations(known, 2),
        key=lambda pair: (
            len(places.get(pair[0], set()) & places.get(pair[1], set())),
            known.index(pair[1]),
            pair[0] == periods.a_year_before(pair[1]),
            known.index(pair[0]),
        ),
    )


def first_maps(context: FigureContext, indicator: str) -> MapRequest:
    """The maps that the page opens on: those of which most territories have both dates of their
    first pair, all of France among equals and without any pair."""
    whole = MapRequest(indicator=indicator)
    parts = [
        whole.with_fields(territory=code)
        for code in context.territories.of_kind("REG")
        if len(map_codes(context, "departements", code)) > 1
    ]
    return max(
        (whole, whole.with_fields(level="regions"), *parts),
        key=lambda request: _shared_count(context, request),
    )


def _shared_count(context: FigureContext, shown: MapRequest) -> int:
    """How many territories of a map have both dates of its first pair."""
    request = TwoMapsRequest(
        indicator=shown.indicator, level=shown.level, territory=shown.territory
    )
    if len(pair_periods(context, request)) < 2:
        return 0
    places = _places(context, request)
    before, after = first_pair(context, request)
    return len(places.get(before, set()) & places.get(after, set()))


def no_pair_text(known: list[str]) -> str:
    """Why there are no two maps to compare."""
    if not known:
        return NO_RATE_TEXT
    return (
        f"Une seule date est connue pour ce territoire et ce découpage, "
        f"{periods.label(known[0])} : aucune autre ne peut lui être comparée. La page Carte "
        "montre l’évolution que les sources ont publiée, sans toujours dire depuis quand."
    )


def _places(context: FigureContext, request: TwoDatesRequest) -> dict[str, set[str]]:
    """The territories that have a value at each period."""
    rows = context.dataset.index.of_indicator(request.indicator)
    rows = rows[
        (rows["indicator"] == request.indicator)
        & rows["value"].notna()
        & ~rows["uncertain"]
        & rows["territory"].isin(map_codes(context, request.level, request.territory))
    ]
    return {
        str(reference_period): set(codes)
        for reference_period, codes in rows.groupby("reference_period")["territory"]
    }
