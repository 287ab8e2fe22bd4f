"""What is drawn over a shape: hatching, the point of its label, the symbols of its caisses.

Lengths are in the units of the shapes given.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

#: Points on a side of the grid that stands for a shape while symbols are spread over it.
DOTS = 60


def hatch(shape: BaseGeometry, spacing: float) -> BaseGeometry:
    """Lines at 45° inside a shape, `spacing` apart and in step with those of every other shape.

    The renderer has no pattern fill, so a value that is missing is drawn with these. A shape
    that falls between two lines gets one through its middle: it must not look like a value.
    """
    xmin, ymin, xmax, ymax = shape.bounds
    gap = spacing * np.sqrt(2)
    first, last = np.ceil((xmin - ymax) / gap), np.floor((xmax - ymin) / gap)
    lines = _slanted(np.arange(first, last + 1) * gap, ymin, ymax)
    inside = shapely.intersection(shapely.MultiLineString(list(lines)), shape)
    if inside.length < spacing / 2:
        x, y, _ = label_point(shape)
        inside = shapely.intersection(_slanted(np.array([x - y]), ymin, ymax)[0], shape)
    parts = [part for part in shapely.get_parts(inside) if part.geom_type == "LineString"]
    long = [part for part in parts if part.length >= spacing / 4]
    return shapely.multilinestrings(long or parts)


def _slanted(offsets: np.ndarray, ymin: float, ymax: float) -> np.ndarray:
    """Lines x - y = offset between two heights."""
    ends = [[(offset + ymin, ymin), (offset + ymax, ymax)] for offset in offsets]
    array: np.ndarray = shapely.linestrings(np.array(ends).reshape(-1, 2, 2))
    return array


def label_point(shape: BaseGeometry) -> tuple[float, float, float]:
    """x, y and radius of the largest circle inside a shape: where its label goes, if it fits.

    A centroid would leave a crescent or an estuary.
    """
    tolerance = np.sqrt(shape.area) / 100
    circle = shapely.maximum_inscribed_circle(shape, tolerance=tolerance)
    x, y = circle.coords[0]
    return x, y, circle.length


def spread(
    shape: BaseGeometry, starts: Sequence[tuple[float, float] | None]
) -> list[tuple[float, float, float]]:
    """One point per start, spread over a shape: x, y and the radius free around each.

    Points move from their start to the middle of what is nearest to them (Lloyd), so that who
    lies in the west stays in the west. A start of None is taken wherever most room is left.
    """
    dots = _dots_inside(shape)
    centres = _with_missing(starts, dots)
    for _ in range(20):
        nearest = _distances(dots, centres).argmin(axis=1)
        centres = np.array(
            [
                dots[nearest == i].mean(axis=0) if (nearest == i).any() else centre
                for i, centre in enumerate(centres)
            ]
        )
    centres = dots[_distances(dots, centres).argmin(axis=0)]
    apart = _distances(centres, centres)
    np.fill_diagonal(apart, np.inf)
    to_edge = shapely.distance(shapely.points(centres), shape.boundary)
    return [
        (float(x), float(y), float(min(edge, others.min() / 2)))
        for (x, y), edge, others in zip(centres, to_edge, apart, strict=True)
    ]


def _dots_inside(shape: BaseGeometry) -> np.ndarray:
    xmin, ymin, xmax, ymax = shape.bounds
    x, y = np.meshgrid(np.linspace(xmin, xmax, DOTS), np.linspace(ymin, ymax, DOTS))
    inside = shapely.contains_xy(shape, x, y)
    return np.column_stack([x[inside], y[inside]])


def _with_missing(starts: Sequence[tuple[float, float] | None], dots: np.ndarray) -> np.ndarray:
    taken = [start for start in starts if start is not None]
    filled = []
    for start in starts:
        if start is None:
            start = _farthest(dots, taken)
            taken.append(start)
        filled.append(start)
    return np.array(filled)


def _farthest(dots: np.ndarray, taken: list[tuple[float, float]]) -> tuple[float, float]:
    best = _distances(dots, np.array(taken)).min(axis=1).argmax() if taken else 0
    return float(dots[best][0]), float(dots[best][1])


def _distances(points: np.ndarray, centres: np.ndarray) -> np.ndarray:
    array: np.ndarray = np.linalg.norm(points[:, None, :] - np.asarray(centres)[None, :, :], axis=2)
    return array
