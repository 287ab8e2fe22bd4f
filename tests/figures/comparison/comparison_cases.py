"""Requests and pages that the tests of comparisons share."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.comparison.layouts import comparison_figure
from atlas.figures.comparison.request import ComparisonRequest
from atlas.french import table_texts
from atlas.settings import Comparison

ROOT = Path(__file__).parents[3]
RATE, COUNT, DOCUMENTS = "activation_rate", "activated_profiles", "documents_deposited"
PAGE, CORRIDORS, AIM = "taux-activation-fin-2025", "croissance-par-couloir", "objectif-2027"
# The key of a page that a test writes.
TRIAL = "essai"


def request(page: str = PAGE, indicator: str = RATE, **changes: str) -> ComparisonRequest:
    """What a visitor asks of a page of config.yaml."""
    return ComparisonRequest.model_validate({"indicator": indicator, "comparison": page, **changes})


def plain(text: object) -> str:
    """A text with ordinary spaces."""
    return re.sub("[\u00a0\u202f]", " ", str(text))


def with_trial_page(context: FigureContext, page: Comparison) -> FigureContext:
    """The same context with one more page, under the key TRIAL."""
    pages = {**context.settings.comparisons, TRIAL: page}
    return replace(context, settings=context.settings.model_copy(update={"comparisons": pages}))


def figure_of_changed_page(context: FigureContext, **update: Any) -> Figure | None:
    """The figure of the first page with some of its keys changed."""
    page = context.settings.comparisons[PAGE].model_copy(update=update)
    return comparison_figure(with_trial_page(context, page), request(TRIAL))


def texts_of(figure: Figure) -> pd.DataFrame:
    """The table as a reader meets it."""
    return table_texts(figure.table)


REQUESTS = {
    "bars": request(layout="bars"),
    "dots": request(),
    "dots at one date": request(compared_to="aucune"),
    "slope": request(
        layout="slope", territories="REG-44+REG-93+REG-04", period="2024-12", compared_to="2023-12"
    ),
    "curve": request(layout="curve"),
    "table": request(layout="table"),
    "corridors": request(CORRIDORS, DOCUMENTS, layout="corridors"),
    "multiples": request(CORRIDORS, DOCUMENTS),
    "multiples, free": request(CORRIDORS, DOCUMENTS, scales="free"),
    "maps": request(layout="maps", territories="regions", period="2024-12", compared_to="2023-12"),
    "maps of some": request(layout="maps", compared_to="2024-12"),
    "maps of a région": request(
        layout="maps", territories="REG-94", period="2026-03", compared_to="2025-12"
    ),
    "target on a curve": request(AIM, COUNT),
    "target on bars": request(AIM, COUNT, layout="bars"),
    "target on dots": request(AIM, COUNT, layout="dots"),
}
