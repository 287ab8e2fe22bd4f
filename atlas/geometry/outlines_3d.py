"""Light outlines in degrees for the map in relief, one file for all views.

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

from atlas.geometry import layout
from atlas.geometry.layout import Box
from atlas.geometry.marks import label_point
from atlas.geometry.shaping import Outlines, dissolve, project, simplify
from atlas.geometry.tables import Tables

if TYPE_CHECKING:
    import geopandas as gpd

FILE = "plates.json"
#: Smallest detail and half of the gap between neighbours, in metres: mainland, then overseas,
#: which is looked at from nearer.
DETAILS, GAPS = (2_500, 600), (700, 0)
#: A thousandth of a degree is about 100 m.
DIGITS = 3
#: Islands kept, as a part of the largest: the others would stand as needles.
ISLAND = 0.08

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


def prepare_outlines_3d(departements: gpd.GeoDataFrame, tables: Tables) -> dict[str, Any]:
    """The content of the file: that of `Plates`."""
    tree: dict[str, Any] = {"parts": {}, "points": {}, "boxes": {}}
    for epsg, prefix, outlines, gap in _planes(departements, tables):
        to_degrees = _to_degrees(epsg)
        for code, shape in outlines.items():
            name = f"{prefix}-{code}"
            point = shapely.Point(label_point(shape)[:2])
            tree["points"][name] = _rounded(to_degrees(point).coords)[0]
            tree["parts"][name] = [_rings(to_degrees(part)) for part in _pillars(shape, gap)]
            tree["boxes"][name] = [round(x, DIGITS) for x in to_degrees(shape).bounds]
    mainland = [
        tree["boxes"][f"DEP-{code}"] for code in tables.departements if code not in layout.OVERSEAS
    ]
    west, south, east, north = zip(*mainland, strict=True)
    tree["boxes"]["FR"] = [min(west), min(south), max(east), max(north)]
    return tree


def _planes(
    departements: gpd.GeoDataFrame, tables: Tables
) -> Iterator[tuple[int, str, Outlines, int]]:
    """Départements then régions of each projection, and the gap to leave inside them."""
    for epsg in dict.fromkeys(layout.epsg_of(code) for code in tables.departements):
        own = [code for code in tables.departements if layout.epsg_of(code) == epsg]
        overseas = own[0] in layout.OVERSEAS
        drawn = simplify(project(departements, own, epsg), DETAILS[overseas])
        yield epsg, "DEP", drawn, GAPS[overseas]
        yield epsg, "REG", dissolve(drawn, tables.region_of), 2 * GAPS[overseas]


def _pillars(shape: BaseGeometry, gap: int) -> list[BaseGeometry]:
    """The large parts of a shape, each without its rim, unless nothing would be left of it."""
    shrunk = shapely.buffer(shape, -gap, join_style="mitre")
    parts = shapely.get_parts(shape if shrunk.is_empty else shrunk)
    largest = shapely.area(parts).max()
    return [part for part in parts if part.area >= ISLAND * largest]


def _to_degrees(epsg: int) -> Any:
    from pyproj import Transformer  # slow to import, and not needed once the shapes are prepared

    move = Transformer.from_crs(epsg, 4326, always_xy=True)
    return lambda shape: shapely.transform(shape, move.transform, interleaved=False)


def _rings(polygon: BaseGeometry) -> Part:
    return [_rounded(ring.coords) for ring in (polygon.exterior, *polygon.interiors)]


def _rounded(coordinates: Any) -> list[list[float]]:
    return [[round(x, DIGITS), round(y, DIGITS)] for x, y, *_ in coordinates]
