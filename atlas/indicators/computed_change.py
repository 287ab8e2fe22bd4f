"""The change between two levels, where no source prints it."""

from __future__ import annotations

import math

import pandas as pd

from atlas.indicators.comparability import are_comparable
from atlas.indicators.precision import growth_between
from atlas.settings import Indicator

#: How a change that no source prints was computed: of rates, and of counts.
DIFFERENCE, RATIO = "différence des deux niveaux", "rapport des deux niveaux"


def derivation_of_change(indicator: Indicator) -> str:
    """How a change of the indicator is computed from two levels, in French."""
    return DIFFERENCE if indicator.in_percent else RATIO


def changes_between(now: pd.DataFrame, before: pd.DataFrame, indicator: Indicator) -> pd.Series:
    """The changes between levels of the same places: points of a rate, percent of a count.

    now, before: levels under the same index, with value, qualifier, reach_low, noun, window,
    source and contradicted. NaN for a rank, where the two are not comparable
    (`atlas.indicators.comparability`), where one is a range, and where the rounding of two counts
    may explain what lies between them. A growth has the decimals that its counts bear
    (`atlas.indicators.precision`).
    """
    if indicator.kind == "rank":
        return pd.Series(math.nan, now.index, dtype=float)
    usable = are_comparable(now, before, indicator, prefixes=("", ""))
    usable &= now["reach_low"].isna() & before["reach_low"].isna()
    first, last = (frame["value"].astype(float).where(usable) for frame in (before, now))
    if indicator.in_percent:
        # 37.4 - 36.2 is 1.2 and not 1.1999999999999957
        return (last - first).round(9)
    qualifiers = [frame["qualifier"].fillna("").astype(str) for frame in (before, now)]
    return pd.Series(
        [
            growth_between(one, other, qualifiers=(said_before, said_now))
            if one > 0 and not math.isnan(other)
            else math.nan
            for one, other, said_before, said_now in zip(first, last, *qualifiers, strict=True)
        ],
        now.index,
        dtype=float,
    )
