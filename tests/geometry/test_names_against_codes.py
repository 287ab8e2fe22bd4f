"""A name that contradicts its code is refused: a value would be drawn on another département."""

from __future__ import annotations

from pathlib import Path

import pytest
from geo_cases import NAMES, Features, collection, messages, read

EXCHANGED = {"42": "Rhône", "69": "Loire"}


def name_all(features: Features, key: str = "nom", **names: object) -> None:
    for code, feature in features.items():
        feature["properties"][key] = names.get(f"_{code}", NAMES[code])


@pytest.mark.parametrize("key", ["nom", "NOM_DEP", "dep_name", "NCCENR", "NUTS_NAME", "intitulé"])
def test_names_under_another_code_are_refused_and_both_are_named(
    tmp_path: Path, features: Features, key: str
) -> None:
    name_all(features, key, _42="Rhône", _69="Loire")
    departements, problems = read(tmp_path, collection(features))
    assert departements is None
    assert messages(problems) == [
        "des noms contredisent les codes : « Rhône » sous le code 42 (Loire), "
        "« Loire » sous le code 69 (Rhône)"
    ]


@pytest.mark.parametrize(
    "write",
    [
        str.upper,
        lambda name: [name],
        lambda name: f"Département de la {name}",
        lambda n: f"{n} (1)",
    ],
    ids=["capitals", "a list", "in full", "with a code"],
)
def test_names_are_checked_however_they_are_written(
    tmp_path: Path, features: Features, write
) -> None:
    for code, feature in features.items():
        feature["properties"]["nom"] = write(EXCHANGED.get(code, NAMES[code]))
    departements, problems = read(tmp_path, collection(features))
    assert departements is None
    assert messages(problems)[0].count("sous le code") == 2


def test_a_shift_of_all_names_is_refused(tmp_path: Path, features: Features) -> None:
    names = list(NAMES.values())
    for rank, feature in enumerate(features.values()):
        feature["properties"]["nom"] = names[rank - 1]
    departements, problems = read(tmp_path, collection(features))
    assert departements is None
    assert "« Ain » sous le code 02 (Aisne)" in messages(problems)[0]
    assert messages(problems)[0].endswith("et 91 autres")


def test_the_names_of_two_alone_are_enough(tmp_path: Path, features: Features) -> None:
    for code, name in EXCHANGED.items():
        features[code]["properties"]["nom"] = name
    assert read(tmp_path, collection(features))[0] is None


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("974", "REUNION"),
        ("974", "La Réunion"),
        ("2A", "CORSE DU SUD"),
        ("21", "Côte d'Or"),
        ("95", "Val d Oise"),
        ("90", "Territoire-de-Belfort"),
        ("01", "Département de l’Ain"),
        ("01", "01 - Ain"),
        ("973", "Guyane française"),
        ("75", ""),
        ("75", None),
        ("75", 75),
    ],
)
def test_a_name_in_another_writing_or_of_no_département_is_let_be(
    tmp_path: Path, features: Features, code: str, written: object
) -> None:
    name_all(features)
    features[code]["properties"]["nom"] = written
    departements, problems = read(tmp_path, collection(features))
    assert messages(problems) == []
    assert departements is not None


def test_a_property_of_other_names_is_no_evidence(tmp_path: Path, features: Features) -> None:
    name_all(features)
    for feature in features.values():
        feature["properties"]["prefecture"] = "Bourg"
        feature["properties"]["region"] = "Guadeloupe et autres"
    features["77"]["properties"]["prefecture"] = "Paris"
    departements, problems = read(tmp_path, collection(features))
    assert messages(problems) == []
    assert departements is not None
