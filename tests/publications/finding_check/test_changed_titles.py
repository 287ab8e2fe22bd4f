"""Whatever figure a true title is made from, another number or swapped names make it false."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from made_once import cached_figure
from shipped import INVENTED, VISITED

from atlas import french
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.publications.finding_check import finding_check
from atlas.values import Value

EXAMPLES = settings(max_examples=60, deadline=None)
PLACES = st.integers(0, 7)
#: Tenths of a point that a number is moved by: beyond the rounding of its source.
TENTHS = st.integers(-60, 60).filter(lambda tenths: abs(tenths) > 1)


@pytest.fixture(scope="module")
def ranking(fictitious: FigureContext) -> Figure:
    return drawn(fictitious, INVENTED["fictif-classement"])


@pytest.fixture(scope="module")
def two_dates(fictitious: FigureContext) -> Figure:
    return drawn(fictitious, INVENTED["fictif-deux-dates"])


@pytest.fixture(scope="module")
def corridors(context: FigureContext) -> Figure:
    return drawn(context, VISITED["croissances"])


def drawn(context: FigureContext, request) -> Figure:
    figure = cached_figure(context, request)
    assert figure is not None
    return figure


def row(figure: Figure, key: str, place: int) -> tuple[str, float]:
    """The code and the amount of one row of a column."""
    cell = figure.table[key].cells[place]
    assert isinstance(cell, Value) and cell.amount is not None
    return figure.table[names_of(figure)].cell_keys[place], cell.amount


def names_of(figure: Figure) -> str:
    return "territory" if "territory" in figure.table else "corridor"


def said(amount: float) -> str:
    return french.format_number(amount, 1)


def outcome(context: FigureContext, title: str, figure: Figure) -> str:
    return finding_check(context, title, figure).outcome


@EXAMPLES
@given(places=st.tuples(PLACES, PLACES), tenths=TENTHS)
def test_an_order_and_its_gap(fictitious, ranking, places, tenths) -> None:
    (one, first), (two, second) = (row(ranking, "level", place) for place in places)
    assume(first - second > 0.11)
    name, other = (fictitious.territories[code].with_article for code in (one, two))
    gap = round(first - second, 1)
    assert outcome(fictitious, f"{name} devance {other}", ranking) == "confirmed"
    assert outcome(fictitious, f"{other} devance {name}", ranking) == "contradicted"
    true = f"{name} devance {other} de {said(gap)} points"
    assert outcome(fictitious, true, ranking) == "confirmed"
    moved = round(gap + tenths / 10, 1)
    assume(moved > 0)
    false = f"{name} devance {other} de {said(moved)} points"
    assert outcome(fictitious, false, ranking) == "contradicted"


@EXAMPLES
@given(place=PLACES, tenths=TENTHS)
def test_a_level(fictitious, ranking, place, tenths) -> None:
    code, level = row(ranking, "level", place)
    name = fictitious.territories[code].locative
    assert outcome(fictitious, f"{said(level)} % {name}", ranking) == "confirmed"
    false = f"{said(round(level + tenths / 10, 1))} % {name}"
    assert outcome(fictitious, false, ranking) == "contradicted"


@EXAMPLES
@given(place=PLACES, tenths=TENTHS)
def test_a_gain(fictitious, two_dates, place, tenths) -> None:
    code, gain = row(two_dates, "change", place)
    name = fictitious.territories[code].with_article
    assume(gain > 0 and gain + tenths / 10 > 0)
    true = f"{name} gagne {said(gain)} points en un an"
    assert outcome(fictitious, true, two_dates) == "confirmed"
    false = f"{name} gagne {said(gain + tenths / 10)} points en un an"
    assert outcome(fictitious, false, two_dates) == "contradicted"
    assert outcome(fictitious, true.replace("gagne", "perd"), two_dates) == "contradicted"
    assert outcome(fictitious, true.replace("un an", "deux ans"), two_dates) == "contradicted"


@EXAMPLES
@given(count=st.integers(0, 14))
def test_how_many_are_above_france(fictitious, ranking, count) -> None:
    gaps = [value for value in ranking.table["gap"].numbers if abs(value) > 0.11]
    assume(len(gaps) == len(ranking.table))  # nobody at its rounding
    above = sum(gap > 0 for gap in gaps)
    title = f"{count} départements devancent la France"
    expected = "confirmed" if count == above else "contradicted"
    assert outcome(fictitious, title, ranking) == expected


@EXAMPLES
@given(place=st.integers(0, 5), percents=st.integers(-40, 40).filter(lambda moved: abs(moved) > 2))
def test_a_growth_by_corridor(context, corridors, place, percents) -> None:
    key, growth = row(corridors, "change", place)
    name = context.settings.corridors[key].sector
    true = f"{name} : +{growth:.0f} %"
    assert outcome(context, true, corridors) == "confirmed"
    false = f"{name} : +{growth + percents:.0f} %"
    assert outcome(context, false, corridors) == "contradicted"


@EXAMPLES
@given(title=st.text(max_size=90))
def test_any_text_at_all_is_read(context, corridors, title) -> None:
    made = finding_check(context, title, corridors)
    assert made.outcome in ("confirmed", "contradicted", "unverified", "no_claim")
