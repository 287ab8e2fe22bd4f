"""The figures without what is secret, before anything is derived, drawn or written from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd

from atlas.disclosure.cells import Cell, cell_place_of_codes, cells_of, known_cells, levels
from atlas.disclosure.relations import Relations
from atlas.disclosure.rules import primary_suppression
from atlas.observations.selection import base_reference_periods
from atlas.settings import Settings
from atlas.territories import Territories

NAN = float("nan")
CellFinder = Callable[[pd.DataFrame, Settings, Territories], set[Cell]]


def suppress(
    figures: pd.DataFrame,
    settings: Settings,
    territories: Territories,
    find: CellFinder | None = None,
) -> pd.DataFrame:
    """The figures with their secret rows emptied, in the same order.

    A secret row keeps its territory, indicator, corridor, period and source; value, change, their
    qualifier, decimals, note, printed form and contradiction go, and ``secret`` is true. A growth
    whose other end is secret goes too; what was secret already stays so. The rows of confidential
    indicators (``largest`` of a rule) are left out. find: what gives the cells to hide,
    `hidden_cells` unless told otherwise.
    """
    find = find or hidden_cells
    hidden = find(figures, settings, territories) if settings.secrecy else set()
    figures = figures[~figures["indicator"].isin(_confidential_indicators(settings))].reset_index(
        drop=True
    )
    return _blank_rows(figures, hidden, settings, territories) if hidden else figures


def hidden_cells(figures: pd.DataFrame, settings: Settings, territories: Territories) -> set[Cell]:
    """The cells that the rules make secret, and those that would give them back."""
    with_rule = set(settings.secrecy) & set(figures["indicator"])
    cells = known_cells(figures, settings, territories) if with_rule else figures
    needs = primary_suppression(cells, settings) if with_rule else {}
    if not needs:
        return set()
    # SciPy is slow to load, and a project that has nothing to hide never solves anything.
    from atlas.disclosure.secondary_suppression import SecondarySuppression

    known = levels(cells[~cells["indicator"].isin(_confidential_indicators(settings))])
    return SecondarySuppression(
        known, needs, Relations(known, settings, territories), settings
    ).cells_to_hide()


def _confidential_indicators(settings: Settings) -> set[str]:
    """Indicators that are read for the rules and never shown."""
    return {rule.largest for rule in settings.secrecy.values() if rule.largest}


def _blank_rows(
    figures: pd.DataFrame, hidden: set[Cell], settings: Settings, territories: Territories
) -> pd.DataFrame:
    rows = figures.assign(place=figures["territory"].map(cell_place_of_codes(territories)))
    ranked = {
        key: indicator.ranks for key, indicator in settings.indicators.items() if indicator.ranks
    }
    rows["indicator"] = rows["indicator"].replace(ranked)  # a rank lies between its neighbours
    secret = pd.Series([cell in hidden for cell in cells_of(rows)], rows.index)
    from_secret = pd.Series([cell in hidden for cell in _base_cells(rows, settings)], rows.index)
    made = figures.copy()
    made.loc[secret | from_secret, "change"] = NAN
    made.loc[secret | from_secret, "compared_to"] = ""
    secret |= from_secret & made["value"].isna()
    made.loc[secret, ["value", "decimals"]] = NAN
    made.loc[secret, ["qualifier", "note", "printed", "contradiction"]] = ""
    return made.assign(secret=secret | made["secret"])


def _base_cells(rows: pd.DataFrame, settings: Settings) -> Iterable[Cell]:
    """The cell that each growth starts from."""
    return cells_of(rows.assign(reference_period=base_reference_periods(rows, settings)))
