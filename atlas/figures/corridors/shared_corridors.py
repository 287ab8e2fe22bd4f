"""Which corridors a territory has, and which it has in common with the nation."""

from __future__ import annotations

from atlas import periods
from atlas.figures.common.context import FigureContext
from atlas.figures.corridors.rows import shares
from atlas.figures.options import corridor_indicators, corridor_periods

# An indicator and a period.
Corridors = tuple[str, str]


def shared_corridors(context: FigureContext, code: str, period: str) -> Corridors | None:
    """The indicator and period by corridor that a territory and the nation have both, known at
    `period` when one is, else the latest."""
    for reference_period in _in_order(corridor_periods(context, code), period):
        for indicator in _percentages_first(
            context, corridor_indicators(context, code, reference_period)
        ):
            if code != "FR" and _have_both(context, code, indicator, reference_period):
                return indicator, reference_period
    return None


def own_corridors(context: FigureContext, code: str, period: str) -> Corridors | None:
    """The first indicator and period by corridor of a territory alone, in the same order."""
    for reference_period in _in_order(corridor_periods(context, code), period):
        for indicator in corridor_indicators(context, code, reference_period):
            return indicator, reference_period
    return None


def _percentages_first(context: FigureContext, indicators: list[str]) -> list[str]:
    """Shares as their sources print them before counts, whose shares are computed here."""
    return sorted(indicators, key=lambda key: not context.settings.indicators[key].in_percent)


def _in_order(known: list[str], period: str) -> list[str]:
    """Those that end by the period before those that follow it; else as they come."""
    return sorted(known, key=lambda candidate: periods.months_between(candidate, period) < 0)


def _have_both(
    context: FigureContext, code: str, indicator_key: str, reference_period: str
) -> bool:
    """True when a territory and the nation have two corridors or more in common."""
    own, nation = (
        shares(context, place, indicator_key, reference_period) for place in (code, "FR")
    )
    known = [set(rows.loc[rows["value"].notna(), "key"]) for rows in (own, nation)]
    return len(known[0] & known[1]) > 1
