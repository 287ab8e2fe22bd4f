"""Corridors over time: levels, an index of them, lines of slides."""

from __future__ import annotations

import pytest

from atlas.figures.common.request import RequestError
from atlas.figures.corridors.figure import corridor_figure, corridors_figure
from atlas.figures.corridors.request import CorridorRequest, CorridorsRequest

YEARLY = CorridorsRequest(indicator="documents_deposited", territory="REG-75", view="evolution")
MONTHLY = YEARLY.with_fields(indicator="documents_deposited_monthly")


def test_each_corridor_is_a_line_in_its_colour_named_at_its_end(fictitious):
    figure = corridors_figure(fictitious, YEARLY)
    (points,) = figure.spec["datasets"].values()
    assert len(points) == 6 * 4 == len(figure.table)
    biology = [point for point in points if point["series"] == "Biologie"]
    assert {point["colour"] for point in biology} == {"#b8860b"}
    assert [point["label"].partition(" ")[0] for point in biology] == ["", "", "", "Biologie"]


def test_an_index_is_100_at_its_base_and_says_that_it_is_computed(fictitious):
    figure = corridors_figure(fictitious, MONTHLY.with_fields(index_base="2023-01"))
    rows = list(figure.table.rows())
    assert {row["level"].amount for row in rows if row["period"] == "janvier\u00a02023"} == {100}
    assert all(row["level"].is_computed for row in rows)
    assert "† Indice calculé" in figure.note and "indice 100" in figure.title


def test_a_period_is_the_last_one_that_is_drawn(fictitious):
    figure = corridors_figure(fictitious, YEARLY.with_fields(period="2024"))
    assert {row["period"] for row in figure.table.rows()} == {"2022", "2023", "2024"}


def test_few_periods_are_words_on_the_axis_of_a_slide_and_many_are_dates(fictitious):
    few, many = (corridors_figure(fictitious, request).native for request in (YEARLY, MONTHLY))
    assert (few.kind, few.categories) == ("lines", ("2022", "2023", "2024", "2025"))
    assert (many.kind, many.categories[0]) == ("curve", "2022-01-31")


def test_one_corridor_has_a_line_per_territory(fictitious):
    request = CorridorRequest(
        indicator="documents_deposited",
        corridor="biologie",
        territory="FR+REG-75",
        view="evolution",
        axis_scale="log",
    )
    figure = corridor_figure(fictitious, request)
    assert [series.name for series in figure.native.series] == ["France", "Nouvelle-Aquitaine"]
    assert figure.native.is_logarithmic and "logarithmique" in figure.note


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"index_base": "2019"}, "aucun couloir n’a de valeur comparable"),
        ({"territory": "REG-75+FR"}, "montre un territoire"),
        ({"index_base": "hier"}, "ne s’écrit pas"),
    ],
)
def test_what_cannot_be_drawn_over_time_is_refused(fictitious, changed, reason):
    with pytest.raises(RequestError, match=reason):
        corridors_figure(fictitious, YEARLY.with_fields(**changed))


def test_there_is_no_line_where_one_date_is_published(context):
    request = CorridorsRequest(indicator="documents_share", territory="REG-04", view="evolution")
    assert corridors_figure(context, request) is None
