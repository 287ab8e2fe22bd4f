"""Labels and symbols stand inside their shapes, with the room they claim."""

from __future__ import annotations

from typing import Any

import shapely
from geo_cases import by_code, decoded

from atlas.geometry import Shapes
from atlas.geometry.labels import place_symbols


def test_labels_stand_inside_their_shapes_with_the_room_they_claim(shapes: Shapes) -> None:
    for view in ("FR", "REG-75", "REG-11", "REG-01"):
        topology = shapes.inline(view)
        drawn = {
            (kind, zoom): by_code(topology, f"{'zoom_' if zoom else ''}{kind}s")
            for kind in ("departement", "region", "caisse")
            for zoom in (False, True)
            if (kind, zoom) != ("region", True)
        }
        labels = decoded(topology, "labels")
        assert len(labels) == sum(map(len, drawn.values())) + len(
            by_code(topology, "caisse_points")
        )
        for label, _ in labels:
            shape = drawn[label["kind"], label.get("zoom", False)].get(label["code"])
            if shape is not None:
                point = shapely.Point(label["x"], label["y"])
                slack = 3 * topology["transform"]["scale"][0]
                assert point.within(shape)
                assert label["r"] <= point.distance(shape.boundary) + slack


def test_caisses_that_share_a_département_are_apart_inside_it(france: dict[str, Any]) -> None:
    departements, points = by_code(france, "departements"), decoded(france, "caisse_points")
    assert len(points) == 10
    for properties, point in points:
        assert point.within(departements[properties["departement"]])
        assert properties["r"] > 5_000
        for other, place in points:
            if other != properties:
                assert point.distance(place) >= properties["r"] + other["r"] - 2_000
    places = {properties["code"]: point for properties, point in points}
    assert places["CPAM-641"].x < places["CPAM-642"].x
    assert places["CPAM-763"].x < places["CPAM-764"].x
    assert places["CPAM-594"].y > places["CPAM-599"].y


def test_symbols_without_a_known_seat_take_the_room_left() -> None:
    (x1, _, r1), (x2, _, r2), (x3, _, r3) = place_symbols(
        shapely.box(0, 0, 300, 100), [None, (10, 50), None]
    )
    assert len({round(x1, -1), round(x2, -1), round(x3, -1)}) == 3
    assert min(r1, r2, r3) > 30
