"""The rows of a frame of observations that are about something."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from atlas.periods import reference_period
from atlas.settings import Settings


def select(
    observations: pd.DataFrame,
    *,
    indicator: str | None = None,
    territories: Collection[str] | None = None,
    corridor: str | None = None,
    periods: Collection[str] | None = None,
    with_uncertain: bool = False,
    with_rejected: bool = False,
) -> pd.DataFrame:
    """Certain rows about an indicator, territories, a corridor and periods, in their order.

    A criterion that is not given selects nothing out. territories: codes; corridor: a key, or empty
    for what is of no corridor; periods: of comparison, as in the column ``reference_period``;
    with_uncertain: rows whose period or territory is unclear too; with_rejected: rows that the
    review of findings rejects too. The columns are those of
    atlas.observations.reading; the frame is a new one.
    """
    kept = pd.Series(True, observations.index) if with_uncertain else ~observations["uncertain"]
    if not with_rejected:
        kept &= ~observations["rejected"].astype(bool)
    if indicator is not None:
        kept &= observations["indicator"] == indicator
    if territories is not None:
        kept &= observations["territory"].isin(list(territories))
    if corridor is not None:
        kept &= observations["corridor"] == corridor
    if periods is not None:
        kept &= observations["reference_period"].isin(list(periods))
    return observations[kept]


def base_reference_periods(rows: pd.DataFrame, settings: Settings) -> list[str]:
    """The period under which the base of each change is compared, empty without a base.

    Columns read: compared_to, indicator, window. See atlas.periods.reference_period.
    """
    accumulations = {key: indicator.accumulation for key, indicator in settings.indicators.items()}
    return [
        reference_period(base, "rolling" if window else accumulations[key]) if base else ""
        for base, key, window in zip(
            *(rows[name].tolist() for name in ("compared_to", "indicator", "window")),
            strict=True,
        )
    ]
