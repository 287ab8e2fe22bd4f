"""Two maps of the same territories at two dates, on one scale of colours, in one view.

One view, and not two side by side: it keeps an exact size in an image, one click selects in both,
and the two find their places by themselves, side by side or one above the other, whichever lets
them be larger.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from atlas.figures.common.class_scale import SHADE
from atlas.figures.common.fixed_places import x_at, y_at
from atlas.figures.common.map_labels import Bounds
from atlas.figures.common.map_layers import MapLayers, shapes_object
from atlas.figures.common.style import Style
from atlas.figures.common.value_expressions import Classes, ValueExpressions, points, quoted

# Pixels of the date over each map, and between two maps side by side.
HEAD, BETWEEN = 24, 14
# What each map draws, and the names of its territories' states in a tooltip.
FIELDS = ("before", "after")
VALUES, DATES = "paires", "dates"
_OF_DATE = {"value": "", "mark": "_mark", SHADE: f"_{SHADE}"}
TITLES = {"before": "Avant", "after": "Après", "change": "Évolution"}


@dataclass(frozen=True)
class PairExpressions(ValueExpressions):
    """How Vega writes the two values of a territory and what lies between them."""

    @property
    def tooltip_expressions(self) -> dict[str, str]:
        """Expressions of the value of this map, then of the three that a tooltip tells."""
        said = {name: self._of(name, self.number, self.suffix) for name in FIELDS}
        change = f"isValid(datum.change)?{points('change', self.number)}+(datum.change_mark||''):''"
        return {
            "text": self.text,
            **{f"{name}_text": text for name, text in said.items()},
            "change_text": change,
        }

    def _of(self, name: str, number: str, suffix: str) -> str:
        return (
            f"isValid(datum.{name})?format(datum.{name},'{number}')+{quoted(suffix)}"
            f"+(datum.{name}_mark||''):{self.absent.replace('mark', f'{name}_mark')}"
        )


def two_maps(
    values: pd.DataFrame,
    dates: pd.DataFrame,
    *,
    shapes: alt.UrlData,
    bounds: Bounds,
    level: str,
    classes: Classes,
    expressions: PairExpressions,
    style: Style,
    labels: bool,
    selected: str = "",
    some: bool = False,
) -> alt.TopLevelMixin:
    """Territories at two dates, coloured by the same classes, hatched where a figure is missing.

    values: i, before, after and change (NaN where missing, rounded as printed), before_shade and
    after_shade (what the classes colour), and where one is computed before_mark, after_mark and
    change_mark (« † » or None). dates: place (0 and 1) and text, written over each map. some: those
    of the level that are not among the values are pale, and not hatched. The rest is as for the
    choropleth of one date.
    """
    halves = [_Half(shapes, bounds, style, expressions, classes, place, some) for place in (0, 1)]
    maps = [
        alt.layer(*half.layers(level, labels=labels, selected=selected)).project(
            **half.projection()
        )
        for half in halves
    ]
    left, bottom, right, top = bounds
    across, down = f"{right - left:.0f}", f"{top - bottom:.0f}"
    beside = f"min((width-{BETWEEN})/2/{across},(height-{HEAD})/{down})"
    above = f"min(width/{across},(height/2-{HEAD})/{down})"
    chart = alt.layer(*maps, _heads(bounds)).add_params(
        alt.param(name="beside", expr=f"{beside}>={above}?1:0"),
        alt.param(name="k", expr=f"max({beside},{above})"),
    )
    # Named once: Altair would copy the rows with each layer, which takes longer than the rest.
    chart.datasets = {VALUES: values.to_dict("records"), DATES: dates.to_dict("records")}
    return chart


def _middle(place: int | str, bounds: Bounds) -> tuple[str, str]:
    """Expressions of the middle of a map and its date, in pixels: near each other where there is
    room to spare. place: 0, 1 or an expression."""
    left, _, right, _ = bounds
    apart = f"min(width/4,(k*{right - left:.0f}+{BETWEEN})/2)"
    return (
        f"width/2+(beside?(2*{place}-1)*{apart}:0)",
        f"(beside?height/2:height*(1+2*{place})/4)",
    )


def _heads(bounds: Bounds) -> alt.Chart:
    """The dates are data: with others, the specification stays the same text."""
    _, bottom, _, top = bounds
    x, y = _middle("datum.place", bounds)
    chart: alt.Chart = (
        alt.Chart(alt.NamedData(name=DATES))
        .mark_text(fontSize=14, fontWeight=600)
        .encode(
            text=alt.Text("text:N"),
            x=x_at(x),
            y=y_at(f"{y}-k*{(top - bottom) / 2:.0f}"),
        )
    )
    return chart


class _Half(MapLayers):
    """One of the two maps: the first on the left or above, the second on the right or below."""

    def __init__(
        self,
        shapes: alt.UrlData,
        bounds: Bounds,
        style: Style,
        expressions: PairExpressions,
        classes: Classes,
        place: int,
        some: bool = False,
    ) -> None:
        super().__init__(alt.NamedData(name=VALUES), shapes, bounds, style, expressions, classes)
        self._place, self._field, self._some = place, FIELDS[place], some
        # Both are in one group of marks, where the selection of the first hears every click.
        self.clickable = place == 0
        name = TITLES[self._field].lower()
        self.spoken = alt.DescriptionValue(
            alt.expr(f"datum.properties.name+' ({name}) : '+datum.text")
        )

    def layers(self, level: str, *, labels: bool, selected: str) -> list[alt.Chart]:
        """Those of one map, over the shapes that are not compared."""
        layers = super().layers(level, labels=labels, selected=selected)
        return [self.background(shapes_object(level)), *layers] if self._some else layers

    def projection(self) -> dict[str, Any]:
        """In its half of the drawing. Vega-Lite takes projections that differ by their place
        alone for one, and draws both maps at the same place: their precision, of which a plane
        has no use, tells them apart."""
        left, bottom, right, top = self._bounds
        x, y = _middle(self._place, self._bounds)
        moved = f"[{x}-k*{(left + right) / 2:.0f},{y}+{HEAD // 2}+k*{(bottom + top) / 2:.0f}]"
        return {
            **super().projection(),
            "precision": 0.5 + self._place,
            "translate": alt.expr(moved),
        }

    def _tooltip(self) -> list[alt.Tooltip]:
        return [
            alt.Tooltip("properties.name:N", title="Territoire"),
            *(alt.Tooltip(f"{name}_text:N", title=title) for name, title in TITLES.items()),
        ]

    def _shapes_with_values(self, name: str, *fields: str) -> alt.Chart:
        """Values of both dates: those of this map are then `value` and `mark`."""
        sent = [
            *TITLES,
            *(f"{name}_mark" for name in TITLES),
            *(f"{name}_{SHADE}" for name in FIELDS),
        ]
        found = alt.Chart(self._object(name)).transform_lookup(
            "properties.i", alt.LookupData(self._values, "i", [*(["i"] * self._some), *sent])
        )
        if self._some:
            found = found.transform_filter("isValid(datum.i)")
        return found.transform_calculate(
            **{name: f"datum.{self._field}{suffix}" for name, suffix in _OF_DATE.items()}
        )
