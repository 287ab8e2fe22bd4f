"""Départements that are refused: the sentence names what is wrong, and all is said at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from geo_cases import NAMES, Features, collection, read, square

Spoil = Callable[[Features], None]


def spoil_geometry(code: str, **geometry: Any) -> Spoil:
    def spoil(features: Features) -> None:
        features[code]["geometry"] = geometry or None

    return spoil


def spoil_code(code: str, written: Any) -> Spoil:
    def spoil(features: Features) -> None:
        features[code]["properties"]["code"] = written

    return spoil


def lose(*codes: str) -> Spoil:
    def spoil(features: Features) -> None:
        for code in codes:
            del features[code]

    return spoil


def repeat(code: str) -> Spoil:
    def spoil(features: Features) -> None:
        features["again"] = features[code]

    return spoil


BOW = [(2, 46), (2.2, 46.2), (2.2, 46), (2, 46.2), (2, 46)]
REFUSED = {
    "lost départements": (lose("40", "33"), "il manque 2 départements : Gironde (33), Landes (40)"),
    "one lost": (lose("2A"), "il manque 1 département : Corse-du-Sud (2A)"),
    "lost zero twice": (spoil_code("02", "1"), "1 code en double : Ain (01) × 2"),
    "unknown": (spoil_code("75", "ZZ"), "1 code inconnu : « ZZ »"),
    "missing with the unknown": (spoil_code("75", "ZZ"), "il manque 1 département : Paris (75)"),
    "twice": (repeat("33"), "1 code en double : Gironde (33) × 2"),
    "nameless": (spoil_code("01", None), "1 entité sans code : entité n° 1"),
    "no geometry": (spoil_geometry("33"), "contour absent ou vide : Gironde (33)"),
    "empty": (
        spoil_geometry("33", type="Polygon", coordinates=[]),
        "contour absent ou vide : Gironde (33)",
    ),
    "a point": (
        spoil_geometry("33", type="Point", coordinates=[2, 46]),
        "ce n’est pas une surface (point ou ligne) : Gironde (33)",
    ),
    "words": (
        spoil_geometry("33", type="Polygon", coordinates="nord"),
        "contour illisible : Gironde (33)",
    ),
    "crossing": (
        spoil_geometry("33", type="Polygon", coordinates=[BOW]),
        "contour qui se recoupe : Gironde (33)",
    ),
    "metres": (
        spoil_geometry("33", **square(420_000, 6_400_000, 9_000)),
        "coordonnées projetées, attendu longitude/latitude WGS84 : Gironde (33)",
    ),
    "swapped": (
        spoil_geometry("33", **square(46, 2)),
        "longitude et latitude interverties : Gironde (33)",
    ),
    "elsewhere": (
        spoil_geometry("33", **square(-70, 45)),
        "contour loin de l’endroit où se trouve le département : Gironde (33)",
    ),
    "overseas at home": (
        spoil_geometry("974", **square(2, 48)),
        "contour loin de l’endroit où se trouve le département : La Réunion",
    ),
    "one over another": (spoil_geometry("01", **square(1.3, 45)), "des départements se recouvrent"),
}


@pytest.mark.parametrize(("spoil", "sentence"), REFUSED.values(), ids=REFUSED)
def test_wrong_départements_are_named(
    tmp_path: Path, features: Features, spoil: Spoil, sentence: str
) -> None:
    spoil(features)
    departements, problems = read(tmp_path, collection(features))
    assert departements is None
    assert sentence in " / ".join(problem.message for problem in problems)
    assert all(problem.file == "d.geojson" and problem.cure for problem in problems)


def test_everything_wrong_is_said_at_once(tmp_path: Path, features: Features) -> None:
    lose("40", "33")(features)
    repeat("64")(features)
    spoil_code("75", "ZZ")(features)
    spoil_geometry("59", type="Polygon", coordinates=[BOW])(features)
    _, problems = read(tmp_path, collection(features))
    assert [problem.message for problem in problems] == [
        "il manque 3 départements : Gironde (33), Landes (40), Paris (75)",
        "1 code inconnu : « ZZ »",
        "1 code en double : Pyrénées-Atlantiques (64) × 2",
        "contour qui se recoupe : Nord (59)",
    ]


def test_a_long_list_is_cut_and_counted(tmp_path: Path, features: Features) -> None:
    lose(*[code for code in NAMES if code != "01"])(features)
    _, problems = read(tmp_path, collection(features))
    assert problems[0].message.startswith("il manque 100 départements : Aisne (02)")
    assert problems[0].message.endswith(" et 90 autres")
