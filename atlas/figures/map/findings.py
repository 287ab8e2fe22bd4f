"""What the title of a map, or of its bars, states of the territory that its note reads."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.findings import (
    as_title,
    gap_ending,
    is_stated,
    is_stated_level,
    rank_endings,
)
from atlas.figures.map.request import TerritoriesRequest
from atlas.figures.map.rows import map_ranks, nation_value
from atlas.territories import KIND_OF_LEVEL


def map_findings(
    context: FigureContext, request: TerritoriesRequest, rows: pd.DataFrame
) -> tuple[str, ...]:
    """Rank, gap or level of the highlighted territory; without one, the extreme alone.

    rows: of `map_rows`.
    """
    known = rows[~rows["missing"]].sort_values("shown", ascending=False, kind="stable")
    chosen = known[known["code"] == request.highlighted]
    if known.empty or (request.highlighted and chosen.empty):
        return ()
    row = (chosen if request.highlighted else known).iloc[0]
    if request.measure == "change":
        return _change_findings(context, request, rows, row)
    level, code = row["level_value"], row["code"]
    if not is_stated_level(level):
        return ()
    level = replace(level, period=level.period or request.period)
    indicator = context.settings.indicators[request.indicator]
    ranking = rank_endings(
        map_ranks(context, request).get(code),
        rows["level_value"],
        indicator,
        KIND_OF_LEVEL[request.level],
        context.territories[request.territory],
    )
    gap = gap_ending(row["gap_value"], nation_value(context, request), indicator)
    if request.measure == "gap":
        endings = [gap]
    elif request.highlighted:
        endings = [*ranking, gap]
    else:
        endings = [*ranking]
    bare = [""] if request.highlighted and request.measure == "value" else []
    return tuple(
        as_title(captions.reading(context, level, code, ending=ending, is_dated=False))
        for ending in [*filter(None, endings), *bare]
    )


def _change_findings(
    context: FigureContext, request: TerritoriesRequest, rows: pd.DataFrame, row: pd.Series
) -> tuple[str, ...]:
    """What the highlighted territory gained, or the one that certainly gained the most."""
    change, code = row["change_value"], row["code"]
    is_first = rank_endings(
        map_ranks(context, request).get(code),
        rows.loc[~rows["missing"], "change_value"],
        context.settings.indicators[request.indicator],
        KIND_OF_LEVEL[request.level],
        context.territories[request.territory],
    )
    if not is_stated(change) or not change.compared_to or not (request.highlighted or is_first):
        return ()
    return (as_title(captions.change_reading(context, change, code, period=request.period)),)
