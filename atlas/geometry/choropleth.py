"""The outlines of each map, where they are drawn: France with its insets, and each région.

The map of France is drawn in Lambert-93 (EPSG:2154) with insets out of place and out of scale; that
of a région at true scale in the projection of its territory. Units are metres of the drawing, y up.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import shapely
from shapely.geometry.base import BaseGeometry

from atlas.geometry import insets
from atlas.geometry.coverage import Box, Outlines, dissolve, project
from atlas.geometry.hierarchy import Hierarchy
from atlas.geometry.insets import Frame, Placement
from atlas.geometry.simplification import simplify, simplify_inside
from atlas.geometry.topology import Feature

if TYPE_CHECKING:
    import geopandas as gpd

#: Smallest detail of the map of France, 0.2 mm on an A4 page. At 1 700 Paris is 5 % too small.
FRANCE_DETAIL_M = 1_500
#: Smallest details in the longer side of a région: each is about 0.2 mm on an A4 page.
REGION_DETAILS_PER_SIDE = 800
#: How much coarser than the région the borders between its neighbours are, which are hardly read.
CONTEXT_COARSENESS = 3
#: Margins around the maps, as parts of their longer side.
FRANCE_MARGIN, REGION_MARGIN = 0.01, 0.055
#: Layers of the land around a région, which fade away from it.
RINGS = 6
#: Width of a letter of the name of a frame, in pixels, at 10 px; and what surrounds the name.
LETTER_WIDTH_PX, NAME_MARGIN_PX = 5.0, 6


@dataclass(frozen=True)
class MapOutlines:
    """The outlines of one map, each where it is drawn, in metres of the drawing.

    zoom: Paris and its inner ring once more; rings: what lies around a région, each part of the one
    before and nearer to it, so that pale layers of them fade away from it; bounds: what to show;
    detail_m: the smallest detail kept.
    """

    departements: Outlines
    regions: Outlines
    zoom: Outlines
    rings: list[BaseGeometry]
    frames: list[Feature]
    bounds: Box
    detail_m: float


def outline_france(departements: gpd.GeoDataFrame, hierarchy: Hierarchy) -> MapOutlines:
    """Mainland and Corsica, the overseas départements in frames, the zoom of Paris."""
    mainland = [code for code in hierarchy.departements if code not in insets.OVERSEAS]
    true_size = project(departements, mainland, insets.LAMBERT_93_EPSG)
    drawn = simplify(true_size, FRANCE_DETAIL_M)
    frames = []
    for code, home in insets.OVERSEAS.items():
        frame = Frame(home.frame, insets.FRANCE_PAD_M)
        inset, placement = _fit_in_frame(
            project(departements, [code], home.epsg), frame, FRANCE_DETAIL_M
        )
        drawn |= inset
        frames.append(_frame_feature(frame, f"DEP-{code}", hierarchy.departements[code], placement))
    zoom, zoom_frame = _zoom_on_paris(
        true_size, Frame(insets.ZOOM_FRAME, insets.FRANCE_PAD_M), FRANCE_DETAIL_M
    )
    frames.append(zoom_frame)
    around = insets.bounds_of([*drawn.values(), *(frame.shape for frame in frames)])
    return MapOutlines(
        departements=drawn,
        regions=dissolve(drawn, hierarchy.region_of),
        zoom=zoom,
        rings=[],
        frames=frames,
        bounds=insets.widen(around, FRANCE_MARGIN),
        detail_m=FRANCE_DETAIL_M,
    )


def outline_region(departements: gpd.GeoDataFrame, hierarchy: Hierarchy, code: str) -> MapOutlines:
    """One région in its own projection at true scale, its neighbours cut to the window."""
    own = hierarchy.departements_of(code)
    epsg = insets.epsg_of(own[0])
    # Martinique shares the projection of Guadeloupe, but neither is seen from the other
    near = [d for d in hierarchy.departements if insets.epsg_of(d) == epsg]
    true_size = project(departements, near, epsg)
    around = insets.bounds_of(true_size[d] for d in own)
    window = insets.widen(around, REGION_MARGIN)
    detail = insets.longer_side(around) / REGION_DETAILS_PER_SIDE
    pane = shapely.box(*window)
    drawn = simplify({d: s for d, s in true_size.items() if s.intersects(pane)}, detail)
    neighbours = {d: s for d, s in drawn.items() if d not in own}
    context = simplify_inside(neighbours, CONTEXT_COARSENESS * detail)
    drawn = {d: drawn[d] for d in own}
    outlines = MapOutlines(
        departements=drawn,
        regions=dissolve(drawn, hierarchy.region_of),
        zoom={},
        rings=_rings(context, drawn, REGION_MARGIN * insets.longer_side(around)),
        frames=[],
        bounds=window,
        detail_m=detail,
    )
    if code != insets.ZOOM_REGION:
        return outlines
    zoom, frame = _zoom_on_paris(true_size, insets.panel_beside(window), detail)
    bounds = insets.bounds_of([pane, frame.shape])
    return replace(outlines, zoom=zoom, frames=[frame], bounds=bounds)


def _rings(around: Outlines, inside: Outlines, reach: float) -> list[BaseGeometry]:
    """The land within equal steps of some shapes, from all of `reach` to the nearest step.

    It holds these shapes, which are drawn over it: without their borders it is light to send.
    """
    if not around:
        return []
    own = shapely.union_all(list(inside.values()))
    land = shapely.union_all([own, *around.values()])
    core = own.simplify(reach / 8)
    return [
        _polygons_of(
            shapely.intersection(land, core.buffer(reach * (RINGS - step) / RINGS, quad_segs=3))
        )
        for step in range(RINGS)
    ]


def _polygons_of(shape: BaseGeometry) -> BaseGeometry:
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return shapely.MultiPolygon(parts)


def _zoom_on_paris(true_size: Outlines, frame: Frame, detail_m: float) -> tuple[Outlines, Feature]:
    """Paris and its inner ring once more, larger, and their frame."""
    outlines = {code: true_size[code] for code in insets.ZOOM}
    zoom, placement = _fit_in_frame(outlines, frame, detail_m)
    return zoom, _frame_feature(frame, "ZOOM", insets.ZOOM_NAME, placement)


def _fit_in_frame(outlines: Outlines, frame: Frame, detail_m: float) -> tuple[Outlines, Placement]:
    """Outlines inside a frame, with the smallest detail of the map around it once enlarged."""
    placement = frame.fit(insets.bounds_of(outlines.values()))
    finer = simplify(outlines, detail_m / placement.scale)
    return {code: placement.apply(shape) for code, shape in finer.items()}, placement


def _frame_feature(frame: Frame, code: str, name: str, placement: Placement) -> Feature:
    """short: what is written instead of the name under the scale `fits`, in pixels per metre."""
    x, y = frame.title_anchor
    left, _, right, _ = frame.outline.bounds
    short = "Paris" if code == "ZOOM" else code.removeprefix("DEP-")
    return Feature(
        code,
        name,
        frame.outline,
        {
            "x": round(x),
            "y": round(y),
            "scale": round(placement.scale, 2),
            "short": short,
            "fits": round((LETTER_WIDTH_PX * len(name) + NAME_MARGIN_PX) / (right - left), 7),
        },
    )
