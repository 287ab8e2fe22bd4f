"""Choropleth of France or of one région, on prepared shapes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from atlas.charts.style import NO_FIGURE, Style, readable_on

SELECTION = "choix"
# Pixels that a label needs around its point: a value, two lines, and half a letter of a name.
VALUE_RADIUS, NAME_RADIUS, HALF = 13, 20, 2.7

Bounds = tuple[float, float, float, float]
_PICK = alt.selection_point(name=SELECTION, fields=["code"], empty=False)
_TOOLTIP = [alt.Tooltip("name:N", title="Territoire"), alt.Tooltip("text:N", title="Valeur"),
            alt.Tooltip("detail:N", title="Origine")]


def choropleth(values: pd.DataFrame, *, shapes: alt.UrlData, bounds: Bounds,
               level: str, colours: Sequence[str], style: Style, labels: bool) -> alt.LayerChart:
    """Territories coloured by class, hatched where the figure is missing.

    values: code, class (see style.classes_of), label (text on the map), name, text and detail
    (tooltip), selected. shapes: the TopoJSON of one view of atlas.geometry; bounds: its box.
    level: departements, caisses or regions. colours: one per class. labels: names and values are
    written where they fit.
    """
    plane = _Plane(values, shapes, bounds, style)
    fill = _fill(colours, style)
    layers = [plane.background("context")]
    layers += [plane.areas(name, fill) for name in _copies(level)]
    layers += [plane.hatches(f"hatch_{level}"), plane.lines("region_borders"),
               plane.frames(level)]
    if level == "caisses":
        layers.insert(1, plane.background("departements"))
        layers.append(plane.symbols("caisse_points", fill))
    layers += [plane.outline(name) for name in _copies(level)]
    layers.append(plane.frame_names(level))
    if labels:
        layers += plane.labels(level[:-1], colours)
    return alt.layer(*layers).project(**plane.projection())


def _copies(level: str) -> list[str]:
    """The objects that hold the shapes of a level: Paris and its inner ring are drawn twice."""
    return [level] if level == "regions" else [level, f"zoom_{level}"]


def _fill(colours: Sequence[str], style: Style) -> alt.Color:
    names = [f"c{i}" for i in range(len(colours))]
    return alt.Color("class:N", legend=None, scale=alt.Scale(
        domain=[*names, NO_FIGURE], range=[*colours, style.neutral]))


class _Plane:
    """The layers of one view, all drawn from the same values and the same TopoJSON file."""

    def __init__(self, values: pd.DataFrame, shapes: alt.UrlData,
                 bounds: Bounds, style: Style) -> None:
        self._values, self._shapes, self._bounds, self._style = values, shapes, bounds, style
        left, bottom, right, top = bounds
        self.scale = f"min(width/{right - left:.0f},height/{top - bottom:.0f})"

    def projection(self) -> dict[str, Any]:
        """Fit the box in the drawing, whatever its size: the shapes are already projected."""
        left, bottom, right, top = self._bounds
        x, y = (left + right) / 2, (bottom + top) / 2
        moved = f"[width/2-{self.scale}*{x:.0f},height/2+{self.scale}*{y:.0f}]"
        return {"type": "identity", "reflectY": True, "scale": alt.expr(self.scale),
                "translate": alt.expr(moved)}

    def background(self, name: str) -> alt.Chart:
        """Pale shapes that carry no value: neighbours, and what several caisses share."""
        return alt.Chart(self._object(name)).mark_geoshape(
            fill=self._style.neutral, stroke=self._style.paper, strokeWidth=0.6, clip=True,
            tooltip=None)

    def areas(self, name: str, fill: alt.Color) -> alt.Chart:
        """Coloured territories, from the values: a click selects a code.

        invalid=None keeps the territories without a figure, which Vega-Lite 6 drops otherwise.
        """
        chart = self._shaped(name).mark_geoshape(
            invalid=None, stroke=self._style.paper, strokeWidth=0.7,
        ).encode(shape="geo:G", color=fill, description="text:N", tooltip=_TOOLTIP)
        return chart.add_params(_PICK) if not name.startswith("zoom") else chart

    def outline(self, name: str) -> alt.Chart:
        """The selected territory, on top of its neighbours' borders."""
        return self._shaped(name).transform_filter("datum.selected").mark_geoshape(
            filled=False, stroke=self._style.ink, strokeWidth=2.4, tooltip=None,
        ).encode(shape="geo:G")

    def hatches(self, name: str) -> alt.Chart:
        """Slanted lines where there is no figure: Vega has no pattern, so they are shapes."""
        return self._valued(name).transform_filter(f"datum.class==='{NO_FIGURE}'").mark_geoshape(
            filled=False, stroke=self._style.muted, strokeWidth=0.6, opacity=0.7, tooltip=None)

    def lines(self, name: str) -> alt.Chart:
        """Borders of régions over those of départements."""
        return alt.Chart(self._object(name)).mark_geoshape(
            filled=False, stroke=self._style.muted, strokeWidth=0.8, tooltip=None)

    def frames(self, level: str) -> alt.Chart:
        """The rectangles of the insets; régions are not drawn again in the zoom of Paris."""
        shown = "true" if level != "regions" else "datum.properties.code!=='ZOOM'"
        return self.lines("frames").transform_filter(shown)

    def symbols(self, name: str, fill: alt.Color) -> alt.Chart:
        """Squares for the caisses that share a département: their outlines are not published."""
        placed = self._valued(name, "text").transform_filter("isValid(datum.class)")
        return placed.transform_calculate(
            x="datum.geometry.coordinates[0]", y="datum.geometry.coordinates[1]",
        ).mark_square(size=110, stroke=self._style.ink, strokeWidth=0.8, opacity=1).encode(
            longitude="x:Q", latitude="y:Q", color=fill, description="text:N", tooltip=_TOOLTIP)

    def frame_names(self, level: str) -> alt.Chart:
        """The name inside each inset, in its upper corner."""
        return self.frames(level).transform_calculate(
            x="datum.properties.x", y="datum.properties.y", name="datum.properties.name",
        ).mark_text(fontSize=10, align="left", baseline="top", dx=1, dy=4,
                    color=self._style.muted, tooltip=None).encode(
            longitude="x:Q", latitude="y:Q", text="name:N")

    def labels(self, kind: str, colours: Sequence[str]) -> list[alt.Chart]:
        """Name over value where the shape has room for both, else the value where it fits."""
        rooms = self._valued("labels").transform_filter(
            f"isValid(datum.class)&&datum.properties.kind==='{kind}'&&!datum.properties.zoom",
        ).transform_calculate(
            x="datum.properties.x", y="datum.properties.y",
            beside="isValid(datum.properties.symbol)",
            room=f"datum.properties.r*{self.scale}",
            named=f"datum.properties.r*{self.scale}>max({NAME_RADIUS},length(datum.name)*{HALF})")
        ink = [{"test": f"datum.class==='c{i}'", "value": readable_on(colour)}
               for i, colour in enumerate(colours)]
        text = rooms.mark_text(tooltip=None, fontSize=12).encode(
            longitude="x:Q", latitude="y:Q")
        encoded = alt.ColorValue(condition=ink, value=self._style.ink)
        inside, beside = "!datum.beside&&", "datum.beside&&"
        return [
            text.transform_filter(f"{inside}datum.named").mark_text(dy=-8, fontSize=11).encode(
                text="name:N", color=encoded),
            text.transform_filter(
                f"{inside}(datum.named||datum.room>{VALUE_RADIUS})").mark_text(
                dy=alt.expr("datum.named?8:0"), fontSize=14, fontWeight=600,
            ).encode(text="label:N", color=encoded),
            text.transform_filter(f"{beside}isValid(datum.name)").mark_text(
                dy=-13, fontSize=11, color=self._style.ink).encode(text="name:N"),
            text.transform_filter(f"{beside}isValid(datum.name)").mark_text(
                dy=15, fontSize=14, fontWeight=600, color=self._style.ink).encode(text="label:N"),
        ]

    def _object(self, name: str) -> alt.UrlData:
        shapes = self._shapes.copy(deep=False)
        shapes.format = alt.TopoDataFormat(type="topojson", feature=name)
        return shapes

    def _shaped(self, name: str) -> alt.Chart:
        """The values with their shapes; those that this object lacks are left out."""
        return alt.Chart(self._values).transform_lookup(
            "code", alt.LookupData(self._object(name), "properties.code"), as_="geo",
        ).transform_filter("isValid(datum.geo)")

    def _valued(self, name: str, *more: str) -> alt.Chart:
        """The shapes with their values: an object may hold a territory twice (zoom of Paris)."""
        return alt.Chart(self._object(name)).transform_lookup(
            "properties.code", alt.LookupData(
                self._values, "code", ["class", "label", "name", *more]))
