"""Periods are compared and said as French documents do."""

from __future__ import annotations

import pytest

from atlas import periods


@pytest.mark.parametrize("text", ["2025", "2025-12", "2025-12-31", "2024-02-29", "2021-01-01"])
def test_a_year_a_month_and_a_day_are_periods(text):
    assert periods.is_period(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "25",
        "2025-13",
        "2025-00",
        "2025-02-30",
        "2023-02-29",
        "2025-1",
        "2025-12-",
        "2025-12-1",
        "2025/12",
        "12-2025",
        "31/12/2025",
        "fin 2025",
        " 2025",
        "2025\n",
        "0000",
        "２０２５",
        "2025-T4",
    ],
)
def test_what_the_calendar_does_not_have_is_no_period(text):
    assert not periods.is_period(text)


@pytest.mark.parametrize(
    ("period", "reference_period"),
    [
        ("2025", "2025-12"),
        ("2025-12", "2025-12"),
        ("2025-12-31", "2025-12"),
        ("2025-04-02", "2025-04"),
    ],
)
def test_the_stock_of_a_year_is_that_of_its_december_and_a_day_joins_its_month(
    period, reference_period
):
    assert periods.reference_period(period, "stock") == reference_period


@pytest.mark.parametrize("period", ["2025", "2025-12", "2025-12-31"])
def test_the_flow_of_a_year_is_not_that_of_its_december(period):
    assert periods.reference_period(period, "flow") == period


@pytest.mark.parametrize(
    ("period", "accumulation", "said"),
    [
        ("2025", "flow", "2025"),
        ("2025", "stock", "fin\u00a02025"),
        ("2026-03", "stock", "mars\u00a02026"),
        ("2025-08", "flow", "août\u00a02025"),
        ("2024-02", "flow", "février\u00a02024"),
        ("2024-12", "stock", "décembre\u00a02024"),
        ("2025-12-31", "stock", "31\u00a0décembre\u00a02025"),
        ("2025-08-01", "stock", "1ᵉʳ\u00a0août\u00a02025"),
        ("2023-02-11", "stock", "11\u00a0février\u00a02023"),
        ("2023-01-21", "stock", "21\u00a0janvier\u00a02023"),
    ],
)
def test_a_period_is_said_in_french_and_does_not_break_over_two_lines(period, accumulation, said):
    assert periods.label(period, accumulation) == said


@pytest.mark.parametrize(
    ("period", "accumulation", "said"),
    [
        ("2024", "stock", "depuis fin\u00a02024"),
        ("2024-12", "stock", "depuis décembre\u00a02024"),
        ("2024", "flow", "par rapport à 2024"),
        ("2024-10", "flow", "par rapport à octobre\u00a02024"),
    ],
)
def test_the_base_of_a_change_is_a_date_for_a_stock_and_a_total_for_a_flow(
    period, accumulation, said
):
    assert periods.since(period, accumulation) == said


def test_periods_are_ordered_by_the_month_in_which_they_end():
    mixed = ["2025", "2024-11-07", "2025-02", "2024", "2025-11-30"]
    assert sorted(mixed, key=periods.end_month) == [
        "2024-11-07",
        "2024",
        "2025-02",
        "2025-11-30",
        "2025",
    ]


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ("2025", "2024"),
        ("2025-12", "2024-12"),
        ("2025-12-31", "2024-12-31"),
        ("2000-01", "1999-01"),
    ],
)
def test_a_year_before_keeps_the_form_of_the_period(period, before):
    assert periods.a_year_before(period) == before


@pytest.mark.parametrize(
    ("earlier", "later", "months"),
    [
        ("2024", "2025", 12),
        ("2024-12", "2025", 12),
        ("2025-09", "2026-03-18", 6),
        ("2025", "2025", 0),
        ("2025", "2025-10", -2),
    ],
)
def test_months_are_counted_from_the_end_of_one_period_to_the_end_of_another(
    earlier, later, months
):
    assert periods.months_between(earlier, later) == months
