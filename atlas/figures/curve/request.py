"""The request of a curve."""

from __future__ import annotations

from typing import ClassVar, Literal

from atlas.figures.common.request import FigureRequest


class CurveRequest(FigureRequest):
    """An indicator over time. territory: one code, or several joined by « + »; highlighted: the
    territory that stands out, and that the note de lecture reads; milestones: « oui » for those of
    the service, as rules."""

    joins_territories: ClassVar[bool] = True
    drawing: Literal["courbe"] = "courbe"
    territory: str = "FR"
    highlighted: str = ""
    milestones: Literal["", "oui"] = ""
