"""Choropleth of France or of one région, on prepared shapes, alone in its drawing.

The specification holds no value and the values hold no name: codes, names and shapes are in the
file of the shapes, which the browser keeps. A change of period sends places and numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from atlas.figures.common.fixed_places import x2_at, x_at, y2_at, y_at
from atlas.figures.common.map_labels import (
    LETTER_PX,
    ROW_PX,
    Bounds,
    LabelLayout,
    PlacedName,
)
from atlas.figures.common.map_layers import MapLayers
from atlas.figures.common.style import Style
from atlas.figures.common.value_expressions import Classes, ValueExpressions


def choropleth(
    values: pd.DataFrame,
    *,
    shapes: alt.UrlData,
    bounds: Bounds,
    level: str,
    classes: Classes,
    expressions: ValueExpressions,
    style: Style,
    names: Sequence[PlacedName] = (),
    selected: str = "",
) -> alt.TopLevelMixin:
    """Territories coloured by class, hatched where the figure is missing.

    values: i (place of the territory among those of its level), value (NaN where missing, rounded
    as printed), what the classes colour, and where one is computed mark (« † » or None) and detail
    (its origin or None). shapes: the TopoJSON of one view of atlas.geometry; bounds: its box.
    level: departements, caisses or regions. names: of the territories, which are written with their
    values, inside or beside the map. selected: a code, outlined and always named.
    """
    plane = NamedMapLayers(values, shapes, bounds, style, expressions, classes, names)
    return (
        alt.layer(*plane.layers(level, labels=bool(names), selected=selected))
        .project(**plane.projection())
        .add_params(*plane.layout.params())
    )


class NamedMapLayers(MapLayers):
    """The layers of a map alone in its drawing: a name that does not fit inside its territory is
    beside the map, at the end of a line."""

    def __init__(
        self,
        values: pd.DataFrame,
        shapes: alt.UrlData,
        bounds: Bounds,
        style: Style,
        expressions: ValueExpressions,
        classes: Classes,
        names: Sequence[PlacedName],
    ) -> None:
        super().__init__(values, shapes, bounds, style, expressions, classes)
        self.layout = LabelLayout(names, bounds)

    def projection(self) -> dict[str, Any]:
        """Between the names that are beside the map."""
        left, bottom, right, top = self._bounds
        x, y = (left + right) / 2, (bottom + top) / 2
        moved = f"[{self.layout.middle}-k*{x:.0f},height/2+k*{y:.0f}]"
        return {**super().projection(), "translate": alt.expr(moved)}

    def labels(self, kind: str) -> list[alt.Chart]:
        """Name over value inside the shape where it has room for both, else beside the map."""
        rooms = (
            self._rooms(kind)
            .transform_filter(self.layout.is_shown)
            .transform_calculate(fits=self.layout.fits)
        )
        outside = rooms.transform_filter("!datum.fits").transform_calculate(
            left=self.layout.on_left, **self._pixels()
        )
        return [
            *self._leaders(outside.transform_filter("datum.left"), is_left=True),
            *self._leaders(outside.transform_filter("!datum.left"), is_left=False),
            *self._inside(
                rooms.transform_filter("datum.fits&&!datum.properties.symbol"), "properties.name:N"
            ),
            *self._beside_symbols(rooms.transform_filter("datum.fits")),
        ]

    def _pixels(self) -> dict[str, str]:
        """Expressions of where the point of a label is drawn."""
        left, bottom, right, top = self._bounds
        return {
            "px": f"{self.layout.middle}+k*(datum.properties.x-{(left + right) / 2:.0f})",
            "py": f"height/2-k*(datum.properties.y-{(bottom + top) / 2:.0f})",
        }

    def _leaders(self, places: alt.Chart, *, is_left: bool) -> list[alt.Chart]:
        """Names under one another, each as near to its territory as the one above lets it be."""
        order: list[alt.SortField | dict[str, str]] = [alt.SortField("py")]
        rows = (
            places.transform_window(
                row="row_number()",
                sort=order,
                frame=[None, 0],
            )
            .transform_joinaggregate(rows="count()")
            .transform_calculate(lowest=f"datum.py-datum.row*{ROW_PX}")
            .transform_window(
                pushed="max(lowest)",
                sort=order,
                frame=[None, 0],
            )
            .transform_calculate(
                ly=f"min(max(datum.pushed+datum.row*{ROW_PX},(datum.row-0.5)*{ROW_PX}),"
                f"height-(datum.rows-datum.row+0.5)*{ROW_PX})",
                long=f"length(datum.properties.name)*{LETTER_PX}+3",
            )
        )
        edge, end = ("0", "datum.long") if is_left else ("width", "width-datum.long")
        lines = rows.encode(
            x=x_at("datum.px"), y=y_at("datum.py"), x2=x2_at(end), y2=y2_at("datum.ly")
        )
        names = rows.encode(x=x_at(edge), y=y_at("datum.ly"))
        align = "left" if is_left else "right"
        return [
            lines.mark_rule(stroke=self._style.paper, strokeWidth=2.4, aria=False),
            lines.mark_rule(stroke=self._style.ink, strokeWidth=0.8, aria=False),
            rows.mark_circle(
                size=16, color=self._style.ink, stroke=self._style.paper, opacity=1, aria=False
            ).encode(x=x_at("datum.px"), y=y_at("datum.py")),
            *self._text_with_halo(names, "properties.name:N", align=align, dy=-6, fontSize=10.5),
            *self._text_with_halo(names, "label:N", align=align, dy=7, fontSize=12, fontWeight=600),
        ]
