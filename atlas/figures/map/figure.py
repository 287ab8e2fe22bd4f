"""The map of one indicator and the ranked bars beside it: same values, same selection."""

from __future__ import annotations

import math
from typing import Any

import altair as alt
import pandas as pd

from atlas import french
from atlas.figures.common import captions
from atlas.figures.common.choropleth import choropleth
from atlas.figures.common.class_scale import ClassScale
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure, NativeChart, native_bars
from atlas.figures.common.map_labels import map_names
from atlas.figures.common.ranked_bars import NATION, ranked_bars
from atlas.figures.common.request import RequestError
from atlas.figures.common.request_checks import check_mapped, check_period
from atlas.figures.common.series_colours import colours_of_bars
from atlas.figures.common.specification import spec_of_values
from atlas.figures.common.style import as_printed
from atlas.figures.common.value_expressions import ValueExpressions
from atlas.figures.map import classes, texts
from atlas.figures.map.classes import CLASS_METHODS
from atlas.figures.map.ends import bars_drawn, ends_text, gap_rows
from atlas.figures.map.findings import map_findings
from atlas.figures.map.lonely import check_several, lonely_bar_text
from atlas.figures.map.request import MapRequest, RankingRequest, TerritoriesRequest
from atlas.figures.map.rows import map_rows, nation_date, nation_level
from atlas.values import Column, Table

_MEASURE_SLUGS = {"value": "", "change": "evolution", "gap": "ecart-france"}


def map_figure(context: FigureContext, request: MapRequest) -> Figure | None:
    """The choropleth; None when no shapes were ever prepared. Raises RequestError."""
    _check(context, request)
    check_several(context, request)
    if context.shapes is None:
        return None
    rows = map_rows(context, request)
    colour_classes = classes.classes_of(context, request, rows)
    view = context.shapes.views[request.territory]
    shapes = alt.UrlData(url=context.shapes.url(request.territory))
    expressions = _expressions(context, request, rows)
    spec = spec_of_values(
        context,
        ("choropleth", _place(request), expressions, tuple(colour_classes.ramp)),
        _with_shades(_slim(rows), rows, colour_classes),
        lambda values: choropleth(
            values,
            shapes=shapes,
            bounds=view.bounds,
            level=request.level,
            classes=colour_classes.drawing_classes,
            expressions=expressions,
            style=context.style,
            names=map_names(context, request.territory, request.level),
            selected=request.highlighted,
        ),
    )
    left, bottom, right, top = view.bounds
    said = _texts(context, request, rows, texts.title(context, request))
    notes = (said.pop("note"), classes.classes_note(request, rows))
    return Figure(
        **said,
        key=_key(context, request, "carte"),
        name="Carte",
        note=" ".join(note for note in notes if note),
        spec=spec,
        source=captions.source_line(context, rows, shapes=True),
        sources=captions.source_keys(rows),
        height=470,
        ratio=max(0.95, (right - left) / (top - bottom)),
        legend_title=classes.classes_title(context, request, colour_classes),
        legend=classes.map_legend(context, request, rows, colour_classes),
    )


def ranking_figure(context: FigureContext, request: RankingRequest) -> Figure:
    """The same values as ranked bars, with the nation's level as a line. Raises RequestError."""
    _check(context, request)
    check_several(context, request)
    rows = map_rows(context, request)
    known = rows[~rows["missing"]]
    if len(known) == 1:
        raise RequestError(lonely_bar_text(context, request, rows))
    drawn, gaps = bars_drawn(request, known), gap_rows(request, known)
    bars = _slim(drawn).assign(code=drawn["code"], name=drawn["name"])
    names, bars = None, _with_gaps(bars, gaps.assign(name=gaps["mark"]))
    if context.shapes is not None:
        feature = "every_caisse" if request.level == "caisses" else request.level
        names = alt.UrlData(
            url=context.shapes.url(request.territory),
            format=alt.TopoDataFormat(type="topojson", feature=feature),
        )
        bars = _with_nation(context, request, _with_gaps(_slim(drawn), gaps))
        bars = bars.drop(columns="detail", errors="ignore")
    expressions, inside = _expressions(context, request, rows), request.measure == "value"
    spec = spec_of_values(
        context,
        ("ranked bars", _place(request), expressions, inside),
        bars,
        lambda values: ranked_bars(
            values,
            expressions=expressions,
            style=context.style,
            names=names,
            selected=request.highlighted,
            inside=inside,
        ),
    )
    said = _texts(context, request, rows, texts.title(context, request, rows))
    said["subtitle"] += ends_text(request, known)
    said["alt"] = texts.ranking_alt(context, request, rows)
    said["steady_alt"] = texts.steady_alt(context, request, "Classement")
    return Figure(
        **said,
        key=_key(context, request, "classement"),
        name="Classement",
        spec=spec,
        source=captions.source_line(context, rows),
        sources=captions.source_keys(rows),
        height=max(90, 25 * (len(drawn) + len(gaps)) + 30),
        ratio=640 / (28 * (len(drawn) + len(gaps)) + 37),
        native=_native_bars(context, request, said["table"], drawn),
    )


def _place(request: TerritoriesRequest) -> tuple[str, ...]:
    """What is drawn whatever the values: where, at which level, and what stands out."""
    return request.territory, request.level, request.highlighted


def _check(context: FigureContext, request: MapRequest | RankingRequest) -> None:
    """What only a map can refuse; raises RequestError."""
    check_period(request.period)
    check_mapped(context, request, request.territory)
    if (
        isinstance(request, MapRequest)
        and request.classes not in ("auto", "fixed")
        and request.measure != "value"
    ):
        raise RequestError("seule la carte d’un niveau a d’autres classes que les fixes")


def _native_bars(
    context: FigureContext, request: RankingRequest, table: Table, rows: pd.DataFrame
) -> NativeChart:
    """The bars of the territories for a slide: the values of the measure asked for."""
    shown = rows.set_index("code")["shown_value"].reindex(table["territory"].cell_keys)
    measured = Table((table["territory"], Column("shown", "", tuple(shown), "value")))
    name = texts.legend_title(context, request)
    shades = colours_of_bars(context, table["territory"].cell_keys, request.highlighted)
    return native_bars(measured, "territory", [("shown", name, context.style.primary)], shades)


def _texts(
    context: FigureContext, request: TerritoriesRequest, rows: pd.DataFrame, title: str
) -> dict[str, Any]:
    """What the map and its bars say alike. title: the one of the figure without a finding."""
    return {
        "title": request.title or title,
        "findings": () if request.title else map_findings(context, request, rows),
        "subtitle": texts.subtitle(request, title),
        "alt": texts.alt_text(context, request, rows),
        "steady_alt": texts.steady_alt(context, request),
        "lecture": texts.lecture(context, request, rows),
        "champ": texts.champ(context, request, rows),
        "note": " ".join(
            note
            for note in (
                captions.computed_note(context, rows["code"], rows["shown_value"]),
                captions.secrecy_note(rows["shown_value"]),
                captions.other_bases_note(
                    rows.loc[rows["other_base"], "name"],
                    rows.loc[rows["other_base"], "change_value"],
                ),
            )
            if note
        ),
        "table": texts.map_table(context, request, rows),
        "fictitious": context.dataset.fictitious,
    }


def _slim(rows: pd.DataFrame) -> pd.DataFrame:
    """Only what is drawn and not known to the browser: this travels at each change of period.

    Marks are sent for computed values and secret ones, origins for these and for what is revised or
    contradicted; else the source line says all.
    """
    slim = rows[["i"]].assign(value=rows["shown"])
    computed = rows["shown_value"].map(lambda value: value.is_computed)
    marks = [f"\u202f{french.DERIVED_MARK}" if known else None for known in computed]
    has_origin = computed | rows["secret"]
    has_origin |= rows["shown_value"].map(lambda value: bool(value.revision or value.contradiction))
    details = [
        text if known else None for text, known in zip(rows["detail"], has_origin, strict=True)
    ]
    marks = [
        french.SECRET if hidden else mark
        for mark, hidden in zip(marks, rows["secret"], strict=True)
    ]
    slim = slim.assign(
        mark=pd.Series(marks, rows.index, dtype=object),
        detail=pd.Series(details, rows.index, dtype=object),
    )
    if _has_ranges(rows):
        ranges = [
            french.short_reach_text(value) if value.reach else None for value in rows["shown_value"]
        ]
        slim = slim.assign(range=pd.Series(ranges, rows.index, dtype=object))
    return slim if has_origin.any() else slim[["i", "value"]]


def _has_ranges(rows: pd.DataFrame) -> bool:
    return any(value.reach for value in rows["shown_value"])


def _with_gaps(bars: pd.DataFrame, gaps: pd.DataFrame) -> pd.DataFrame:
    """The bars with the rows that stand for those that are not drawn."""
    if gaps.empty:
        return bars
    kept = gaps.reindex(columns=[*dict.fromkeys([*bars.columns, "mark"])])
    return pd.concat([bars.astype(object), kept])


def _with_shades(slim: pd.DataFrame, rows: pd.DataFrame, scale: ClassScale) -> pd.DataFrame:
    """The same with the colour of each value; a range that lies in several classes has neither."""
    open_class = [classes.lies_in_several(value, scale.bounds) for value in rows["shown_value"]]
    values = slim["value"].mask(pd.Series(open_class, slim.index, dtype=bool))
    return slim.assign(value=values, shade=scale.shades(values))


def _with_nation(
    context: FigureContext, request: TerritoriesRequest, bars: pd.DataFrame
) -> pd.DataFrame:
    level = as_printed(nation_level(context, request))
    if request.measure != "value" or math.isnan(level):
        return bars
    date = nation_date(context, request)
    mark = f" ({date})" if date else None
    if mark and "mark" not in bars:
        bars = bars.assign(mark=None)
    line = pd.DataFrame({"i": [NATION], "value": [level], "mark": [mark]}, dtype=object)
    return pd.concat([bars, line.reindex(columns=bars.columns)])


def _expressions(
    context: FigureContext, request: TerritoriesRequest, rows: pd.DataFrame
) -> ValueExpressions:
    number, unit = (".1f", "%") if request.measure == "value" else ("+.1f", "points")
    return ValueExpressions(
        number,
        f"{french.NBSP}{unit}",
        "" if context.dataset.fictitious else "publié",
        secrets=bool(rows["secret"].any()),
        # Whatever the values, so that two periods of a map are one drawing.
        ranges=request.level != "caisses" and request.measure != "change",
    )


def _key(context: FigureContext, request: MapRequest | RankingRequest, what: str) -> str:
    what_is_shown = context.settings.indicators[request.indicator].label
    method = "auto" if isinstance(request, RankingRequest) else request.classes
    parts = [
        french.slug(what_is_shown),
        _MEASURE_SLUGS[request.measure],
        "" if method == "auto" else french.slug(CLASS_METHODS[method]),
        "" if request.level == "departements" else request.level,
        context.territories[request.highlighted].slug if request.highlighted else "",
        what,
    ]
    name = "_".join(part for part in parts if part)
    return f"{context.territories[request.territory].slug}_{request.period}_{name}"
