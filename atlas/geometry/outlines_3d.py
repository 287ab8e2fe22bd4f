"""Light outlines in degrees for the map in 3D, one file for all views.

Each territory stands at its true place, overseas too. Outlines are drawn a little inside their
borders: between two pillars of one colour and one height, nothing else would tell them apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry.base import BaseGeometry

from atlas.geometry import insets
from atlas.geometry.coverage import Box, Outlines, dissolve, project
from atlas.geometry.hierarchy import Hierarchy
from atlas.geometry.labels import label_point
from atlas.geometry.simplification import simplify

if TYPE_CHECKING:
    import geopandas as gpd

FILE = "outlines_3d.json"
#: Smallest detail, in metres: mainland, then overseas, which is looked at from nearer.
DETAILS_M = (3_000, 800)
#: Half of the gap between neighbours, in metres: mainland, then overseas, where there are none.
HALF_GAPS_M = (700, 0)
#: A thousandth of a degree is about 100 m.
DEGREE_DIGITS = 3
#: Islands kept, as a part of the largest: the others would stand as needles.
MIN_ISLAND_SHARE = 0.08

Part = list[list[list[float]]]


@dataclass(frozen=True)
class Outlines3D:
    """By prefixed code, degrees of longitude and latitude.

    parts: polygons, each an outer ring then its holes; points: where a label or a column stands;
    boxes: west, south, east, north, of ``FR`` (mainland and Corsica) too.
    """

    parts: Mapping[str, list[Part]]
    points: Mapping[str, list[float]]
    boxes: Mapping[str, Box]


def read_outlines_3d(folder: Path) -> Outlines3D:
    """What was prepared. Read each time: lists so nested are slow to keep."""
    tree = json.loads((folder / FILE).read_bytes())
    return Outlines3D(tree["parts"], tree["points"], tree["boxes"])


def prepare_outlines_3d(departements: gpd.GeoDataFrame, hierarchy: Hierarchy) -> dict[str, Any]:
    """The content of the file: that of `Outlines3D`."""
    tree: dict[str, Any] = {"parts": {}, "points": {}, "boxes": {}}
    for epsg, prefix, outlines, gap in _by_projection(departements, hierarchy):
        to_degrees = _reprojection_to_wgs84(epsg)
        for code, shape in outlines.items():
            name = f"{prefix}-{code}"
            point = shapely.Point(label_point(shape)[:2])
            tree["points"][name] = _round_degrees(to_degrees(point).coords)[0]
            tree["parts"][name] = [
                _round_rings(to_degrees(part)) for part in _pillar_bases(shape, gap)
            ]
            tree["boxes"][name] = [round(x, DEGREE_DIGITS) for x in to_degrees(shape).bounds]
    mainland = [
        tree["boxes"][f"DEP-{code}"]
        for code in hierarchy.departements
        if code not in insets.OVERSEAS
    ]
    west, south, east, north = zip(*mainland, strict=True)
    tree["boxes"]["FR"] = [min(west), min(south), max(east), max(north)]
    return tree


def _by_projection(
    departements: gpd.GeoDataFrame, hierarchy: Hierarchy
) -> Iterator[tuple[int, str, Outlines, int]]:
    """Départements then régions of each projection, and the gap to leave inside them."""
    for epsg in dict.fromkeys(insets.epsg_of(code) for code in hierarchy.departements):
        own = [code for code in hierarchy.departements if insets.epsg_of(code) == epsg]
        overseas = own[0] in insets.OVERSEAS
        drawn = simplify(project(departements, own, epsg), DETAILS_M[overseas])
        yield epsg, "DEP", drawn, HALF_GAPS_M[overseas]
        yield epsg, "REG", dissolve(drawn, hierarchy.region_of), 2 * HALF_GAPS_M[overseas]


def _pillar_bases(shape: BaseGeometry, gap: int) -> list[BaseGeometry]:
    """The large parts of a shape, each without its rim, unless nothing would be left of it."""
    shrunk = shapely.buffer(shape, -gap, join_style="mitre")
    parts = shapely.get_parts(shape if shrunk.is_empty else shrunk)
    largest = shapely.area(parts).max()
    return [part for part in parts if part.area >= MIN_ISLAND_SHARE * largest]


def _reprojection_to_wgs84(epsg: int) -> Any:
    from pyproj import Transformer  # slow to import, and not needed once the shapes are prepared

    move = Transformer.from_crs(epsg, 4326, always_xy=True)
    return lambda shape: shapely.transform(shape, move.transform, interleaved=False)


def _round_rings(polygon: BaseGeometry) -> Part:
    return [_round_degrees(ring.coords) for ring in (polygon.exterior, *polygon.interiors)]


def _round_degrees(coordinates: Any) -> list[list[float]]:
    return [[round(x, DEGREE_DIGITS), round(y, DEGREE_DIGITS)] for x, y, *_ in coordinates]
