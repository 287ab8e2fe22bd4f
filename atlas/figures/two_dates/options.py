"""Which two dates can be chosen, where a page starts, and what is said when there are not two."""

from __future__ import annotations

from atlas import periods
from atlas.figures.common.context import FigureContext
from atlas.figures.options import map_codes
from atlas.figures.two_dates.texts import PairChoice
from atlas.indicators import periods as known_periods

NO_CHANGE = (
    "Aucun territoire n’a de chiffre aux deux dates : il n’y a pas d’évolution à "
    "dessiner. Choisissez deux autres dates."
)


def pair_periods(context: FigureContext, asked: PairChoice) -> list[str]:
    """Periods with a value for one of the territories of the maps, oldest first."""
    return known_periods(
        context.dataset.observations, asked.indicator, map_codes(context, asked.level, asked.within)
    )[::-1]


def first_pair(context: FigureContext, asked: PairChoice) -> tuple[str, str]:
    """Where the page starts: of the periods with most territories the newest, after the one that
    shares most of them, a year before among equals, else the nearest."""
    known, places = pair_periods(context, asked), _places(context, asked)
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
        return (
            "Aucun taux n’est publié pour ce territoire et ce découpage. Choisissez la France, "
            "ou un autre découpage."
        )
    return (
        f"Une seule date est connue pour ce territoire et ce découpage, "
        f"{periods.label(known[0])} : aucune autre ne peut lui être comparée. La page Carte "
        "montre l’évolution que les sources ont publiée, sans toujours dire depuis quand."
    )


def _places(context: FigureContext, asked: PairChoice) -> dict[str, set[str]]:
    """The territories that have a value at each period."""
    rows = context.dataset.observations
    rows = rows[
        (rows["indicator"] == asked.indicator)
        & rows["value"].notna()
        & ~rows["uncertain"]
        & rows["territory"].isin(map_codes(context, asked.level, asked.within))
    ]
    return {
        str(reference_period): set(codes)
        for reference_period, codes in rows.groupby("reference_period")["territory"]
    }
