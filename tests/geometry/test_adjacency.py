"""Who borders whom: from the shapes, on land, among territories of one kind."""

from __future__ import annotations

from pathlib import Path

import pytest
from geo_cases import HIERARCHY, NAMES, collection, read, square, squares

from atlas.geometry import Shapes
from atlas.geometry.adjacency import neighbours_of

INNER_RING = {
    "DEP-75": "92 93 94",
    "DEP-92": "75 78 91 93 94 95",
    "DEP-93": "75 77 92 94 95",
    "DEP-94": "75 77 91 92 93",
}
REGIONS = {
    "REG-11": "24 27 28 32 44",
    "REG-75": "24 52 76 84",
    "REG-53": "28 52",
    "REG-93": "76 84",
    "REG-94": "",
    "REG-04": "",
}
DEPARTEMENTS = {
    "DEP-40": "32 33 47 64",
    "DEP-2A": "2B",
    "DEP-29": "22 56",
    "DEP-17": "16 24 33 79 85",
    "DEP-90": "25 68 70 88",
    "DEP-35": "22 44 49 50 53 56",
}


def numbers(shapes: Shapes, code: str) -> str:
    return " ".join(found.partition("-")[2] for found in shapes.neighbours(code))


@pytest.mark.parametrize(
    ("code", "expected"), [*INNER_RING.items(), *REGIONS.items(), *DEPARTEMENTS.items()]
)
def test_neighbours_are_those_of_an_atlas(shapes: Shapes, code: str, expected: str) -> None:
    assert numbers(shapes, code) == expected


def test_every_border_has_two_sides_of_one_kind(shapes: Shapes) -> None:
    for code, others in shapes.adjacent.items():
        for other in others:
            assert code in shapes.neighbours(other)
            assert other.partition("-")[0] == code.partition("-")[0]


def test_overseas_and_caisses_have_no_neighbour(shapes: Shapes) -> None:
    for code in ("DEP-971", "DEP-974", "REG-06", "CPAM-641", "FR"):
        assert shapes.neighbours(code) == ()


def test_all_others_have_some(shapes: Shapes) -> None:
    mainland = {f"DEP-{code}" for code in NAMES if not code.startswith("97")}
    assert {code for code in shapes.adjacent if code.startswith("DEP")} == mainland


def neighbours_in_squares(
    folder: Path, code: str, moved: dict[str, tuple[float, float]]
) -> list[str]:
    """Neighbours among ten columns of squares that touch; some are moved, in degrees."""
    features = squares(NAMES)
    for other, corner in moved.items():
        features[other]["geometry"] = square(*corner)
    departements, problems = read(folder, collection(features))
    assert problems == []
    return neighbours_of(departements, HIERARCHY).get(code, [])


def test_squares_that_touch_at_a_corner_are_not_neighbours(tmp_path: Path) -> None:
    found = neighbours_in_squares(tmp_path, "DEP-12", {})
    assert found == ["DEP-02", "DEP-11", "DEP-13", "DEP-21"]


def test_a_border_of_half_a_kilometre_is_a_mere_point(tmp_path: Path) -> None:
    x, y = -1.0, 44.0
    moved = {"33": (x, y), "40": (x + 0.25, y + 0.246), "64": (x + 0.25, y - 0.23)}
    assert neighbours_in_squares(tmp_path, "DEP-33", moved) == ["DEP-64"]


def test_a_strait_parts_two_territories(tmp_path: Path) -> None:
    moved = {"33": (-1.0, 44.0), "40": (-0.74, 44.0)}
    assert neighbours_in_squares(tmp_path, "DEP-33", moved) == []
