"""What the title of two dates states: what a territory gained between them."""

from __future__ import annotations

import pandas as pd

from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.findings import as_title, is_stated
from atlas.figures.two_dates.request import TwoDatesRequest
from atlas.values import Value

# Decimals of a change whose inputs have one each: how far the rounding of both may move it.
_ROUNDING_POINTS = 0.2


def two_dates_findings(
    context: FigureContext, request: TwoDatesRequest, rows: pd.DataFrame
) -> tuple[str, ...]:
    """What the highlighted territory gained; without one, that of the highest change, where all
    changes are known and it leads beyond the rounding.

    rows: of `two_dates_rows`.
    """
    known = rows[rows["change"].notna()].sort_values("change", ascending=False, kind="stable")
    chosen = known[known["code"] == request.highlighted]
    if known.empty or (request.highlighted and chosen.empty):
        return ()
    row = (chosen if request.highlighted else known).iloc[0]
    change: Value = row["change_value"]
    if not is_stated(change) or not change.compared_to:
        return ()
    said = captions.change_reading(context, change, row["code"])
    if request.highlighted:
        return (as_title(said),)
    if not _leads(rows, known):
        return ()
    return (as_title(f"{said.removesuffix('.')}, la plus forte évolution"),)


def _leads(rows: pd.DataFrame, known: pd.DataFrame) -> bool:
    """True where the first change is surely the highest of all the territories."""
    changes = list(known["change"])
    if len(known) < len(rows) or len(known) < 2:
        return False
    return changes[0] - changes[1] > _ROUNDING_POINTS and all(map(is_stated, known["change_value"]))
