"""The map of one indicator and the ranked bars beside it: same values, same selection."""

from __future__ import annotations

import math
from typing import Any

import altair as alt
import pandas as pd

from atlas import french
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure, NativeChart, Series
from atlas.figures.common.map_layers import choropleth
from atlas.figures.common.ranked_bars import NATION, ranked_bars
from atlas.figures.common.style import as_printed, to_spec
from atlas.figures.common.value_expressions import ValueExpressions
from atlas.figures.map import classes, texts
from atlas.figures.map.classes import SCALES
from atlas.figures.map.texts import MapChoice
from atlas.indicators import is_restated, snapshot
from atlas.territories import KIND_OF_LEVEL

_MEASURE_SLUGS = {"value": "", "change": "evolution", "gap": "ecart-france"}


def map_figure(context: FigureContext, choice: MapChoice, title: str = "") -> Figure | None:
    """The choropleth of a choice; None when no shapes were ever prepared."""
    if context.shapes is None:
        return None
    rows = map_values(context, choice)
    scale = classes.classes_of(context, choice, rows)
    view = context.shapes.views[choice.within]
    chart = choropleth(
        _slim(rows),
        shapes=alt.UrlData(url=context.shapes.url(choice.within)),
        bounds=view.bounds,
        level=choice.level,
        classes=scale,
        words=_words(context, choice, rows),
        style=context.style,
        labels=choice.within != "FR",
        selected=choice.selected,
    )
    left, bottom, right, top = view.bounds
    texts = _texts(context, choice, rows, title)
    notes = (texts.pop("note"), classes.classes_note(choice, rows))
    return Figure(
        **texts,
        key=_key(context, choice, "carte"),
        name="Carte",
        note=" ".join(note for note in notes if note),
        spec=to_spec(chart, context.style),
        source=captions.source_line(context, rows, shapes=True),
        sources=captions.source_keys(rows),
        height=470,
        ratio=max(0.95, (right - left) / (top - bottom)),
        legend_title=classes.scale_title(context, choice),
        legend=classes.map_legend(context, choice, rows, scale),
    )


def ranking_figure(context: FigureContext, choice: MapChoice, title: str = "") -> Figure:
    """The same values as ranked bars, with the nation's level as a line."""
    rows = map_values(context, choice)
    known = rows[~rows["missing"]]
    names, bars = None, _slim(known).assign(code=known["code"], name=known["name"])
    if context.shapes is not None:
        feature = "every_caisse" if choice.level == "caisses" else choice.level
        names = alt.UrlData(
            url=context.shapes.url(choice.within),
            format=alt.TopoDataFormat(type="topojson", feature=feature),
        )
        bars = _with_nation(context, choice, _slim(known)).drop(columns="detail", errors="ignore")
    chart = ranked_bars(
        bars,
        words=_words(context, choice, rows),
        style=context.style,
        names=names,
        selected=choice.selected,
        inside=choice.measure == "value",
    )
    return Figure(
        **_texts(context, choice, rows, title),
        key=_key(context, choice, "classement"),
        name="Classement",
        spec=to_spec(chart, context.style),
        source=captions.source_line(context, rows),
        sources=captions.source_keys(rows),
        height=max(90, 25 * len(known) + 30),
        ratio=640 / (28 * len(known) + 37),
        plot=_plot(context, choice, known),
    )


def _plot(context: FigureContext, choice: MapChoice, known: pd.DataFrame) -> NativeChart:
    """The bars for a slide: those of the territories, the nation's level among them."""
    ordered = known.sort_values("shown", ascending=False, kind="stable")
    kind = context.settings.indicators[choice.indicator]
    say = french.cell_format if choice.measure == "value" else french.change_format
    labels = [
        captions.marked(text, how)
        for text, how in zip(ordered["text"], ordered["derived"], strict=True)
    ]
    name = texts.legend_title(context, choice)
    return NativeChart(
        "bars",
        tuple(ordered["name"]),
        (Series(name, tuple(ordered["shown"]), context.style.primary, tuple(labels)),),
        say(1.5, kind),
    )


def _texts(
    context: FigureContext, choice: MapChoice, rows: pd.DataFrame, title: str
) -> dict[str, Any]:
    """What the map and its bars say alike."""
    return {
        "title": title or texts.title(context, choice),
        "subtitle": texts.subtitle(context, choice, title),
        "alt": texts.alt_text(context, choice, rows),
        "steady_alt": texts.steady_alt(context, choice),
        "lecture": texts.lecture(context, choice, rows),
        "champ": texts.champ(context, choice),
        "note": " ".join(
            note
            for note in (captions.derived_note(context, rows), captions.secrecy_note(rows))
            if note
        ),
        "table": texts.map_table(context, choice, rows),
        "numbers": texts.map_numbers(context.settings.indicators[choice.indicator], rows),
        "fictitious": context.dataset.fictitious,
    }


def map_values(context: FigureContext, choice: MapChoice) -> pd.DataFrame:
    """The snapshot of the level inside the territory, plus what the charts print.

    Adds i (place in the level), name, shown (the value of the measure, rounded as printed), text
    and detail (where it comes from). derived is how the measure was computed, level_derived how
    the level was.
    """
    codes = context.territories.of_kind(KIND_OF_LEVEL[choice.level], choice.within)
    indicator = context.settings.indicators[choice.indicator]
    rows = (
        snapshot(
            context.dataset.observations,
            context.settings,
            ["FR", *codes],
            indicator=choice.indicator,
            reference_period=choice.reference_period,
        )
        .iloc[1:]
        .copy()
    )
    everywhere = context.territories.of_kind(KIND_OF_LEVEL[choice.level])
    rows["i"] = [everywhere.index(code) for code in rows["code"]]
    rows["name"] = [context.territories[code].name for code in rows["code"]]
    rows["shown"] = [as_printed(v) for v in rows[choice.measure]]
    rows["missing"] = rows["shown"].isna()
    if choice.measure == "change":
        rows["secret"] = rows["change_secret"]
    rows["rank"] = rows["shown"].rank(method="min", ascending=False)
    how = rows["change_derived"] if choice.measure == "change" else rows["derived"]
    rows["level_derived"] = rows["derived"]
    rows["derived"] = how.where(~rows["missing"], "")
    rows["text"] = [
        french.SECRET if s else texts.value_text(v, q, indicator, choice.measure)
        for v, q, s in zip(rows["shown"], rows["qualifier"], rows["secret"], strict=True)
    ]
    rows["detail"] = [
        french.SECRET if s else captions.origin(context, d, p) if not m else ""
        for d, p, m, s in zip(
            rows["derived"], rows["page"], rows["missing"], rows["secret"], strict=True
        )
    ]
    return rows


def _slim(rows: pd.DataFrame) -> pd.DataFrame:
    """Only what is drawn and not known to the browser: this travels at each change of period.

    Marks and origins are sent for computed values and secret ones; else the source line says all.
    """
    slim = rows[["i"]].assign(value=rows["shown"])
    computed = (rows["derived"] != "") & ~rows["derived"].map(is_restated)
    marks = [captions.marked("", "calcul") if known else None for known in computed]
    details = [
        text if known else None
        for text, known in zip(rows["detail"], computed | rows["secret"], strict=True)
    ]
    marks = [
        french.SECRET if hidden else mark
        for mark, hidden in zip(marks, rows["secret"], strict=True)
    ]
    slim = slim.assign(
        mark=pd.Series(marks, rows.index, dtype=object),
        detail=pd.Series(details, rows.index, dtype=object),
    )
    return slim if (computed | rows["secret"]).any() else slim[["i", "value"]]


def _with_nation(context: FigureContext, choice: MapChoice, bars: pd.DataFrame) -> pd.DataFrame:
    level = as_printed(nation(context, choice))
    if choice.measure != "value" or math.isnan(level):
        return bars
    line = pd.DataFrame({"i": [NATION], "value": [level]}, dtype=object)
    return pd.concat([bars, line.reindex(columns=bars.columns)])


def _words(context: FigureContext, choice: MapChoice, rows: pd.DataFrame) -> ValueExpressions:
    origin, secrets = "" if context.dataset.fictitious else "publié", bool(rows["secret"].any())
    if choice.measure == "value":
        return ValueExpressions(".1f", f"{french.NBSP}%", origin, secrets=secrets)
    return ValueExpressions("+.1f", f"{french.NBSP}points", origin, secrets=secrets)


def nation(context: FigureContext, choice: MapChoice) -> float:
    """The level of France at the same period, NaN where there is none."""
    row = snapshot(
        context.dataset.observations,
        context.settings,
        ["FR"],
        indicator=choice.indicator,
        reference_period=choice.reference_period,
    )
    return float(row["value"].iloc[0])


def _key(context: FigureContext, choice: MapChoice, what: str) -> str:
    what_is_shown = context.settings.indicators[choice.indicator].label
    scale = "" if choice.scale == "fixed" else french.slug(SCALES[choice.scale])
    parts = [
        french.slug(what_is_shown),
        _MEASURE_SLUGS[choice.measure],
        scale,
        "" if choice.level == "departements" else choice.level,
        context.territories[choice.selected].slug if choice.selected else "",
        what,
    ]
    name = "_".join(part for part in parts if part)
    return f"{context.territories[choice.within].slug}_{choice.reference_period}_{name}"
