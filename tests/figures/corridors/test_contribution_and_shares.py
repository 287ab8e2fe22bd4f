"""What each corridor adds to a total, and its share of it."""

from __future__ import annotations

import pytest

from atlas.figures.common.request import RequestError
from atlas.figures.corridors.figure import corridors_figure
from atlas.figures.corridors.request import CorridorsRequest

DOCUMENTS = "documents_deposited"
CONTRIBUTION = CorridorsRequest(
    indicator=DOCUMENTS, territory="REG-75", period="2025", view="contribution"
)
SHARES = CONTRIBUTION.with_fields(view="parts")


def test_contributions_lead_from_one_total_to_the_next(fictitious):
    figure = corridors_figure(fictitious, CONTRIBUTION)
    first, *gains, last = (value.amount for value in figure.table["level"].cells)
    assert len(gains) == 6 and first + sum(gains) == last
    levels = fictitious.dataset.select(
        indicator=DOCUMENTS, territories=["REG-75"], corridor="", periods=["2024", "2025"]
    )
    assert [first, last] == levels.sort_values("reference_period")["value"].tolist()
    assert all(value.is_computed for value in figure.table["level"].cells)


def test_a_step_of_a_slide_stands_on_a_bar_without_a_colour(fictitious):
    held, steps = corridors_figure(fictitious, CONTRIBUTION).native.series
    assert held.is_hidden and held.amounts[0] == held.amounts[-1] == 0
    ends = [low + size for low, size in zip(held.amounts, steps.amounts, strict=True)]
    assert ends[1:-1] == sorted(ends[1:-1]) and ends[-2] == ends[-1]


def test_a_contribution_has_no_more_figures_than_the_levels_it_comes_from(context):
    request = CONTRIBUTION.with_fields(territory="REG-93", period="2024")
    gains = [value.amount for value in corridors_figure(context, request).table["level"].cells]
    assert gains[1] == 5_440_000


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"indicator": "documents_share"}, "couloirs s’additionnent"),
        ({"territory": "REG-75+FR"}, "montre un territoire"),
    ],
)
def test_what_adds_up_to_no_total_has_no_contribution(fictitious, changed, reason):
    with pytest.raises(RequestError, match=reason):
        corridors_figure(fictitious, CONTRIBUTION.with_fields(**changed))


def test_a_corridor_without_one_of_its_levels_makes_no_false_steps(context):
    request = CONTRIBUTION.with_fields(territory="REG-94")
    with pytest.raises(RequestError, match="il manque un des deux niveaux pour Hôpital"):
        corridors_figure(context, request)


def test_shares_of_two_dates_are_bars_of_a_hundred_percent(fictitious):
    figure = corridors_figure(fictitious, SHARES.with_fields(compared_to="2022"))
    assert dict.fromkeys(figure.table["bar"].cells) == dict.fromkeys(["2022", "2025"])
    assert sum(value.amount for value in figure.table["level"].cells) == pytest.approx(200, abs=0.5)
    assert figure.native.kind == "stacked" and figure.native.categories == ("2022", "2025")


def test_shares_that_do_not_make_a_whole_are_not_drawn_as_one(context):
    request = SHARES.with_fields(territory="FR+REG-93", period="2024")
    figure = corridors_figure(context, request)
    assert set(figure.table["bar"].cell_keys) == {"REG-93"}
    assert "Sans toutes les parts : France" in figure.note
