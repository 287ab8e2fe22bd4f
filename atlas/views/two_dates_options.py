"""Which two dates can be chosen, where a page starts, and what is said when there are not two."""

from __future__ import annotations

from atlas import periods
from atlas.indicators import periods as known_periods
from atlas.views.desk import Desk
from atlas.views.options import map_codes
from atlas.views.two_dates_words import PairChoice

NO_CHANGE = (
    "Aucun territoire n’a de chiffre aux deux dates : il n’y a pas d’évolution à "
    "dessiner. Choisissez deux autres dates."
)


def pair_periods(desk: Desk, asked: PairChoice) -> list[str]:
    """Periods with a value for one of the territories of the maps, oldest first."""
    return known_periods(
        desk.book.figures, asked.indicator, map_codes(desk, asked.level, asked.within)
    )[::-1]


def first_pair(desk: Desk, asked: PairChoice) -> tuple[str, str]:
    """Where the page starts: of the periods with most territories the newest, after the one that
    shares most of them, a year before among equals, else the nearest."""
    known, places = pair_periods(desk, asked), _places(desk, asked)
    after = max(known[1:], key=lambda when: (len(places[when]), known.index(when)))
    before = max(
        known[: known.index(after)],
        key=lambda when: (
            len(places[when] & places[after]),
            when == periods.a_year_before(after),
            known.index(when),
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


def _places(desk: Desk, asked: PairChoice) -> dict[str, set[str]]:
    """The territories that have a value at each period."""
    rows = desk.book.figures
    rows = rows[
        (rows["indicator"] == asked.indicator)
        & rows["value"].notna()
        & ~rows["uncertain"]
        & rows["territory"].isin(map_codes(desk, asked.level, asked.within))
    ]
    return {str(when): set(codes) for when, codes in rows.groupby("when")["territory"]}
