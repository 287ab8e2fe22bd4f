"""A France of squares to spoil in tests, and a reader of TopoJSON that owes nothing to ours."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from atlas.geometry import Hierarchy, hierarchy_of, read_departements
from atlas.problems import Problem
from atlas.territories import read_territories

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "geo" / "departements.geojson"
Features = dict[str, dict[str, Any]]

#: South-west corners of the overseas squares, in degrees.
OVERSEAS = {
    "971": (-61.5, 16.1),
    "972": (-61.1, 14.5),
    "973": (-53.0, 4.0),
    "974": (55.4, -21.2),
    "976": (45.1, -12.9),
}


def _hierarchy() -> Hierarchy:
    territories, problems = read_territories(ROOT / "data")
    assert territories, problems
    return hierarchy_of(territories)


#: The territories of the dashboard, and the names of its départements by code.
HIERARCHY = _hierarchy()
NAMES = dict(HIERARCHY.departements)


def read(folder: Path, text: str | bytes) -> tuple[Any, list[Problem]]:
    """What is read of a file with this content."""
    file = folder / "d.geojson"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_departements(
        Path("d.geojson"), base=folder, expected=NAMES, regions=HIERARCHY.regions
    )


def messages(problems: Iterable[Problem]) -> list[str]:
    """What is said, refusals and remarks alike."""
    return [problem.message for problem in problems]


def square(x: float, y: float, side: float = 0.25) -> dict[str, Any]:
    """A GeoJSON polygon with its south-west corner at x, y."""
    ring = [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)]
    return {"type": "Polygon", "coordinates": [ring]}


def squares(codes: Iterable[str]) -> Features:
    """One feature per département: the mainland is ten columns of squares that touch."""
    mainland = [code for code in codes if code not in OVERSEAS]
    corners = {code: (1 + i % 10 * 0.25, 45 + i // 10 * 0.25) for i, code in enumerate(mainland)}
    return {
        code: {
            "type": "Feature",
            "properties": {"code": code},
            "geometry": square(*(corners | OVERSEAS)[code]),
        }
        for code in codes
    }


def collection(features: Features, **members: Any) -> str:
    """The text of a GeoJSON file."""
    return json.dumps({"type": "FeatureCollection", "features": list(features.values()), **members})


def decoded(topology: dict[str, Any], name: str) -> list[tuple[dict[str, Any], BaseGeometry]]:
    """Properties and shape of each feature of one object."""
    arcs = [_absolute(arc, topology["transform"]) for arc in topology["arcs"]]
    return [
        (g["properties"], _shape(g, arcs, topology["transform"]))
        for g in topology["objects"][name]["geometries"]
    ]


def by_code(topology: dict[str, Any], name: str) -> dict[str, BaseGeometry]:
    """Shapes of one object by prefixed code."""
    return {properties["code"]: found for properties, found in decoded(topology, name)}


def _absolute(arc: list[list[int]], transform: dict[str, Any]) -> list[tuple[float, float]]:
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append(_unscaled((x, y), transform))
    return points


def _unscaled(point: Any, transform: dict[str, Any]) -> tuple[float, float]:
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    return point[0] * sx + tx, point[1] * sy + ty


def _shape(geometry: dict[str, Any], arcs: list[Any], transform: dict[str, Any]) -> BaseGeometry:
    def path(numbers: list[int]) -> list[tuple[float, float]]:
        points: list[tuple[float, float]] = []
        for n in numbers:
            points += (arcs[n] if n >= 0 else arcs[~n][::-1])[1 if points else 0 :]
        return points

    kind = geometry["type"]
    if kind == "Point":
        return shape({"type": kind, "coordinates": _unscaled(geometry["coordinates"], transform)})
    lines = kind == "MultiLineString"
    return shape(
        {
            "type": kind,
            "coordinates": [
                path(part) if lines else [path(ring) for ring in part] for part in geometry["arcs"]
            ],
        }
    )
