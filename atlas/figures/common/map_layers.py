"""The layers of a choropleth, which a map alone and each map of a pair draw alike.

The parameter k of the chart is the scale, in pixels per metre.
"""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from atlas.figures.common.map_labels import (
    Bounds,
    LabelLayout,
)
from atlas.figures.common.style import Style
from atlas.figures.common.value_expressions import Classes, ValueExpressions, quoted

SELECTION = "choix"
# What a screen reader says of a territory.
SPOKEN = alt.DescriptionValue(alt.expr("datum.properties.name+' : '+datum.text"))
# A name that its inset has no room for is shortened: « Guadeloupe » to « 971 ».
INSET_NAME = "datum.properties[k<datum.properties.fits?'short':'name']"
# Pixels that a code over a value needs around its point.
CODE_RADIUS_PX = 19
# Of each pale layer around a région.
RING_OPACITY = 0.3


def shapes_object(level: str) -> str:
    """The object with the shapes of a level; Paris and its inner ring are in it twice."""
    return level if level == "regions" else f"drawn_{level}"


class MapLayers:
    """The layers of one view, all drawn from the same values and the same TopoJSON file.

    The parameter k of the chart is the scale, in pixels per metre.
    """

    spoken = SPOKEN
    clickable = True

    def __init__(
        self,
        values: pd.DataFrame | alt.NamedData,
        shapes: alt.UrlData,
        bounds: Bounds,
        style: Style,
        expressions: ValueExpressions,
        classes: Classes,
    ) -> None:
        self._values, self._shapes, self._bounds = values, shapes, bounds
        self._style, self._expressions, self._classes = style, expressions, classes

    def projection(self) -> dict[str, Any]:
        """Fit the box in the drawing, whatever its size: the shapes are already projected."""
        left, bottom, right, top = self._bounds
        x, y = (left + right) / 2, (bottom + top) / 2
        moved = f"[width/2-k*{x:.0f},height/2+k*{y:.0f}]"
        return {
            "type": "identity",
            "reflectY": True,
            "scale": alt.expr("k"),
            "translate": alt.expr(moved),
        }

    def layers(self, level: str, *, labels: bool, selected: str) -> list[alt.Chart]:
        """All of them, from the bottom to the top."""
        layers = [self.surroundings()] if labels else []
        if level == "caisses":
            layers.append(self.background("departements"))
        layers += [
            self.areas(shapes_object(level)),
            self.hatches(f"hatch_{level}"),
            *self.insets(level),
        ]
        if level == "caisses":
            layers.append(self.symbols("caisse_points"))
        if selected:
            layers += self.outline(shapes_object(level), selected)
        if selected and level == "caisses":
            layers += self.ring("caisse_points", selected)
        if labels:
            return [*layers, *self.labels(level[:-1])]
        return [*layers, *self.selected_label(level[:-1], selected)] if selected else layers

    def surroundings(self) -> alt.Chart:
        """The land around a région: pale layers that lie on one another and fade away from it."""
        chart: alt.Chart = alt.Chart(self._object("context")).mark_geoshape(
            fill=self._style.neutral, opacity=RING_OPACITY, aria=False
        )
        return chart

    def background(self, name: str) -> alt.Chart:
        """Pale shapes that carry no value: what several caisses share, who is not compared."""
        chart: alt.Chart = alt.Chart(self._object(name)).mark_geoshape(
            fill=self._style.neutral, stroke=self._style.paper, strokeWidth=0.6, clip=True
        )
        return chart

    def areas(self, name: str) -> alt.Chart:
        """Coloured territories; a click selects a code.

        invalid=None keeps the territories without a figure, which Vega-Lite 6 drops otherwise.
        """
        areas = (
            self._shapes_with_values(name)
            .transform_calculate(
                code="datum.properties.code",
                **self._expressions.tooltip_expressions,
            )
            .mark_geoshape(invalid=None, stroke=self._style.paper)
            .encode(color=self._fill(), description=self.spoken, tooltip=self._tooltip())
        )
        chart: alt.Chart = (
            areas
            if not self.clickable
            else areas.add_params(alt.selection_point(name=SELECTION, fields=["code"], empty=False))
        )
        return chart

    def hatches(self, name: str) -> alt.Chart:
        """Slanted lines where there is no figure: Vega has no pattern, so they are shapes."""
        chart: alt.Chart = (
            self._shapes_with_values(name, "value")
            .transform_filter("datum.value===null")
            .mark_geoshape(filled=False, stroke=self._style.muted, strokeWidth=0.6)
        )
        return chart

    def insets(self, level: str) -> list[alt.Chart]:
        """Borders of régions, rectangles of the insets and their names, short where the map is.

        Régions have their own borders, and are not drawn again in the zoom of Paris.
        """
        frames = alt.Chart(self._object("frames"))
        lines = alt.Chart(self._object("lines"))
        if level == "regions":
            lines = frames = frames.transform_filter("datum.properties.code!=='ZOOM'")
        names = frames.mark_text(
            fontSize=10, align="left", baseline="top", dx=1, dy=2, color=self._style.muted
        )
        return [
            lines.mark_geoshape(filled=False, stroke=self._style.muted, strokeWidth=0.8),
            names.encode(
                longitude=alt.Longitude("properties.x:Q"),
                latitude=alt.Latitude("properties.y:Q"),
                text=alt.TextValue(alt.expr(INSET_NAME)),
            ),
        ]

    def symbols(self, name: str) -> alt.Chart:
        """Squares for the caisses that share a département: their outlines are not published.

        Pale where the figure is missing, as the shapes are.
        """
        chart: alt.Chart = (
            self._shapes_with_values(name)
            .transform_calculate(
                **self._expressions.tooltip_expressions,
                code="datum.properties.code",
                x="datum.geometry.coordinates[0]",
                y="datum.geometry.coordinates[1]",
            )
            .mark_square(
                invalid=None,
                size=110,
                stroke=self._style.ink,
                strokeWidth=0.8,
                opacity=1,
            )
            .encode(
                longitude=alt.Longitude("x:Q"),
                latitude=alt.Latitude("y:Q"),
                color=self._fill(),
                description=self.spoken,
                tooltip=self._tooltip(),
            )
        )
        return chart

    def outline(self, name: str, code: str) -> list[alt.Chart]:
        """The selected territory on top of its neighbours' borders: the accent in a double line of
        ink and paper, which a grey printer keeps."""
        shape = alt.Chart(self._object(name)).transform_filter(
            f"datum.properties.code==={quoted(code)}"
        )
        return [
            shape.mark_geoshape(filled=False, stroke=colour, strokeWidth=width, strokeJoin="round")
            for colour, width in self._outline_strokes
        ]

    def ring(self, name: str, code: str) -> list[alt.Chart]:
        """The selected symbol, as `outline`."""
        point = (
            alt.Chart(self._object(name))
            .transform_filter(f"datum.properties.code==={quoted(code)}")
            .encode(
                longitude=alt.Longitude("geometry.coordinates[0]:Q"),
                latitude=alt.Latitude("geometry.coordinates[1]:Q"),
            )
        )
        return [
            point.mark_square(
                aria=False, filled=False, size=170, stroke=colour, strokeWidth=width, opacity=1
            )
            for colour, width in self._outline_strokes
        ]

    @property
    def _outline_strokes(self) -> list[tuple[str, float]]:
        return [(self._style.paper, 5.6), (self._style.ink, 4), (self._style.accent, 1.8)]

    def selected_label(self, kind: str, code: str) -> list[alt.Chart]:
        """The name and the value of the selected territory where the others have none."""
        place = (
            self._shapes_with_values("labels")
            .transform_filter(
                f"datum.properties.kind==='{kind}'&&!datum.properties.zoom"
                f"&&datum.properties.code==={quoted(code)}"
            )
            .transform_calculate(
                label=f"datum.properties.name+' '+({self._expressions.has_label}"
                f"?{self._expressions.label}:{self._expressions.absent})"
            )
            .encode(
                longitude=alt.Longitude("properties.x:Q"), latitude=alt.Latitude("properties.y:Q")
            )
        )
        return self._text_with_halo(place, "label:N", fontSize=12, fontWeight=600)

    def labels(self, kind: str) -> list[alt.Chart]:
        """Name over value where the shape has room for both, else a code over the value."""
        rooms = self._rooms(kind).transform_calculate(
            fits=LabelLayout((), self._bounds).fits,
            called="datum.fits?datum.properties.name:split(datum.properties.code,'-')[1]",
        )
        inside = rooms.transform_filter(
            f"!datum.properties.symbol&&(datum.fits||datum.room>{CODE_RADIUS_PX})"
        )
        return [*self._inside(inside, "called:N"), *self._beside_symbols(rooms)]

    def _rooms(self, kind: str) -> alt.Chart:
        chart: alt.Chart = (
            self._shapes_with_values("labels")
            .transform_filter(
                f"{self._expressions.has_label}&&datum.properties.kind==='{kind}'",
            )
            .transform_calculate(label=self._expressions.label, room="datum.properties.r*k")
        )
        return chart

    def _inside(self, places: alt.Chart, name: str) -> list[alt.Chart]:
        ink = self._classes.ink()
        placed = places.encode(
            longitude=alt.Longitude("properties.x:Q"), latitude=alt.Latitude("properties.y:Q")
        )
        return [
            placed.mark_text(dy=-8, fontSize=11).encode(text=alt.Text(name), color=ink),
            placed.mark_text(dy=8, fontSize=14, fontWeight=600).encode(
                text=alt.Text("label:N"), color=ink
            ),
        ]

    def _beside_symbols(self, rooms: alt.Chart) -> list[alt.Chart]:
        beside = rooms.transform_filter("datum.properties.symbol").encode(
            longitude=alt.Longitude("properties.x:Q"), latitude=alt.Latitude("properties.y:Q")
        )
        return [
            *self._text_with_halo(beside, "properties.name:N", dy=-13, fontSize=11),
            *self._text_with_halo(beside, "label:N", dy=15, fontSize=14, fontWeight=600),
        ]

    def _text_with_halo(self, places: alt.Chart, text: str, **font: Any) -> list[alt.Chart]:
        """A text beside its symbol stays readable over the shapes that it meets."""
        paper = {"color": self._style.paper, "stroke": self._style.paper, "strokeWidth": 3}
        return [
            places.mark_text(**font, **colours).encode(text=text)
            for colours in (paper, {"color": self._style.ink})
        ]

    def _fill(self) -> Any:
        missing: Any = {"test": "datum.value===null", "value": self._style.neutral}
        secret = {"test": "datum.value===null&&isValid(datum.mark)", "value": self._style.hidden}
        several: Any = {
            "test": "datum.value===null&&isValid(datum.range)",
            "value": self._style.open_class,
        }
        conditions = [
            *([several] if self._expressions.ranges else []),
            *([secret] if self._expressions.secrets else []),
        ]
        return alt.Color(
            f"{self._classes.field}:Q",
            legend=None,
            scale=self._classes.scale(),
            condition=[*conditions, missing] if conditions else missing,
        )

    def _tooltip(self) -> list[alt.Tooltip]:
        lines = {"properties.name": "Territoire", "text": "Valeur"}
        if self._expressions.origin:
            lines["origin"] = "Origine"
        return [alt.Tooltip(f"{field}:N", title=title) for field, title in lines.items()]

    def _object(self, name: str) -> alt.UrlData:
        shapes = self._shapes.copy(deep=False)
        shapes.format = alt.TopoDataFormat(type="topojson", feature=name)
        return shapes

    def _shapes_with_values(self, name: str, *fields: str) -> alt.Chart:
        """The shapes with their values: an object may hold a territory twice (zoom of Paris)."""
        range_field = ("range",) if self._expressions.ranges else ()
        sent = fields or dict.fromkeys(
            ("value", "mark", "detail", *range_field, self._classes.field)
        )
        return alt.Chart(self._object(name)).transform_lookup(
            "properties.i", alt.LookupData(self._values, "i", list(sent))
        )
