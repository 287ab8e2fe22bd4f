"""Outlines → the files that browsers and images read: one TopoJSON per view, and a manifest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from atlas.geometry.adjacency import adjacent
from atlas.geometry.outlines_3d import FILE as PLATES
from atlas.geometry.outlines_3d import prepare_outlines_3d
from atlas.geometry.tables import Tables
from atlas.geometry.topology import encode
from atlas.geometry.views import Picture, france, region

if TYPE_CHECKING:
    import geopandas as gpd

MANIFEST = "manifest.json"


def prepare(
    departements: gpd.GeoDataFrame, tables: Tables, *, credit: str, identity: str, target: Path
) -> None:
    """Write every view, the plates and ``manifest.json`` into `target`, which exists.

    departements: as ``read_departements`` returns them; identity: the hash under which browsers
    cache the files. Raises OSError when the folder cannot be written.
    """
    views = {
        name: _write(picture, target / f"{name}.json")
        for name, picture in _pictures(departements, tables)
    }
    manifest = {
        "hash": identity,
        "credit": credit,
        "tables": tables.digest(),
        "views": views,
        "neighbours": adjacent(departements, tables),
        "plates": _dump(prepare_outlines_3d(departements, tables), target / PLATES),
    }
    _dump(manifest, target / MANIFEST)


def _pictures(departements: gpd.GeoDataFrame, tables: Tables) -> Iterator[tuple[str, Picture]]:
    yield "FR", france(departements, tables)
    for code in tables.regions:
        yield f"REG-{code}", region(departements, tables, code)


def _write(picture: Picture, file: Path) -> dict[str, Any]:
    size = _dump(encode(picture.objects, picture.step), file)
    return {"file": file.name, "bytes": size, "bounds": [round(side) for side in picture.bounds]}


def _dump(tree: dict[str, Any], file: Path) -> int:
    raw = json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode()
    file.write_bytes(raw)
    return len(raw)
