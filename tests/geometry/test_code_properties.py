"""Under which property a publisher gives the code, and how it is written there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from geo_cases import HIERARCHY, NAMES, SHIPPED, Features, collection, messages, read, squares

from atlas.geometry.nuts import DEPARTEMENT_BY_NUTS3

Properties = Callable[[str, str], dict[str, Any]]

UNIT_BY_CODE = {code: unit for unit, code in DEPARTEMENT_BY_NUTS3.items()}
REGION_OF = HIERARCHY.region_of


def number_or_text(code: str) -> int | str:
    return int(code) if code.isdigit() else code


def described(properties: Properties) -> Features:
    """Squares whose features have these properties."""
    features = squares(NAMES)
    for code, feature in features.items():
        feature["properties"] = properties(code, NAMES[code])
    return features


PUBLISHERS: dict[str, Properties] = {
    "Etalab": lambda code, name: {"code": code, "nom": name, "region": REGION_OF[code]},
    "Opendatasoft, lists": lambda code, name: {
        "year": "2024",
        "reg_code": [REGION_OF[code]],
        "reg_name": [HIERARCHY.regions[REGION_OF[code]]],
        "dep_code": [code],
        "dep_current_code": [code],
        "dep_name": [name],
        "dep_name_upper": [name.upper()],
        "dep_area_code": "FXX",
    },
    "Opendatasoft, texts": lambda code, name: {"dep_code": code, "dep_name": name},
    "IGN, Admin Express": lambda code, name: {
        "ID": f"DEPARTEM{code:0>8}",
        "NOM_M": name.upper(),
        "NOM": name,
        "INSEE_DEP": code,
        "INSEE_REG": REGION_OF[code],
    },
    "Insee": lambda code, name: {
        "REG": REGION_OF[code],
        "DEP": code,
        "NCC": name.upper().replace("-", " "),
        "NCCENR": name,
        "LIBELLE": name,
    },
    "Eurostat": lambda code, name: {
        "NUTS_ID": UNIT_BY_CODE[code],
        "LEVL_CODE": 3,
        "CNTR_CODE": "FR",
        "NAME_LATN": f"{name} ",
        "NUTS_NAME": name,
        "FID": UNIT_BY_CODE[code],
    },
    "OpenStreetMap": lambda code, name: {"admin_level": "6", "ref:INSEE": code, "name": name},
    "a list of communes": lambda code, name: {"code_insee": code, "nom": name},
    "Natural Earth": lambda code, name: {"iso_3166_2": f"FR-{code}", "name": name},
    "a name of one's own": lambda code, name: {"no_du_dept": code, "intitule": name},
    "a région first": lambda code, name: {"code": "84", "INSEE_DEP": code, "NOM": name},
    "a région of its own first": lambda code, name: {"code": REGION_OF[code], "dep": code},
    "a number in a row first": lambda code, name: {
        "gid": list(NAMES).index(code) + 1,
        "code": code,
    },
}

WRITINGS: dict[str, Callable[[str], object]] = {
    "numbers": number_or_text,
    "numbers with decimals": lambda code: float(code) if code.isdigit() else code,
    "texts of numbers with decimals": lambda code: f"{int(code)}.0" if code.isdigit() else code,
    "lost zeros": lambda code: code.lstrip("0"),
    "three digits": lambda code: f"{code:0>3}",
    "lists": lambda code: [code],
    "lists of numbers": lambda code: [number_or_text(code)],
    "prefix": lambda code: f"DEP-{code}",
    "a letter": lambda code: f"D{code}",
    "small letters and spaces": lambda code: f" {code.lower()} ",
    "Corsica with a zero": lambda code: code.replace("2A", "20A").replace("2B", "20B"),
}


@pytest.mark.parametrize("properties", PUBLISHERS.values(), ids=PUBLISHERS)
def test_the_property_that_holds_the_codes_is_taken(tmp_path: Path, properties: Properties) -> None:
    given = described(properties)
    departements, problems = read(tmp_path, collection(given))
    assert messages(problems) == []
    assert list(departements.code) == list(NAMES)
    at_home = {code: feature["geometry"]["coordinates"][0][0] for code, feature in given.items()}
    assert {
        code: tuple(shape.bounds[:2])
        for code, shape in zip(departements.code, departements.geometry, strict=True)
    } == at_home


@pytest.mark.parametrize("write", WRITINGS.values(), ids=WRITINGS)
def test_a_code_is_known_however_it_is_written(
    tmp_path: Path, write: Callable[[str], object]
) -> None:
    features = described(lambda code, name: {"code": write(code), "nom": name})
    departements, problems = read(tmp_path, collection(features))
    assert messages(problems) == []
    assert list(departements.code) == list(NAMES)


def test_the_code_may_be_the_identifier_of_the_feature(tmp_path: Path) -> None:
    features = described(lambda code, name: {"name": name})
    for code, feature in features.items():
        feature["id"] = code
    departements, problems = read(tmp_path, collection(features))
    assert messages(problems) == []
    assert list(departements.code) == list(NAMES)


@pytest.mark.parametrize(
    "properties",
    [
        lambda code, name: {"code": REGION_OF[code], "nom": name},
        lambda code, name: {"code": int(REGION_OF[code]), "gid": list(NAMES).index(code) + 1},
    ],
    ids=["texts", "numbers, and a number in a row"],
)
def test_codes_of_regions_are_not_taken_for_those_of_départements(
    tmp_path: Path, properties: Properties
) -> None:
    departements, problems = read(tmp_path, collection(described(properties)))
    assert departements is None
    assert messages(problems) == [
        "la propriété « code » porte des codes de régions, non de départements"
    ]


def test_outlines_of_regions_are_refused_as_such(tmp_path: Path) -> None:
    outlines = list(squares(NAMES).values())
    for feature, (code, name) in zip(outlines, HIERARCHY.regions.items(), strict=False):
        feature["properties"] = {"code": code, "nom": name}
    text = json.dumps({"type": "FeatureCollection", "features": outlines[: len(HIERARCHY.regions)]})
    departements, problems = read(tmp_path, text)
    assert departements is None
    assert messages(problems) == [
        "la propriété « code » porte des codes de régions, non de départements"
    ]


def test_outlines_of_communes_are_refused_as_such(tmp_path: Path) -> None:
    features = described(lambda code, name: {"dep": "2A" if code > "5" else "01", "nom": name})
    departements, problems = read(tmp_path, collection(features))
    assert departements is None
    assert messages(problems) == [
        "la propriété « dep » n’a que 2 codes pour 101 entités : ce ne sont pas les départements"
    ]


def test_two_properties_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    swapped = {"42": "69", "69": "42"}
    features = described(lambda code, name: {"code": code, "INSEE_DEP": swapped.get(code, code)})
    departements, problems = read(tmp_path, collection(features))
    assert departements is None
    assert messages(problems) == [
        "les propriétés « code » et « INSEE_DEP » donnent des codes différents : "
        "Loire (42) ou Rhône (69), Rhône (69) ou Loire (42)"
    ]


def test_a_property_that_nothing_tells_is_named_among_those_found(tmp_path: Path) -> None:
    features = described(lambda code, name: {"nom": name, "rang": list(NAMES).index(code)})
    departements, problems = read(tmp_path, collection(features))
    assert departements is None
    assert messages(problems) == [
        "aucune propriété ne porte le code du département (propriétés trouvées : nom, rang)"
    ]


def test_the_outlines_shipped_are_read_under_the_properties_of_another(tmp_path: Path) -> None:
    tree = json.loads(SHIPPED.read_bytes())
    for feature in tree["features"]:
        code, name = feature["properties"]["code"], feature["properties"]["nom"]
        feature["properties"] = PUBLISHERS["Opendatasoft, lists"](code, name)
    departements, problems = read(tmp_path, json.dumps(tree))
    assert messages(problems) == []
    assert list(departements.code) == list(NAMES)


def test_the_units_of_eurostat_are_the_départements_that_it_names() -> None:
    labels = (Path(__file__).with_name("nuts3_labels.csv")).read_text("utf-8").splitlines()
    named = dict(line.split(",") for line in labels)
    assert {unit: NAMES[code] for unit, code in DEPARTEMENT_BY_NUTS3.items()} == named
    assert sorted(DEPARTEMENT_BY_NUTS3.values()) == sorted(NAMES)
