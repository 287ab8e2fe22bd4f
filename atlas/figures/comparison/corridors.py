"""Corridors of several territories: side by side on one axis, or in panels of their own."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure, LegendEntry, NativeChart, Numbers, Series
from atlas.figures.common.series_colours import COLOURS, colour
from atlas.figures.common.style import to_spec
from atlas.figures.comparison import texts
from atlas.figures.comparison.levels import COMPUTED
from atlas.figures.comparison.remarks import marked_names, remarks_note, remarks_of
from atlas.figures.comparison.small_multiples_chart import small_multiples, small_multiples_height
from atlas.figures.comparison.spec import ResolvedComparison, UnsupportedLayout
from atlas.figures.corridors.chart import corridor_groups
from atlas.indicators import by_corridor

# Territories that can be told apart side by side, and panels that a sheet holds.
MOST, MOST_PANELS = len(COLOURS), 12
SHARED, FREE = (
    "Échelle commune",
    ("Une échelle par territoire : comparez les formes, non les longueurs"),
)


def corridors_figure(context: FigureContext, asked: ResolvedComparison) -> Figure | None:
    """Bars of the territories beside each other within each corridor. Raises Unsuited."""
    rows = _rows(context, asked)
    names = list(dict.fromkeys(rows["panel"]))
    if len(names) > MOST:
        raise UnsupportedLayout(
            f"{len(names)} territoires publient ces couloirs et {MOST} au plus se "
            "distinguent côte à côte : choisissez-en moins, ou les petits multiples"
        )
    if rows.empty:
        return None
    colours = [colour(context, place) for place in range(len(names))]
    chart = corridor_groups(
        rows[["panel", "corridor", "shown", "label", "text"]].rename(columns={"shown": "value"}),
        style=context.style,
        colours=colours,
    )
    legend = tuple(LegendEntry(n, c) for n, c in zip(names, colours, strict=True))
    return _figure(
        context,
        asked,
        rows,
        to_spec(chart, context.style),
        "couloirs",
        legend=legend,
        height=34 * len(rows) + 40,
        tall=31 * len(rows) + 28,
    )


def multiples_figure(context: FigureContext, asked: ResolvedComparison) -> Figure | None:
    """A panel per territory, all with the same corridors in the same order. Raises Unsuited."""
    rows = _rows(context, asked)
    count = rows["panel"].nunique()
    if count > MOST_PANELS:
        raise UnsupportedLayout(
            f"{count} territoires publient ces couloirs et une page en montre "
            f"{MOST_PANELS} au plus : choisissez-en moins"
        )
    if rows.empty:
        return None
    order = [
        c.short for c in context.settings.corridors.values() if c.short in set(rows["corridor"])
    ]
    placed = rows.assign(
        _place=rows["corridor"].map(order.index),
        _panel=rows["panel"].map(
            {name: place for place, name in enumerate(dict.fromkeys(rows["panel"]))}
        ),
    ).sort_values(["_panel", "_place"])
    chart = small_multiples(
        placed[["panel", "corridor", "shown", "label", "text"]].rename(columns={"shown": "value"}),
        style=context.style,
        shared=asked.page.scales == "shared",
        corridors=order,
    )
    tall = small_multiples_height(count, len(order))
    return _figure(
        context,
        asked,
        rows,
        to_spec(chart, context.style),
        "petits-multiples",
        height=tall,
        tall=tall,
        said=SHARED if asked.page.scales == "shared" else FREE,
    )


def _figure(
    context: FigureContext,
    asked: ResolvedComparison,
    rows: pd.DataFrame,
    spec: dict[str, Any],
    layout: str,
    *,
    height: int,
    tall: int,
    said: str = "",
    legend: tuple[LegendEntry, ...] = (),
) -> Figure:
    """What both say alike. said: what the reader must know of the scale, under the title."""
    what = f"{asked.kind.label} par couloir"
    if asked.page.measure == "change":
        word = "Évolution" if asked.kind.in_percent else "Croissance"
        what = f"{word} annuelle : {what[:1].lower()}{what[1:]}"
    title, subtitle = texts.titles(asked, what)
    first = rows.sort_values("shown", ascending=False, kind="stable").iloc[0]
    listed = " ; ".join(
        f"{p}, {c} : {t}" for p, c, t in rows[["panel", "corridor", "text"]].itertuples(index=False)
    )
    codes = list(dict.fromkeys(rows["code"]))
    return Figure(
        texts.file_key(asked, layout),
        title,
        ". ".join(text for text in (subtitle, said) if text),
        spec=spec,
        alt=f"{what}. {listed}.",
        lecture=f"{first['panel']}, couloir {first['corridor']} : {first['text']}.",
        champ=texts.champ(context, asked, codes),
        source=captions.source_line(context, rows),
        sources=captions.source_keys(rows),
        note=_note(context, asked, rows, codes),
        fictitious=context.dataset.fictitious,
        legend=legend,
        height=height,
        ratio=640 / tall,
        table=rows[["panel", "corridor", "text"]].set_axis(
            ["Territoire et période", "Couloir", asked.kind.label], axis=1
        ),
        numbers={asked.kind.label: Numbers(tuple(rows["shown"]), _cells(asked, rows))},
        plot=_plot(context, asked, rows),
    )


def _note(
    context: FigureContext, asked: ResolvedComparison, rows: pd.DataFrame, codes: list[str]
) -> str:
    computed = (
        texts.change_note(asked, rows["derived"])
        if asked.page.measure == "change"
        else captions.derived_note(context, rows)
    )
    return texts.joined(
        texts.absent_note(context, asked, asked.codes, codes, by=" par couloir"),
        computed,
        captions.secrecy_note(rows),
        remarks_note(context, asked, remarks_of(asked, codes, set(rows["reference_period"]))),
    )


def _cells(asked: ResolvedComparison, rows: pd.DataFrame) -> tuple[str, ...]:
    if asked.page.measure == "change":
        return tuple(french.change_format(v, asked.kind) for v in rows["shown"])
    return tuple(
        french.cell_format(v, asked.kind, q)
        for v, q in zip(rows["shown"], rows["qualifier"], strict=True)
    )


def _plot(context: FigureContext, asked: ResolvedComparison, rows: pd.DataFrame) -> NativeChart:
    """The bars for a slide: a corridor by category, a territory by series."""
    corridors = list(dict.fromkeys(rows["corridor"]))
    series = []
    for place, name in enumerate(dict.fromkeys(rows["panel"])):
        mine = rows[rows["panel"] == name].set_index("corridor").reindex(corridors)
        values = tuple(None if math.isnan(value) else float(value) for value in mine["shown"])
        series.append(Series(name, values, colour(context, place), tuple(mine["label"].fillna(""))))
    say = french.change_format if asked.page.measure == "change" else french.cell_format
    return NativeChart("bars", tuple(corridors), tuple(series), say(1.5, asked.kind))


def _rows(context: FigureContext, asked: ResolvedComparison) -> pd.DataFrame:
    """Every corridor of every territory; empty when none is published."""
    return pd.concat([_panel(context, asked, code) for code in asked.codes], ignore_index=True)


def _panel(context: FigureContext, asked: ResolvedComparison, code: str) -> pd.DataFrame:
    """The corridors of one territory at the date asked for, else at its latest."""
    kind, change = asked.kind, asked.page.measure == "change"
    reference_period = asked.reference_period or _latest(context, asked, code)
    rows = (
        growths(context, asked, code, reference_period)
        if change
        else _levels(context, asked, code, reference_period)
    )
    if rows["shown"].isna().all():
        rows = rows.iloc[:0]
    texts = [
        french.format_change(v, kind)
        if change and not math.isnan(v)
        else french.format_value(v, kind, q)
        for v, q in zip(rows["shown"], rows["qualifier"], strict=True)
    ]
    (name,) = marked_names(context, [code], remarks_of(asked, [code], [reference_period]))
    return rows.assign(
        code=code,
        reference_period=reference_period,
        text=texts,
        label=[captions.marked(t, d) for t, d in zip(texts, rows["derived"], strict=True)],
        panel=f"{name}, {periods.label(reference_period, kind.accumulation)}"
        if reference_period
        else name,
        corridor=[context.settings.corridors[c].short for c in rows["corridor"]],
    )


def _latest(context: FigureContext, asked: ResolvedComparison, code: str) -> str:
    """The latest date with what the bars measure: levels, published changes, else computed."""
    rows = context.dataset.observations
    mine = rows[
        (rows["indicator"] == asked.indicator)
        & (rows["territory"] == code)
        & (rows["corridor"] != "")
        & ~rows["uncertain"]
    ]
    levels = set(mine.loc[mine["value"].notna(), "reference_period"])
    if asked.page.measure == "change":
        found = set(mine.loc[mine["change"].notna(), "reference_period"]) or {
            reference_period
            for reference_period in levels
            if periods.a_year_before(reference_period) in levels
        }
    else:
        found = levels
    return max(found, key=periods.end_month, default="")


def _levels(
    context: FigureContext, asked: ResolvedComparison, code: str, reference_period: str
) -> pd.DataFrame:
    rows = by_corridor(
        context.dataset.observations,
        context.settings,
        code,
        indicator=asked.indicator,
        reference_period=reference_period,
    )
    return rows.assign(shown=rows["value"])


def growths(
    context: FigureContext, asked: ResolvedComparison, code: str, reference_period: str
) -> pd.DataFrame:
    """The changes by corridor since the year before: as published, else from the two levels."""
    rows = _levels(context, asked, code, reference_period)
    before = (
        _levels(context, asked, code, periods.a_year_before(reference_period))
        if reference_period
        else rows
    )
    base = rows["corridor"].map(before.drop_duplicates("corridor").set_index("corridor")["value"])
    base = base.astype(float)
    computed = (
        rows["value"] - base
        if asked.kind.in_percent
        else (rows["value"] / base.where(base > 0) - 1) * 100
    ).round(9)
    published = rows["change"].notna()
    how = pd.Series(COMPUTED, rows.index).where(~published & computed.notna(), "")
    shown = rows["change"].where(published, computed)
    secret = shown.isna() & (
        rows["secret"] | rows["corridor"].isin(before.loc[before["secret"], "corridor"])
    )
    return rows.assign(
        shown=shown,
        derived=how,
        secret=secret,
        qualifier=rows["qualifier"].where(~secret, french.HIDDEN),
    )
