"""Which territories a comparison shows, and what is refused."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from comparison_cases import CORRIDORS, COUNT, DOCUMENTS, request, texts_of
from made_once import cached_figure

from atlas.figures.common.request import RequestError
from atlas.figures.comparison.selection import codes_of


def test_a_selection_stands_for_its_codes_each_once(context):
    words = ["FR", "groupe-quatre-ans", "voisins-REG-75", "REG-04"]
    codes = codes_of(context, words)
    assert codes[:4] == ["FR", "REG-75", "REG-94", "REG-04"] and len(codes) == len(set(codes))
    assert set(context.shapes.neighbours("REG-75")) == set(codes[4:]) and "REG-76" in codes
    assert len(codes_of(context, ["departements"])) == 101


def test_a_territory_without_neighbours_stands_alone(context):
    assert codes_of(context, ["voisins-REG-94"]) == ["REG-94"]
    assert codes_of(replace(context, shapes=None), ["voisins-REG-75"]) == ["REG-75"]


def test_two_territories_of_one_name_are_told_apart(fictitious):
    figure = cached_figure(fictitious, request(layout="dots", territories="REG-04+DEP-974"))
    assert sorted(texts_of(figure)["Territoire"]) == ["La Réunion (974)", "La Réunion (région)"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"territories": "REG-99"}, "le territoire « REG-99 » n’existe pas"),
        ({"territories": "groupe-rien"}, "le territoire « groupe-rien » n’existe pas"),
        ({"territories": "voisins-FR"}, "le territoire « voisins-FR » n’existe pas"),
        ({"layout": "slope", "compared_to": "aucune"}, "slope relie deux dates"),
        ({"layout": "maps", "compared_to": "aucune"}, "maps compare deux dates"),
        ({"layout": "maps", "territories": "REG-75+DEP-40"}, "territoires d’une même nature"),
        ({"layout": "maps", "indicator": COUNT}, "« Profils activés » ne se dessine pas en carte"),
        ({"period": "2025-13"}, "la période « 2025-13 » ne s’écrit pas"),
        ({"compared_to": "2026-12"}, "compared_to doit précéder period"),
        ({"scales": "free"}, "« scales » ne sert pas à la présentation dots"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_french(context, changes, said):
    with pytest.raises(RequestError, match=re.escape(said)):
        cached_figure(context, request(**changes))


def test_too_many_territories_for_a_layout_are_refused_with_another_way(fictitious):
    for layout, more in (("curve", {}), ("slope", {"compared_to": "2024-12"})):
        with pytest.raises(RequestError, match="choisissez-en moins, ou la présentation"):
            cached_figure(fictitious, request(layout=layout, territories="departements", **more))
    with pytest.raises(RequestError, match="ou les petits multiples"):
        cached_figure(
            fictitious, request(CORRIDORS, DOCUMENTS, layout="corridors", territories="regions")
        )
