"""Where the names of a map go: inside their territory, or beside the map at the end of a line.

Whether a name fits depends on the size of the drawing, which the browser knows: what is here are
expressions of Vega. The scale k is in pixels per metre.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from atlas.figures.common.context import FigureContext

# Pixels: half a letter of a name and the least half-width of a value inside, half of both lines.
HALF_LETTER_PX, HALF_VALUE_PX, HALF_LINES_PX = 2.5, 16, 12.5
# How much of the ellipse that holds a name it may overrun at its corners.
OVERRUN = 1.5
# Pixels of a letter beside the map, around a name there, and from one to the next.
LETTER_PX, NAME_MARGIN_PX, ROW_PX = 5.0, 10, 27
# The map keeps this share of the width whatever the names beside it.
MIN_MAP_SHARE = 0.5

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class PlacedName:
    """A name with the half-width, in metres, of the ellipse that holds it (of the circle around a
    symbol), and its place in x.

    zoom: it is drawn in the zoom of Paris; symbol: of a caisse drawn as a square.
    """

    code: str
    name: str
    x: float
    y: float
    radius: float
    half_width: float
    zoom: bool
    symbol: bool


def placed_names(context: FigureContext, view: str, kind: str) -> tuple[PlacedName, ...]:
    """The names of the territories of a kind (departement, caisse, region) on a view; none where
    its outlines are not there, as nothing is drawn of it then."""
    shapes = context.shapes
    if shapes is None or not shapes.file(view).is_file():
        return ()

    def read() -> tuple[PlacedName, ...]:
        features = shapes.inline(view)["objects"]["labels"]["geometries"]
        labels = [feature["properties"] for feature in features]
        return tuple(
            PlacedName(
                label["code"],
                label["name"],
                label["x"],
                label["y"],
                label.get("r", 0),
                label.get("w", 0),
                label.get("zoom", False),
                label.get("symbol", False),
            )
            for label in labels
            if label["kind"] == kind
        )

    names: tuple[PlacedName, ...] = context.once(("placed names", shapes.hash, view, kind), read)
    return names


def map_names(context: FigureContext, territory: str, level: str) -> tuple[PlacedName, ...]:
    """The names written on a map of a level: those inside a région; none on the map of France,
    where only a selected territory is named."""
    return () if territory == "FR" else placed_names(context, territory, level.removesuffix("s"))


class LabelLayout:
    """Which names stand beside a map, on which side, and the room that the map leaves them."""

    def __init__(self, names: Sequence[PlacedName], bounds: Bounds) -> None:
        zoomed = {name.code for name in names if name.zoom}
        self._names = [name for name in names if name.zoom or name.code not in zoomed]
        self._zoomed = sorted(zoomed)
        self._bounds = bounds
        self._left = {name.code for name in self._names if self._is_left(name)}

    def params(self) -> list[alt.Parameter]:
        """The parameters of a chart, from the least scale to the largest that holds: a larger map
        has more names inside, and needs less room beside it."""
        floor = f"width*{MIN_MAP_SHARE}"
        left, right = (self._room(side, "0") for side in ("left", "right"))
        made = [alt.param(name="k0", expr=self._scale(f"max(width-{left}-{right},{floor})"))]
        for place in (1, 2):
            room = f"l{place}", f"r{place}"
            for name, side in zip(room, ("left", "right"), strict=True):
                made.append(alt.param(name=name, expr=self._room(side, f"k{place - 1}")))
            scale = self._scale(f"max(width-{room[0]}-{room[1]},{floor})")
            made.append(alt.param(name="k" if place == 2 else "k1", expr=scale))
        return made

    @property
    def middle(self) -> str:
        """Expression of the middle of the map, in pixels from the left."""
        return "(width+l2-r2)/2"

    @property
    def is_shown(self) -> str:
        """Expression that is true of a label that is drawn: in the zoom of Paris, not under it."""
        if not self._zoomed:
            return "true"
        codes = ",".join(f"'{code}'" for code in self._zoomed)
        return f"(datum.properties.zoom||indexof([{codes}],datum.properties.code)<0)"

    @property
    def fits(self) -> str:
        """Expression that is true of a label whose name over its value fits inside."""
        half = f"max(length(datum.properties.name)*{HALF_LETTER_PX},{HALF_VALUE_PX})"
        need = f"({half}*{half}+{4 * HALF_LINES_PX**2})/{OVERRUN}"
        return f"pow(datum.properties.w*k,2)>={need}"

    @property
    def on_left(self) -> str:
        """Expression that is true of a label whose place beside the map is on its left."""
        if self._zoomed:
            return "!datum.properties.zoom"
        codes = ",".join(f"'{code}'" for code in sorted(self._left))
        return f"indexof([{codes}],datum.properties.code)>=0"

    @property
    def _centre(self) -> float:
        return (self._bounds[0] + self._bounds[2]) / 2

    def _scale(self, width: str) -> str:
        left, bottom, right, top = self._bounds
        return f"min(({width})/{right - left:.0f},height/{top - bottom:.0f})"

    def _room(self, side: str, k: str) -> str:
        """Expression of the pixels for the names that do not fit at a scale, on one side."""
        rooms = [
            f"({k}<{_scale_that_fits(name):.6g}?{_beside_px(name):.0f}:0)"
            for name in self._names
            if (name.code in self._left) == (side == "left")
        ]
        return f"max(0,{','.join(rooms)})" if rooms else "0"

    def _is_left(self, name: PlacedName) -> bool:
        """Beside the zoom of Paris, what is not in it; else where the line to the name passes over
        the fewest territories, and where it is shorter."""
        if self._zoomed:
            return not name.zoom
        over = [other for other in self._names if abs(other.y - name.y) < other.radius]
        left, right = (sum(sign * (other.x - name.x) > 0 for other in over) for sign in (-1, 1))
        return name.x < self._centre if left == right else left < right


def _scale_that_fits(name: PlacedName) -> float:
    half = max(len(name.name) * HALF_LETTER_PX, HALF_VALUE_PX)
    need = math.sqrt((half**2 + 4 * HALF_LINES_PX**2) / OVERRUN)
    return need / name.half_width if name.half_width else math.inf


def _beside_px(name: PlacedName) -> float:
    return len(name.name) * LETTER_PX + NAME_MARGIN_PX
