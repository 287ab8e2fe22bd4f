"""What could be known of each quantity before anything is hidden.

A cell is one quantity whatever prints it: several sources, « 2025 » and « 2025-12 » of a stock,
the région and the département that are one place, a caisse alone in its département.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from atlas.observations.selection import base_reference_periods
from atlas.settings import Settings
from atlas.territories import Territories

#: territory, indicator, corridor, ``reference_period``.
Cell = tuple[str, str, str, str]
CELL_COLUMNS = ["place", "indicator", "corridor", "reference_period"]


def cell_place_of_codes(territories: Territories) -> dict[str, str]:
    """Each code → the code under which its cells are kept."""
    places = {code: code for code in territories.by_code}
    for region in territories.of_kind("REG"):
        inside = territories.of_kind("DEP", region)
        if len(inside) == 1:
            places[region] = inside[0]
    for departement in territories.of_kind("DEP"):
        caisses = territories.caisses_of(departement)
        if len(caisses) == 1:
            places[caisses[0]] = departement
    return places


def known_cells(
    figures: pd.DataFrame, settings: Settings, territories: Territories
) -> pd.DataFrame:
    """The rows of the figures, then the levels that only a growth gives.

    Columns: those of CELL_COLUMNS, value (NaN where a growth alone is known), change, base
    (``reference_period`` of its other end) and rank (of the source; what a growth gives comes
    last).
    """
    order = {source: i for i, source in enumerate(settings.source_order)}
    rows = figures[["indicator", "corridor", "reference_period", "value", "change"]].assign(
        place=figures["territory"].map(cell_place_of_codes(territories)),
        rank=figures["source"].map(order).fillna(len(order)),
        base=base_reference_periods(figures, settings),
    )
    for derive in (_growth_bases, _growth_ends):
        known = pd.MultiIndex.from_frame(rows.loc[rows["value"].notna(), CELL_COLUMNS])
        new = pd.DataFrame(derive(rows, settings), columns=rows.columns)
        new = new[~pd.MultiIndex.from_frame(new[CELL_COLUMNS]).isin(known)]
        rows = (
            pd.concat([rows, new.assign(change=float("nan"), base="", rank=len(order) + 1)])
            if len(new)
            else rows
        )
    return rows.reset_index(drop=True)


def _growth_bases(rows: pd.DataFrame, settings: Settings) -> list[dict[str, Any]]:
    """What each growth started from: level − points, level / (1 + %)."""
    grown = rows[rows["value"].notna() & rows["change"].notna() & (rows["base"] != "")]
    return [
        {
            **row,
            "reference_period": row["base"],
            "value": row["value"] - row["change"]
            if settings.indicators[row["indicator"]].in_percent
            else row["value"] / (1 + row["change"] / 100),
        }
        for row in grown.to_dict("records")
        if row["change"] > -100 or settings.indicators[row["indicator"]].in_percent
    ]


def _growth_ends(rows: pd.DataFrame, settings: Settings) -> list[dict[str, Any]]:
    """What a growth published without its level leads to."""
    lone = rows[rows["value"].isna() & (rows["base"] != "")]
    known = levels(rows) if len(lone) else {}
    made = []
    for row in lone.to_dict("records"):
        start = known.get((row["place"], row["indicator"], row["corridor"], row["base"]))
        if start is not None:
            percent = settings.indicators[row["indicator"]].in_percent
            made.append(
                {
                    **row,
                    "value": start + row["change"]
                    if percent
                    else start * (1 + row["change"] / 100),
                }
            )
    return made


def levels(cells: pd.DataFrame) -> dict[Cell, float]:
    """One value for each cell: that of the first source, whatever the order of the rows."""
    known = cells[cells["value"].notna()].sort_values(
        [*CELL_COLUMNS, "rank", "value"], kind="stable"
    )
    known = known.drop_duplicates(CELL_COLUMNS)
    return dict(
        zip(known[CELL_COLUMNS].itertuples(index=False, name=None), known["value"], strict=True)
    )


def cells_of(rows: pd.DataFrame) -> Iterable[Cell]:
    """The cell of each row, in order."""
    # Lists: a column of texts is slow to read cell by cell.
    place, indicator, corridor, period = (rows[column].tolist() for column in CELL_COLUMNS)
    return zip(place, indicator, corridor, period, strict=True)
