"""A territory among those of its kind: its value, its rank and how solid it is, its gap."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.nation import with_comparable_nation
from atlas.figures.common.style import as_printed
from atlas.indicators.ranking import Rank, ranks_of_rows
from atlas.indicators.row_values import change_values, gap_values, level_values
from atlas.indicators.snapshot import snapshot
from atlas.territories import Kind
from atlas.values import Value


@dataclass(frozen=True, eq=False)
class TerritoryPosition:
    """rows: the territories of the kind (régions for France); own, nation: one row each, whose
    value is NaN where there is none. rank: None for France, without a value, and where too few
    of the kind are known.

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
    def stands_out(self) -> bool:
        """True of a région or a département that has a value."""
        return self.code != "FR" and self.level.is_known

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
    found = territory_ranks(context, rows, indicator_key, kind)
    return TerritoryPosition(
        code,
        indicator_key,
        reference_period,
        kind,
        rows,
        by_code.loc[code],
        by_code.loc["FR"],
        found.get(code),
    )


def territory_ranks(
    context: FigureContext, rows: pd.DataFrame, indicator_key: str, kind: Kind
) -> dict[str, Rank]:
    """The rank of each territory of a kind, by its code. rows: of `territory_rows`, all of the
    kind; FR may be among them."""
    return ranks_of_rows(
        rows,
        list(rows["value"]),
        len(context.territories.of_kind(kind)),
        kind=kind,
        settings=context.settings,
        digits=context.settings.indicators[indicator_key].digits,
    )


def territory_rows(
    context: FigureContext, codes: Sequence[str], indicator_key: str, reference_period: str
) -> pd.DataFrame:
    """One row per territory of `codes`, FR among them.

    Columns: code, name, value (as printed, NaN where there is none), what the ranks read (see
    `ranked_values`), level (the value as a Value), change and gap (to France: Values without an
    amount where one of the two numbers is not exact), detail (where the level comes from),
    source, page. FR has its nearest comparable value, whose date its name then says.
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
        context.dataset.around(indicator_key, reference_period),
        context.settings,
        codes,
        indicator=indicator_key,
        reference_period=reference_period,
    )
    rows, nation_name = with_comparable_nation(context, rows, indicator_key)
    digits = rows["decimals"].fillna(indicator.digits).astype(int)
    rows["value"] = [
        as_printed(value, places) for value, places in zip(rows["value"], digits, strict=True)
    ]
    levels = level_values(rows, indicator)
    # The difference of two levels says nothing where one of them is « plus de 20 % ».
    rough = (rows["qualifier"] != "") & (rows["change_derived"] != "")
    rows["change"] = change_values(rows.assign(change=rows["change"].mask(rough)), indicator)
    rows["gap"] = gap_values(_exact_gaps(rows), indicator, levels)
    rows["level"] = levels
    rows["name"] = [
        nation_name if code == "FR" else context.territories[code].name for code in rows["code"]
    ]
    rows["detail"] = [
        captions.origin_text(context, level, page)
        for level, page in zip(levels, rows["page"], strict=True)
    ]
    precision = ["qualifier", "derived", "restated", "decimals", "reach_low", "reach_high"]
    kept = ["code", "name", "value", "level", "change", "gap", "detail", "source", "page"]
    return rows[[*kept, *precision]]


def _exact_gaps(rows: pd.DataFrame) -> list[float]:
    """The gap of each territory to France; NaN for France, without one of both levels, and
    between « plus de 20 % » and « environ 25 % »."""
    nation_is_rough = bool((rows["nation_qualifier"] != "").any())
    return [
        math.nan
        if code == "FR" or nation_is_rough or (qualifier and not (derived and not restated))
        else float(gap)
        for code, gap, qualifier, derived, restated in zip(
            *(rows[key] for key in ("code", "gap", "qualifier", "derived", "restated")),
            strict=True,
        )
    ]
