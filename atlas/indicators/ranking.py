"""The rank of a territory, and how much of it is open: rounding, ranges, unpublished values.

The one place where a rank is made: maps, bars, tables, profiles and comparisons read it here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from atlas.settings import Settings
from atlas.settings.models import RankCoverage
from atlas.territories import Kind

# Two numbers nearer than this are one: halves of a tenth are not exact in binary.
EQUALITY_TOLERANCE = 1e-9
# A computed value adds up the roundings of two published ones: how many steps it may be off by.
COMPUTED_STEPS = 2


@dataclass(frozen=True)
class Rank:
    """The rank of one territory.

    place: 1 is the highest value, equal printed values share it; shared: how many others do;
    among: how many territories have a value; total: how many there are in the ranked set; best,
    worst: the ranks that the true values allow, wherever those without a value would stand.
    """

    place: int
    shared: int
    among: int
    best: int
    worst: int
    total: int

    @property
    def certain(self) -> bool:
        """True when neither rounding nor a missing value can change it."""
        return self.best == self.worst

    @property
    def is_range(self) -> bool:
        """True when more is open than the order of those that share the printed value."""
        return self.best < self.place or self.worst > self.place + self.shared


@dataclass(frozen=True)
class RankedValue:
    """value: as printed, which decides places and ties; low, high: between which the true one is.

    All three in the unit of the indicator.
    """

    value: float
    low: float
    high: float


def covers_ranks(known: int, total: int, kind: Kind, rule: RankCoverage) -> bool:
    """Whether so many known values, of a set of so many territories of a kind, bear a rank."""
    if known < 2:
        return False
    if kind == "REG":
        return total - known <= rule.max_missing_regions
    return known >= rule.min_known_share * total - EQUALITY_TOLERANCE


def ranks(
    values: Mapping[str, RankedValue], total: int, *, kind: Kind, rule: RankCoverage
) -> dict[str, Rank]:
    """The rank of each territory that has a value, by its code; none where the set is not covered.

    values: without those that are missing; total: how many territories the whole set has.
    """
    if not covers_ranks(len(values), total, kind, rule):
        return {}
    return {code: _rank(values, code, total) for code in values}


def ranks_of_rows(
    rows: pd.DataFrame,
    printed: Sequence[float],
    total: int,
    *,
    kind: Kind,
    settings: Settings,
    digits: int,
) -> dict[str, Rank]:
    """The rank of each territory of a snapshot, by its code; none where too few are known.

    rows: code, and what `ranked_values` reads, FR left out of what is ranked; printed: the values
    as a reader sees them; total: territories of the whole set, those without a row too.
    """
    is_ranked = (rows["code"] != "FR").to_numpy()
    values = ranked_values(
        list(rows["code"][is_ranked]),
        [value for value, kept in zip(printed, is_ranked, strict=True) if kept],
        rows[is_ranked],
        digits,
    )
    return ranks(values, total, kind=kind, rule=settings.display.ranks)


def _rank(values: Mapping[str, RankedValue], code: str, total: int) -> Rank:
    own = values[code]
    rest = [other for key, other in values.items() if key != code]
    above = sum(other.value > own.value + EQUALITY_TOLERANCE for other in rest)
    shared = sum(abs(other.value - own.value) <= EQUALITY_TOLERANCE for other in rest)
    surely_above = sum(other.low >= own.high - EQUALITY_TOLERANCE for other in rest)
    perhaps_above = sum(other.high > own.low + EQUALITY_TOLERANCE for other in rest)
    unknown = total - len(values)
    return Rank(
        above + 1, shared, len(values), surely_above + 1, perhaps_above + unknown + 1, total
    )


def ranked_values(
    codes: Sequence[str], printed: Sequence[float], rows: pd.DataFrame, digits: int
) -> dict[str, RankedValue]:
    """The values to rank, without those that are missing.

    printed: as a reader sees them. rows: in the same order, with what is known of the precision of
    each where the frame has it: decimals, derived and restated, reach_low and reach_high, and
    qualifier (« plus de » has no upper end). digits: decimals where none is known.
    """
    found = {}
    for code, value, row in zip(codes, printed, rows.to_dict("records"), strict=True):
        if math.isnan(value):
            continue
        low, high = row.get("reach_low", math.nan), row.get("reach_high", math.nan)
        if math.isnan(low) or math.isnan(high):
            computed = bool(row.get("derived")) and not row.get("restated")
            decimals = row.get("decimals", math.nan)
            step = 10.0 ** -(digits if computed or math.isnan(decimals) else decimals)
            half = step / 2 * (COMPUTED_STEPS if computed else 1)
            low, high = value - half, value + half
        qualifier = row.get("qualifier", "")
        if qualifier == "over":
            low, high = value, math.inf
        elif qualifier in ("under", "nearly"):
            low, high = -math.inf, value
        found[code] = RankedValue(value, low, high)
    return found


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
