"""What is no département and does no harm is left out and said; what is in parts is joined."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely
from geo_cases import NAMES, Features, collection, messages, read, square, squares

from atlas.geometry.nuts import DEPARTEMENT_BY_NUTS3

UNIT_BY_CODE = {code: unit for unit, code in DEPARTEMENT_BY_NUTS3.items()}


def add(
    features: Features, code: object, name: str = "", x: float = -56.3, y: float = 46.8
) -> None:
    features[f"{code}{name}"] = {
        "type": "Feature",
        "properties": {"code": code, "nom": name},
        "geometry": square(x, y),
    }


def test_communities_outside_the_départements_are_left_out_with_a_remark(
    tmp_path: Path, features: Features
) -> None:
    add(features, "975", "Saint-Pierre-et-Miquelon")
    add(features, 978, "Saint-Martin", -63.1, 18)
    add(features, "FR-PF", "Polynésie française", -149, -17)
    add(features, None, "NOUVELLE CALEDONIE", 165, -21)
    departements, problems = read(tmp_path, collection(features))
    assert list(departements.code) == list(NAMES)
    assert messages(problems) == [
        "4 territoires hors des 101 départements, laissés de côté : "
        "Saint-Pierre-et-Miquelon (975), Saint-Martin (978), Polynésie française (987), "
        "Nouvelle-Calédonie (988)"
    ]
    assert [problem.is_remark for problem in problems] == [True]
    assert problems[0].file == "d.geojson" and problems[0].cure


def test_one_community_is_said_in_the_singular(tmp_path: Path, features: Features) -> None:
    add(features, "977")
    _, problems = read(tmp_path, collection(features))
    assert messages(problems) == [
        "1 territoire hors des 101 départements, laissé de côté : Saint-Barthélemy (977)"
    ]


def test_a_community_does_not_stand_for_a_département(tmp_path: Path, features: Features) -> None:
    del features["976"]
    add(features, "975")
    departements, problems = read(tmp_path, collection(features))
    assert departements is None
    assert messages(problems) == ["il manque 1 département : Mayotte (976)"]


def test_the_mainland_alone_is_refused_and_each_of_the_overseas_is_named(tmp_path: Path) -> None:
    mainland = squares([code for code in NAMES if len(code) == 2])
    departements, problems = read(tmp_path, collection(mainland))
    assert departements is None
    assert messages(problems) == [
        "il manque 5 départements : Guadeloupe (971), Martinique (972), Guyane (973), "
        "La Réunion (974), Mayotte (976)"
    ]


def test_units_of_eurostat_of_other_countries_and_levels_are_left_out_with_a_remark(
    tmp_path: Path, features: Features
) -> None:
    for code, feature in features.items():
        feature["properties"] = {"NUTS_ID": UNIT_BY_CODE[code]}
    for unit in ("FR", "FRK", "FRK2", "FRZZZ", "DE111", "EL301"):
        features[unit] = {"properties": {"NUTS_ID": unit}, "geometry": square(2, 46, 1)}
    departements, problems = read(tmp_path, collection(features))
    assert list(departements.code) == list(NAMES)
    assert messages(problems) == [
        "6 unités d’Eurostat d’un autre pays ou niveau, laissées de côté : "
        "FR, FRK, FRK2, FRZZZ, DE111, EL301"
    ]


def test_units_of_a_former_nomenclature_are_not_left_out(
    tmp_path: Path, features: Features
) -> None:
    for code, feature in features.items():
        feature["properties"] = {"NUTS_ID": UNIT_BY_CODE[code].replace("FRK26", "FR716")}
    departements, problems = read(tmp_path, collection(features))
    assert departements is None
    assert messages(problems) == [
        "il manque 1 département : Rhône (69)",
        "1 code inconnu : « FR716 »",
    ]


def test_islands_that_eurostat_draws_with_the_guadeloupe_are_left_out(
    tmp_path: Path, features: Features
) -> None:
    home = features["971"]["geometry"]["coordinates"]
    north = square(-63.15, 18.0, 0.1)["coordinates"]
    features["971"]["geometry"] = {"type": "MultiPolygon", "coordinates": [home, north]}
    departements, problems = read(tmp_path, collection(features))
    assert [problem.is_remark for problem in problems] == [True]
    assert (
        "Saint-Martin et Saint-Barthélemy sont laissées de côté : Guadeloupe (971)"
        in (messages(problems)[0])
    )
    assert departements.set_index("code").geometry["971"].equals(shapely.Polygon(home[0]))


def halve_rhone(features: Features, west: str, east: str) -> None:
    """The square of the Rhône in two halves, under two codes."""
    x, y = features.pop("69")["geometry"]["coordinates"][0][0]
    for code, left, name in ((west, x, "Rhône"), (east, x + 0.125, "Métropole de Lyon")):
        ring = [(left, y), (left + 0.125, y), (left + 0.125, y + 0.25), (left, y + 0.25), (left, y)]
        features[code] = {
            "properties": {"code": code, "nom": name},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }


@pytest.mark.parametrize("codes", [("69D", "69M"), ("69", "69M")])
def test_the_rhone_in_two_parts_is_joined_and_said(
    tmp_path: Path, features: Features, codes: tuple[str, str]
) -> None:
    whole = shapely.geometry.shape(features["69"]["geometry"])
    halve_rhone(features, *codes)
    departements, problems = read(tmp_path, collection(features))
    assert messages(problems) == [
        f"le Rhône est réuni en un seul contour, de ses parties : « {codes[0]} », « {codes[1]} »"
    ]
    assert [problem.is_remark for problem in problems] == [True]
    assert departements.set_index("code").geometry["69"].equals(whole)


@pytest.mark.parametrize(
    ("kept", "lost"),
    [("69D", "« 69M » (métropole de Lyon)"), ("69M", "« 69D » (Rhône sans la métropole de Lyon)")],
)
def test_one_part_is_not_taken_for_the_whole_rhone(
    tmp_path: Path, features: Features, kept: str, lost: str
) -> None:
    halve_rhone(features, "69D", "69M")
    del features[{"69D": "69M", "69M": "69D"}[kept]]
    departements, problems = read(tmp_path, collection(features))
    assert departements is None
    assert messages(problems) == [f"il manque une partie du Rhône : {lost}"]
