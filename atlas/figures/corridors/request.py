"""The requests of bars by corridor."""

from __future__ import annotations

from typing import ClassVar, Literal

from atlas.figures.common.request import FigureRequest


class CorridorsRequest(FigureRequest):
    """The corridors of a territory, or of several side by side.

    territory: one code, or several joined by « + »; highlighted: a territory that stands out.
    """

    joins_territories: ClassVar[bool] = True
    drawing: Literal["couloirs"] = "couloirs"
    territory: str = "FR"
    period: str = ""
    highlighted: str = ""


class CorridorRequest(FigureRequest):
    """One corridor in France and in the régions that publish it."""

    drawing: Literal["couloir"] = "couloir"
    corridor: str = ""
