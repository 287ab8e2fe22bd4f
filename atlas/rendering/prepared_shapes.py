"""The prepared shapes of a specification, written in the place of their address.

A file holds the shapes of every map of a view, and a layer names the object that it draws: it gets
that object with the arcs that it uses, read once for all the images that a process draws.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from atlas.rendering.page_svg import RenderRejected

# Of a view: one for each layer of each kind of map; the régions of a kit share them.
_OBJECTS_KEPT = 64
_FILES_KEPT = 4
# Time of change and size: what is kept of a file is of this one.
Version = tuple[int, int]


def insert_shapes(part: Any, shapes: dict[str, str]) -> Any:
    """The specification with what stands behind each address written in its place.

    shapes: the file of each address. Raises RenderRejected when one is gone.
    """
    if isinstance(part, list):
        return [insert_shapes(item, shapes) for item in part]
    if not isinstance(part, dict):
        return part
    url = part.get("url")  # of data; a channel of that name is no text
    if isinstance(url, str) and url in shapes:
        form = part["format"]
        return {"values": _shapes(Path(shapes[url]), form.get("feature", "")), "format": form}
    return {key: insert_shapes(item, shapes) for key, item in part.items()}


def _shapes(file: Path, feature: str) -> Any:
    """What a file of prepared shapes holds of a feature; all of it when it has no such object."""
    try:
        stat = file.stat()
        return _shapes_of(file, (stat.st_mtime_ns, stat.st_size), feature)
    except OSError as reason:
        raise RenderRejected(
            f"les contours préparés ne se lisent plus ({file.name}) ; rechargez la page"
        ) from reason


@lru_cache(_OBJECTS_KEPT)
def _shapes_of(file: Path, version: Version, feature: str) -> Any:
    whole = _whole_file(file, version)
    objects = whole.get("objects", {})
    return _with_one_object(whole, feature) if feature in objects else whole


@lru_cache(_FILES_KEPT)
def _whole_file(file: Path, version: Version) -> Any:
    return json.loads(file.read_bytes())


def _with_one_object(topology: dict[str, Any], name: str) -> dict[str, Any]:
    """The topology of one of its objects, whose arcs are numbered anew."""
    numbers: dict[int, int] = {}
    drawn = _renumbered(topology["objects"][name], numbers)
    return {
        **topology,
        "objects": {name: drawn},
        "arcs": [topology["arcs"][place] for place in numbers],
    }


def _renumbered(geometry: dict[str, Any], numbers: dict[int, int]) -> dict[str, Any]:
    found = dict(geometry)
    if "geometries" in geometry:
        found["geometries"] = [_renumbered(part, numbers) for part in geometry["geometries"]]
    if "arcs" in geometry:
        found["arcs"] = _renumbered_arcs(geometry["arcs"], numbers)
    return found


def _renumbered_arcs(arcs: list[Any], numbers: dict[int, int]) -> list[Any]:
    """Numbers, or lists of them at any depth; ~n is arc n from its end to its beginning."""

    def renumbered() -> Iterator[Any]:
        for arc in arcs:
            if isinstance(arc, list):
                yield _renumbered_arcs(arc, numbers)
            elif arc < 0:
                yield ~numbers.setdefault(~arc, len(numbers))
            else:
                yield numbers.setdefault(arc, len(numbers))

    return list(renumbered())
