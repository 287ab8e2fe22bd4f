"""The nation's value beside that of a territory: one rule for every figure."""

from __future__ import annotations

import pandas as pd

from atlas import periods
from atlas.indicators.choice import best
from atlas.settings import Settings

# A value of the nation further than this from the territory's is not set beside it.
MAX_NATION_DISTANCE_MONTHS = 3
# What is said where no value of the nation is near enough, or none measures the same.
NO_COMPARABLE_NATION = "pas de valeur nationale comparable"
# What two levels must share to be compared.
DEFINITION = ("window", "noun")


def national_level(
    figures: pd.DataFrame,
    settings: Settings,
    beside: pd.DataFrame,
    *,
    indicator: str,
    corridor: str = "",
    reference_period: str = "",
) -> pd.Series | None:
    """The nearest published level of FR, before or after, within MAX_NATION_DISTANCE_MONTHS.

    beside: the rows of the territories, whose window and noun, those of most of them, the nation's
    must share where the frame has them; reference_period: theirs, that of the first row when it is
    left out. A flow is compared with one over as long a period only. The grade of its source
    decides before the distance; then an exact value goes before « près de », and an earlier one
    before a later one. None where there is none.
    """
    territories = beside[beside["territory"] != "FR"]
    reference = territories if len(territories) else beside
    if not reference_period:
        if reference.empty:
            return None
        reference_period = str(reference["reference_period"].iloc[0])
    rows = figures[
        (figures["territory"] == "FR")
        & (figures["indicator"] == indicator)
        & (figures["corridor"] == corridor)
        & figures["value"].notna()
        & ~figures["uncertain"]
        & ((figures["derived"] == "") | figures["restated"].astype(bool))
    ]
    for column in DEFINITION:
        if column in reference and len(reference):
            rows = rows[rows[column] == reference[column].mode().iloc[0]]
    distances = rows["reference_period"].map(
        {
            period: _distance(period, reference_period, settings.indicators[indicator].accumulation)
            for period in rows["reference_period"].unique()
        }
    )
    near = rows[distances.astype(float) <= MAX_NATION_DISTANCE_MONTHS]
    chosen = best(near, settings.source_order)
    if chosen.empty:
        return None
    ordered = chosen.assign(
        _grade=chosen["source"].map(settings.grade_place),
        _rough=chosen["qualifier"] != "",
        _distance=distances[chosen.index].astype(float),
        _end=chosen["reference_period"].map(periods.end_month),
    ).sort_values(["_grade", "_distance", "_rough", "_end"], kind="stable")
    return ordered.iloc[0].drop(["_grade", "_rough", "_distance", "_end"])


def _distance(period: str, other: str, accumulation: str) -> float:
    """Months between the ends of two periods; infinite between flows of unlike lengths."""
    if accumulation != "stock" and len(period) != len(other):
        return float("inf")
    return abs(periods.months_between(period, other))
