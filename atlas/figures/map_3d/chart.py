"""The map in relief: territories as pillars, or a column on each of them.

The projection is parallel, so that equal values keep equal heights wherever they stand. Colours
are those of the flat map.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
import pydeck as pdk
from pydeck.bindings.json_tools import default_serialize

from atlas.figures.common.style import Style, mix_colours

PITCH = math.radians(45)
#: Height of the highest value and radius of a column, as parts of the longer side of the view.
PILLAR, COLUMN, RADIUS = 0.13, 0.24, 0.009
COLUMN_SIDES = 16
EQUATOR_METRES = 40_075_016.7
#: Light falls so that a top keeps exactly the colour of its class and the walls in front are
#: darker: the fixed lights of the browser would make them lighter, hence the sign.
MATERIAL = {"ambient": 1.284, "diffuse": -0.5, "shininess": 1, "specularColor": [0, 0, 0]}
#: How far edges are from the colour of their pillar towards that of the paper.
EDGE_WIDTH_PX = 0.4
#: The layers that can be clicked. Their rows hold « c », the code of a territory.
PICKED = ("pillars", "ground")

Part = Sequence[Sequence[Sequence[float]]]


@dataclass(frozen=True)
class Scene:
    """What is shown, in degrees: polygons and points by code, and the box to look at.

    box: west, south, east, north; size: pixels of the drawing.
    """

    parts: Mapping[str, Sequence[Part]]
    points: Mapping[str, Sequence[float]]
    box: Sequence[float]
    size: tuple[int, int]

    @property
    def latitude(self) -> float:
        """The middle of the box, in radians."""
        return math.radians((self.box[1] + self.box[3]) / 2)

    @property
    def sides(self) -> tuple[float, float]:
        """Width and height of the box on a Mercator world of side 1."""
        west, south, east, north = self.box
        return (east - west) / 360, _mercator(north) - _mercator(south)

    def metres(self, share: float) -> float:
        """A part of the longer side of the box, on the ground."""
        return share * max(self.sides) * EQUATOR_METRES * math.cos(self.latitude)


def map_3d(
    rows: pd.DataFrame, scene: Scene, *, columns: bool, style: Style, selected: str = ""
) -> Deck:
    """Heights from zero, in proportion to the values; what has no value lies flat.

    rows: code, name, text, value (NaN where missing) and colour (« #2f47b0 »). columns: a column
    on each territory, for counts, instead of the territory itself. selected: a code, outlined.
    """
    known = rows[rows["value"].notna()]
    raised = list(_with_heights(known, scene, style, columns=columns))
    flat = rows if columns else rows[rows["value"].isna()]
    highest = COLUMN if columns else PILLAR
    layers = [
        _ground_layer(flat, scene, style),
        pdk.Layer(
            "PolygonLayer",
            raised,
            id="pillars",
            get_elevation="h",
            extruded=True,
            elevation_scale=round(scene.metres(highest)),
            material=MATERIAL,
            wireframe=not columns,
            get_line_color="l",
            **_polygon_style(),
        ),
    ]
    if selected in scene.parts:
        layers.append(_outline(selected, raised, scene, highest, style))
    return Deck(
        layers=layers,
        map_provider=None,
        initial_view_state=_camera(scene, highest),
        views=[pdk.View(type="MapView", controller=True, orthographic=True)],
        tooltip={
            "html": "<b>{n}</b><br>{t}",
            "style": {"color": style.paper, "backgroundColor": style.ink, "borderRadius": "4px"},
        },
    )


class Deck(pdk.Deck):  # type: ignore[misc]  # pydeck is not typed
    """A drawing whose text is not indented: numbers one per line take five times the bytes."""

    def to_json(self) -> str:
        return json.dumps(
            self,
            sort_keys=True,
            default=default_serialize,
            ensure_ascii=False,
            separators=(",", ":"),
        )


def _polygon_style() -> dict[str, Any]:
    """What both layers of polygons have in common.

    The colour is given to the layer inside: Streamlit pales the colours that it finds outside as
    soon as a territory is picked, and they would no longer be those of the legend.
    """
    return {
        "get_polygon": "p",
        "pickable": True,
        "_sub_layer_props": {"fill": {"getFillColor": "@@=f"}},
    }


def _ground_layer(rows: pd.DataFrame, scene: Scene, style: Style) -> pdk.Layer:
    data = [{**row, "f": _rgb(style.neutral)} for row in _polygons(rows, scene)]
    return pdk.Layer(
        "PolygonLayer",
        data,
        id="ground",
        stroked=True,
        get_line_color=_rgb(style.muted),
        line_width_units="'pixels'",
        get_line_width=0.6,
        **_polygon_style(),
    )


def _polygons(rows: pd.DataFrame, scene: Scene) -> Iterator[dict[str, Any]]:
    """One row per polygon: a territory made of islands has several."""
    for code, name, text in rows[["code", "name", "text"]].itertuples(index=False):
        for part in scene.parts[code]:
            # The tooltip is HTML, and a name may hold any letter.
            yield {
                "c": code,
                "n": escape(name, quote=False),
                "t": escape(text, quote=False),
                "p": part,
            }


def _with_heights(
    rows: pd.DataFrame, scene: Scene, style: Style, *, columns: bool
) -> Iterator[dict[str, Any]]:
    """The polygons with their height, a share of the highest, their colour and that of edges."""
    top = float(rows["value"].max()) if len(rows) else 0.0
    values = dict(zip(rows["code"], rows["value"], strict=True))
    colours = {
        code: (_rgb(colour), _rgb(mix_colours(colour, style.paper, EDGE_WIDTH_PX)))
        for code, colour in zip(rows["code"], rows["colour"], strict=True)
    }
    stand = (
        scene
        if not columns
        else Scene(
            {code: [_disc(scene.points[code], scene)] for code in values},
            scene.points,
            scene.box,
            scene.size,
        )
    )
    for row in _polygons(rows, stand):
        code = row["c"]
        share = values[code] / top if top > 0 else 0.0
        fill, edge = colours[code]
        yield {**row, "f": fill, "l": edge, "h": round(share * _lower(code, scene), 4)}


def _lower(code: str, scene: Scene) -> float:
    """A Mercator world stretches heights with latitude; this takes the stretch back.

    A value in Lille would otherwise stand a sixth higher than the same value in Ajaccio.
    """
    return math.cos(math.radians(scene.points[code][1])) / math.cos(scene.latitude)


def _disc(point: Sequence[float], scene: Scene) -> Part:
    """The foot of a column."""
    longitude, latitude = point
    radius = scene.metres(RADIUS) / EQUATOR_METRES * 360
    wide = radius / math.cos(math.radians(latitude))
    turns = [2 * math.pi * i / COLUMN_SIDES for i in range(COLUMN_SIDES)]
    return [
        [
            [
                round(longitude + wide * math.cos(turn), 4),
                round(latitude + radius * math.sin(turn), 4),
            ]
            for turn in turns
        ]
    ]


def _outline(
    code: str, raised: Iterable[dict[str, Any]], scene: Scene, highest: float, style: Style
) -> pdk.Layer:
    """The rim of a territory on the ground, and that of what stands on it."""
    rims = [(part, 0.0) for part in scene.parts[code]]
    rims += [(row["p"], row["h"]) for row in raised if row["c"] == code]
    lines = [
        {
            "type": "Feature",
            "properties": {},
            "geometry": {
                "type": "LineString",
                "coordinates": _close_ring(part[0], height * scene.metres(highest)),
            },
        }
        for part, height in rims
    ]
    return pdk.Layer(
        "GeoJsonLayer",
        lines,
        id="rim",
        stroked=True,
        get_line_color=_rgb(style.accent),
        line_width_units="'pixels'",
        get_line_width=4,
        pickable=False,
    )


def _close_ring(ring: Sequence[Sequence[float]], height: float) -> list[list[float]]:
    return [[*point, round(height * 1.005)] for point in (*ring, ring[0])]


def _camera(scene: Scene, highest: float) -> pdk.ViewState:
    """The whole box and the highest pillar that could stand at its upper edge."""
    west, south, east, north = scene.box
    wide, high = scene.sides
    above = highest * max(wide, high) * math.sin(PITCH)
    fits = min(scene.size[0] / wide, scene.size[1] / (high * math.cos(PITCH) + above))
    middle = (_mercator(south) + _mercator(north) + above / math.cos(PITCH)) / 2
    return pdk.ViewState(
        longitude=round((west + east) / 2, 4),
        latitude=round(_degrees(middle), 4),
        zoom=round(math.log2(fits / 512) - 0.1, 2),
        pitch=round(math.degrees(PITCH)),
        bearing=0,
        min_zoom=2,
        max_zoom=12,
    )


def _mercator(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)) / (2 * math.pi)


def _degrees(y: float) -> float:
    return math.degrees(2 * math.atan(math.exp(2 * math.pi * y)) - math.pi / 2)


def _rgb(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
