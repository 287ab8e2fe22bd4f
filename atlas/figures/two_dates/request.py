"""The requests of two maps of two dates and of the map of what lies between them."""

from __future__ import annotations

from typing import Literal

from atlas.figures.common.request import FigureRequest
from atlas.settings import Level


class TwoDatesRequest(FigureRequest):
    """The territories of a level at two periods: compared_to, the earlier one, and period.

    territory: FR or a région; highlighted: a territory that stands out.
    """

    territory: str = "FR"
    period: str = ""
    compared_to: str = ""
    level: Level = "departements"
    highlighted: str = ""


class TwoMapsRequest(TwoDatesRequest):
    """Both maps, side by side on one scale.

    classes: fixed, or auto, for the levels of both dates. classes_until: a period; the classes
    then hold every level from the first date to it, so that pairs that share both have one scale.
    """

    drawing: Literal["deux-dates"] = "deux-dates"
    classes: Literal["auto", "fixed"] = "auto"
    classes_until: str = ""


class EvolutionRequest(TwoDatesRequest):
    """The map of the changes."""

    drawing: Literal["evolution"] = "evolution"
