"""A file of départements that is accepted: codes, names and order, borders that meet."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely
from geo_cases import NAMES, SHIPPED, Features, collection, read, square

from atlas.geometry import read_departements


@pytest.mark.parametrize("key", ["code", "code_insee", "INSEE_DEP", "CODE_DEPT", "dep"])
def test_the_code_is_read_under_the_names_that_publishers_give_it(
    tmp_path: Path, features: Features, key: str
) -> None:
    for code, feature in features.items():
        feature["properties"] = {"id": "DEPARTEM_1", key: code}
    departements, problems = read(tmp_path, collection(features))
    assert problems == []
    assert list(departements.code) == list(NAMES)


def test_names_and_order_are_ours_whatever_the_file_says(
    tmp_path: Path, features: Features
) -> None:
    features["2A"]["properties"]["nom"] = "CORSE DU SUD"
    departements, _ = read(tmp_path, collection(dict(reversed(features.items()))))
    assert dict(zip(departements.code, departements.name, strict=True)) == NAMES


def test_heights_and_a_byte_order_mark_are_of_no_matter(tmp_path: Path, features: Features) -> None:
    ring = features["33"]["geometry"]["coordinates"][0]
    features["33"]["geometry"]["coordinates"] = [[(*point, 12.0) for point in ring]]
    departements, problems = read(tmp_path, b"\xef\xbb\xbf" + collection(features).encode())
    assert problems == []
    assert not shapely.has_z(departements.geometry.values).any()


def test_slivers_between_neighbours_are_closed(tmp_path: Path, features: Features) -> None:
    x, y = features["33"]["geometry"]["coordinates"][0][0]
    features["33"]["geometry"] = square(x + 0.001, y - 0.0005)
    departements, problems = read(tmp_path, collection(features))
    assert problems == []
    assert shapely.coverage_is_valid(departements.geometry.values)
    mainland = departements[~departements.code.str.startswith("97")].geometry
    assert not any(part.interiors for part in shapely.get_parts([mainland.union_all()]))


@pytest.mark.parametrize(
    "crs",
    [
        "urn:ogc:def:crs:OGC:1.3:CRS84",
        "EPSG:4326",
        "urn:ogc:def:crs:EPSG::4326",
        "EPSG:4171",
        "EPSG:4258",
    ],
)
def test_a_file_may_say_that_it_is_in_wgs84(tmp_path: Path, features: Features, crs: str) -> None:
    _, problems = read(tmp_path, collection(features, crs={"properties": {"name": crs}}))
    assert problems == []


def test_the_outlines_shipped_are_read_as_they_are() -> None:
    departements, problems = read_departements(SHIPPED, base=SHIPPED.parent, expected=NAMES)
    assert problems == []
    assert departements is not None
    assert shapely.coverage_is_valid(departements.geometry.values)
