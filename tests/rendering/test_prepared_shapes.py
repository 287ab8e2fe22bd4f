"""A layer gets the object that it names with its arcs: nothing of the drawing changes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import vl_convert

from atlas.figures.common.context import FigureContext
from atlas.figures.map.request import MapRequest
from atlas.figures.registry import figure_of
from atlas.rendering import prepared_shapes
from atlas.rendering.page_svg import RenderRejected
from atlas.rendering.prepared_shapes import insert_shapes

TOPOLOGY: dict[str, Any] = {
    "type": "Topology",
    "transform": {"scale": [1, 1], "translate": [0, 0]},
    "arcs": [[[0, 0], [1, 0]], [[9, 9], [1, 1]], [[1, 0], [0, 1]], [[1, 1], [-1, -1]]],
    "objects": {
        "near": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 2, 3]], "properties": {"code": "01"}},
                {"type": "MultiLineString", "arcs": [[~2], [0]]},
                {"type": "Point", "coordinates": [1, 1]},
            ],
        },
        "far": {"type": "GeometryCollection", "geometries": [{"type": "LineString", "arcs": [1]}]},
    },
}


def inserted(file: Path, feature: str) -> Any:
    spec = {"data": {"url": "FR.json", "format": {"type": "topojson", "feature": feature}}}
    return insert_shapes(spec, {"FR.json": str(file)})["data"]["values"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "FR.json"
    made.write_text(json.dumps(TOPOLOGY), "utf-8")
    return made


def lines_of(topology: Any, geometry: Any) -> Any:
    """The arcs that a geometry is made of, in its order, wherever they are in the topology."""
    if isinstance(geometry, list):
        return [lines_of(topology, part) for part in geometry]
    if geometry < 0:
        return topology["arcs"][~geometry], "reversed"
    return topology["arcs"][geometry]


def test_an_object_comes_with_its_own_arcs_and_no_other(file: Path) -> None:
    found = inserted(file, "near")
    assert list(found["objects"]) == ["near"] and len(found["arcs"]) == 3
    shown = found["objects"]["near"]["geometries"]
    known = TOPOLOGY["objects"]["near"]["geometries"]
    for one, other in zip(shown, known, strict=True):
        assert {**one, "arcs": 0} == {**other, "arcs": 0}
        assert lines_of(found, one.get("arcs", [])) == lines_of(TOPOLOGY, other.get("arcs", []))
    assert len(inserted(file, "far")["arcs"]) == 1


def test_a_feature_that_is_not_there_is_left_to_the_engine(file: Path) -> None:
    assert inserted(file, "nowhere") == TOPOLOGY


def test_a_file_is_read_once_until_it_changes(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = inserted(file, "near")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", None)
        assert inserted(file, "near") is first
        assert inserted(file, "far")["objects"].keys() == {"far"}
    fewer = {**TOPOLOGY, "objects": {"near": TOPOLOGY["objects"]["far"]}}
    file.write_text(json.dumps(fewer), "utf-8")
    assert len(inserted(file, "near")["arcs"]) == 1
    file.unlink()
    with pytest.raises(RenderRejected, match="ne se lisent plus"):
        inserted(file, "near")


@pytest.mark.parametrize(("territory", "level"), [("FR", "departements"), ("REG-75", "caisses")])
def test_a_map_is_drawn_to_the_byte_as_with_the_whole_file(
    fictitious: FigureContext, tmp_path: Path, territory: str, level: str
) -> None:
    figure = figure_of(
        fictitious,
        MapRequest(indicator="activation_rate", period="2025-12", territory=territory, level=level),
    )
    shapes = fictitious.shapes
    files = {shapes.url(view): str(shapes.file(view)) for view in shapes.views}
    parts = insert_shapes(figure.spec, files)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prepared_shapes, "_with_one_object", lambda whole, feature: whole)
        prepared_shapes._shapes_of.cache_clear()
        whole = insert_shapes(figure.spec, files)
    prepared_shapes._shapes_of.cache_clear()
    assert len(json.dumps(parts)) < len(json.dumps(whole)) / 2
    assert drawn(parts) == drawn(whole)


def drawn(spec: dict[str, Any]) -> str:
    """The engine counts its clips from its start."""
    return re.sub(r"clip\d+", "clip", vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))
