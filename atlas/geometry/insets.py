"""Where each piece of France is drawn: projections, insets, frames, and the zoom of Paris.

Boxes are (xmin, ymin, xmax, ymax). The drawing plane of the map of France is Lambert-93 in
metres, y up; overseas départements are projected at home, then scaled and moved into a frame
that lies in the Bay of Biscay. The map of one région keeps the région's own projection.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from shapely import affinity, box
from shapely.geometry.base import BaseGeometry

from atlas.geometry.coverage import Box

LAMBERT_93_EPSG = 2154
#: Degrees of longitude and latitude that hold the mainland and Corsica, with some sea.
MAINLAND_EXTENT: Box = (-6.0, 41.0, 10.5, 51.6)


@dataclass(frozen=True)
class Overseas:
    """epsg: local projection, in metres; extent: the degrees of longitude and latitude that hold
    it; frame: its box on the map of France, in metres of the drawing.
    """

    epsg: int
    extent: Box
    frame: Box


OVERSEAS = {
    "971": Overseas(5490, (-62.5, 15.5, -60.5, 17.0), (-16_000, 6_315_000, 156_000, 6_480_000)),
    "972": Overseas(5490, (-61.6, 14.0, -60.5, 15.2), (166_000, 6_344_000, 290_000, 6_480_000)),
    "973": Overseas(2972, (-55.0, 1.8, -51.0, 6.2), (-16_000, 6_050_000, 156_000, 6_305_000)),
    "974": Overseas(2975, (54.9, -21.7, 56.2, -20.6), (166_000, 6_197_000, 290_000, 6_334_000)),
    "976": Overseas(4471, (44.7, -13.3, 45.6, -12.4), (166_000, 6_050_000, 290_000, 6_187_000)),
}

GUADELOUPE = "971"
#: Degrees that hold Saint-Martin and Saint-Barthélemy, which Eurostat draws with it.
NORTHERN_ISLANDS_EXTENT: Box = (-63.3, 17.7, -62.6, 18.3)

#: Paris and its inner ring, too small to be pointed at on a map of France.
ZOOM = ("75", "92", "93", "94")
ZOOM_NAME = "Paris et petite couronne"
ZOOM_REGION = "11"
#: North of Alsace, where the map of France is empty.
ZOOM_FRAME: Box = (980_000, 6_925_000, 1_242_000, 7_160_000)

#: Inner margin of the frames on the map of France, in metres of the drawing.
FRANCE_PAD_M = 6_000
#: Height kept for the title of a frame, in inner margins: a line on the smallest map printed.
TITLE_HEIGHT_PADS = 7

#: Seats of the caisses that share a département, in degrees: who lies west of whom.
CAISSE_SEATS = {
    "594": (2.38, 51.03),
    "595": (3.06, 50.63),
    "597": (3.17, 50.69),
    "599": (3.52, 50.36),
    "623": (1.86, 50.95),
    "624": (2.78, 50.29),
    "641": (-1.48, 43.49),
    "642": (-0.37, 43.30),
    "763": (0.11, 49.49),
    "764": (1.10, 49.44),
}


def epsg_of(departement: str) -> int:
    """The projection in which a département is drawn at true scale."""
    return OVERSEAS[departement].epsg if departement in OVERSEAS else LAMBERT_93_EPSG


def extent_of(departement: str) -> Box:
    """The degrees of longitude and latitude between which a département must lie."""
    return OVERSEAS[departement].extent if departement in OVERSEAS else MAINLAND_EXTENT


@dataclass(frozen=True)
class Placement:
    """Scale about the origin, then move: how true metres become metres of the drawing."""

    scale: float
    dx: float
    dy: float

    def apply(self, shape: BaseGeometry) -> BaseGeometry:
        """The shape where it is drawn; the shape given is not changed."""
        return affinity.affine_transform(shape, (self.scale, 0, 0, self.scale, self.dx, self.dy))


@dataclass(frozen=True)
class Frame:
    """A rectangle with room for a title above what it frames; `pad` is its inner margin."""

    box: Box
    pad: float

    @property
    def title_anchor(self) -> tuple[float, float]:
        """Where the title starts: left, top of its line of text."""
        return self.box[0] + self.pad, self.box[3] - self.pad

    @property
    def outline(self) -> BaseGeometry:
        """The rectangle, as a line."""
        return box(*self.box).exterior

    def fit(self, bounds: Box) -> Placement:
        """The largest placement of `bounds` inside the frame, centred under the title."""
        xmin, ymin, xmax, ymax = self.box
        width, height = xmax - xmin - 2 * self.pad, ymax - ymin - (2 + TITLE_HEIGHT_PADS) * self.pad
        scale = min(width / (bounds[2] - bounds[0]), height / (bounds[3] - bounds[1]))
        dx = (xmin + xmax) / 2 - scale * (bounds[0] + bounds[2]) / 2
        dy = (ymin + ymax - TITLE_HEIGHT_PADS * self.pad) / 2 - scale * (bounds[1] + bounds[3]) / 2
        return Placement(scale, dx, dy)


def bounds_of(shapes: Iterable[BaseGeometry]) -> Box:
    """The box around all shapes."""
    boxes = list(zip(*(shape.bounds for shape in shapes), strict=True))
    return min(boxes[0]), min(boxes[1]), max(boxes[2]), max(boxes[3])


def widen(bounds: Box, share: float) -> Box:
    """The box with a margin on each side, a share of its longer side."""
    margin = share * longer_side(bounds)
    return bounds[0] - margin, bounds[1] - margin, bounds[2] + margin, bounds[3] + margin


def longer_side(bounds: Box) -> float:
    """The longer side of a box."""
    return max(bounds[2] - bounds[0], bounds[3] - bounds[1])


def panel_beside(window: Box) -> Frame:
    """The frame of the zoom at the right of a region's window, as high as the window."""
    width = window[2] - window[0]
    left = window[2] + 0.03 * width
    return Frame((left, window[1], left + 0.7 * width, window[3]), 0.025 * width)
