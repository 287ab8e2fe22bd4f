"""What the blocks of a dossier ask for: the requests of their figures, and their tables."""

from __future__ import annotations

import pandas as pd

from atlas import periods
from atlas.settings import Dossier
from atlas.settings import publications as blocks
from atlas.territories import AND
from atlas.views.comparison import BY_CORRIDOR, selection_of
from atlas.views.corridors import corridor_table
from atlas.views.desk import Desk
from atlas.views.requests import FigureRequest
from atlas.views.tables import territory_table

TableBlock = blocks.CorridorTableBlock | blocks.TerritoryTableBlock


def block_indicators(block: TableBlock) -> tuple[str, ...]:
    """What the table of a block shows."""
    if isinstance(block, blocks.CorridorTableBlock):
        return tuple(block.indicators)
    return (block.indicator,)


def block_request(
    desk: Desk,
    dossier: Dossier,
    block: blocks.MapBlock | blocks.CorridorsBlock | blocks.CurveBlock | blocks.ComparisonBlock,
) -> FigureRequest:
    """The figure of a block, titled by the block and quoting the dossier's document."""
    title, source = block.title or "", dossier.source
    if isinstance(block, blocks.ComparisonBlock):
        return _comparison_request(dossier, block)
    if isinstance(block, blocks.CurveBlock):
        places = AND.join(block.territories or [dossier.territory])
        return FigureRequest("courbe", block.indicator, places, title=title, source=source)
    kind = desk.settings.indicators[block.indicator]
    when = periods.when(block.period or dossier.period, kind.measure)
    if isinstance(block, blocks.CorridorsBlock):
        return FigureRequest(
            "couloirs", block.indicator, dossier.territory, when, title=title, source=source
        )
    within = desk.territories.region_of(dossier.territory)
    return FigureRequest(
        "carte",
        block.indicator,
        within,
        when,
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
        territories=AND.join(selection_of(block)),
        layout=block.layout,
        period=block.period or ("" if dated else dossier.period),
        against=block.against or "",
        axis="" if block.axis == "shared" else block.axis,
        targets=AND.join(block.targets),
    )


def block_table(desk: Desk, dossier: Dossier, block: TableBlock) -> pd.DataFrame:
    """The table of a block, as its document prints it."""
    period = block.period or dossier.period
    if isinstance(block, blocks.CorridorTableBlock):
        return corridor_table(desk, dossier.territory, indicators=block.indicators, when=period)
    return territory_table(
        desk, indicator=block.indicator, level=block.level, within=dossier.territory, when=period
    )
