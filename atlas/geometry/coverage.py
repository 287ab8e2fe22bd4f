"""Outlines that share their borders (a coverage): projected, dissolved, compared, clipped.

Outlines are shapes by département or région code, in metres of one projection unless said
otherwise. Neighbours share their borders to the last digit before and after each step here; a
step that breaks this opens white slivers on the map.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import shapely
from shapely.geometry.base import BaseGeometry

if TYPE_CHECKING:
    import geopandas as gpd

Outlines = dict[str, BaseGeometry]
#: xmin, ymin, xmax, ymax, in the units of what it surrounds.
Box = tuple[float, float, float, float]


def project(departements: gpd.GeoDataFrame, codes: Iterable[str], epsg: int) -> Outlines:
    """The départements named, in metres of the projection that EPSG knows by that number.

    departements: columns code, geometry, in WGS84 (EPSG:4326).
    """
    wanted = departements.set_index("code").loc[list(codes)]
    return dict(zip(wanted.index, wanted.geometry.to_crs(epsg), strict=True))


def dissolve(outlines: Outlines, group_of: Mapping[str, str]) -> Outlines:
    """The union of each group of neighbours, without the borders inside it."""
    groups: dict[str, list[BaseGeometry]] = {}
    for code, shape in outlines.items():
        groups.setdefault(group_of[code], []).append(shape)
    return {group: shapely.coverage_union_all(shapes) for group, shapes in groups.items()}


def inner_borders(outlines: Outlines) -> BaseGeometry:
    """The lines that two shapes have in common: no coast, no frontier."""
    return shapely.line_merge(
        shapely.MultiLineString(
            [part for lines in shared_borders(outlines).values() for part in lines]
        )
    )


def shared_borders(outlines: Outlines) -> dict[tuple[str, str], list[BaseGeometry]]:
    """By pair of codes, the lines along which both shapes run; a mere point is none."""
    codes, rings = list(outlines), shapely.boundary(list(outlines.values()))
    left, right = shapely.STRtree(rings).query(rings, predicate="intersects")
    pairs = [(i, j) for i, j in zip(left, right, strict=True) if i < j]
    shared = {(codes[i], codes[j]): shapely.intersection(rings[i], rings[j]) for i, j in pairs}
    return {pair: _lines(both) for pair, both in shared.items()}


def _lines(shape: BaseGeometry) -> list[BaseGeometry]:
    """The lines of a shape, one by one, without its points."""
    parts = [part for part in shapely.get_parts(shape) if shapely.get_dimensions(part) == 1]
    return [line for part in parts for line in shapely.get_parts(part)]
