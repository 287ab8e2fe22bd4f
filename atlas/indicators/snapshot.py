"""Views of the figures that pages and charts ask for. All return new frames."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from atlas import periods as calendar
from atlas.french import HIDDEN
from atlas.indicators.choice import best
from atlas.indicators.row_values import SAID_OF_ROW
from atlas.observations.selection import base_reference_periods
from atlas.settings import Settings


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
    value as printed), change (published, else the difference with the level a year before),
    compared_to, change_derived, change_restated, gap (to FR, same reference period), rank (1 is
    the highest; equal values share a rank), missing, secret, change_secret (so is one of its two
    levels), and what is said of the row of the level (SAID_OF_ROW) and of the row of the change
    (the same, after ``change_``). The qualifier of what is secret is ``secret``.
    """
    rows = figures[
        (figures["indicator"] == indicator)
        & (figures["corridor"] == corridor)
        & ~figures["uncertain"]
    ]
    now = rows[rows["reference_period"] == reference_period]
    level = best(now, settings.source_order).set_index("territory")
    table = level.reindex(list(codes))[
        ["value", "qualifier", "derived", "restated", "source", "page", "period", "decimals"]
        + list(SAID_OF_ROW)
    ]
    table = table.join(_changes(rows, settings, reference_period, indicator))
    nation = level["value"].get("FR", float("nan"))
    # 37.25 - 33.6 is 3.65 and not 3.6499999999999986, which would print as 3,6
    table["gap"] = (
        (table["value"] - nation).round(9)
        if (settings.indicators[indicator].in_percent)
        else float("nan")
    )
    table["rank"] = table["value"].rank(method="min", ascending=False)
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
    levels = {
        p: best(rows[rows["reference_period"] == p], order).set_index("territory")["value"]
        for p in (reference_period, calendar.a_year_before(reference_period))
    }
    now, before = levels.values()
    kind = settings.indicators[indicator]
    computed = (
        (now - before if kind.in_percent else (now / before[before > 0] - 1) * 100)
        .dropna()
        .round(9)
    )
    computed = computed[~computed.index.isin(table.index) & (kind.kind != "rank")]
    return pd.concat(
        [
            table,
            pd.DataFrame(
                {
                    "change": computed,
                    "compared_to": calendar.a_year_before(reference_period),
                    "change_derived": "différence des deux niveaux",
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

    Columns of the figures, plus ``end``: last month covered.
    """
    rows = figures[
        (figures["indicator"] == indicator)
        & (figures["corridor"] == corridor)
        & figures["territory"].isin(codes)
        & ~figures["uncertain"]
    ]
    chosen = best(rows, settings.source_order)
    chosen = chosen.assign(end=chosen["reference_period"].map(calendar.end_month))
    return chosen.sort_values(["end", "territory"], kind="stable").reset_index(drop=True)


def by_corridor(
    figures: pd.DataFrame, settings: Settings, code: str, *, indicator: str, reference_period: str
) -> pd.DataFrame:
    """One row per corridor that has a level or a growth, in the order of config.yaml.

    Columns: corridor, value, qualifier, change, compared_to, base (published or derived level of
    compared_to), derived, restated, source, page, period, note, secret. The qualifier of what is
    secret is ``secret``. And what is said of the row (SAID_OF_ROW).
    """
    rows = figures[
        (figures["indicator"] == indicator)
        & (figures["territory"] == code)
        & (figures["corridor"] != "")
        & ~figures["uncertain"]
    ]
    now = best(
        rows[rows["reference_period"] == reference_period], settings.source_order, needs="any"
    )
    levels = best(rows, settings.source_order).set_index(["corridor", "reference_period"])["value"]
    bases = [
        levels.get((corridor, base), float("nan")) if base else float("nan")
        for corridor, base in zip(
            now["corridor"], base_reference_periods(now, settings), strict=True
        )
    ]
    place = {key: i for i, key in enumerate(settings.corridors)}
    table = now.assign(
        base=pd.Series(bases, index=now.index, dtype=float),
        qualifier=now["qualifier"].where(~now["secret"], HIDDEN),
        _place=now["corridor"].map(place),
    )
    return table.sort_values("_place").reset_index(drop=True)[
        [
            "corridor",
            "value",
            "qualifier",
            "change",
            "compared_to",
            "base",
            "derived",
            "restated",
            "source",
            "page",
            "period",
            "note",
            "secret",
            *SAID_OF_ROW,
        ]
    ]


def corridor_total(
    figures: pd.DataFrame, settings: Settings, code: str, *, indicator: str, reference_period: str
) -> pd.Series | None:
    """The certain total over the corridors, as published; None when there is none.

    The corridors may not add up to it.
    """
    rows = figures[
        (figures["indicator"] == indicator)
        & (figures["territory"] == code)
        & (figures["corridor"] == "")
        & (figures["reference_period"] == reference_period)
        & (figures["derived"] == "")
        & ~figures["uncertain"]
    ]
    chosen = best(rows, settings.source_order)
    return None if chosen.empty else chosen.iloc[0]
