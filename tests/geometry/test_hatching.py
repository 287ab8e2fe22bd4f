"""Hatching covers every shape without a figure, and stays inside it."""

from __future__ import annotations

import pytest
import shapely
from geo_cases import by_code

from atlas.geometry import Shapes
from atlas.geometry.hatching import hatch_lines


@pytest.mark.parametrize("level", ["departements", "regions", "caisses"])
def test_hatching_covers_every_shape_and_stays_inside(shapes: Shapes, level: str) -> None:
    for view in ("FR", "REG-11", "REG-06"):
        topology = shapes.inline(view)
        zoom = {} if level == "regions" else by_code(topology, f"zoom_{level}")
        lines = by_code(topology, f"hatch_{level}")
        slack = 2 * topology["transform"]["scale"][0]
        for code, shape in by_code(topology, level).items():
            room = shapely.union_all([shape, *([zoom[code]] if code in zoom else [])])
            assert lines[code].length > 0
            assert lines[code].within(room.buffer(slack)), (view, code)
            assert all(lines[code].intersects(part) for part in (shape, zoom.get(code, shape)))


def test_a_shape_between_two_hatch_lines_gets_one_through_its_middle() -> None:
    speck = shapely.box(104, 2, 106, 4)
    assert hatch_lines(speck, 100).length == pytest.approx(8**0.5)
