"""Which two dates can be chosen, where a page starts, and what is said when there are not two."""

from __future__ import annotations

from atlas import periods
from atlas.figures.common.context import FigureContext
from atlas.figures.options import NO_RATE_TEXT, map_codes
from atlas.figures.two_dates.request import TwoDatesRequest
from atlas.indicators.snapshot import periods as known_periods

NO_CHANGE = (
    "Aucun territoire n’a de chiffre aux deux dates : il n’y a pas d’évolution à "
    "dessiner. Choisissez deux autres dates."
)


def pair_periods(context: FigureContext, request: TwoDatesRequest) -> list[str]:
    """Periods with a value for one of the territories of the maps, oldest first."""
    return known_periods(
        context.dataset.observations,
        request.indicator,
        map_codes(context, request.level, request.territory),
    )[::-1]


def first_pair(context: FigureContext, request: TwoDatesRequest) -> tuple[str, str]:
    """Where the page starts: of the periods with most territories the newest, after the one that
    shares most of them, a year before among equals, else the nearest."""
    known, places = pair_periods(context, request), _places(context, request)
    after = max(
        known[1:],
        key=lambda reference_period: (len(places[reference_period]), known.index(reference_period)),
    )
    before = max(
        known[: known.index(after)],
        key=lambda reference_period: (
            len(places[reference_period] & places[after]),
            reference_period == periods.a_year_before(after),
            known.index(reference_period),
        ),
    )
    return before, after


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
    rows = context.dataset.observations
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
