"""What the title of a profile states of its territory: rank, gap or level."""

from __future__ import annotations

from dataclasses import replace

from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.findings import as_title, gap_ending, is_stated_level, rank_endings
from atlas.figures.profile.territory_position import TerritoryPosition
from atlas.values import Value


def profile_findings(
    context: FigureContext, position: TerritoryPosition, *, ranked: bool = True
) -> tuple[str, ...]:
    """Its rank where the figure shows all those of its kind, else its gap to France, else its
    level; none for France."""
    level = position.level
    if not position.stands_out or not is_stated_level(level):
        return ()
    level = replace(level, period=level.period or position.reference_period)
    indicator = context.settings.indicators[position.indicator]
    endings = list(
        rank_endings(
            position.rank if ranked else None,
            position.rows["level"],
            indicator,
            position.kind,
            context.territories["FR"],
        )
    )
    gap: Value = position.own["gap"]
    is_of_that_date = position.nation["name"] == context.territories["FR"].name
    endings += [gap_ending(gap, position.national_level, indicator) if is_of_that_date else ""]
    return tuple(
        as_title(captions.reading(context, level, position.code, ending=ending, is_dated=False))
        for ending in [*filter(None, endings), ""]
    )
