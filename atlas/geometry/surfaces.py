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
    """The area that mending gave or took, in the units of the shape.

    The area of a line that crosses itself counts a loop of one turning and takes away one of the
    other; the two would hide each other. What an even-odd reading sees otherwise is counted too.
    """
    even_odd = shapely.make_valid(shape, method="linework")
    surfaces = shapely.union_all([p for p in _parts(even_odd) if p.geom_type == "Polygon"])
    differently_read = shapely.symmetric_difference(mended, surfaces).area
    return float(max(abs(mended.area - shape.area), differently_read))
