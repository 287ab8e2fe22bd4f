"""Two maps on one scale: the territories of a comparison at its two dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.comparison import texts
from atlas.figures.comparison.remarks import remarks_note, remarks_of
from atlas.figures.comparison.spec import ResolvedComparison, UnsupportedLayout
from atlas.figures.two_dates.figure import two_maps_figure
from atlas.figures.two_dates.texts import PairChoice
from atlas.settings import Level
from atlas.territories import KIND_OF_LEVEL

LEVELS: dict[str, Level] = {KIND_OF_LEVEL[level]: level for level in get_args(Level)}
NATION = "La France entière n’est pas dessinée."


def maps_figure(context: FigureContext, asked: ResolvedComparison) -> Figure | None:
    """Both maps; None when no territory has a value at either date. Raises Unsuited."""
    if asked.indicator not in context.settings.map_indicators:
        raise UnsupportedLayout(
            f"« {asked.kind.label} » ne se dessine pas en carte : choisissez une autre présentation"
        )
    level, within, codes = mapped(context, asked.codes)
    whole = set(codes) == set(context.territories.of_kind(KIND_OF_LEVEL[level], within))
    figure = two_maps_figure(
        context,
        PairChoice(
            asked.indicator,
            level,
            asked.before,
            asked.reference_period,
            within,
            only=() if whole else tuple(codes),
        ),
        asked.page.finding or "",
    )
    if figure is None or not figure.sources:
        return None
    remarks = remarks_of(asked, codes, [asked.reference_period, asked.before])
    nation = NATION if "FR" in asked.codes[:-1] or "FR" in asked.codes[1:] else ""
    return replace(
        figure,
        key=texts.file_key(asked, "cartes"),
        champ=figure.champ if whole else texts.champ(context, asked, codes),
        note=texts.joined(figure.note, nation, remarks_note(context, asked, remarks, marks=False)),
    )


def mapped(context: FigureContext, codes: Sequence[str]) -> tuple[Level, str, list[str]]:
    """The level of the maps, the territory that they show, and the codes that they colour.

    One région, or the nation alone, stands for its départements. Raises Unsuited when the
    territories are not of one kind.
    """
    alone = [code for code in codes if code != "FR"] or ["FR"]
    if len(alone) == 1 and context.territories[alone[0]].kind in ("FR", "REG"):
        return "departements", alone[0], context.territories.of_kind("DEP", alone[0])
    kinds = {context.territories[code].kind for code in alone}
    if len(kinds) > 1:
        raise UnsupportedLayout(
            "deux cartes montrent des territoires d’une même nature : des régions, des "
            "départements ou des caisses"
        )
    around = {context.territories.region_of(code) for code in alone}
    level = LEVELS[kinds.pop()]
    within = around.pop() if len(around) == 1 and level != "regions" else "FR"
    return level, within, alone
