"""Corridors of several territories: side by side on one axis, or in panels of their own."""

from __future__ import annotations

from typing import Any

import pandas as pd

from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure, LegendEntry, NativeChart, Series
from atlas.figures.common.findings import as_title, is_stated, is_stated_level
from atlas.figures.common.series_colours import COLOURS, colours_of, corridor_colour
from atlas.figures.common.specification import to_spec
from atlas.figures.comparison import texts
from atlas.figures.comparison.corridor_rows import corridor_rows
from atlas.figures.comparison.remarks import remarks_note, remarks_of
from atlas.figures.comparison.small_multiples_chart import small_multiples, small_multiples_height
from atlas.figures.comparison.spec import ResolvedComparison, UnsupportedLayout
from atlas.figures.corridors.chart import corridor_groups
from atlas.sentences.headings import of_heading
from atlas.values import Column, Table, Value, name_column

# Territories that can be told apart side by side, and panels that a sheet holds.
MAX_COLOURS, MAX_PANELS = len(COLOURS), 12
SHARED_SCALE = "Échelle commune"
FREE_SCALES = "Une échelle par territoire : comparez les formes, non les longueurs"
# Pixels of a bar and of what surrounds the bars, on the screen and in an image.
SCREEN_BAR_PX, SCREEN_MARGIN_PX = 34, 40
IMAGE_BAR_PX, IMAGE_MARGIN_PX = 31, 28


def side_by_side_figure(context: FigureContext, comparison: ResolvedComparison) -> Figure | None:
    """Bars of the territories beside each other within each corridor.

    None when nothing is published; raises UnsupportedLayout when they are too many.
    """
    rows = corridor_rows(context, comparison)
    names = list(dict.fromkeys(rows["panel"]))
    if len(names) > MAX_COLOURS:
        raise UnsupportedLayout(
            f"{len(names)} territoires publient ces couloirs et {MAX_COLOURS} au plus se "
            "distinguent côte à côte : choisissez-en moins, ou les petits multiples"
        )
    if rows.empty:
        return None
    colours = colours_of(context, list(dict.fromkeys(rows["code"])))
    chart = corridor_groups(_chart_rows(rows), style=context.style, colours=colours)
    return _figure(
        context,
        comparison,
        rows,
        to_spec(chart, context.style),
        "couloirs",
        legend=tuple(LegendEntry(name, shade) for name, shade in zip(names, colours, strict=True)),
        height=SCREEN_BAR_PX * len(rows) + SCREEN_MARGIN_PX,
        image_height=IMAGE_BAR_PX * len(rows) + IMAGE_MARGIN_PX,
    )


def multiples_figure(context: FigureContext, comparison: ResolvedComparison) -> Figure | None:
    """A panel per territory, all with the same corridors in the same order.

    None when nothing is published; raises UnsupportedLayout when they are too many.
    """
    rows = corridor_rows(context, comparison)
    panels = list(dict.fromkeys(rows["panel"]))
    if len(panels) > MAX_PANELS:
        raise UnsupportedLayout(
            f"{len(panels)} territoires publient ces couloirs et une page en montre "
            f"{MAX_PANELS} au plus : choisissez-en moins"
        )
    if rows.empty:
        return None
    order = [
        corridor.short
        for corridor in context.settings.corridors.values()
        if corridor.short in set(rows["corridor"])
    ]
    placed = rows.assign(
        _place=rows["corridor"].map(order.index), _panel=rows["panel"].map(panels.index)
    ).sort_values(["_panel", "_place"])
    on_one_scale = comparison.spec.scales == "shared"
    chart = small_multiples(
        _chart_rows(placed).assign(
            colour=[corridor_colour(context, key) for key in placed["corridor_key"]]
        ),
        shared=on_one_scale,
        corridors=order,
    )
    height = small_multiples_height(len(panels), len(order))
    return _figure(
        context,
        comparison,
        rows,
        to_spec(chart, context.style),
        "petits-multiples",
        height=height,
        image_height=height,
        scale_note=SHARED_SCALE if on_one_scale else FREE_SCALES,
    )


def _chart_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """panel, corridor, value, label and text, as both charts take them."""
    columns = ["panel", "corridor", "amount", "label", "text"]
    return rows[columns].rename(columns={"amount": "value"})


def _figure(
    context: FigureContext,
    comparison: ResolvedComparison,
    rows: pd.DataFrame,
    spec: dict[str, Any],
    layout: str,
    *,
    height: int,
    image_height: int,
    scale_note: str = "",
    legend: tuple[LegendEntry, ...] = (),
) -> Figure:
    """The figure around either drawing. scale_note: what the reader must know of the scale, under
    the title."""
    description = _description(comparison)
    title, subtitle = texts.titles(comparison, description)
    first = rows.sort_values("amount", ascending=False, kind="stable").iloc[0]
    sentences = " ; ".join(
        f"{panel}, {corridor} : {text}"
        for panel, corridor, text in rows[["panel", "corridor", "text"]].itertuples(index=False)
    )
    codes = list(dict.fromkeys(rows["code"]))
    return Figure(
        texts.file_key(comparison, layout),
        title,
        ". ".join(text for text in (subtitle, scale_note) if text),
        spec=spec,
        findings=_findings(context, comparison, first),
        alt=f"{description}. {sentences}.",
        lecture=_lecture(context, first),
        champ=texts.champ(context, comparison, codes),
        source=captions.source_line(context, rows),
        sources=captions.source_keys(rows),
        note=_note(context, comparison, rows, codes),
        must_say=_remarks(context, comparison, rows, codes),
        fictitious=context.dataset.fictitious,
        legend=legend,
        height=height,
        ratio=640 / image_height,
        table=_table(comparison, rows),
        native=_native(context, comparison, rows),
    )


def _lecture(context: FigureContext, first: pd.Series) -> str:
    """How to read the longest bar."""
    read = captions.change_reading if first["measured"].quantity == "change" else captions.reading
    return read(
        context,
        first["measured"],
        first["code"],
        period=first["reference_period"],
        corridor=first["corridor_key"],
    )


def _findings(
    context: FigureContext, comparison: ResolvedComparison, first: pd.Series
) -> tuple[str, ...]:
    """What the longest bar says, with its date: each territory has its own."""
    measured: Value = first["measured"]
    is_exact = is_stated if measured.quantity == "change" else is_stated_level
    if comparison.spec.finding or not is_exact(measured):
        return ()
    return (as_title(_lecture(context, first)),)


def _description(comparison: ResolvedComparison) -> str:
    """« Documents déposés par couloir », « Croissance annuelle : documents … par couloir »."""
    description = f"{comparison.indicator.label} par couloir"
    if comparison.spec.measure != "change":
        return description
    word = "Évolution" if comparison.indicator.in_percent else "Croissance"
    return f"{word} annuelle : {description[:1].lower()}{description[1:]}"


def _heading(comparison: ResolvedComparison) -> str:
    """Of the column of values: « Documents déposés dans l’année », « Évolution des documents
    déposés »."""
    indicator = comparison.indicator
    if comparison.spec.measure != "change":
        return indicator.label
    return f"Évolution {of_heading(indicator.heading or indicator.label)}"


def _note(
    context: FigureContext, comparison: ResolvedComparison, rows: pd.DataFrame, codes: list[str]
) -> str:
    return texts.join_notes(
        texts.silence_note(context, comparison, codes, by_corridor=True),
        texts.change_note(comparison, rows["measured"])
        if comparison.spec.measure == "change"
        else captions.computed_note(context, rows["code"], rows["measured"]),
        captions.secrecy_note(rows["measured"]),
        _remarks(context, comparison, rows, codes),
    )


def _remarks(
    context: FigureContext, comparison: ResolvedComparison, rows: pd.DataFrame, codes: list[str]
) -> str:
    remarks = remarks_of(comparison, codes, set(rows["reference_period"]))
    return remarks_note(context, comparison, remarks)


def _table(comparison: ResolvedComparison, rows: pd.DataFrame) -> Table:
    """The columns territory, corridor, and level or change."""
    return Table(
        (
            name_column("territory", "Territoire et période", rows["panel"], keys=rows["code"]),
            name_column("corridor", "Couloir", rows["corridor"], keys=rows["corridor_key"]),
            Column(
                "change" if comparison.spec.measure == "change" else "level",
                _heading(comparison),
                tuple(rows["measured"]),
                "value",
            ),
        )
    )


def _native(
    context: FigureContext, comparison: ResolvedComparison, rows: pd.DataFrame
) -> NativeChart:
    """The bars for a slide: a corridor by category, a territory by series."""
    corridors = tuple(dict.fromkeys(rows["corridor"]))
    no_bar = Value(None, "level", comparison.indicator, status="not_applicable")
    series = []
    names = list(dict.fromkeys(rows["panel"]))
    shades = colours_of(context, list(dict.fromkeys(rows["code"])))
    for name, shade in zip(names, shades, strict=True):
        mine = rows[rows["panel"] == name].set_index("corridor")
        values, labels = dict(mine["measured"]), dict(mine["label"])
        series.append(
            Series(
                name,
                tuple(values.get(corridor, no_bar) for corridor in corridors),
                shade,
                tuple(labels.get(corridor, "") for corridor in corridors),
            )
        )
    return NativeChart("bars", corridors, tuple(series))
