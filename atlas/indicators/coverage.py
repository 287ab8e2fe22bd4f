"""What is held for each territory at each period, from which source, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import pandas as pd

from atlas import periods as calendar
from atlas.indicators.choice import best
from atlas.territories import PARENTS, Territories

# What is known of a place at a period; only the first two are drawn on a map.
State = Literal["published", "derived", "uncertain", "change", "secret"]
DRAWN = ("published", "derived")


def with_states(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures with a column ``state``: published, derived, uncertain, secret, a change alone.

    A number published for the same place under another code (its only caisse) is published.
    """
    computed = (figures["derived"] != "") & ~figures["restated"].astype(bool)
    states = computed.map({True: "derived", False: "published"})
    states = states.where(figures["value"].notna(), "change")
    states = states.where(~figures["uncertain"].astype(bool), "uncertain")
    return figures.assign(state=states.where(~figures["secret"].astype(bool), "secret"))


def rows_held(
    figures: pd.DataFrame, order: Sequence[str], *, indicator: str, corridor: str = ""
) -> pd.DataFrame:
    """The row shown of an indicator for each territory and reference period, with ``state``."""
    rows = figures[(figures["indicator"] == indicator) & (figures["corridor"] == corridor)]
    return with_states(best(rows, order, needs="any"))


def reach(figures: pd.DataFrame) -> pd.DataFrame:
    """How far each indicator goes; the index is its key.

    Columns: published (rows of the sources), derived (values computed), first and last (months),
    sources, and for each kind of territory (FR, REG, DEP, CPAM) how many have a figure, and in
    ``DEP†`` how many of them have computed ones alone.
    """
    rows = with_states(figures)
    computed, printed = rows[rows["state"] == "derived"], rows[rows["derived"] == ""]
    by = printed.groupby("indicator")
    ends = rows["reference_period"].map(
        {
            reference_period: calendar.end_month(reference_period)
            for reference_period in rows["reference_period"].unique()
        }
    )
    dates = ends.groupby(rows["indicator"])
    table = pd.DataFrame(
        {
            "published": by.size(),
            "derived": computed.groupby("indicator").size(),
            "first": dates.min(),
            "last": dates.max(),
            "sources": by["source"].nunique(),
        }
    )
    return table.join(_places(rows)).fillna(
        {name: 0 for name in table.columns if name not in ("first", "last")}
    )


def _places(rows: pd.DataFrame) -> pd.DataFrame:
    """Territories of each kind by indicator, and those that have computed values alone."""
    alone = (rows["state"] == "derived").groupby([rows["indicator"], rows["territory"]]).all()
    places = alone.rename("alone").reset_index()
    places["kind"] = places["territory"].str.split("-").str[0]
    found = places.groupby(["indicator", "kind"])["alone"].agg(["size", "sum"]).unstack("kind")
    return (
        pd.DataFrame(
            {
                f"{kind}{mark}": found.get((name, kind), 0)
                for kind in PARENTS
                for name, mark in (("size", ""), ("sum", "†"))
            },
            index=found.index,
        )
        .fillna(0)
        .astype(int)
    )


def fullest(figures: pd.DataFrame, codes: Sequence[str]) -> pd.DataFrame:
    """The corridor and period for which most of these territories have a value.

    The total before a corridor, then the newest, among equals. Index: the indicator; columns:
    corridor, when, count.
    """
    rows = figures[
        figures["territory"].isin(codes) & figures["value"].notna() & ~figures["uncertain"]
    ]
    counts = rows.groupby(["indicator", "corridor", "reference_period"])["territory"].nunique()
    table = counts.rename("count").reset_index()
    table["_total"] = table["corridor"] == ""
    table["_end"] = table["reference_period"].map(calendar.end_month)
    table = table.sort_values(["count", "_total", "_end"], ascending=False, kind="stable")
    return table.drop_duplicates("indicator").set_index("indicator")[
        ["corridor", "reference_period", "count"]
    ]


def missing(rows: pd.DataFrame, codes: Sequence[str], reference_period: str) -> list[str]:
    """Those of the codes that a map of this period leaves blank; rows: of `rows_held`."""
    drawn = rows.loc[
        (rows["reference_period"] == reference_period) & rows["state"].isin(DRAWN), "territory"
    ]
    return [code for code in codes if code not in set(drawn)]


def lacking_caisses(
    rows: pd.DataFrame, departement: str, reference_period: str, territories: Territories
) -> list[str]:
    """The caisses whose rate would be enough for that of a département; rows: of `rows_held`."""
    return missing(rows, territories.caisses_of(departement), reference_period)
