"""A map of one territory and a ranking of one bar compare nothing: what to show instead."""

from __future__ import annotations

import pandas as pd

from atlas.figures.common.context import FigureContext
from atlas.figures.common.request import RequestError
from atlas.figures.map.request import TerritoriesRequest
from atlas.figures.map.texts import LEVELS
from atlas.settings import Level
from atlas.territories import KIND_OF_LEVEL

# From the finest level to the widest, as `--level` names them.
_LEVEL_ORDER: tuple[Level, ...] = ("caisses", "departements", "regions")


def holds_several(context: FigureContext, request: TerritoriesRequest) -> bool:
    """True when the territory of a request holds several of its level."""
    kind = KIND_OF_LEVEL[request.level]
    return len(context.territories.of_kind(kind, request.territory)) > 1


def check_several(context: FigureContext, request: TerritoriesRequest) -> None:
    """Raises RequestError for a level of which the territory holds one, with another that shows
    it among others."""
    if not holds_several(context, request):
        raise RequestError(single_territory_text(context, request))


def single_territory_text(context: FigureContext, request: TerritoriesRequest) -> str:
    """Why nothing is drawn, and what is to be asked for instead."""
    name = context.territories[request.territory].name
    finer = [
        level
        for level in _LEVEL_ORDER
        if holds_several(context, request.with_fields(level=level, highlighted=""))
    ]
    if finer:
        instead = f"demandez le découpage par {LEVELS[finer[-1]][0]}"
    else:
        level = "régions" if request.level == "regions" else LEVELS[request.level][1]
        instead = (
            f"demandez la carte de France par {LEVELS[request.level][0]}, où les autres {level} "
            "lui sont comparables, ou ses chiffres clés"
        )
    return f"{name} compte {_one(request.level)}, qui ne se compare à rien : {instead}"


def lonely_bar_text(context: FigureContext, request: TerritoriesRequest, rows: pd.DataFrame) -> str:
    """The same of a level of which one territory alone has a figure."""
    (row,) = rows[~rows["missing"]].to_dict("records")
    return (
        f"{_one(request.level)} a un chiffre, {row['name']} ({row['text']}) : un classement d’une "
        "barre n’apprend rien ; demandez la carte, ou ses chiffres clés"
    )


def _one(level: Level) -> str:
    noun = LEVELS[level][0]
    return f"un seul {noun}" if noun == "département" else f"une seule {noun}"
