"""Outlines → the files that browsers and images read: one TopoJSON per map, and a manifest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from atlas.geometry import outlines_3d
from atlas.geometry.adjacency import neighbours_of
from atlas.geometry.cache import MANIFEST_FILE
from atlas.geometry.choropleth import MapOutlines, outline_france, outline_region
from atlas.geometry.hierarchy import Hierarchy
from atlas.geometry.map_features import layers_of
from atlas.geometry.topology import encode_topojson

if TYPE_CHECKING:
    import geopandas as gpd

#: Cells of the TopoJSON grid in the smallest detail of a map.
GRID_CELLS_PER_DETAIL = 4


def write_prepared(
    departements: gpd.GeoDataFrame,
    hierarchy: Hierarchy,
    *,
    credit: str,
    identity: str,
    target: Path,
) -> None:
    """Write every map, the outlines in 3D and ``manifest.json`` into `target`, which exists.

    departements: as ``read_departements`` returns them; identity: the hash under which browsers
    cache the files. Raises OSError when the folder cannot be written.
    """
    views = {
        name: _write_map(outlines, hierarchy, target / f"{name}.json")
        for name, outlines in _outline_maps(departements, hierarchy)
    }
    pillars = outlines_3d.prepare_outlines_3d(departements, hierarchy)
    manifest = {
        "hash": identity,
        "credit": credit,
        "hierarchy": hierarchy.digest(),
        "views": views,
        "neighbours": neighbours_of(departements, hierarchy),
        "outlines_3d": _write_json(pillars, target / outlines_3d.FILE),
    }
    _write_json(manifest, target / MANIFEST_FILE)


def _outline_maps(
    departements: gpd.GeoDataFrame, hierarchy: Hierarchy
) -> Iterator[tuple[str, MapOutlines]]:
    yield "FR", outline_france(departements, hierarchy)
    for code in hierarchy.regions:
        yield f"REG-{code}", outline_region(departements, hierarchy, code)


def _write_map(outlines: MapOutlines, hierarchy: Hierarchy, file: Path) -> dict[str, Any]:
    step_m = outlines.detail_m / GRID_CELLS_PER_DETAIL
    size = _write_json(encode_topojson(layers_of(outlines, hierarchy), step_m), file)
    return {"file": file.name, "bytes": size, "bounds": [round(side) for side in outlines.bounds]}


def _write_json(tree: dict[str, Any], file: Path) -> int:
    """Returns the size in bytes, by which a file cut short is known."""
    raw = json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode()
    file.write_bytes(raw)
    return len(raw)
