"""The requests of the map of a level and of its ranked bars."""

from __future__ import annotations

from typing import Literal, Self

from atlas.figures.common.request import FigureRequest
from atlas.indicators.classes import ClassMethod
from atlas.settings import Level, Measure


class TerritoriesRequest(FigureRequest):
    """The territories of a level inside France or a région, at one period.

    territory: FR or a région; highlighted: a territory that stands out; measure: a level, a
    change or the gap to France.
    """

    territory: str = "FR"
    period: str = ""
    level: Level = "departements"
    measure: Measure = "value"
    highlighted: str = ""


class MapRequest(TerritoriesRequest):
    """The choropleth. classes: how they are made; of a level, by any method."""

    drawing: Literal["carte"] = "carte"
    classes: ClassMethod = "auto"


class RankingRequest(TerritoriesRequest):
    """The same values as ranked bars. extent: of more than twenty-five, the first and the last ten
    with the one that stands out (ends), or all."""

    drawing: Literal["classement"] = "classement"
    extent: Literal["ends", "all"] = "ends"

    def shorter_forms(self) -> list[Self]:
        """Of all of them, the first and the last."""
        return [self.with_fields(extent="ends")] if self.extent == "all" else []


def ranking_of(request: MapRequest) -> RankingRequest:
    """The ranked bars of the values of a map."""
    return RankingRequest(**request.model_dump(exclude={"drawing", "classes"}))
