"""Two maps on one scale: the territories of a comparison at its two dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.comparison import texts
from atlas.figures.comparison.remarks import remarks_note, remarks_of
from atlas.figures.comparison.spec import ResolvedComparison, UnsupportedLayout
from atlas.figures.two_dates.figure import draw_two_maps
from atlas.figures.two_dates.request import TwoMapsRequest
from atlas.settings import Level
from atlas.territories import KIND_OF_LEVEL

LEVEL_OF_KIND: dict[str, Level] = {KIND_OF_LEVEL[level]: level for level in get_args(Level)}
NATION_NOT_DRAWN = "La France entière n’est pas dessinée."


@dataclass(frozen=True)
class MapExtent:
    """What two maps show. territory: FR or a région; codes: the territories of the level inside
    it that are coloured."""

    level: Level
    territory: str
    codes: list[str]


def maps_figure(context: FigureContext, comparison: ResolvedComparison) -> Figure | None:
    """Both maps; None when no territory has a value at either date.

    Raises UnsupportedLayout for an indicator or for territories that two maps do not show.
    """
    if comparison.indicator_key not in context.settings.map_indicators:
        raise UnsupportedLayout(
            f"« {comparison.indicator.label} » ne se dessine pas en carte : choisissez une autre "
            "présentation"
        )
    extent = map_extent(context, comparison.codes)
    inside = context.territories.of_kind(KIND_OF_LEVEL[extent.level], extent.territory)
    shows_all = set(extent.codes) == set(inside)
    figure = draw_two_maps(
        context,
        TwoMapsRequest(
            indicator=comparison.indicator_key,
            territory=extent.territory,
            period=comparison.reference_period,
            compared_to=comparison.compared_to,
            level=extent.level,
            title=comparison.spec.finding or "",
        ),
        only=() if shows_all else tuple(extent.codes),
    )
    if figure is None or not figure.sources:
        return None
    dates = [comparison.reference_period, comparison.compared_to]
    remarks = remarks_of(comparison, extent.codes, dates)
    has_nation = "FR" in comparison.codes and len(comparison.codes) > 1
    return replace(
        figure,
        must_say=remarks_note(context, comparison, remarks, with_marks=False),
        key=texts.file_key(comparison, "cartes"),
        champ=figure.champ if shows_all else texts.champ(context, comparison, extent.codes),
        note=texts.join_notes(
            figure.note,
            NATION_NOT_DRAWN if has_nation else "",
            remarks_note(context, comparison, remarks, with_marks=False),
        ),
    )


def map_extent(context: FigureContext, codes: Sequence[str]) -> MapExtent:
    """The smallest maps that show these territories.

    One région, or the nation alone, stands for its départements. Raises UnsupportedLayout when the
    territories are not of one kind.
    """
    alone = [code for code in codes if code != "FR"] or ["FR"]
    if len(alone) == 1 and context.territories[alone[0]].kind in ("FR", "REG"):
        return MapExtent("departements", alone[0], context.territories.of_kind("DEP", alone[0]))
    kinds = {context.territories[code].kind for code in alone}
    if len(kinds) > 1:
        raise UnsupportedLayout(
            "deux cartes montrent des territoires d’une même nature : des régions, des "
            "départements ou des caisses"
        )
    regions = {context.territories.region_of(code) for code in alone}
    level = LEVEL_OF_KIND[kinds.pop()]
    territory = regions.pop() if len(regions) == 1 and level != "regions" else "FR"
    return MapExtent(level, territory, alone)
