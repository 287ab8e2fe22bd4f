"""Hatching of a shape: the renderer has no pattern fill, so its lines are shapes too.

Lengths are in the units of the shapes given.
"""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from atlas.geometry.labels import label_point


def hatch_lines(shape: BaseGeometry, spacing: float) -> BaseGeometry:
    """Lines at 45° inside a shape, `spacing` apart and in step with those of every other shape.

    The renderer has no pattern fill, so a value that is missing is drawn with these. A shape
    that falls between two lines gets one through its middle: it must not look like a value.
    """
    xmin, ymin, xmax, ymax = shape.bounds
    gap = spacing * np.sqrt(2)
    first, last = np.ceil((xmin - ymax) / gap), np.floor((xmax - ymin) / gap)
    lines = _diagonals(np.arange(first, last + 1) * gap, ymin, ymax)
    inside = shapely.intersection(shapely.MultiLineString(list(lines)), shape)
    if inside.length < spacing / 2:
        x, y, _ = label_point(shape)
        inside = shapely.intersection(_diagonals(np.array([x - y]), ymin, ymax)[0], shape)
    parts = [part for part in shapely.get_parts(inside) if part.geom_type == "LineString"]
    long = [part for part in parts if part.length >= spacing / 4]
    return shapely.multilinestrings(long or parts)


def _diagonals(offsets: np.ndarray, ymin: float, ymax: float) -> np.ndarray:
    """Lines x - y = offset between two heights."""
    ends = [[(offset + ymin, ymin), (offset + ymax, ymax)] for offset in offsets]
    lines: np.ndarray = shapely.linestrings(np.array(ends).reshape(-1, 2, 2))
    return lines
