"""The requests of figures by corridor."""

from __future__ import annotations

from typing import ClassVar, Literal, get_args

from atlas.figures.common.request import FigureRequest
from atlas.settings.base import CorridorView

VIEWS: tuple[CorridorView, ...] = get_args(CorridorView)
#: The views of one corridor across territories.
TerritoryView = Literal["niveau", "croissance", "evolution"]
#: How bars follow each other: the highest first, or as config.yaml lists corridors.
Order = Literal["valeur", "configuration"]
#: How the axis of levels over time is divided.
AxisScale = Literal["lineaire", "log"]


class CorridorsRequest(FigureRequest):
    """The corridors of a territory, or of several side by side.

    territory: one code, or several joined by « + »; highlighted: a territory that stands out;
    compared_to: the period that changes start from, a year before when it is empty; index_base:
    over time, the period at which every line is 100, none for the levels themselves. Over time,
    the period is the last one drawn, and may be empty.
    """

    joins_territories: ClassVar[bool] = True
    drawing: Literal["couloirs"] = "couloirs"
    territory: str = "FR"
    period: str = ""
    highlighted: str = ""
    view: CorridorView = "niveau"
    compared_to: str = ""
    order: Order = "valeur"
    index_base: str = ""
    axis_scale: AxisScale = "lineaire"


class CorridorRequest(FigureRequest):
    """One corridor in France and in the régions that publish it, at the period or, when it is
    empty, at the latest of each.

    territory: some territories alone, joined by « + »; the other fields as `CorridorsRequest`.
    """

    joins_territories: ClassVar[bool] = True
    drawing: Literal["couloir"] = "couloir"
    corridor: str = ""
    territory: str = ""
    period: str = ""
    highlighted: str = ""
    view: TerritoryView = "niveau"
    compared_to: str = ""
    order: Order = "valeur"
    index_base: str = ""
    axis_scale: AxisScale = "lineaire"
