"""Views of the figures that pages and charts ask for. All return new frames."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from atlas import periods as calendar
from atlas.french import HIDDEN
from atlas.indicators.choice import SAME, best
from atlas.indicators.computed_change import changes_between, derivation_of_change
from atlas.indicators.nation import DEFINITION, national_level
from atlas.indicators.row_values import SAID_OF_ROW
from atlas.settings import Settings

# What is known of the level of a row.
LEVEL_COLUMNS = [
    "value",
    "qualifier",
    "derived",
    "restated",
    "source",
    "page",
    "period",
    "decimals",
    "reach_low",
    "reach_high",
    "significant_figures",
    *SAID_OF_ROW,
]


def periods(figures: pd.DataFrame, indicator: str, codes: Sequence[str]) -> list[str]:
    """Reference periods at which one of the territories has a certain value, newest first."""
    rows = figures[
        (figures["indicator"] == indicator)
        & figures["territory"].isin(codes)
        & figures["value"].notna()
        & ~figures["uncertain"]
    ]
    return sorted(rows["reference_period"].unique(), key=calendar.end_month, reverse=True)


def snapshot(
    figures: pd.DataFrame,
    settings: Settings,
    codes: Sequence[str],
    *,
    indicator: str,
    reference_period: str,
    corridor: str = "",
) -> pd.DataFrame:
    """One row per territory of `codes`, in that order, whether it has a figure or not.

    Columns: code, value, qualifier, derived, restated, source, page, period, decimals (of the
    value as printed), reach_low and reach_high (between which a computed value lies),
    significant_figures, change (published, else the difference with the level a year before),
    compared_to, change_derived, change_restated, gap (to the comparable value of FR, see
    `atlas.indicators.nation`), nation (that value), nation_period (its period where it is
    another), nation_qualifier, missing, secret, change_secret (so is one of its two levels), and
    what is said of the row of the level (SAID_OF_ROW) and of the row of the change (the same,
    after ``change_``). The qualifier of what is secret is ``secret``.
    """
    rows = figures[
        (figures["indicator"] == indicator)
        & (figures["corridor"] == corridor)
        & ~figures["uncertain"]
    ]
    now = rows[rows["reference_period"] == reference_period]
    level = best(now, settings.source_order).set_index("territory")
    table = level.reindex(list(codes)).reindex(columns=LEVEL_COLUMNS)
    table = table.join(_changes(rows, settings, reference_period, indicator))
    nation = national_level(
        figures,
        settings,
        level[level.index.isin(list(codes))].reset_index(),
        indicator=indicator,
        corridor=corridor,
        reference_period=reference_period,
    )
    table["nation"] = float("nan") if nation is None else float(nation["value"])
    table["nation_period"] = (
        ""
        if nation is None or nation["reference_period"] == reference_period
        else str(nation["period"])
    )
    table["nation_qualifier"] = "" if nation is None else str(nation["qualifier"])
    # 37.2 - 33.6 is 3.6 and not 3.6000000000000014
    table["gap"] = (
        (table["value"] - table["nation"]).round(9).where(_is_defined_as(table, nation))
        if settings.indicators[indicator].in_percent
        else float("nan")
    )
    table["missing"] = table["value"].isna()
    table["secret"] = table["missing"] & table.index.isin(now.loc[now["secret"], "territory"])
    before = rows[
        rows["secret"] & (rows["reference_period"] == calendar.a_year_before(reference_period))
    ]
    table["change_secret"] = table["change"].isna() & (
        table["secret"] | table.index.isin(before["territory"])
    )
    texts = ["qualifier", "derived", "source", "page", "period", "compared_to", "change_derived"]
    said = [c for column in SAID_OF_ROW for c in (column, f"change_{column}")]
    texts += [column for column in said if not column.endswith("assumed")]
    table[texts] = table[texts].astype(object).where(table[texts].notna(), "")
    table["qualifier"] = table["qualifier"].where(~table["secret"], HIDDEN)
    for column in ("restated", "change_restated", "assumed", "change_assumed"):
        table[column] = table[column].eq(True)
    return table.rename_axis("code").reset_index()


def _is_defined_as(table: pd.DataFrame, nation: pd.Series | None) -> pd.Series:
    """True for the levels that measure the same thing over the same time as that of the nation."""
    same = pd.Series(nation is not None, table.index)
    if nation is not None:
        for column in DEFINITION:
            same &= table[column] == nation[column]
    return same


def _changes(
    rows: pd.DataFrame, settings: Settings, reference_period: str, indicator: str
) -> pd.DataFrame:
    """change, compared_to, change_derived, change_restated, and what is said of the row of the
    change (SAID_OF_ROW, after ``change_``), by territory."""
    order = settings.source_order
    published = best(
        rows[rows["reference_period"] == reference_period], order, needs="change"
    ).set_index("territory")
    table = published[["change", "compared_to", "derived", "restated", *SAID_OF_ROW]].rename(
        columns={c: f"change_{c}" for c in ("derived", "restated", *SAID_OF_ROW)}
    )
    now, before = (
        best(rows[rows["reference_period"] == period], order).set_index("territory")
        for period in (reference_period, calendar.a_year_before(reference_period))
    )
    kind = settings.indicators[indicator]
    places = now.index.intersection(before.index)
    computed = changes_between(now.loc[places], before.loc[places], kind).dropna()
    computed = computed[~computed.index.isin(table.index)]
    return pd.concat(
        [
            table,
            pd.DataFrame(
                {
                    "change": computed,
                    "compared_to": calendar.a_year_before(reference_period),
                    "change_derived": derivation_of_change(kind),
                    "change_restated": False,
                },
                index=computed.index,
            ),
        ]
    )


def history(
    figures: pd.DataFrame,
    settings: Settings,
    codes: Sequence[str],
    *,
    indicator: str,
    corridor: str = "",
) -> pd.DataFrame:
    """The chosen value of each territory at each period, oldest first.

    A value whose date is assumed gives way to one whose date a source prints. Columns of the
    figures, plus ``end``: last month covered.
    """
    rows = figures[
        (figures["indicator"] == indicator)
        & (figures["corridor"] == corridor)
        & figures["territory"].isin(codes)
        & ~figures["uncertain"]
    ]
    rows = rows[rows["value"].notna()]
    dated = pd.MultiIndex.from_frame(rows.loc[~rows["assumed"] & (rows["derived"] == ""), SAME])
    gives_way = rows["assumed"] & pd.MultiIndex.from_frame(rows[SAME]).isin(dated)
    chosen = best(rows[~gives_way], settings.source_order)
    chosen = chosen.assign(end=chosen["reference_period"].map(calendar.end_month))
    return chosen.sort_values(["end", "territory"], kind="stable").reset_index(drop=True)
