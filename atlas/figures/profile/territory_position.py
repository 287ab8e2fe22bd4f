"""A territory among those of its kind: its value, its rank and how solid it is, its gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from atlas import french
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.style import as_printed
from atlas.indicators import Rank, is_restated, rank, snapshot
from atlas.territories import Kind

# A computed value adds up the roundings of two published ones.
COMPUTED = 2


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
        return self.rows[~self.rows["missing"]]

    def with_nation(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Some rows and the nation's, the highest value first, then those without one."""
        return (
            pd.concat([rows, self.nation.to_frame().T.astype(rows.dtypes)])
            .sort_values("value", ascending=False, na_position="last", kind="stable")
            .reset_index(drop=True)
        )


def territory_position(
    context: FigureContext, code: str, indicator: str, reference_period: str
) -> TerritoryPosition:
    """Where France, a région or a département stands for an indicator at a reference period."""
    kind: Kind = "REG" if code == "FR" else context.territories[code].kind
    every = territory_rows(
        context, ["FR", *context.territories.of_kind(kind)], indicator, reference_period
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
        indicator,
        reference_period,
        kind,
        rows,
        by_code.loc[code],
        by_code.loc["FR"],
        found if found and found.among > 1 else None,
    )


def territory_rows(
    context: FigureContext, codes: Sequence[str], indicator: str, reference_period: str
) -> pd.DataFrame:
    """A snapshot with name, value as printed, step (what it is rounded to), computed, text (with
    its mark) and detail (where it comes from)."""
    kind = context.settings.indicators[indicator]
    rows = snapshot(
        context.dataset.observations,
        context.settings,
        codes,
        indicator=indicator,
        reference_period=reference_period,
    )
    computed = (rows["derived"] != "") & ~rows["derived"].map(is_restated)
    digits = rows["decimals"].where(~computed).fillna(kind.digits).astype(int)
    rows["value"] = [
        as_printed(value, places) for value, places in zip(rows["value"], digits, strict=True)
    ]
    rows["step"] = [
        10.0**-places * (COMPUTED if made else 1)
        for places, made in zip(digits, computed, strict=True)
    ]
    rows["computed"] = computed & ~rows["missing"]
    rows["name"] = [context.territories[code].name for code in rows["code"]]
    rows["text"] = [
        captions.marked(french.format_value(v, kind, q), d)
        for v, q, d in zip(rows["value"], rows["qualifier"], rows["derived"], strict=True)
    ]
    rows["detail"] = [
        french.SECRET if s else "" if missing else captions.origin(context, d, p)
        for d, p, missing, s in zip(
            rows["derived"], rows["page"], rows["missing"], rows["secret"], strict=True
        )
    ]
    return rows
