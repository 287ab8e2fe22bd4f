"""The figures and tables of a dossier's blocks."""

from __future__ import annotations

import pandas as pd

from atlas import charts, periods
from atlas.settings import Block, Dossier
from atlas.settings import publications as blocks
from atlas.views.corridors import corridor_figure, corridor_table
from atlas.views.curves import curve_figure
from atlas.views.desk import Desk
from atlas.views.map_words import MapChoice
from atlas.views.maps import map_figure
from atlas.views.tables import territory_table


def block_figure(desk: Desk, dossier: Dossier, block: Block) -> charts.Figure | None:
    """The figure of a map, corridors or curve block; None when it has nothing to show."""
    if isinstance(block, blocks.MapBlock):
        return map_figure(desk, MapChoice(
            block.indicator, block.level, _when(desk, dossier, block), block.measure,
            desk.territories.region_of(dossier.territory)), title=block.title or "")
    if isinstance(block, blocks.CorridorsBlock):
        return corridor_figure(desk, dossier.territory, indicator=block.indicator,
                               when=_when(desk, dossier, block), title=block.title or "")
    if isinstance(block, blocks.CurveBlock):
        return curve_figure(desk, block.territories or [dossier.territory],
                            indicator=block.indicator, title=block.title or "")
    return None


def block_table(desk: Desk, dossier: Dossier, block: blocks.CorridorTableBlock
                | blocks.TerritoryTableBlock) -> pd.DataFrame:
    """The table of a block, as its document prints it."""
    period = block.period or dossier.period
    if isinstance(block, blocks.CorridorTableBlock):
        return corridor_table(desk, dossier.territory, indicators=block.indicators, when=period)
    return territory_table(desk, indicator=block.indicator, level=block.level,
                           within=dossier.territory, when=period)


def _when(desk: Desk, dossier: Dossier, block: blocks.MapBlock | blocks.CorridorsBlock) -> str:
    return periods.when(block.period or dossier.period,
                        desk.settings.indicators[block.indicator].measure)
