"""The table of the territories of a profile, and its bars for an office suite."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from atlas import french, periods
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import NativeChart, native_bars
from atlas.figures.profile import texts
from atlas.figures.profile.territory_position import TerritoryPosition, territory_ranks
from atlas.indicators.peers import populations
from atlas.indicators.row_values import count_values, rank_values
from atlas.territories import Kind
from atlas.values import Column, Table, name_column, text_column


def profile_table(
    context: FigureContext, position: TerritoryPosition, rows: pd.DataFrame, *, ranked: bool
) -> Table:
    """Territories with their level, its gap to the nation and its origin; with their rank where
    enough of them are known, or with their population.

    Columns: rank or population, territory, level, gap, origin.
    """
    indicator = context.settings.indicators[position.indicator]
    names = name_column("territory", "Territoire", rows["name"], keys=rows["code"])
    values = (
        Column(
            "level",
            indicator.label,
            tuple(rows["level"]),
            "value",
            mark="dagger",
            decimals=french.shared_decimals(rows["level"]),
        ),
        Column(
            "gap",
            texts.GAP_LABEL,
            tuple(rows["gap"]),
            "value",
            decimals=french.shared_decimals(rows["gap"]),
        ),
        text_column("origin", "Origine", [detail or french.MISSING for detail in rows["detail"]]),
    )
    if ranked:
        ranks = territory_ranks(context, rows, position.indicator, position.kind)
        places = Column("rank", "Rang", tuple(rank_values(rows["code"], ranks)), "rank")
        return Table((*([places] if ranks else []), names, *values))
    people = tuple(count_values(_populations(context, rows)))
    population = Column("population", texts.population_label(context), people, "value")
    return Table((names, population, *values))


def _populations(context: FigureContext, rows: pd.DataFrame) -> list[float]:
    kinds: tuple[Kind, ...] = ("FR", "REG", "DEP")
    counts = {
        code: count
        for kind in kinds
        for code, count in populations(context.territories, kind).items()
    }
    return [counts.get(code, float("nan")) for code in rows["code"]]


def profile_bars(
    context: FigureContext, position: TerritoryPosition, table: Table, colours: Sequence[str]
) -> NativeChart:
    """The bars of the territories that have a level, for a slide. colours: one a row."""
    indicator = context.settings.indicators[position.indicator]
    name = f"{indicator.label}, {periods.label(position.reference_period, indicator.accumulation)}"
    return native_bars(table, "territory", [("level", name, context.style.primary)], colours)
