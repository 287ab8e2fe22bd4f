"""Shapes → TopoJSON: whole numbers on a grid, and every border written once.

Paths are cut where borders meet. A piece that several shapes share becomes one arc, so that
départements, régions, caisses and the borders between régions cost hardly more than
départements alone. Nothing is simplified here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from atlas.geometry.insets import bounds_of

#: How often the grid may be made finer by a fifth: to a 70th, far below what is printed.
MAX_REFINEMENTS, REFINEMENT = 19, 0.8

Point = tuple[int, int]
Path = tuple[Point, ...]


@dataclass(frozen=True)
class Feature:
    """One feature: a prefixed code (``DEP-2A``), a name, a shape and further properties."""

    code: str
    name: str
    shape: BaseGeometry
    extra: Mapping[str, float | str | bool] = field(default_factory=dict)


def encode_topojson(layers: Mapping[str, Sequence[Feature]], step_m: float) -> dict[str, Any]:
    """TopoJSON whose objects are the layers; `step_m` is the largest side of a cell of the grid.

    Lengths are in metres of the drawing, as the shapes.
    """
    shapes = [feature.shape for features in layers.values() for feature in features]
    grid = _safe_grid(shapes, step_m)
    arcs = _Arcs(_junctions(path for shape in shapes for path in _paths(shape, grid)))
    members = {
        name: {
            "type": "GeometryCollection",
            "geometries": [_feature(feature, grid, arcs) for feature in features],
        }
        for name, features in layers.items()
    }
    return {
        "type": "Topology",
        "objects": members,
        "arcs": arcs.deltas(),
        "transform": {"scale": [grid.step, grid.step], "translate": [grid.x, grid.y]},
    }


@dataclass(frozen=True)
class _Grid:
    x: float
    y: float
    step: float

    def cells(self, coordinates: np.ndarray) -> np.ndarray:
        """The nearest points of the grid."""
        return np.rint((coordinates - (self.x, self.y)) / self.step)

    def path(self, shape: BaseGeometry) -> Path:
        """The vertices on the grid, without repeats."""
        points = [(int(x), int(y)) for x, y in self.cells(shapely.get_coordinates(shape))]
        return tuple(p for i, p in enumerate(points) if i == 0 or p != points[i - 1])


def _safe_grid(shapes: Sequence[BaseGeometry], step: float) -> _Grid:
    """The grid asked for, or a finer one where rounding would make a narrow shape cross itself."""
    xmin, ymin, _, _ = bounds_of(shapes)
    areas = [shape for shape in shapes if shape.geom_type in ("Polygon", "MultiPolygon")]
    grid = _Grid(xmin, ymin, step)
    for _ in range(MAX_REFINEMENTS):
        if shapely.is_valid(shapely.transform(areas, grid.cells)).all():
            break
        grid = _Grid(xmin, ymin, grid.step * REFINEMENT)
    return grid


class _Arcs:
    """The arcs met so far, each once; a path becomes the numbers of its arcs."""

    def __init__(self, junctions: set[Point]) -> None:
        self._junctions = junctions
        self._numbers: dict[Path, int] = {}

    def of(self, path: Path) -> list[int]:
        """Arc numbers in order; ``~n`` is arc n walked backwards, as TopoJSON has it."""
        return [self._number(piece) for piece in self._pieces(path)]

    def _pieces(self, path: Path) -> Iterator[Path]:
        if path[0] == path[-1]:
            ring = path[:-1]
            first = next(
                (i for i, p in enumerate(ring) if p in self._junctions), ring.index(min(ring))
            )
            path = (*ring[first:], *ring[: first + 1])
        start = 0
        for i in range(1, len(path)):
            if i == len(path) - 1 or path[i] in self._junctions:
                yield path[start : i + 1]
                start = i

    def _number(self, piece: Path) -> int:
        if piece[::-1] in self._numbers and piece not in self._numbers:
            return ~self._numbers[piece[::-1]]
        return self._numbers.setdefault(piece, len(self._numbers))

    def deltas(self) -> list[list[list[int]]]:
        """Arcs as TopoJSON stores them: the first point, then the steps."""
        return [
            [[x - px, y - py] for (x, y), (px, py) in zip(arc, ((0, 0), *arc[:-1]), strict=True)]
            for arc in self._numbers
        ]


def _junctions(paths: Iterable[Path]) -> set[Point]:
    """Ends of lines, and points where the borders of different shapes meet or part."""
    beside: dict[Point, set[Point]] = defaultdict(set)
    ends: set[Point] = set()
    for path in paths:
        for a, b in zip(path[:-1], path[1:], strict=True):
            beside[a].add(b)
            beside[b].add(a)
        if path[0] != path[-1]:
            ends |= {path[0], path[-1]}
    return ends | {point for point, others in beside.items() if len(others) > 2}


def _paths(shape: BaseGeometry, grid: _Grid) -> Iterator[Path]:
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            yield from _rings(part, grid)
        elif part.geom_type != "Point":
            yield from _line(part, grid)


def _rings(polygon: BaseGeometry, grid: _Grid) -> list[Path]:
    """Outer ring, then holes; a ring that the grid makes flat is left out."""
    paths = [grid.path(ring) for ring in (polygon.exterior, *polygon.interiors)]
    return [path for path in paths if len(path) > 3] if len(paths[0]) > 3 else []


def _line(line: BaseGeometry, grid: _Grid) -> list[Path]:
    path = grid.path(line)
    return [path] if len(path) > 1 else []


def _feature(feature: Feature, grid: _Grid, arcs: _Arcs) -> dict[str, Any]:
    properties = {"code": feature.code, "name": feature.name, **feature.extra}
    return {"properties": properties, **_geometry(feature.shape, grid, arcs)}


def _geometry(shape: BaseGeometry, grid: _Grid, arcs: _Arcs) -> dict[str, Any]:
    parts = list(shapely.get_parts(shape))
    if shape.geom_type == "Point":
        return {"type": "Point", "coordinates": list(grid.path(shape)[0])}
    if shape.geom_type in ("Polygon", "MultiPolygon"):
        polygons = [
            [arcs.of(ring) for ring in rings] for part in parts if (rings := _rings(part, grid))
        ]
        return {"type": "MultiPolygon", "arcs": polygons}
    lines = [arcs.of(path) for part in parts for path in _line(part, grid)]
    return {"type": "MultiLineString", "arcs": lines}
