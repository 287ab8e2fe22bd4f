"""The pictures that are prepared: France with its insets, and each of the régions.

Every picture has the same objects, some of them empty, so that one chart draws any of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import shapely
from shapely.geometry.base import BaseGeometry

from atlas.geometry import layout
from atlas.geometry.layout import Box, Frame, Placement
from atlas.geometry.marks import hatch, label_point, spread
from atlas.geometry.shaping import Outlines, borders, cut, dissolve, project, simplify
from atlas.geometry.tables import Tables
from atlas.geometry.topology import Item

if TYPE_CHECKING:
    import geopandas as gpd

#: Smallest detail of the map of France, in metres of the drawing.
FRANCE_DETAIL = 1_200
#: Details of a région, and hatch lines of any view, as parts of its longer side.
REGION_DETAILS, HATCH_LINES = 800, 90
# Pixels that a letter of the name of a frame takes, at 10 px.
LETTER = 4.6
#: Steps of the TopoJSON grid in one detail.
GRID = 5


@dataclass(frozen=True)
class Picture:
    """bounds: what to show, in drawing units (metres, y up); step: the grid of its TopoJSON."""

    bounds: Box
    step: float
    objects: Mapping[str, list[Item]]


@dataclass(frozen=True)
class _Plan:
    """The outlines of one picture, each where it is drawn."""

    departements: Outlines
    regions: Outlines
    zoom: Outlines
    context: Outlines
    frames: list[Item]
    bounds: Box
    detail: float


def france(departements: gpd.GeoDataFrame, tables: Tables) -> Picture:
    """Mainland and Corsica, the overseas départements in frames, the zoom of Paris."""
    mainland = [code for code in tables.departements if code not in layout.OVERSEAS]
    true_size = project(departements, mainland, layout.LAMBERT_93)
    drawn = simplify(true_size, FRANCE_DETAIL)
    frames = []
    for code, home in layout.OVERSEAS.items():
        frame = Frame(home.frame, layout.FRANCE_PAD)
        inset, placement = _placed(project(departements, [code], home.epsg), frame, FRANCE_DETAIL)
        drawn |= inset
        frames.append(_frame(frame, f"DEP-{code}", tables.departements[code], placement))
    zoom, zoom_frame = _zoom(true_size, Frame(layout.ZOOM_FRAME, layout.FRANCE_PAD), FRANCE_DETAIL)
    frames.append(zoom_frame)
    around = layout.bounds_of([*drawn.values(), *(frame.shape for frame in frames)])
    return _picture(
        _Plan(
            drawn,
            dissolve(drawn, tables.region_of),
            zoom,
            {},
            frames,
            layout.widen(around, 0.01),
            FRANCE_DETAIL,
        ),
        tables,
    )


def region(departements: gpd.GeoDataFrame, tables: Tables, code: str) -> Picture:
    """One région in its own projection at true scale, its neighbours cut to the window."""
    own = tables.departements_of(code)
    epsg = layout.epsg_of(own[0])
    # Martinique shares the projection of Guadeloupe, but neither is seen from the other
    near = [d for d in tables.departements if layout.epsg_of(d) == epsg]
    true_size = project(departements, near, epsg)
    around = layout.bounds_of(true_size[d] for d in own)
    window = layout.widen(around, 0.04)
    detail = layout.extent(around) / REGION_DETAILS
    pane = shapely.box(*window)
    drawn = simplify({d: s for d, s in true_size.items() if s.intersects(pane)}, detail)
    context = cut({d: s for d, s in drawn.items() if d not in own}, window, detail)
    drawn = {d: drawn[d] for d in own}
    plan = _Plan(drawn, dissolve(drawn, tables.region_of), {}, context, [], window, detail)
    if code == layout.ZOOM_REGION:
        zoom, frame = _zoom(true_size, layout.panel_beside(window), detail)
        plan = replace(
            plan, zoom=zoom, frames=[frame], bounds=layout.bounds_of([pane, frame.shape])
        )
    return _picture(plan, tables)


def _zoom(true_size: Outlines, frame: Frame, detail: float) -> tuple[Outlines, Item]:
    """Paris and its inner ring once more, larger, and their frame."""
    zoom, placement = _placed({code: true_size[code] for code in layout.ZOOM}, frame, detail)
    return zoom, _frame(frame, "ZOOM", layout.ZOOM_NAME, placement)


def _placed(outlines: Outlines, frame: Frame, detail: float) -> tuple[Outlines, Placement]:
    """Outlines inside a frame, with the smallest detail of the map around it once enlarged."""
    placement = frame.fit(layout.bounds_of(outlines.values()))
    finer = simplify(outlines, detail / placement.scale)
    return {code: placement.apply(shape) for code, shape in finer.items()}, placement


def _frame(frame: Frame, code: str, name: str, placement: Placement) -> Item:
    """short: what is written instead of the name under the scale `fits`, in pixels per metre."""
    x, y = frame.title_anchor
    left, _, right, _ = frame.outline.bounds
    short = "Paris" if code == "ZOOM" else code.removeprefix("DEP-")
    return Item(
        code,
        name,
        frame.outline,
        {
            "x": round(x),
            "y": round(y),
            "scale": round(placement.scale, 2),
            "short": short,
            "fits": round((LETTER * len(name) + 6) / (right - left), 7),
        },
    )


def _picture(plan: _Plan, tables: Tables) -> Picture:
    spacing = layout.extent(plan.bounds) / HATCH_LINES
    departements = _items("DEP", plan.departements, tables.departements)
    regions = _items("REG", plan.regions, tables.regions)
    zoom = _items("DEP", plan.zoom, tables.departements)
    caisses, points = _caisses(plan.departements, tables)
    zoom_caisses, _ = _caisses(plan.zoom, tables)
    objects = {
        "context": _items("DEP", plan.context, tables.departements),
        "departements": departements,
        "regions": regions,
        "caisses": caisses,
        "caisse_points": points,
        "zoom_departements": zoom,
        "zoom_caisses": zoom_caisses,
        "drawn_departements": [*departements, *zoom],
        "drawn_caisses": [*caisses, *zoom_caisses],
        "every_caisse": [*caisses, *points],
        "lines": [*_borders(plan.regions), *plan.frames],
        "hatch_departements": _hatched([*departements, *zoom], spacing),
        "hatch_regions": _hatched(regions, spacing),
        "hatch_caisses": _hatched([*caisses, *zoom_caisses], spacing),
        "frames": plan.frames,
        "labels": [
            *_labels(departements, "departement"),
            *_labels(regions, "region"),
            *_labels(caisses, "caisse"),
            *map(_point_label, points),
            *_labels(zoom, "departement", zoom=True),
            *_labels(zoom_caisses, "caisse", zoom=True),
        ],
    }
    places = _places(tables)
    return Picture(
        plan.bounds,
        plan.detail / GRID,
        {name: [_with_place(item, places) for item in items] for name, items in objects.items()},
    )


def _places(tables: Tables) -> dict[str, int]:
    """The place of each territory in its table: a value is sent with a number, not a code."""
    kinds = (("DEP", tables.departements), ("REG", tables.regions), ("CPAM", tables.caisses))
    return {f"{prefix}-{code}": i for prefix, table in kinds for i, code in enumerate(table)}


def _with_place(item: Item, places: Mapping[str, int]) -> Item:
    if item.code not in places:
        return item
    return Item(item.code, item.name, item.shape, {**item.extra, "i": places[item.code]})


def _items(prefix: str, outlines: Outlines, names: Mapping[str, str]) -> list[Item]:
    return [Item(f"{prefix}-{code}", names[code], shape) for code, shape in outlines.items()]


def _caisses(outlines: Outlines, tables: Tables) -> tuple[list[Item], list[Item]]:
    """Shapes of the caisses that have a département to themselves, symbols of the others."""
    alone: Outlines = {}
    points: list[Item] = []
    for departement, shape in outlines.items():
        codes = tables.caisses_of(departement)
        if len(codes) == 1:
            alone[codes[0]] = shape
        elif codes:
            points += _symbols(codes, shape, tables)
    return _items("CPAM", alone, tables.caisses), points


def _symbols(codes: list[str], shape: BaseGeometry, tables: Tables) -> list[Item]:
    from pyproj import Transformer  # slow to import, and needed for four départements

    to_plane = Transformer.from_crs(4326, layout.LAMBERT_93, always_xy=True)
    starts = [to_plane.transform(*layout.SEATS[c]) if c in layout.SEATS else None for c in codes]
    return [
        Item(
            f"CPAM-{code}",
            tables.caisses[code],
            shapely.Point(x, y),
            {"r": round(radius), "departement": f"DEP-{tables.departement_of[code]}"},
        )
        for code, (x, y, radius) in zip(codes, spread(shape, starts), strict=True)
    ]


def _hatched(items: list[Item], spacing: float) -> list[Item]:
    """One feature per code: a département drawn twice is hatched in both places."""
    lines: dict[str, list[BaseGeometry]] = {}
    names = {item.code: item.name for item in items}
    for item in items:
        lines.setdefault(item.code, []).extend(shapely.get_parts(hatch(item.shape, spacing)))
    return [
        Item(code, names[code], shapely.multilinestrings(parts)) for code, parts in lines.items()
    ]


def _borders(regions: Outlines) -> list[Item]:
    return [Item("FR", "Limites des régions", borders(regions))] if len(regions) > 1 else []


def _labels(items: list[Item], kind: str, *, zoom: bool = False) -> list[Item]:
    return [_label(item, kind, *label_point(item.shape), zoom=zoom) for item in items]


def _point_label(point: Item) -> Item:
    label = _label(point, "caisse", point.shape.x, point.shape.y, float(point.extra["r"]))
    return Item(label.code, label.name, label.shape, {**label.extra, "symbol": True})


def _label(item: Item, kind: str, x: float, y: float, radius: float, *, zoom: bool = False) -> Item:
    extra: dict[str, float | str | bool] = {
        "kind": kind,
        "x": round(x),
        "y": round(y),
        "r": round(radius),
    }
    if zoom:
        extra["zoom"] = True
    return Item(item.code, item.name, shapely.Point(x, y), extra)
