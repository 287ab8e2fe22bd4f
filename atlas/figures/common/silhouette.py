"""The outline of a territory as an ornament: one path, without scale nor projection to speak of."""

from __future__ import annotations

import base64
import math
from collections.abc import Iterator
from dataclasses import dataclass

from atlas.figures.common.context import FigureContext
from atlas.geometry import Outlines3D

#: The height of every silhouette, in the units of its path.
SILHOUETTE_HEIGHT = 100.0


@dataclass(frozen=True)
class Silhouette:
    """path: SVG, SILHOUETTE_HEIGHT high and so wide."""

    path: str
    width: float

    @property
    def address(self) -> str:
        """As the address of a mask, which takes the colour of the text."""
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width:.1f} '
            f'{SILHOUETTE_HEIGHT:g}"><path d="{self.path}"/></svg>'
        )
        return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def silhouette(context: FigureContext, code: str) -> Silhouette | None:
    """That of a territory, of the mainland and Corsica for France; None without outlines."""
    if context.shapes is None:
        return None
    shapes = context.shapes
    made: Silhouette | None = context.once(
        ("silhouette", code), lambda: _silhouette(shapes.outlines_3d(), code)
    )
    return made


def _silhouette(outlines: Outlines3D, code: str) -> Silhouette | None:
    rings = [ring for ring in _rings(outlines, code) if len(ring) > 2]
    if not rings:
        return None
    points = [point for ring in rings for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    # A degree of longitude is shorter than one of latitude: by the cosine, in the middle.
    across = math.cos(math.radians((south + north) / 2))
    unit = SILHOUETTE_HEIGHT / (north - south)
    parts = [
        "L".join(f"{(x - west) * across * unit:.1f} {(north - y) * unit:.1f}" for x, y in ring)
        for ring in rings
    ]
    return Silhouette("".join(f"M{part}Z" for part in parts), (east - west) * across * unit)


def _rings(outlines: Outlines3D, code: str) -> Iterator[list[list[float]]]:
    """The outer rings of a territory; those of the régions of the mainland for France."""
    if code != "FR":
        for part in outlines.parts.get(code, ()):
            yield part[0]
        return
    west, south, east, north = outlines.boxes["FR"]
    for region, (x, y) in outlines.points.items():
        if region.startswith("REG-") and west <= x <= east and south <= y <= north:
            yield from _rings(outlines, region)
