"""A territory among those of its kind: its value, its rank and how solid it is, its gap."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.style import as_printed
from atlas.indicators.ranking import Rank, rank
from atlas.indicators.row_values import change_values, gap_values, level_values
from atlas.indicators.snapshot import snapshot
from atlas.territories import Kind
from atlas.values import Value

# A computed value adds up the roundings of two published ones: how many steps it may be off by.
COMPUTED_STEPS = 2


@dataclass(frozen=True, eq=False)
class TerritoryPosition:
    """rows: the territories of the kind (régions for France); own, nation: one row each, whose
    value is NaN where there is none. rank: None for France, without a value, or alone with one.

    The columns are those of `territory_rows`.
    """

    code: str
    indicator: str
    reference_period: str
    kind: Kind
    rows: pd.DataFrame
    own: pd.Series
    nation: pd.Series
    rank: Rank | None

    @property
    def known(self) -> pd.DataFrame:
        """The territories that have a value."""
        return self.rows[self.rows["value"].notna()]

    @property
    def level(self) -> Value:
        """The value of the territory."""
        return level_of(self.own)

    @property
    def national_level(self) -> Value:
        """The value of France."""
        return level_of(self.nation)

    def with_nation(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Some rows and the nation's, the highest value first, then those without one."""
        return (
            pd.concat([rows, self.nation.to_frame().T.astype(rows.dtypes)])
            .sort_values("value", ascending=False, na_position="last", kind="stable")
            .reset_index(drop=True)
        )


def level_of(row: pd.Series) -> Value:
    """The level of one row of `territory_rows`."""
    level: Value = row["level"]
    return level


def territory_position(
    context: FigureContext, code: str, indicator_key: str, reference_period: str
) -> TerritoryPosition:
    """Where France, a région or a département stands for an indicator at a reference period."""
    kind: Kind = "REG" if code == "FR" else context.territories[code].kind
    every = territory_rows(
        context, ["FR", *context.territories.of_kind(kind)], indicator_key, reference_period
    )
    by_code = every.set_index("code", drop=False)
    rows = every[every["code"] != "FR"].reset_index(drop=True)
    found = rank(
        dict(zip(rows["code"], rows["value"], strict=True)),
        code,
        dict(zip(rows["code"], rows["step"], strict=True)),
    )
    return TerritoryPosition(
        code,
        indicator_key,
        reference_period,
        kind,
        rows,
        by_code.loc[code],
        by_code.loc["FR"],
        found if found and found.among > 1 else None,
    )


def territory_rows(
    context: FigureContext, codes: Sequence[str], indicator_key: str, reference_period: str
) -> pd.DataFrame:
    """One row per territory of `codes`, FR among them.

    Columns: code, name, value (as printed, NaN where there is none), step (what it is rounded
    to), level (the same as a Value), change and gap (to France: Values without an amount where
    one of the two numbers is not exact), detail (where the level comes from), source, page.
    """
    key = ("territory_rows", tuple(codes), indicator_key, reference_period)
    rows: pd.DataFrame = context.once(
        key, lambda: _make_territory_rows(context, codes, indicator_key, reference_period)
    )
    return rows.copy()


def _make_territory_rows(
    context: FigureContext, codes: Sequence[str], indicator_key: str, reference_period: str
) -> pd.DataFrame:
    indicator = context.settings.indicators[indicator_key]
    rows = snapshot(
        context.dataset.observations,
        context.settings,
        codes,
        indicator=indicator_key,
        reference_period=reference_period,
    )
    computed = (rows["derived"] != "") & ~rows["restated"]
    digits = rows["decimals"].where(~computed).fillna(indicator.digits).astype(int)
    rows["value"] = [
        as_printed(value, places) for value, places in zip(rows["value"], digits, strict=True)
    ]
    rows["step"] = [
        10.0**-places * (COMPUTED_STEPS if made else 1)
        for places, made in zip(digits, computed, strict=True)
    ]
    levels = level_values(rows, indicator)
    # The difference of two levels says nothing where one of them is « plus de 20 % ».
    rough = (rows["qualifier"] != "") & (rows["change_derived"] != "")
    rows["change"] = change_values(rows.assign(change=rows["change"].mask(rough)), indicator)
    rows["gap"] = gap_values(_exact_gaps(rows), indicator)
    rows["level"] = levels
    rows["name"] = [context.territories[code].name for code in rows["code"]]
    rows["detail"] = [
        captions.origin_text(context, level, page)
        for level, page in zip(levels, rows["page"], strict=True)
    ]
    kept = ["code", "name", "value", "step", "level", "change", "gap", "detail", "source", "page"]
    return rows[kept]


def _exact_gaps(rows: pd.DataFrame) -> list[float]:
    """The gap of each territory to France; NaN for France, without one of both levels, and
    between « plus de 20 % » and « environ 25 % »."""
    nation_is_rough = bool((rows.loc[rows["code"] == "FR", "qualifier"] != "").any())
    return [
        math.nan
        if code == "FR" or nation_is_rough or (qualifier and not (derived and not restated))
        else float(gap)
        for code, gap, qualifier, derived, restated in zip(
            *(rows[key] for key in ("code", "gap", "qualifier", "derived", "restated")),
            strict=True,
        )
    ]
