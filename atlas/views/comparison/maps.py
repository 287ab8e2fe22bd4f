"""Two maps on one scale: the territories of a comparison at its two dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

from atlas import charts
from atlas.settings import Level
from atlas.territories import KINDS
from atlas.views.comparison import words
from atlas.views.comparison.asked import Asked, Unsuited
from atlas.views.comparison.remarks import remarks_note, remarks_of
from atlas.views.desk import Desk
from atlas.views.two_dates import two_maps_figure
from atlas.views.two_dates_words import PairChoice

LEVELS: dict[str, Level] = {KINDS[level]: level for level in get_args(Level)}
NATION = "La France entière n’est pas dessinée."


def maps_figure(desk: Desk, asked: Asked) -> charts.Figure | None:
    """Both maps; None when no territory has a value at either date. Raises Unsuited."""
    if asked.indicator not in desk.settings.figures.map_indicators:
        raise Unsuited(
            f"« {asked.kind.label} » ne se dessine pas en carte : choisissez une autre présentation"
        )
    level, within, codes = mapped(desk, asked.codes)
    whole = set(codes) == set(desk.territories.of_kind(KINDS[level], within))
    figure = two_maps_figure(
        desk,
        PairChoice(
            asked.indicator,
            level,
            asked.before,
            asked.when,
            within,
            only=() if whole else tuple(codes),
        ),
        asked.page.finding or "",
    )
    if figure is None or not figure.sources:
        return None
    remarks = remarks_of(asked, codes, [asked.when, asked.before])
    nation = NATION if "FR" in asked.codes[:-1] or "FR" in asked.codes[1:] else ""
    return replace(
        figure,
        key=words.file_key(asked, "cartes"),
        champ=figure.champ if whole else words.champ(desk, asked, codes),
        note=words.joined(figure.note, nation, remarks_note(desk, asked, remarks, marks=False)),
    )


def mapped(desk: Desk, codes: Sequence[str]) -> tuple[Level, str, list[str]]:
    """The level of the maps, the territory that they show, and the codes that they colour.

    One région, or the nation alone, stands for its départements. Raises Unsuited when the
    territories are not of one kind.
    """
    alone = [code for code in codes if code != "FR"] or ["FR"]
    if len(alone) == 1 and desk.territories[alone[0]].kind in ("FR", "REG"):
        return "departements", alone[0], desk.territories.of_kind("DEP", alone[0])
    kinds = {desk.territories[code].kind for code in alone}
    if len(kinds) > 1:
        raise Unsuited(
            "deux cartes montrent des territoires d’une même nature : des régions, des "
            "départements ou des caisses"
        )
    around = {desk.territories.region_of(code) for code in alone}
    level = LEVELS[kinds.pop()]
    within = around.pop() if len(around) == 1 and level != "regions" else "FR"
    return level, within, alone
