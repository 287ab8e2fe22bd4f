"""The arithmetic of comparisons: changes, order, ranks, and what is missing."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pandas as pd
from comparison_cases import (
    COUNT,
    RATE,
    TRIAL,
    plain,
    request,
    texts_of,
    with_trial_page,
)
from made_once import cached_figure

from atlas.figures.common.context import FigureContext
from atlas.figures.comparison.level_figure import change_texts
from atlas.figures.comparison.rows import level_rows
from atlas.figures.comparison.spec import resolve
from atlas.french import value_text
from atlas.observations.checks import COLUMNS
from atlas.observations.reading import NOTHING_SAID, PRECISION_COLUMNS
from atlas.settings import Comparison


def row(territory: str, value: float, period: str, **more: Any) -> dict[str, Any]:
    """A published figure of the rate of activation, in the columns of the data."""
    return {
        **dict.fromkeys(COLUMNS, ""),
        **NOTHING_SAID,
        "territory": territory,
        "indicator": RATE,
        "period": period,
        "value": value,
        "change": math.nan,
        "reference_period": period,
        "source": "la-reunion-2026",
        "uncertain": False,
        "derived": "",
        "restated": False,
        "decimals": 1.0,
        **dict.fromkeys(PRECISION_COLUMNS, math.nan),
        "secret": False,
        **more,
    }


def with_rows(context: FigureContext, *rows: dict[str, Any]) -> FigureContext:
    """The same context over a data set of these rows alone."""
    return replace(context, dataset=replace(context.dataset, observations=pd.DataFrame(rows)))


def compared(context: FigureContext, *rows: dict[str, Any], indicator: str = RATE) -> pd.DataFrame:
    """What is said of these rows between 2024-12 and 2025-12, by territory: level_rows() with the
    texts of its values."""
    codes = list(dict.fromkeys(each["territory"] for each in rows))
    page = Comparison(
        title="t",
        nav="n",
        introduction="i",
        territories=codes,
        indicators=[indicator],
        layout="dots",
        period="2025-12",
        compared_to="2024-12",
    )
    own = with_trial_page(with_rows(context, *rows), page)
    found = level_rows(own, resolve(own, request(TRIAL, indicator)))
    return found.assign(
        change_text=change_texts(found),
        text=[value_text(level, marked=True) for level in found["level"]],
        before_text=[value_text(base, marked=True) for base in found["base"]],
    ).set_index("code")


def test_a_rate_changes_in_points_and_a_count_in_percent(context):
    rates = compared(context, row("REG-04", 19.7, "2024-12"), row("REG-04", 27.5, "2025-12"))
    counts = compared(
        context,
        row("REG-04", 200.0, "2024-12", indicator=COUNT),
        row("REG-04", 250.0, "2025-12", indicator=COUNT),
        indicator=COUNT,
    )
    assert plain(rates.at["REG-04", "change_text"]) == "+7,8 points †"
    assert plain(counts.at["REG-04", "change_text"]) == "+25 % †"


def test_a_change_that_a_source_prints_for_these_dates_is_quoted_without_a_mark(context):
    found = compared(
        context,
        row("REG-93", 20.0, "2024-12"),
        row("REG-93", 31.2, "2025-12", change=11.1, compared_to="2024"),
    )
    assert plain(found.at["REG-93", "change_text"]) == "+11,1 points"
    since_june = compared(
        context,
        row("REG-93", 20.0, "2024-12"),
        row("REG-93", 31.2, "2025-12", change=5.0, compared_to="2025-06"),
    )
    assert plain(since_june.at["REG-93", "change_text"]) == "+11,2 points †"


def test_a_territory_without_one_of_the_dates_has_no_change_and_is_never_zero(context):
    found = compared(context, row("REG-04", 27.5, "2025-12"), row("REG-93", 22.1, "2024-12"))
    assert found["change"].isna().all() and set(found["change_text"]) == {""}
    assert found.at["REG-04", "before_text"] == found.at["REG-93", "text"] == "non publié"
    assert list(found.index) == ["REG-04", "REG-93"]  # those without a value come last


def test_values_are_ordered_as_they_are_printed_and_ties_share_their_rank(context):
    first = {"REG-93": 33.64, "REG-04": 30.0, "REG-94": 33.55, "REG-75": 33.6}
    rest = [code for code in context.territories.of_kind("REG") if code not in first]
    values = first | {code: 20.0 - place for place, code in enumerate(rest)}
    found = compared(context, *(row(code, value, "2025-12") for code, value in values.items()))
    # equal: by their names
    assert list(found.index)[:4] == ["REG-94", "REG-75", "REG-93", "REG-04"]
    texts = [plain(text) for text in found["rank_text"]]
    assert texts[:5] == ["1ᵉʳ ex æquo sur 18"] * 3 + ["4ᵉ sur 18", "5ᵉ sur 18"]


def test_four_regions_of_eighteen_have_no_rank(context):
    found = compared(
        context, *(row(code, 30.0, "2025-12") for code in ("REG-93", "REG-04", "REG-94", "REG-75"))
    )
    assert set(found["rank_text"]) == {""}


def test_the_nation_has_no_rank_among_its_regions_nor_has_a_departement(context):
    regions = context.territories.of_kind("REG")
    rows = [row("FR", 33.6, "2025-12"), *(row(code, 37.2, "2025-12") for code in regions)]
    texts = dict(compared(context, *rows)["rank_text"])
    assert texts["FR"] == "" and plain(texts["REG-75"]) == "1ᵉʳ ex æquo sur 18"
    mixed = compared(context, *rows, row("DEP-40", 41.7, "2025-12"))
    assert set(mixed["rank_text"]) == {""}


def test_a_change_between_values_that_are_not_exact_is_about(context):
    found = compared(
        context, row("FR", 25.0, "2024-12", qualifier="nearly"), row("FR", 33.6, "2025-12")
    )
    assert plain(found.at["FR", "change_text"]) == "environ +8,6 points †"


def test_nothing_grows_from_zero(context):
    found = compared(
        context,
        row("FR", 0.0, "2024-12", indicator=COUNT),
        row("FR", 5.0, "2025-12", indicator=COUNT),
        indicator=COUNT,
    )
    assert math.isnan(found.at["FR", "change"]) and found.at["FR", "change_text"] == ""


def test_a_level_that_was_computed_carries_its_mark_at_both_dates(context):
    figure = cached_figure(
        context,
        request(layout="slope", territories="REG-93", period="2024-12", compared_to="2023-12"),
    )
    before, now = (plain(texts_of(figure).iloc[0][f"Décembre\u00a0{y}"]) for y in (2023, 2024))
    assert (before, now) == ("environ 11 % †", "22,1 %")
    assert "† Valeur calculée. Provence-Alpes-Côte d’Azur" in figure.note
