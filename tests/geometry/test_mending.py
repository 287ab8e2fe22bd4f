"""A small defect is mended and said, a large one refused; shapes are read however written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import shapely
from geo_cases import NAMES, Features, collection, messages, read, square

Ring = list[tuple[float, float]]


def corner(features: Features, code: str = "33") -> tuple[float, float]:
    found: tuple[float, float] = features[code]["geometry"]["coordinates"][0][0]
    return found


def bow_tie(x: float, y: float, side: float) -> Ring:
    """The square of side 0.25 with a loop of that side under its southern edge."""
    loop = [(x + 0.1, y), (x + 0.1 + side, y - side), (x + 0.1, y - side), (x + 0.1 + side, y)]
    return [(x, y), *loop, (x + 0.25, y), (x + 0.25, y + 0.25), (x, y + 0.25), (x, y)]


def overlapping_loop(x: float, y: float, side: float) -> Ring:
    """The square of side 0.25 whose line turns twice around a small square inside it."""
    a, b = x + 0.1, y
    loop = [(a, b), (a + side, b), (a + side, b + side), (a, b + side), (a, b)]
    return [(x, y), *loop, (x + 0.25, y), (x + 0.25, y + 0.25), (x, y + 0.25), (x, y)]


def shape_with(features: Features, ring: Ring, code: str = "33") -> None:
    features[code]["geometry"] = {"type": "Polygon", "coordinates": [ring]}


@pytest.mark.parametrize("draw", [bow_tie, overlapping_loop])
@pytest.mark.parametrize("side", [0.000_01, 0.000_5, 0.001_5])
@pytest.mark.parametrize("turn", [1, -1], ids=["counter-clockwise", "clockwise"])
def test_a_small_loop_is_mended_and_said(
    tmp_path: Path, features: Features, draw: Any, side: float, turn: int
) -> None:
    shape_with(features, draw(*corner(features), side)[::turn])
    departements, problems = read(tmp_path, collection(features))
    assert [problem.is_remark for problem in problems] == [True]
    assert messages(problems) == [
        "1 contour avec un petit défaut, corrigé sur moins d’un dix-millième de la surface : "
        "Gironde (33)"
    ]
    assert departements.geometry.is_valid.all()


@pytest.mark.parametrize("draw", [bow_tie, overlapping_loop])
@pytest.mark.parametrize("side", [0.004, 0.02, 0.1])
def test_a_larger_loop_is_refused(
    tmp_path: Path, features: Features, draw: Any, side: float
) -> None:
    shape_with(features, draw(*corner(features), side))
    departements, problems = read(tmp_path, collection(features))
    assert departements is None
    assert messages(problems) == ["contour qui se recoupe : Gironde (33)"]


def test_loops_that_give_and_take_the_same_area_do_not_hide_each_other(
    tmp_path: Path, features: Features
) -> None:
    x, y = corner(features)
    southern = bow_tie(x, y, 0.02)[:5]  # counted as taken away
    northern = overlapping_loop(-(x + 0.25), -(y + 0.25), 0.02 / 2**0.5)[:6]  # counted twice
    ring = [*southern, (x + 0.25, y), (x + 0.25, y + 0.25)]
    ring += [(-a, -b) for a, b in northern[1:]] + [(x, y + 0.25), (x, y)]
    polygon = shapely.Polygon(ring)
    assert polygon.area == pytest.approx(shapely.make_valid(polygon, method="structure").area, 1e-4)
    shape_with(features, ring)
    departements, problems = read(tmp_path, collection(features))
    assert departements is None
    assert messages(problems) == ["contour qui se recoupe : Gironde (33)"]


def test_a_spike_is_cut_and_said(tmp_path: Path, features: Features) -> None:
    x, y = corner(features)
    ring = [(x, y), (x + 0.1, y), (x + 0.1, y - 0.05), (x + 0.1, y), (x + 0.25, y)]
    shape_with(features, [*ring, (x + 0.25, y + 0.25), (x, y + 0.25), (x, y)])
    departements, problems = read(tmp_path, collection(features))
    assert [problem.is_remark for problem in problems] == [True]
    assert departements.set_index("code").geometry["33"].bounds[1] == y


def test_a_flat_part_is_dropped_and_said(tmp_path: Path, features: Features) -> None:
    x, y = corner(features)
    whole = features["33"]["geometry"]["coordinates"]
    flat = [[(x + 0.1, y + 0.3), (x + 0.2, y + 0.3), (x + 0.1, y + 0.3), (x + 0.1, y + 0.3)]]
    features["33"]["geometry"] = {"type": "MultiPolygon", "coordinates": [whole, flat]}
    departements, problems = read(tmp_path, collection(features))
    assert [problem.is_remark for problem in problems] == [True]
    assert departements.set_index("code").geometry["33"].equals(shapely.Polygon(whole[0]))


def test_rings_that_turn_the_other_way_are_of_no_matter(tmp_path: Path, features: Features) -> None:
    for feature in features.values():
        feature["geometry"]["coordinates"][0].reverse()
    departements, problems = read(tmp_path, collection(features))
    assert messages(problems) == []
    assert departements.geometry.is_valid.all()


def test_a_hole_written_before_its_shell_is_refused(tmp_path: Path, features: Features) -> None:
    x, y = corner(features)
    outer = features["33"]["geometry"]["coordinates"][0]
    hole = square(x + 0.05, y + 0.05, 0.1)["coordinates"][0]
    features["33"]["geometry"]["coordinates"] = [hole, outer]
    departements, problems = read(tmp_path, collection(features))
    assert departements is None
    assert messages(problems) == ["contour qui a un trou hors de sa limite : Gironde (33)"]


def test_surfaces_of_a_collection_are_joined(tmp_path: Path, features: Features) -> None:
    whole = features["33"]["geometry"]
    features["33"]["geometry"] = {"type": "GeometryCollection", "geometries": [whole]}
    departements, problems = read(tmp_path, collection(features))
    assert messages(problems) == []
    assert departements.set_index("code").geometry["33"].equals(shapely.geometry.shape(whole))


def test_lines_and_points_of_a_collection_are_left_out_and_said(
    tmp_path: Path, features: Features
) -> None:
    x, y = corner(features)
    point = {"type": "Point", "coordinates": [x, y]}
    inner = {"type": "GeometryCollection", "geometries": [features["33"]["geometry"], point]}
    features["33"]["geometry"] = {"type": "GeometryCollection", "geometries": [inner]}
    departements, problems = read(tmp_path, collection(features))
    assert [problem.is_remark for problem in problems] == [True]
    assert messages(problems) == [
        "1 contour avec des lignes ou des points, laissés de côté : Gironde (33)"
    ]
    assert list(departements.code) == list(NAMES)


@pytest.mark.parametrize(
    ("geometry", "sentence"),
    [
        ({"type": "GeometryCollection", "geometries": []}, "contour absent ou vide"),
        ({"type": "MultiPolygon", "coordinates": []}, "contour absent ou vide"),
        (
            {
                "type": "GeometryCollection",
                "geometries": [{"type": "Point", "coordinates": [2, 46]}],
            },
            "ce n’est pas une surface (point ou ligne)",
        ),
        ({"type": "Polygon", "coordinates": [[[2, 46], [3, 47]]]}, "contour illisible"),
        ({"type": "Surface", "coordinates": []}, "contour illisible"),
    ],
)
def test_what_is_no_surface_is_refused(
    tmp_path: Path, features: Features, geometry: Any, sentence: str
) -> None:
    features["33"]["geometry"] = geometry
    departements, problems = read(tmp_path, collection(features))
    assert departements is None
    assert messages(problems) == [f"{sentence} : Gironde (33)"]


@pytest.mark.parametrize(
    ("move", "sentence"),
    [
        (lambda x, y: (y, x), "longitude et latitude interverties"),
        (
            lambda x, y: (x * 100_000 + 400_000, y * 100_000 + 2_000_000),
            "coordonnées projetées, attendu longitude/latitude WGS84",
        ),
    ],
    ids=["swapped", "Lambert-93"],
)
def test_a_whole_file_in_other_coordinates_is_said_once(
    tmp_path: Path, features: Features, move: Any, sentence: str
) -> None:
    for feature in features.values():
        ring = feature["geometry"]["coordinates"][0]
        feature["geometry"]["coordinates"] = [[move(*point) for point in ring]]
    departements, problems = read(tmp_path, collection(features))
    assert departements is None
    (message,) = messages(problems)
    assert message.startswith(f"{sentence} : Ain (01), Aisne (02)")
    assert message.endswith("et 91 autres")
