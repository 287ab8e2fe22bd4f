"""Fewer vertices with the same neighbours, and no island or enclave too small to print.

Outlines are in metres; neighbours share their borders before and after each step here.
"""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from atlas.geometry.coverage import Outlines


def simplify(outlines: Outlines, detail_m: float) -> Outlines:
    """Fewer vertices, the same neighbours; `detail_m` is the smallest detail kept, in metres.

    Each border is simplified once for both of its sides: ``.simplify()`` on each shape alone
    would leave gaps and overlaps. Islands and enclaves below the square of the detail go.
    """
    kept = _without_specks(outlines, detail_m**2)
    shapes = shapely.coverage_simplify(list(kept.values()), detail_m)
    return dict(zip(kept, shapes, strict=True))


def simplify_inside(outlines: Outlines, detail_m: float) -> Outlines:
    """Fewer vertices on the borders between the shapes; their common outer border stays."""
    if not outlines:
        return {}
    shapes = shapely.coverage_simplify(list(outlines.values()), detail_m, simplify_boundary=False)
    return dict(zip(outlines, shapes, strict=True))


def _without_specks(outlines: Outlines, min_area_m2: float) -> Outlines:
    """Leave out islets and enclaves below `min_area_m2`, which would print as dust.

    An enclave goes together with the hole that it filled.
    """
    codes = np.repeat(list(outlines), [shapely.get_num_geometries(s) for s in outlines.values()])
    parts = shapely.get_parts(list(outlines.values()))
    kept = _are_worth_drawing(codes, parts, min_area_m2)
    codes, parts = codes[kept], _fill_small_holes(parts[kept], min_area_m2)
    return {code: shapely.MultiPolygon(parts[codes == code]) for code in outlines}


def _are_worth_drawing(codes: np.ndarray, parts: np.ndarray, min_area_m2: float) -> np.ndarray:
    """True for parts that are large, or the largest of their département, or between two others.

    A small part between two neighbours stays: without it a hole would open on their border.
    """
    areas = shapely.area(parts)
    kept: np.ndarray = areas >= min_area_m2
    tree = shapely.STRtree(parts)
    for i in np.flatnonzero(~kept):
        around = {codes[j] for j in tree.query(parts[i], predicate="intersects")} - {codes[i]}
        kept[i] = len(around) > 1 or areas[i] == areas[codes == codes[i]].max()
    return kept


def _fill_small_holes(parts: np.ndarray, min_area_m2: float) -> np.ndarray:
    """Close the small holes in which no other part lies."""
    tree = shapely.STRtree(parts)

    def is_open(hole: BaseGeometry) -> bool:
        inside = shapely.Polygon(hole)
        return (
            inside.area >= min_area_m2
            or len(tree.query(inside.representative_point(), predicate="within")) > 0
        )

    return np.array(
        [
            shapely.Polygon(part.exterior, [hole for hole in part.interiors if is_open(hole)])
            for part in parts
        ]
    )
