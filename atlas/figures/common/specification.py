"""A chart as its Vega-Lite specification, with what the style says inside it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Hashable
from typing import Any

import altair as alt
import pandas as pd
from altair.utils import schemapi

from atlas.figures.common.context import FigureContext
from atlas.figures.common.style import Style, vega_config

# Altair compares each part of a chart with the schema of Vega-Lite as it is made: a quarter of the
# time of a figure. The tests compare whole specifications, which are the same without it.
schemapi.DEBUG_MODE = False


def to_spec(chart: alt.TopLevelMixin, style: Style) -> dict[str, Any]:
    """The Vega-Lite specification with fonts, colours and French locale inside it."""
    spec = _with_stable_names(chart.to_dict(validate=False))
    _silence_decoration(spec)
    spec["background"] = "transparent"
    spec["config"] = vega_config(style, with_dates=_has_dates(spec))
    return spec


def spec_of_values(
    context: FigureContext,
    drawing: Hashable,
    values: pd.DataFrame,
    draw: Callable[[pd.DataFrame], alt.TopLevelMixin],
) -> dict[str, Any]:
    """The specification of a chart of one frame of values, which holds none of them: made once for
    a drawing, and shared by the figures of which the values alone differ.

    drawing: all that `draw` reads besides the values and what is fixed for a context; the columns
    of the values count too. What is given is shared, and never changed.
    """
    spec = context.once(
        ("specification", drawing, *values.columns), lambda: to_spec(draw(values), context.style)
    )
    (name,) = spec["datasets"]
    return {**spec, "datasets": {name: _records(values)}}


def _records(values: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as Altair writes them, None for what is missing."""
    rows: list[dict[str, Any]] = list(alt.to_values(values)["values"])
    return _without_nan(rows)


def _without_nan(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{field: None if cell != cell else cell for field, cell in row.items()} for row in rows]


def _with_stable_names(spec: dict[str, Any]) -> dict[str, Any]:
    """Name the data and the views by their place, where Altair names them by a hash or a count.

    With new values the specification then stays the same text, and the browser keeps its view.
    """
    text = json.dumps({key: part for key, part in spec.items() if key != "datasets"})
    for place, name in enumerate(dict.fromkeys(re.findall(r'"(view_[0-9a-f]{8,}_\d+)"', text))):
        text = text.replace(f'"{name}"', f'"view{place}"')
    datasets = {}
    for place, (name, values) in enumerate(spec.get("datasets", {}).items()):
        text = text.replace(f'"{name}"', f'"values{place}"')
        datasets[f"values{place}"] = _without_nan(values)
    return {**json.loads(text), "datasets": datasets}


def _silence_decoration(part: Any) -> None:
    """Keep marks that say nothing (borders, hatching, halos) from being announced as images without
    a name: a reader of the screen is told of those that have a description alone."""
    if isinstance(part, list):
        for entry in part:
            _silence_decoration(entry)
    elif isinstance(part, dict):
        mark = part.get("mark")
        if isinstance(mark, dict) and "description" not in part.get("encoding", {}):
            mark.setdefault("aria", False)
        for key, entry in part.items():
            if key != "datasets":
                _silence_decoration(entry)


def _has_dates(part: Any) -> bool:
    """True when a channel of the specification is temporal."""
    if isinstance(part, dict):
        return part.get("type") == "temporal" or any(
            _has_dates(value) for key, value in part.items() if key != "datasets"
        )
    return isinstance(part, list) and any(map(_has_dates, part))
