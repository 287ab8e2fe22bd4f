"""The rank of a territory, and how much of it the rounding of published values leaves open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from atlas.settings import Settings

# Two numbers nearer than this are one: halves of a tenth are not exact in binary.
EQUALITY_TOLERANCE = 1e-9


@dataclass(frozen=True)
class Rank:
    """place: 1 is the highest value, equal printed values share it; shared: how many others do;
    among: how many territories are ranked; best, worst: the ranks that the true values allow."""

    place: int
    shared: int
    among: int
    best: int
    worst: int

    @property
    def certain(self) -> bool:
        """True when no rounding can change it."""
        return self.best == self.worst


def rank(values: Mapping[str, float], code: str, step: float | Mapping[str, float]) -> Rank | None:
    """The rank of a territory among those that have a value; None when it has none.

    values: as printed, NaN where missing. step: what they are rounded to (0.1 for « 33,6 »), one
    for all or one per territory: each true value lies within half a step of the printed one.
    """
    known = {key: value for key, value in values.items() if value == value}
    if code not in known:
        return None
    own, half = known.pop(code), _half(step, code)
    above = sum(value > own + EQUALITY_TOLERANCE for value in known.values())
    shared = sum(abs(value - own) <= EQUALITY_TOLERANCE for value in known.values())
    surely_above = sum(
        value - _half(step, key) >= own + half - EQUALITY_TOLERANCE for key, value in known.items()
    )
    perhaps_above = sum(
        value + _half(step, key) > own - half + EQUALITY_TOLERANCE for key, value in known.items()
    )
    return Rank(above + 1, shared, len(known) + 1, surely_above + 1, perhaps_above + 1)


def _half(step: float | Mapping[str, float], code: str) -> float:
    return (step[code] if isinstance(step, Mapping) else step) / 2


def published_rank(
    figures: pd.DataFrame, settings: Settings, code: str, *, indicator: str, reference_period: str
) -> pd.Series | None:
    """The row in which a source prints the rank of a territory for an indicator, if one does.

    It may count territories that published no value, so it is never mixed with a computed rank.
    """
    keys = [key for key, kind in settings.indicators.items() if kind.ranks == indicator]
    rows = figures[
        figures["indicator"].isin(keys)
        & (figures["territory"] == code)
        & (figures["reference_period"] == reference_period)
        & figures["value"].notna()
        & ~figures["uncertain"]
        & (figures["derived"] == "")
    ]
    return None if rows.empty else rows.iloc[0]
