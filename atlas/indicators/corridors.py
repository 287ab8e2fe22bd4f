"""Levels by corridor, each with its change: as published, else from two comparable levels."""

from __future__ import annotations

import pandas as pd

from atlas import periods as calendar
from atlas.french import HIDDEN
from atlas.indicators.choice import best
from atlas.indicators.comparability import are_comparable
from atlas.indicators.computed_change import changes_between, derivation_of_change
from atlas.indicators.row_values import SAID_OF_ROW
from atlas.observations.selection import base_reference_periods
from atlas.settings import Indicator, Settings

# What tells the rows of one indicator apart.
_SERIES = ["territory", "corridor"]
_CHANGE = ["change", "compared_to", "derived", "restated", "source", "page", *SAID_OF_ROW]
#: The columns of `by_corridor` and `levels_and_changes`.
COLUMNS = [
    *_SERIES,
    "reference_period",
    "value",
    "qualifier",
    "decimals",
    "reach_low",
    "reach_high",
    "significant_figures",
    "change",
    "compared_to",
    "change_qualifier",
    *(f"change_{name}" for name in _CHANGE[2:]),
    "change_secret",
    "base_value",
    "base_qualifier",
    "base_derived",
    "base_period",
    "base_source",
    "base_page",
    "base_significant_figures",
    "derived",
    "restated",
    "source",
    "page",
    "period",
    "note",
    "secret",
    *SAID_OF_ROW,
]
#: Those that are words about the level or the change, empty where there is none.
TEXTS_OF_CHANGES = [
    "qualifier",
    "derived",
    "period",
    *(c for c in SAID_OF_ROW if c != "assumed"),
    "compared_to",
    "change_qualifier",
    "change_derived",
    "change_source",
    "change_page",
    *(f"change_{c}" for c in SAID_OF_ROW if c != "assumed"),
]


def by_corridor(
    figures: pd.DataFrame,
    settings: Settings,
    code: str,
    *,
    indicator: str,
    reference_period: str,
    compared_to: str = "",
) -> pd.DataFrame:
    """One row per corridor that has a level or a growth, in the order of config.yaml.

    compared_to: the reference period that changes start from; when it is empty, that of the
    published change, else a year before. Columns: those of `levels_and_changes`.
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
    table = levels_and_changes(rows, settings, now, indicator=indicator, compared_to=compared_to)
    place = {key: i for i, key in enumerate(settings.corridors)}
    return table.sort_values(
        "corridor", key=lambda keys: keys.map(place), kind="stable"
    ).reset_index(drop=True)


def corridor_total(
    figures: pd.DataFrame,
    settings: Settings,
    code: str,
    *,
    indicator: str,
    reference_period: str,
    compared_to: str = "",
) -> pd.Series | None:
    """The certain total over the corridors, as published, with its change; None when there is none.

    The corridors may not add up to it. compared_to, index: those of `levels_and_changes`.
    """
    rows = figures[
        (figures["indicator"] == indicator)
        & (figures["territory"] == code)
        & (figures["corridor"] == "")
        & ~figures["uncertain"]
    ]
    now = rows[(rows["reference_period"] == reference_period) & (rows["derived"] == "")]
    chosen = best(now, settings.source_order)
    if chosen.empty:
        return None
    found = levels_and_changes(rows, settings, chosen, indicator=indicator, compared_to=compared_to)
    return found.iloc[0]


def levels_and_changes(
    rows: pd.DataFrame,
    settings: Settings,
    now: pd.DataFrame,
    *,
    indicator: str,
    compared_to: str = "",
) -> pd.DataFrame:
    """The chosen rows, each with the change that leads to it.

    rows: the certain rows of an indicator, at every period; now: those chosen among them, one for
    each territory and corridor. The published change is kept where there is one, even of another
    source than the level; else it is computed from the level of the base where the two are
    comparable. compared_to: as for `by_corridor`.

    Columns: territory, corridor, reference_period, value, qualifier (``secret`` of what is
    secret), decimals, reach_low, reach_high, significant_figures; change (points of a rate,
    percent of a count), compared_to, change_qualifier (``about`` where a level is round),
    change_derived (how it was computed, empty when published), change_restated, change_source,
    change_page, change_secret (one of its two levels is); base_value (published or derived level
    that the change starts from, where the two are comparable), base_qualifier, base_derived,
    base_period, base_source, base_page, base_significant_figures; derived, restated, source,
    page, period, note, secret; and what is said of the row of the level (SAID_OF_ROW) and of that
    of the change (the same, after ``change_``).
    """
    kind = settings.indicators[indicator]
    now = now.reset_index(drop=True)
    keys = pd.MultiIndex.from_frame(now[[*_SERIES, "reference_period"]])
    changes = _published_changes(rows, settings, kind, compared_to).reindex(keys)
    changes.index = now.index
    table = now.drop(columns=[c for c in now if c.startswith("change")]).join(changes)
    table["compared_to"] = table["change_compared_to"].fillna("")
    printed = table["change"].notna()
    usual = [compared_to or calendar.a_year_before(each) for each in table["reference_period"]]
    said = base_reference_periods(table.assign(window=table["change_window"].fillna("")), settings)
    # A change of which the source does not say the base has none.
    base = pd.Series(said, table.index, dtype=object).where(
        printed, pd.Series(usual, table.index, dtype=object)
    )
    bases = _at(best(rows, settings.source_order), table, base)
    computed = changes_between(table, bases, kind)
    is_computed = ~printed & computed.notna()
    comparable = are_comparable(table, bases, kind, prefixes=("", ""))
    bases = bases.where(comparable)
    secret_base = _at(rows[rows["secret"]], table, base)["secret"].eq(True)
    is_secret = table["secret"].astype(bool)
    is_round = (table["qualifier"].fillna("") != "") | (bases["qualifier"].fillna("") != "")
    table = table.assign(
        change=table["change"].astype(float).where(printed, computed),
        compared_to=table["compared_to"].where(~is_computed, base),
        change_derived=table["change_derived"]
        .fillna("")
        .where(~is_computed, derivation_of_change(kind)),
        change_qualifier=pd.Series("", table.index).where(~(is_computed & is_round), "about"),
        change_restated=table["change_restated"].eq(True),
        change_assumed=table["change_assumed"].eq(True),
        change_secret=~printed & ~is_computed & (is_secret | secret_base),
        base_value=bases["value"].to_numpy(dtype=float),
        base_qualifier=bases["qualifier"].fillna("").to_numpy(),
        base_derived=bases["derived"].fillna("").to_numpy(),
        base_period=bases["period"].fillna("").to_numpy(),
        base_source=bases["source"].fillna("").to_numpy(),
        base_page=bases["page"].fillna("").to_numpy(),
        base_significant_figures=bases["significant_figures"].to_numpy(dtype=float),
        qualifier=table["qualifier"].where(~is_secret, HIDDEN),
    )
    texts = list(TEXTS_OF_CHANGES)
    table[texts] = table[texts].astype(object).where(table[texts].notna(), "")
    return table[COLUMNS]


def _published_changes(
    rows: pd.DataFrame, settings: Settings, indicator: Indicator, compared_to: str
) -> pd.DataFrame:
    """The changes that sources print, by territory, corridor and period: from one base alone when
    it is given."""
    rows = rows[rows["change"].notna()]
    if compared_to:
        bases = base_reference_periods(rows, settings)
        rows = rows[pd.Series([base == compared_to for base in bases], rows.index, dtype=bool)]
    found = best(rows, settings.source_order, needs="change")
    found = found.set_index([*_SERIES, "reference_period"])[_CHANGE]
    return found.rename(columns={name: f"change_{name}" for name in _CHANGE[1:]})


def _at(levels: pd.DataFrame, table: pd.DataFrame, periods: pd.Series) -> pd.DataFrame:
    """The levels of the same places at other periods, under the index of the table."""
    found = levels.drop_duplicates([*_SERIES, "reference_period"]).set_index(
        [*_SERIES, "reference_period"]
    )
    keys = pd.MultiIndex.from_arrays([table["territory"], table["corridor"], periods])
    found = found.reindex(keys)
    found.index = table.index
    return found
