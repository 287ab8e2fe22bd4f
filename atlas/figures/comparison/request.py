"""The request of one figure of a comparison."""

from __future__ import annotations

from typing import Literal

from atlas.figures.common.request import FigureRequest
from atlas.settings import Layout, Measure, Scales

# How no second date is asked for.
NO_PERIOD = "aucune"


class ComparisonRequest(FigureRequest):
    """comparison: a key of `comparisons` in config.yaml, empty for one described here in full.

    territories: words of a selection joined by « + »; layout, scales, period, compared_to: what a
    visitor changed on the page, empty as the page has it (NO_PERIOD: no second date). Without a
    page, with measure and targets (indicators joined by « + »), they describe it whole.
    """

    drawing: Literal["comparaison"] = "comparaison"
    comparison: str = ""
    territories: str = ""
    layout: Layout | Literal[""] = ""
    period: str = ""
    compared_to: str = ""
    scales: Scales | Literal[""] = ""
    measure: Measure = "value"
    targets: str = ""
