"""The layers of one map under the names that charts read: shapes, borders, hatching, labels.

Every map has the same layers, some of them empty, so that one chart draws any of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import shapely
from shapely.geometry.base import BaseGeometry

from atlas.geometry import insets
from atlas.geometry.choropleth import MapOutlines
from atlas.geometry.coverage import Outlines, inner_borders
from atlas.geometry.hatching import hatch_lines
from atlas.geometry.hierarchy import Hierarchy
from atlas.geometry.labels import place_symbols, text_ellipse
from atlas.geometry.topology import Feature

#: Hatch lines in the longer side of a map.
HATCH_LINES_PER_SIDE = 90


def layers_of(outlines: MapOutlines, hierarchy: Hierarchy) -> dict[str, list[Feature]]:
    """Features by layer, in metres of the drawing.

    Layers that repeat one another follow one another: gzip looks back over 32 kB only.
    """
    spacing = insets.longer_side(outlines.bounds) / HATCH_LINES_PER_SIDE
    departements = _territory_features("DEP", outlines.departements, hierarchy.departements)
    regions = _territory_features("REG", outlines.regions, hierarchy.regions)
    zoom = _territory_features("DEP", outlines.zoom, hierarchy.departements)
    caisses, symbols = _caisses(outlines.departements, hierarchy)
    zoom_caisses, _ = _caisses(outlines.zoom, hierarchy)
    labels = [
        *_labels(departements, "departement"),
        *_labels(regions, "region"),
        *_labels(caisses, "caisse"),
        *map(_symbol_label, symbols),
        *_labels(zoom, "departement", zoom=True),
        *_labels(zoom_caisses, "caisse", zoom=True),
    ]
    layers = {
        "context": [
            Feature(f"RING-{place}", "", ring) for place, ring in enumerate(outlines.rings)
        ],
        "departements": departements,
        "drawn_departements": [*departements, *zoom],
        "zoom_departements": zoom,
        "caisses": caisses,
        "drawn_caisses": [*caisses, *zoom_caisses],
        "every_caisse": [*caisses, *symbols],
        "zoom_caisses": zoom_caisses,
        "caisse_points": symbols,
        "regions": regions,
        "lines": [*_region_borders(outlines.regions), *outlines.frames],
        "frames": outlines.frames,
        "hatch_departements": _hatching([*departements, *zoom], spacing),
        "hatch_caisses": _hatching([*caisses, *zoom_caisses], spacing),
        "hatch_regions": _hatching(regions, spacing),
        "labels": labels,
    }
    numbers = _numbers_in_hierarchy(hierarchy)
    return {
        name: [_with_number(feature, numbers) for feature in features]
        for name, features in layers.items()
    }


def _numbers_in_hierarchy(hierarchy: Hierarchy) -> dict[str, int]:
    """The place of each territory in its table: a value is sent with a number, not a code."""
    kinds = (
        ("DEP", hierarchy.departements),
        ("REG", hierarchy.regions),
        ("CPAM", hierarchy.caisses),
    )
    return {f"{prefix}-{code}": i for prefix, table in kinds for i, code in enumerate(table)}


def _with_number(feature: Feature, numbers: Mapping[str, int]) -> Feature:
    if feature.code not in numbers:
        return feature
    return Feature(
        feature.code, feature.name, feature.shape, {**feature.extra, "i": numbers[feature.code]}
    )


def _territory_features(prefix: str, outlines: Outlines, names: Mapping[str, str]) -> list[Feature]:
    return [Feature(f"{prefix}-{code}", names[code], shape) for code, shape in outlines.items()]


def _caisses(outlines: Outlines, hierarchy: Hierarchy) -> tuple[list[Feature], list[Feature]]:
    """Shapes of the caisses that have a département to themselves, symbols of the others."""
    alone: Outlines = {}
    points: list[Feature] = []
    for departement, shape in outlines.items():
        codes = hierarchy.caisses_of(departement)
        if len(codes) == 1:
            alone[codes[0]] = shape
        elif codes:
            points += _caisse_symbols(codes, shape, hierarchy)
    return _territory_features("CPAM", alone, hierarchy.caisses), points


def _caisse_symbols(codes: list[str], shape: BaseGeometry, hierarchy: Hierarchy) -> list[Feature]:
    from pyproj import Transformer  # slow to import, and needed for four départements

    to_plane = Transformer.from_crs(4326, insets.LAMBERT_93_EPSG, always_xy=True)
    starts = [
        to_plane.transform(*insets.CAISSE_SEATS[c]) if c in insets.CAISSE_SEATS else None
        for c in codes
    ]
    return [
        Feature(
            f"CPAM-{code}",
            hierarchy.caisses[code],
            shapely.Point(x, y),
            {"r": round(radius), "departement": f"DEP-{hierarchy.departement_of[code]}"},
        )
        for code, (x, y, radius) in zip(codes, place_symbols(shape, starts), strict=True)
    ]


def _hatching(features: list[Feature], spacing: float) -> list[Feature]:
    """One feature per code: a département drawn twice is hatched in both places."""
    lines: dict[str, list[BaseGeometry]] = {}
    names = {feature.code: feature.name for feature in features}
    for feature in features:
        lines.setdefault(feature.code, []).extend(
            shapely.get_parts(hatch_lines(feature.shape, spacing))
        )
    return [
        Feature(code, names[code], shapely.multilinestrings(parts)) for code, parts in lines.items()
    ]


def _region_borders(regions: Outlines) -> list[Feature]:
    return (
        [Feature("FR", "Limites des régions", inner_borders(regions))] if len(regions) > 1 else []
    )


def _labels(features: list[Feature], kind: str, *, zoom: bool = False) -> list[Feature]:
    made = []
    for feature in features:
        x, y, half_width = text_ellipse(feature.shape)
        free = feature.shape.boundary.distance(shapely.Point(x, y))
        label = _label(feature, kind, x, y, free, zoom=zoom)
        made.append(replace(label, extra={**label.extra, "w": round(half_width)}))
    return made


def _symbol_label(point: Feature) -> Feature:
    label = _label(point, "caisse", point.shape.x, point.shape.y, float(point.extra["r"]))
    return Feature(
        label.code, label.name, label.shape, {**label.extra, "w": label.extra["r"], "symbol": True}
    )


def _label(
    feature: Feature, kind: str, x: float, y: float, radius: float, *, zoom: bool = False
) -> Feature:
    extra: dict[str, float | str | bool] = {
        "kind": kind,
        "x": round(x),
        "y": round(y),
        "r": round(radius),
    }
    if zoom:
        extra["zoom"] = True
    return Feature(feature.code, feature.name, shapely.Point(x, y), extra)
