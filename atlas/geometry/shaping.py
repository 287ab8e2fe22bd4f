"""From one checked file to outlines fit to draw: projected, simplified, dissolved, cut.

Outlines are shapes by département or région code. Neighbours share their borders to the last
digit before and after each step here; a step that breaks this opens white slivers on the map.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from atlas.geometry.layout import Box

if TYPE_CHECKING:
    import geopandas as gpd

Outlines = dict[str, BaseGeometry]


def project(departements: gpd.GeoDataFrame, codes: Iterable[str], epsg: int) -> Outlines:
    """The départements named, in metres of one projection."""
    wanted = departements.set_index("code").loc[list(codes)]
    return dict(zip(wanted.index, wanted.geometry.to_crs(epsg), strict=True))


def simplify(outlines: Outlines, tolerance: float) -> Outlines:
    """Fewer vertices, the same neighbours; `tolerance` is the smallest detail kept, in metres.

    Each border is simplified once for both of its sides: ``.simplify()`` on each shape alone
    would leave gaps and overlaps.
    """
    kept = _without_specks(outlines, tolerance**2)
    shapes = shapely.coverage_simplify(list(kept.values()), tolerance)
    return dict(zip(kept, shapes, strict=True))


def dissolve(outlines: Outlines, group_of: Mapping[str, str]) -> Outlines:
    """The union of each group of neighbours, without the borders inside it."""
    groups: dict[str, list[BaseGeometry]] = {}
    for code, shape in outlines.items():
        groups.setdefault(group_of[code], []).append(shape)
    return {group: shapely.coverage_union_all(shapes) for group, shapes in groups.items()}


def borders(outlines: Outlines) -> BaseGeometry:
    """The lines that two shapes have in common: no coast, no frontier."""
    return shapely.line_merge(
        shapely.MultiLineString(
            [part for lines in shared_lines(outlines).values() for part in lines]
        )
    )


def shared_lines(outlines: Outlines) -> dict[tuple[str, str], list[BaseGeometry]]:
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


def cut(outlines: Outlines, window: Box, detail: float) -> Outlines:
    """What lies inside a window; shapes outside it and chips below `detail` go."""
    pane = shapely.box(*window)
    pieces = {
        code: _areas(shapely.intersection(shape, pane), detail**2)
        for code, shape in outlines.items()
    }
    return {code: piece for code, piece in pieces.items() if not piece.is_empty}


def _areas(shape: BaseGeometry, smallest: float) -> BaseGeometry:
    return shapely.MultiPolygon(
        [
            part
            for part in shapely.get_parts(shape)
            if part.geom_type == "Polygon" and part.area >= smallest
        ]
    )


def _without_specks(outlines: Outlines, smallest: float) -> Outlines:
    """Leave out islets and enclaves below `smallest` (m²), which would print as dust.

    An enclave goes together with the hole that it filled.
    """
    codes = np.repeat(list(outlines), [shapely.get_num_geometries(s) for s in outlines.values()])
    parts = shapely.get_parts(list(outlines.values()))
    kept = _worth_drawing(codes, parts, smallest)
    codes, parts = codes[kept], _fill(parts[kept], smallest)
    return {code: shapely.MultiPolygon(parts[codes == code]) for code in outlines}


def _worth_drawing(codes: np.ndarray, parts: np.ndarray, smallest: float) -> np.ndarray:
    """True for parts that are large, or the largest of their département, or between two others.

    A small part between two neighbours stays: without it a hole would open on their border.
    """
    areas = shapely.area(parts)
    kept: np.ndarray = areas >= smallest
    tree = shapely.STRtree(parts)
    for i in np.flatnonzero(~kept):
        around = {codes[j] for j in tree.query(parts[i], predicate="intersects")} - {codes[i]}
        kept[i] = len(around) > 1 or areas[i] == areas[codes == codes[i]].max()
    return kept


def _fill(parts: np.ndarray, smallest: float) -> np.ndarray:
    """Close the small holes in which no other part lies."""
    tree = shapely.STRtree(parts)

    def is_open(hole: BaseGeometry) -> bool:
        inside = shapely.Polygon(hole)
        return (
            inside.area >= smallest
            or len(tree.query(inside.representative_point(), predicate="within")) > 0
        )

    return np.array(
        [
            shapely.Polygon(part.exterior, [hole for hole in part.interiors if is_open(hole)])
            for part in parts
        ]
    )
