"""Where the label of a shape goes, and the symbols of the caisses that share a département.

Lengths are in the units of the shapes given.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

#: Width over height of the ellipse that holds a name over its value.
ELLIPSE_FLATNESS = 2
#: Points on a side of the grid that stands for a shape while symbols are spread over it.
GRID_SIDE_POINTS = 60
#: Rounds of Lloyd's algorithm, after which no symbol moves visibly.
LLOYD_ROUNDS = 20


def label_point(shape: BaseGeometry) -> tuple[float, float, float]:
    """x, y and radius of the largest circle inside a shape: where its label goes, if it fits.

    A centroid would leave a crescent or an estuary.
    """
    tolerance = np.sqrt(shape.area) / 100
    circle = shapely.maximum_inscribed_circle(shape, tolerance=tolerance)
    x, y = circle.coords[0]
    return x, y, circle.length


def text_ellipse(shape: BaseGeometry) -> tuple[float, float, float]:
    """x, y and the half-width of about the largest ellipse inside a shape that is as flat as a
    name over its value: where both go, if they fit.

    The largest circle inside the shape made higher, in which such an ellipse is a circle.
    """
    higher = affinity.scale(shape, 1, ELLIPSE_FLATNESS, origin=(0, 0))
    x, y, half_width = label_point(higher)
    return x, y / ELLIPSE_FLATNESS, half_width


def place_symbols(
    shape: BaseGeometry, starts: Sequence[tuple[float, float] | None]
) -> list[tuple[float, float, float]]:
    """One point per start, spread over a shape: x, y and the radius free around each.

    Points move from their start to the middle of what is nearest to them (Lloyd), so that who
    lies in the west stays in the west. A start of None is taken wherever most room is left.
    """
    grid_points = _grid_points_inside(shape)
    centres = _complete_starts(starts, grid_points)
    for _ in range(LLOYD_ROUNDS):
        nearest = _distances(grid_points, centres).argmin(axis=1)
        centres = np.array(
            [
                grid_points[nearest == i].mean(axis=0) if (nearest == i).any() else centre
                for i, centre in enumerate(centres)
            ]
        )
    centres = grid_points[_distances(grid_points, centres).argmin(axis=0)]
    apart = _distances(centres, centres)
    np.fill_diagonal(apart, np.inf)
    to_edge = shapely.distance(shapely.points(centres), shape.boundary)
    return [
        (float(x), float(y), float(min(edge, others.min() / 2)))
        for (x, y), edge, others in zip(centres, to_edge, apart, strict=True)
    ]


def _grid_points_inside(shape: BaseGeometry) -> np.ndarray:
    xmin, ymin, xmax, ymax = shape.bounds
    x, y = np.meshgrid(
        np.linspace(xmin, xmax, GRID_SIDE_POINTS), np.linspace(ymin, ymax, GRID_SIDE_POINTS)
    )
    inside = shapely.contains_xy(shape, x, y)
    return np.column_stack([x[inside], y[inside]])


def _complete_starts(
    starts: Sequence[tuple[float, float] | None], grid_points: np.ndarray
) -> np.ndarray:
    taken = [start for start in starts if start is not None]
    filled = []
    for start in starts:
        if start is None:
            start = _farthest_point(grid_points, taken)
            taken.append(start)
        filled.append(start)
    return np.array(filled)


def _farthest_point(
    grid_points: np.ndarray, taken: list[tuple[float, float]]
) -> tuple[float, float]:
    best = _distances(grid_points, np.array(taken)).min(axis=1).argmax() if taken else 0
    return float(grid_points[best][0]), float(grid_points[best][1])


def _distances(points: np.ndarray, centres: np.ndarray) -> np.ndarray:
    lengths: np.ndarray = np.linalg.norm(
        points[:, None, :] - np.asarray(centres)[None, :, :], axis=2
    )
    return lengths
