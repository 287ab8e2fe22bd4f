"""Texts in the expressions of Vega: a unit with an apostrophe ends none."""

from __future__ import annotations

import pytest

from atlas.figures.common.value_expressions import ValueExpressions, quoted


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("", "''"),
        ("\u00a0%", "'\u00a0%'"),
        ("unité d'œuvre", r"'unité d\'œuvre'"),
        ("'+datum.secret+'", r"'\'+datum.secret+\''"),
        ("fin\\", r"'fin\\'"),
        ("deux\nlignes", r"'deux\nlignes'"),
    ],
)
def test_a_text_is_written_between_quotes_that_it_cannot_close(text, written):
    assert quoted(text) == written


def test_the_unit_of_an_indicator_stays_a_text():
    made = ValueExpressions(",.0f", " unités d'œuvre", origin="l'Insee", missing="n'existe pas")
    assert r"+' unités d\'œuvre'+" in made.text and r"'n\'existe pas'" in made.text
    assert made.tooltip_expressions["origin"] == r"datum.detail||'l\'Insee'"
