"""The geometry of a feature → a surface fit to draw: what is small is mended, the rest refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from atlas.geometry.coverage import Box

#: Share of its area that a shape may gain or lose when it is mended.
MAX_MENDED_SHARE = 1e-4

_REASONS = {
    "self-intersection": "se recoupe",
    "ring self-intersection": "se recoupe",
    "hole lies outside shell": "a un trou hors de sa limite",
    "holes are nested": "a des trous emboîtés",
    "nested shells": "a des parties emboîtées",
    "interior is disconnected": "est coupé par ses trous",
    "duplicate rings": "répète une limite",
}


def read_shape(geometry: Any) -> BaseGeometry:
    """The shape of a GeoJSON geometry, in two dimensions, whatever its kind.

    Raises ValueError when the geometry cannot be read.
    """
    try:
        return shapely.force_2d(shapely.geometry.shape(geometry))
    except (ShapelyError, ValueError, TypeError, LookupError, AttributeError) as error:
        raise ValueError("unreadable geometry") from error


def keep_surfaces(shape: BaseGeometry) -> tuple[BaseGeometry, bool]:
    """The surfaces of a collection as one shape, and whether lines or points were left out.

    Any other shape, and a collection without surfaces, is returned as it is.
    """
    if shape.geom_type != "GeometryCollection":
        return shape, False
    parts = list(_parts(shape))
    surfaces = [part for part in parts if part.geom_type == "Polygon" and not part.is_empty]
    if not surfaces:
        return shape, False
    return shapely.MultiPolygon(surfaces), len(surfaces) < len(parts)


def _parts(shape: BaseGeometry) -> Iterator[BaseGeometry]:
    """The simple shapes of one that may hold others, to any depth."""
    if hasattr(shape, "geoms"):
        for part in shape.geoms:
            yield from _parts(part)
    else:
        yield shape


def without_parts_inside(shape: BaseGeometry, window: Box) -> BaseGeometry:
    """The shape without its parts that lie in a window, itself when none does."""
    parts = shapely.get_parts(shape)
    outside = [part for part in parts if not shapely.box(*window).covers(part)]
    return shapely.MultiPolygon(outside) if len(outside) < len(parts) else shape


def mend(shape: BaseGeometry) -> tuple[BaseGeometry | None, str]:
    """A valid surface when mending changes too little to be seen, else None and what is wrong."""
    mended = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    if (
        mended.geom_type in ("Polygon", "MultiPolygon")
        and not mended.is_empty
        and _mended_area(shape, mended) < MAX_MENDED_SHARE * mended.area
    ):
        return mended, ""
    reason = shapely.is_valid_reason(shape).partition("[")[0].strip().lower()
    return None, f"contour qui {_REASONS.get(reason, 'n’est pas une surface valide')}"


def _mended_area(shape: BaseGeometry, mended: BaseGeometry) -> float:
    """The area that mending gave or took, in the squared units of the shape.

    Summed over the faces that the lines of the shape cut: the area of the whole would take away a
    loop that turns one way and count another twice, so that two of them hide each other.
    """
    faces = shapely.get_parts(shapely.polygonize([shapely.unary_union(shapely.boundary(shape))]))
    shapely.prepare(mended)
    return float(
        sum(
            face.area * abs(_turns(shape, point) - int(mended.covers(point)))
            for face, point in zip(faces, shapely.point_on_surface(faces), strict=True)
        )
    )


def _turns(shape: BaseGeometry, point: BaseGeometry) -> int:
    """How often the shape covers a point: 1 inside a valid one, 0 outside or in a hole."""
    x, y = shapely.get_coordinates(point)[0]
    return sum(
        _turns_of_ring(polygon.exterior, x, y)
        - sum(_turns_of_ring(hole, x, y) for hole in polygon.interiors)
        for polygon in _parts(shape)
    )


def _turns_of_ring(ring: BaseGeometry, x: float, y: float) -> int:
    """The winding number of a ring around a point, as if the ring ran counter-clockwise."""
    points = shapely.get_coordinates(ring)
    (x1, y1), (x2, y2) = points[:-1].T, points[1:].T
    leftward = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1)
    upward, downward = (y1 <= y) & (y < y2), (y2 <= y) & (y < y1)
    turns = int((upward & (leftward > 0)).sum()) - int((downward & (leftward < 0)).sum())
    signed_area = ((x1 - x1[0]) * (y2 - y1[0]) - (x2 - x1[0]) * (y1 - y1[0])).sum()
    return turns if signed_area >= 0 else -turns
