"""The ranks of territories at each of the two dates."""

from __future__ import annotations

import pandas as pd

from atlas.figures.common.context import FigureContext
from atlas.figures.two_dates.request import TwoDatesRequest
from atlas.indicators.ranking import Rank, ranks_of_rows
from atlas.indicators.snapshot import LEVEL_COLUMNS
from atlas.territories import KIND_OF_LEVEL


def date_ranks(
    context: FigureContext, request: TwoDatesRequest, rows: pd.DataFrame, date: str
) -> dict[str, Rank]:
    """The ranks at one of the two dates (« before », « after »), by code, among the territories of
    the level in the territory of the request; none where too few are known."""
    kind = KIND_OF_LEVEL[request.level]
    levels = rows[["code", *(f"{date}_{name}" for name in LEVEL_COLUMNS)]]
    return ranks_of_rows(
        levels.rename(columns=lambda name: name.removeprefix(f"{date}_")),
        list(rows[date]),
        len(context.territories.of_kind(kind, request.territory)),
        kind=kind,
        settings=context.settings,
        digits=context.settings.indicators[request.indicator].digits,
    )
