"""Which figure is shown when several say the same thing; the others stay one click away.

The rule: a certain figure before an uncertain one, a published before a derived one, the one that
the review of findings prefers, then the order of sources (that of data/sources.yaml), then that
of the files. What the review rejects does not compete.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

SAME = ["territory", "indicator", "corridor", "reference_period"]


def rank_sources(figures: pd.DataFrame, order: Sequence[str]) -> pd.Series:
    """Place of each row's source in the order; sources left out of it come last."""
    place = {source: i for i, source in enumerate(order)}
    return figures["source"].map(place).fillna(len(place)).astype(int)


def best(figures: pd.DataFrame, order: Sequence[str], *, needs: str = "value") -> pd.DataFrame:
    """One row for each territory, indicator, corridor and ``reference_period``.

    needs: ``value``, ``change`` or ``any``: rows without it do not compete.
    """
    figures = figures[~figures["rejected"].astype(bool)]
    rows = figures if needs == "any" else figures[figures[needs].notna()]
    ranked = rows.assign(
        _source=rank_sources(rows, order),
        _derived=rows["derived"] != "",
        _partial=rows["value"].isna(),
        _not_preferred=rows["verdict"] != "preferred",
    )
    by = ["uncertain", "_partial", "_derived", "_not_preferred", "_source"]
    ranked = ranked.sort_values(by, kind="stable")
    return ranked.drop_duplicates(SAME).drop(columns=by[1:])


def others(figures: pd.DataFrame, chosen: pd.Series) -> pd.DataFrame:
    """The published rows that say something else of the same thing than the chosen one."""
    kept = (figures["derived"] == "") & ~figures["rejected"].astype(bool)
    kept &= figures["value"].notna() & (figures.index != chosen.name)
    for column in SAME:
        kept &= figures[column] == chosen[column]
    return figures[kept]
