"""What the blocks of a dossier ask for: the requests of their figures, and their tables."""

from __future__ import annotations

import pandas as pd

from atlas import periods
from atlas.figures.common.context import FigureContext
from atlas.figures.comparison.options import BY_CORRIDOR
from atlas.figures.comparison.selection import selection_of
from atlas.figures.corridors.figure import corridor_table
from atlas.figures.requests import FigureRequest
from atlas.settings import Dossier
from atlas.settings import dossiers as blocks
from atlas.tables.data import territory_table
from atlas.territories import CODE_SEPARATOR

TableBlock = blocks.CorridorTableBlock | blocks.TerritoryTableBlock


def block_indicators(block: TableBlock) -> tuple[str, ...]:
    """What the table of a block shows."""
    if isinstance(block, blocks.CorridorTableBlock):
        return tuple(block.indicators)
    return (block.indicator,)


def block_request(
    context: FigureContext,
    dossier: Dossier,
    block: blocks.MapBlock | blocks.CorridorsBlock | blocks.CurveBlock | blocks.ComparisonBlock,
) -> FigureRequest:
    """The figure of a block, titled by the block and quoting the dossier's document."""
    title, source = block.title or "", dossier.source
    if isinstance(block, blocks.ComparisonBlock):
        return _comparison_request(dossier, block)
    if isinstance(block, blocks.CurveBlock):
        places = CODE_SEPARATOR.join(block.territories or [dossier.territory])
        return FigureRequest("courbe", block.indicator, places, title=title, source=source)
    kind = context.settings.indicators[block.indicator]
    reference_period = periods.reference_period(block.period or dossier.period, kind.accumulation)
    if isinstance(block, blocks.CorridorsBlock):
        return FigureRequest(
            "couloirs",
            block.indicator,
            dossier.territory,
            reference_period,
            title=title,
            source=source,
        )
    within = context.territories.region_of(dossier.territory)
    return FigureRequest(
        "carte",
        block.indicator,
        within,
        reference_period,
        block.level,
        block.measure,
        title=title,
        source=source,
    )


def _comparison_request(dossier: Dossier, block: blocks.ComparisonBlock) -> FigureRequest:
    dated = block.layout in ("curve", *BY_CORRIDOR)
    return FigureRequest(
        "comparaison",
        block.indicator,
        measure=block.measure,
        title=block.title or "",
        source=dossier.source,
        territories=CODE_SEPARATOR.join(selection_of(block)),
        layout=block.layout,
        period=block.period or ("" if dated else dossier.period),
        against=block.compared_to or "",
        axis="" if block.scales == "shared" else block.scales,
        targets=CODE_SEPARATOR.join(block.targets),
    )


def block_table(context: FigureContext, dossier: Dossier, block: TableBlock) -> pd.DataFrame:
    """The table of a block, as its document prints it."""
    period = block.period or dossier.period
    if isinstance(block, blocks.CorridorTableBlock):
        return corridor_table(
            context, dossier.territory, indicators=block.indicators, reference_period=period
        )
    return territory_table(
        context,
        indicator=block.indicator,
        level=block.level,
        within=dossier.territory,
        reference_period=period,
    )
