"""What the review of findings rejects or contradicts, in everything that is shipped."""

from __future__ import annotations

import pandas as pd
import pytest

from atlas.figures.curve.request import CurveRequest
from atlas.figures.key_figures.key_figure import KeyFigure, key_figure, key_figures_of_theme
from atlas.figures.registry import figure_of
from atlas.french import table_texts
from atlas.settings import FigureRef
from atlas.tables.data import figures_file, figures_table
from atlas.values import Value
from tests.shipped import SHIPPED

# Forms under which the rejected values would be read.
REJECTED_TEXTS = (
    "66,6\u00a0million",
    "65\u00a0millions de profils",
    "11,5\u00a0%",
    "220\u00a0million",
)
CONTRADICTED = "les lignes du même tableau donnent environ"


def prints_rejected(text: str) -> bool:
    """True for a text that holds a rejected value, whatever its spaces."""
    plain = text.replace("\u00a0", " ").replace("\u202f", " ")
    return any(form in plain for form in REJECTED_TEXTS)


@pytest.fixture(scope="module")
def rejected(project) -> pd.DataFrame:
    rows = project.dataset().as_published
    return rows[rows["rejected"]]


def is_rejected(value: Value, territory: str, rejected: pd.DataFrame) -> bool:
    """True for the amount of a rejected row at its own period, of its own place."""
    return value.quantity == "level" and any(
        (row.territory, row.period, row.value) == (territory, value.period, value.amount)
        for row in rejected.itertuples(index=False)
    )


@pytest.mark.parametrize("key", SHIPPED)
def test_no_shipped_figure_holds_a_rejected_value(context, rejected, key):
    figure = figure_of(context, SHIPPED[key](context))
    if figure is None:
        return
    for row in figure.table.rows():
        values = [cell for cell in row.values() if isinstance(cell, Value)]
        assert not any(is_rejected(value, "FR", rejected) for value in values)
    for text in (figure.alt, figure.lecture, figure.note):
        assert not prints_rejected(text)


@pytest.mark.parametrize("indicator", ["profiles_created", "activation_rate"])
def test_no_curve_draws_a_rejected_value_even_hollow(context, rejected, indicator):
    figure = figure_of(context, CurveRequest(indicator=indicator))
    values = [cell for cell in figure.table["level"].cells if isinstance(cell, Value)]
    assert values and not any(is_rejected(value, "FR", rejected) for value in values)


def every_card(context) -> list[KeyFigure]:
    themes = {indicator.theme for indicator in context.settings.indicators.values()}
    dates = ("2023-02", "2023-12", "2024-02", "2024-10", "2025-12")
    return [
        card
        for theme in sorted(themes)
        for date in dates
        for card in key_figures_of_theme(context, theme, territory="FR", period=date)
    ]


def test_no_card_prints_a_rejected_value_not_even_among_the_others(context):
    for card in every_card(context):
        for text in (card.value, card.sentence, card.note, *card.others):
            assert not prints_rejected(text), card


def test_no_table_or_file_of_the_figures_holds_a_rejected_row(context, rejected):
    rows = context.dataset.observations
    keys = ["territory", "indicator", "period", "source"]
    shown = set(rows[keys].itertuples(index=False, name=None))
    assert not shown & set(rejected[keys].itertuples(index=False, name=None))
    texts = table_texts(figures_table(context, rows))
    assert not any(prints_rejected(cell) for cell in texts.to_numpy().ravel())


@pytest.mark.parametrize("indicator", ["structures_feeding", "documents_deposited"])
def test_a_contradicted_growth_is_printed_with_what_contradicts_it(context, indicator):
    ref = FigureRef(indicator=indicator)
    card = key_figure(context, ref, territory="REG-93", period="2024")
    assert CONTRADICTED in card.note and CONTRADICTED in card.sentence
    rows = context.dataset.select(indicator=indicator, territories=["REG-93"], corridor="")
    texts = table_texts(figures_table(context, rows))
    assert texts["Évolution"].str.contains("contredit").any()
    assert figures_file(context, rows)["Contredit par"].str.contains("lignes").any()


def test_a_figure_with_a_contradicted_growth_says_so_under_it(context):
    figure = figure_of(context, SHIPPED["provence-alpes-cote-d-azur-2025/3-corridors"](context))
    assert "Chiffre contredit, +108\u00a0%" in figure.note and CONTRADICTED in figure.note


def test_a_dossier_still_prints_what_its_document_prints_and_marks_it(context):
    own = context.preferring("ars-corse-2026")
    ref = FigureRef(indicator="activated_profiles", territory="FR", page="Chiffres clés, p. 5")
    card = key_figure(own, ref, territory="REG-94", period="2026-01")
    assert card.value.startswith("environ 25\u00a0millions")
    assert "donnent 24 millions" in card.note


def test_a_preferred_value_takes_the_place_of_the_other_outside_its_dossier(context):
    ref = FigureRef(indicator="documents_deposited", territory="FR")
    card = key_figure(context, ref, territory="FR", period="2025")
    assert card.source_key == "ars-nouvelle-aquitaine-2026"
    own = key_figure(context.preferring("la-reunion-2026"), ref, territory="FR", period="2025")
    assert own.source_key == "la-reunion-2026"
