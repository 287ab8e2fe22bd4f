"""The value of the nation that may stand beside that of a territory."""

from __future__ import annotations

import pandas as pd
import pytest

from atlas.figures.common.context import FigureContext
from atlas.indicators.nation import national_level

RATE = "activation_rate"


def nation_beside(
    context: FigureContext, period: str, indicator: str = RATE, **changes: object
) -> pd.Series | None:
    """The nation's row beside one territory at a period. changes: columns of that territory."""
    beside = pd.DataFrame([{"territory": "REG-93", "reference_period": period, **changes}])
    return national_level(
        context.dataset.observations, context.settings, beside, indicator=indicator
    )


@pytest.mark.parametrize(
    ("period", "value"),
    [
        ("2025-12", 33.6),
        ("2024-12", 24.7),  # February 2025, by a producer, and not « près de 25 % », undated
        ("2026-03", 33.6),  # three months before
        ("2026-04", None),  # four
        ("2024-09", None),
    ],
)
def test_the_nation_is_within_three_months_on_either_side(
    context: FigureContext, period: str, value: float | None
) -> None:
    found = nation_beside(context, period)
    assert (None if found is None else found["value"]) == value


def test_a_year_is_not_beside_a_month_of_it(context: FigureContext) -> None:
    assert nation_beside(context, "2025-12", "documents_deposited") is None
    assert nation_beside(context, "2025", "documents_deposited") is not None


def test_what_is_counted_otherwise_is_not_comparable(context: FigureContext) -> None:
    rows = context.dataset.observations.assign(noun="")
    beside = pd.DataFrame(
        [{"territory": "REG-93", "reference_period": "2025-12", "noun": "médecins libéraux"}]
    )
    assert national_level(rows, context.settings, beside, indicator=RATE) is None
