"""Dots, slope and table: levels of territories at one date or two."""

from __future__ import annotations

from typing import Any

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure, LegendEntry, NativeChart
from atlas.figures.common.label_placement import axis_window
from atlas.figures.common.series_colours import COLOURS, colour
from atlas.figures.common.style import to_spec
from atlas.figures.comparison import texts, values
from atlas.figures.comparison.dot_chart import dot_chart
from atlas.figures.comparison.levels import levels
from atlas.figures.comparison.remarks import (
    aims_of,
    drawn_aims,
    marked_names,
    remarks_note,
    remarks_of,
    with_aims,
)
from atlas.figures.comparison.slope_chart import slope_chart, slope_chart_height
from atlas.figures.comparison.spec import ResolvedComparison, UnsupportedLayout
from atlas.figures.comparison.table_chart import table_chart
from atlas.settings import Indicator

# Lines beyond which a slope chart is no longer read.
MOST_LINES = 24
# Pixels of a row of dots, of which fewer are needed where rows are many.
ROW, TABLE_ROW, LOW_ROW, MANY, AXIS = 48, 42, 35, 14, 34


def dots_figure(context: FigureContext, asked: ResolvedComparison) -> Figure | None:
    """A dot per territory, joined to that of the earlier date; None when nothing is published."""
    rows = levels(context, asked)
    known = rows[rows["value"].notna()].reset_index(drop=True)
    if known.empty:
        return None
    aims = aims_of(context, asked, list(known["code"]))
    domain = axis_window([*known["value"], *known["before"].dropna(), *(a.value for a in aims)])
    drawn = _drawn(context, asked, known)
    chart = dot_chart(
        drawn,
        style=context.style,
        domain=domain,
        tick=_tick(asked.kind, domain),
        targets=drawn_aims(aims),
    )
    height = (ROW if len(known) <= MANY else LOW_ROW) * len(known) + AXIS + 18 * len(aims)
    figure = _figure(
        context,
        asked,
        rows,
        known,
        to_spec(chart, context.style),
        "points",
        height=height,
        legend=_dates(context, asked, known),
        note=texts.axis_note(domain),
    )
    return with_aims(context, asked, figure, aims, values.value_column(asked))


def slope_figure(context: FigureContext, asked: ResolvedComparison) -> Figure | None:
    """A line per territory that published both dates; None when none did. Raises Unsuited."""
    rows = levels(context, asked)
    known = rows[rows["value"].notna() & rows["before"].notna()].reset_index(drop=True)
    if len(known) > MOST_LINES:
        raise UnsupportedLayout(
            f"{len(known)} territoires ont les deux dates et les pentes en montrent "
            f"{MOST_LINES} au plus : choisissez-en moins, ou la présentation en points"
        )
    if known.empty:
        return None
    drawn = _drawn(context, asked, known).assign(colour=_colours(context, known))
    # A level deduced from a change is « environ »: the mark of computed values says as much.
    drawn["before_label"] = [
        captions.marked(french.format_value(v, asked.kind, "" if d else q), d)
        for v, q, d in zip(
            known["before"], known["before_qualifier"], known["before_derived"], strict=True
        )
    ]
    dates = (
        periods.label(asked.before, asked.kind.accumulation),
        periods.label(asked.reference_period, asked.kind.accumulation),
    )
    chart = slope_chart(drawn, style=context.style, dates=dates)
    low = float(known[["value", "before"]].min().min())
    return _figure(
        context,
        asked,
        rows,
        known,
        to_spec(chart, context.style),
        "pentes",
        height=slope_chart_height(len(known)),
        ranked=False,
        plot=values.lines_plot(asked, drawn),
        note=texts.axis_note((low, low)),
    )


def table_figure(context: FigureContext, asked: ResolvedComparison) -> Figure | None:
    """A table of all the territories, those without a value last; None when none has one."""
    rows = levels(context, asked)
    if rows["value"].isna().all():
        return None
    drawn, texts = _drawn(context, asked, rows), ["before_label", "label", "change"]
    columns = (
        [
            *(
                periods.label(date, asked.kind.accumulation)
                for date in (asked.before, asked.reference_period)
            ),
            "Évolution",
        ]
        if asked.before
        else [periods.label(asked.reference_period, asked.kind.accumulation)]
    )
    for place, text in enumerate(texts if asked.before else ["label"]):
        drawn[f"c{place}"] = drawn[text]
    chart = table_chart(drawn, columns=columns, strong=len(columns) // 2, style=context.style)
    known = rows[rows["value"].notna()].reset_index(drop=True)
    rows = rows.assign(name=drawn["name"])  # the table itself is read, remarks included
    row = TABLE_ROW if len(rows) <= MANY else LOW_ROW
    return _figure(
        context,
        asked,
        rows,
        known,
        to_spec(chart, context.style),
        "tableau",
        height=row * len(rows) + 34,
        listed=rows,
        as_table=True,
    )


def _figure(
    context: FigureContext,
    asked: ResolvedComparison,
    rows: pd.DataFrame,
    known: pd.DataFrame,
    spec: dict[str, Any],
    layout: str,
    *,
    height: int,
    note: str = "",
    listed: pd.DataFrame | None = None,
    plot: NativeChart | None = None,
    legend: tuple[LegendEntry, ...] = (),
    as_table: bool = False,
    ranked: bool = True,
) -> Figure:
    """What the three layouts say alike. listed: the rows of the table, else those drawn."""
    what, shown = texts.heading(asked), known if listed is None else listed
    remarks = remarks_of(asked, list(shown["code"]), [asked.reference_period, asked.before])
    said = " ; ".join(
        f"{name} : {text}" for name, text in zip(shown["name"], _spoken(asked, shown), strict=True)
    )
    sources = _sources(known)
    return Figure(
        texts.file_key(asked, layout),
        *texts.titles(asked, what),
        spec=spec,
        alt=f"{what}. {said}.",
        lecture=texts.lecture(context, asked, known),
        champ=texts.champ(context, asked, known["code"]),
        source=captions.source_line(context, sources),
        sources=captions.source_keys(sources),
        note=texts.joined(
            texts.silent_note(context, asked, rows),
            note,
            texts.computed_note(context, asked, known),
            remarks_note(context, asked, remarks),
        ),
        table=values.table(asked, shown, ranked=ranked),
        numbers=values.numbers(asked, shown),
        plot=plot or values.bars_plot(context, asked, known),
        fictitious=context.dataset.fictitious,
        legend=legend,
        height=height,
        ratio=640 / height,
        as_table=as_table,
    )


def _drawn(context: FigureContext, asked: ResolvedComparison, rows: pd.DataFrame) -> pd.DataFrame:
    """The columns that the charts take."""
    remarks = remarks_of(asked, list(rows["code"]), [asked.reference_period, asked.before])
    return pd.DataFrame(
        {
            "code": rows["code"],
            "name": marked_names(context, list(rows["code"]), remarks),
            "value": rows["value"],
            "before": rows["before"],
            "label": rows["text"],
            "before_label": rows["before_text"],
            "change": rows["change_text"],
            "text": _spoken(asked, rows),
            "stands_out": rows["code"] == "FR",
        }
    )


def _spoken(asked: ResolvedComparison, rows: pd.DataFrame) -> list[str]:
    """« 27,5 %, +7,8 points depuis décembre 2024 »."""
    since = periods.since(asked.before, asked.kind.accumulation) if asked.before else ""
    return [
        f"{text}, {change} {since}" if change else text
        for text, change in zip(rows["text"], rows["change_text"], strict=True)
    ]


def _colours(context: FigureContext, known: pd.DataFrame) -> list[str]:
    """Told apart where they are few; else the nation stands out among the others."""
    if len(known) <= len(COLOURS):
        return [colour(context, place) for place in range(len(known))]
    return [
        context.style.accent if code == "FR" else context.style.primary for code in known["code"]
    ]


def _tick(kind: Indicator, domain: tuple[float, float]) -> str:
    """How Vega writes the axis: « 25 % », « 40 M »."""
    scale = 1e6 if not kind.in_percent and domain[1] >= 2e6 else 1
    digits = 0 if (domain[1] - domain[0]) / scale >= 3 else 1
    unit = f"{french.NBSP}%" if kind.in_percent else f"{french.NBSP}M" if scale > 1 else ""
    return f"format(datum.value/{scale:.0f},',.{digits}f')+'{unit}'"


def _dates(
    context: FigureContext, asked: ResolvedComparison, known: pd.DataFrame
) -> tuple[LegendEntry, ...]:
    """What the two dots of a territory are, when there are two."""
    if known["before"].isna().all():
        return ()
    then, now = (
        periods.label(date, asked.kind.accumulation)
        for date in (asked.before, asked.reference_period)
    )
    return (
        LegendEntry(f"{then} (cercle vide)", context.style.paper),
        LegendEntry(f"{now} (disque plein)", context.style.primary),
    )


def _sources(known: pd.DataFrame) -> pd.DataFrame:
    """Source and page of the levels at both dates."""
    then = known.loc[known["before"].notna(), ["before_source", "before_page"]]
    return pd.concat(
        [known[["source", "page"]], then.set_axis(["source", "page"], axis=1)], ignore_index=True
    )
