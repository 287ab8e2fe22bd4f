"""A map or a ranking of changes holds one base; the others are listed under it."""

from __future__ import annotations

from atlas.figures.map.request import MapRequest, RankingRequest
from atlas.figures.map.rows import map_rows
from atlas.figures.registry import figure_of

CHANGES = {"indicator": "activation_rate", "period": "2025-12", "measure": "change"}


def test_a_change_over_a_year_is_not_ranked_among_those_of_unknown_base(context):
    figure = figure_of(context, RankingRequest(**CHANGES))
    assert "La Réunion" not in figure.native.categories
    assert figure.native.categories[0] == "Charente-Maritime"
    assert "Autre base, non comparée : La Réunion, +7,8" in figure.note


def test_what_has_another_base_has_no_colour_and_keeps_its_change_in_the_table(context):
    request = MapRequest(**CHANGES)
    rows = map_rows(context, request).set_index("code")
    assert rows.loc["DEP-974", "missing"] and rows.loc["DEP-974", "detail"] == "autre base"
    assert rows.loc["DEP-974", "change_value"].amount == 7.8
