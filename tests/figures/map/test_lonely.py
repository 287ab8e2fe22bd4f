"""A map of one territory and a ranking of one bar are refused, with what to ask for instead."""

from __future__ import annotations

import pytest
from shipped import RATE

from atlas.figures.common.request import RequestError
from atlas.figures.map.request import MapRequest, ranking_of
from atlas.figures.registry import figure_of
from atlas.figures.two_dates.request import TwoMapsRequest


@pytest.mark.parametrize(
    ("asked", "instead"),
    [
        ({"territory": "REG-75", "level": "regions"}, "demandez le découpage par département"),
        ({"territory": "REG-04"}, "demandez la carte de France par département"),
    ],
)
def test_a_map_of_one_territory_says_what_to_ask_for(fictitious, asked, instead):
    request = MapRequest(indicator=RATE, period="2025-12", **asked)
    pair = TwoMapsRequest(indicator=RATE, period="2025-12", compared_to="2024-12", **asked)
    for one in (request, ranking_of(request), pair):
        with pytest.raises(RequestError) as refused:
            figure_of(fictitious, one)
        assert "qui ne se compare à rien" in str(refused.value) and instead in str(refused.value)


def test_a_ranking_of_one_bar_says_its_value_and_what_to_ask_for(context):
    with pytest.raises(RequestError) as refused:
        figure_of(context, ranking_of(MapRequest(indicator=RATE, period="2024-12")))
    assert "un seul département a un chiffre, La Réunion (19,7" in str(refused.value)
    assert figure_of(context, MapRequest(indicator=RATE, period="2024-12")) is not None
