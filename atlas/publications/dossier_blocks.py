"""What the blocks of a dossier ask for: the requests of their figures, and their tables."""

from __future__ import annotations

from atlas import periods
from atlas.figures.common.context import FigureContext
from atlas.figures.common.request import FigureRequest
from atlas.figures.comparison.request import ComparisonRequest
from atlas.figures.comparison.selection import selection_of
from atlas.figures.comparison.spec import LAYOUTS_WITHOUT_DATE
from atlas.figures.corridors.figure import corridor_table
from atlas.figures.corridors.request import CorridorsRequest
from atlas.figures.curve.request import CurveRequest
from atlas.figures.key_figures.figure import key_figure_blocks, split_in_parts
from atlas.figures.key_figures.request import KeyFiguresRequest
from atlas.figures.map.request import MapRequest
from atlas.settings import Dossier
from atlas.settings import dossiers as blocks
from atlas.tables.data import territory_table
from atlas.territories import CODE_SEPARATOR
from atlas.values import Table

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
        return CurveRequest(
            indicator=block.indicator,
            territory=places,
            milestones="oui" if block.milestones else "",
            title=title,
            source=source,
        )
    kind = context.settings.indicators[block.indicator]
    reference_period = periods.reference_period(block.period or dossier.period, kind.accumulation)
    if isinstance(block, blocks.CorridorsBlock):
        return CorridorsRequest(
            indicator=block.indicator,
            territory=dossier.territory,
            period=reference_period,
            view=block.view,
            compared_to=block.compared_to or "",
            title=title,
            source=source,
        )
    return MapRequest(
        indicator=block.indicator,
        territory=context.territories.region_of(dossier.territory),
        period=reference_period,
        level=block.level,
        measure=block.measure,
        title=title,
        source=source,
    )


def key_figures_requests(
    dossier: Dossier, key: str, block: blocks.KeyFiguresBlock, count: int
) -> list[KeyFiguresRequest]:
    """The images of a block of key figures, of which so many are in the data."""
    place = next(number for number, one in enumerate(key_figure_blocks(dossier), 1) if one is block)
    section = str(place) if place > 1 else ""
    return [
        KeyFiguresRequest(dossier=key, section=section, part=str(part) if part > 1 else "")
        for part, _ in enumerate(split_in_parts(range(count)), 1)
    ]


def _comparison_request(dossier: Dossier, block: blocks.ComparisonBlock) -> ComparisonRequest:
    has_own_period = block.layout in LAYOUTS_WITHOUT_DATE
    return ComparisonRequest(
        indicator=block.indicator,
        measure=block.measure,
        title=block.title or "",
        source=dossier.source,
        territories=CODE_SEPARATOR.join(selection_of(block)),
        layout=block.layout,
        period=block.period or ("" if has_own_period else dossier.period),
        compared_to=block.compared_to or "",
        scales="" if block.scales == "shared" else block.scales,
        targets=CODE_SEPARATOR.join(block.targets),
    )


def block_table(context: FigureContext, dossier: Dossier, block: TableBlock) -> Table:
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
