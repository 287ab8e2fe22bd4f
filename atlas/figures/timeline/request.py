"""What is asked of a timeline."""

from __future__ import annotations

from typing import ClassVar, Literal

from atlas.figures.common.request import FigureRequest


class TimelineRequest(FigureRequest):
    """The milestones of the service, all of data/milestones.yaml. indicator: refused, there is
    none."""

    needs_indicator: ClassVar[bool] = False

    drawing: Literal["frise"] = "frise"
    indicator: str = ""
