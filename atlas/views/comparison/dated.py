"""Dots, slope and table: levels of territories at one date or two."""

from __future__ import annotations

from typing import Any

import pandas as pd

from atlas import charts, periods, wording
from atlas.settings import Indicator
from atlas.views import captions
from atlas.views.comparison import values, words
from atlas.views.comparison.asked import Asked, Unsuited
from atlas.views.comparison.levels import levels
from atlas.views.comparison.remarks import (
    aims_of,
    drawn_aims,
    marked_names,
    remarks_note,
    remarks_of,
    with_aims,
)
from atlas.views.desk import Desk
from atlas.views.series_colours import COLOURS, colour

# Lines beyond which a slope chart is no longer read.
MOST_LINES = 24
# Pixels of a row of dots, of which fewer are needed where rows are many.
ROW, TABLE_ROW, LOW_ROW, MANY, AXIS = 48, 42, 35, 14, 34


def dots_figure(desk: Desk, asked: Asked) -> charts.Figure | None:
    """A dot per territory, joined to that of the earlier date; None when nothing is published."""
    rows = levels(desk, asked)
    known = rows[rows["value"].notna()].reset_index(drop=True)
    if known.empty:
        return None
    aims = aims_of(desk, asked, list(known["code"]))
    domain = charts.window([*known["value"], *known["before"].dropna(), *(a.value for a in aims)])
    drawn = _drawn(desk, asked, known)
    chart = charts.dots(
        drawn,
        style=desk.style,
        domain=domain,
        tick=_tick(asked.kind, domain),
        targets=drawn_aims(aims),
    )
    height = (ROW if len(known) <= MANY else LOW_ROW) * len(known) + AXIS + 18 * len(aims)
    figure = _figure(
        desk,
        asked,
        rows,
        known,
        charts.to_spec(chart, desk.style),
        "points",
        height=height,
        legend=_dates(desk, asked, known),
        note=words.axis_note(domain),
    )
    return with_aims(desk, asked, figure, aims, values.value_column(asked))


def slope_figure(desk: Desk, asked: Asked) -> charts.Figure | None:
    """A line per territory that published both dates; None when none did. Raises Unsuited."""
    rows = levels(desk, asked)
    known = rows[rows["value"].notna() & rows["before"].notna()].reset_index(drop=True)
    if len(known) > MOST_LINES:
        raise Unsuited(
            f"{len(known)} territoires ont les deux dates et les pentes en montrent "
            f"{MOST_LINES} au plus : choisissez-en moins, ou la présentation en points"
        )
    if known.empty:
        return None
    drawn = _drawn(desk, asked, known).assign(colour=_colours(desk, known))
    # A level deduced from a change is « environ »: the mark of computed values says as much.
    drawn["before_label"] = [
        captions.marked(wording.value(v, asked.kind, "" if d else q), d)
        for v, q, d in zip(
            known["before"], known["before_qualifier"], known["before_derived"], strict=True
        )
    ]
    dates = (
        periods.label(asked.before, asked.kind.measure),
        periods.label(asked.when, asked.kind.measure),
    )
    chart = charts.slope(drawn, style=desk.style, dates=dates)
    low = float(known[["value", "before"]].min().min())
    return _figure(
        desk,
        asked,
        rows,
        known,
        charts.to_spec(chart, desk.style),
        "pentes",
        height=charts.slope_height(len(known)),
        ranked=False,
        plot=values.lines_plot(asked, drawn),
        note=words.axis_note((low, low)),
    )


def table_figure(desk: Desk, asked: Asked) -> charts.Figure | None:
    """A table of all the territories, those without a value last; None when none has one."""
    rows = levels(desk, asked)
    if rows["value"].isna().all():
        return None
    drawn, texts = _drawn(desk, asked, rows), ["before_label", "label", "change"]
    columns = (
        [
            *(periods.label(date, asked.kind.measure) for date in (asked.before, asked.when)),
            "Évolution",
        ]
        if asked.before
        else [periods.label(asked.when, asked.kind.measure)]
    )
    for place, text in enumerate(texts if asked.before else ["label"]):
        drawn[f"c{place}"] = drawn[text]
    chart = charts.grid(drawn, columns=columns, strong=len(columns) // 2, style=desk.style)
    known = rows[rows["value"].notna()].reset_index(drop=True)
    rows = rows.assign(name=drawn["name"])  # the table itself is read, remarks included
    row = TABLE_ROW if len(rows) <= MANY else LOW_ROW
    return _figure(
        desk,
        asked,
        rows,
        known,
        charts.to_spec(chart, desk.style),
        "tableau",
        height=row * len(rows) + 34,
        listed=rows,
        as_table=True,
    )


def _figure(
    desk: Desk,
    asked: Asked,
    rows: pd.DataFrame,
    known: pd.DataFrame,
    spec: dict[str, Any],
    layout: str,
    *,
    height: int,
    note: str = "",
    listed: pd.DataFrame | None = None,
    plot: charts.Plot | None = None,
    legend: tuple[charts.Swatch, ...] = (),
    as_table: bool = False,
    ranked: bool = True,
) -> charts.Figure:
    """What the three layouts say alike. listed: the rows of the table, else those drawn."""
    what, shown = words.heading(asked), known if listed is None else listed
    remarks = remarks_of(asked, list(shown["code"]), [asked.when, asked.before])
    said = " ; ".join(
        f"{name} : {text}" for name, text in zip(shown["name"], _spoken(asked, shown), strict=True)
    )
    sources = _sources(known)
    return charts.Figure(
        words.file_key(asked, layout),
        *words.titles(asked, what),
        spec=spec,
        alt=f"{what}. {said}.",
        lecture=words.lecture(desk, asked, known),
        champ=words.champ(desk, asked, known["code"]),
        source=captions.source_line(desk, sources),
        sources=captions.source_keys(sources),
        note=words.joined(
            words.silent_note(desk, asked, rows),
            note,
            words.computed_note(desk, asked, known),
            remarks_note(desk, asked, remarks),
        ),
        table=values.table(asked, shown, ranked=ranked),
        numbers=values.numbers(asked, shown),
        plot=plot or values.bars_plot(desk, asked, known),
        fictitious=desk.book.fictitious,
        legend=legend,
        height=height,
        ratio=640 / height,
        as_table=as_table,
    )


def _drawn(desk: Desk, asked: Asked, rows: pd.DataFrame) -> pd.DataFrame:
    """The columns that the charts take."""
    remarks = remarks_of(asked, list(rows["code"]), [asked.when, asked.before])
    return pd.DataFrame(
        {
            "code": rows["code"],
            "name": marked_names(desk, list(rows["code"]), remarks),
            "value": rows["value"],
            "before": rows["before"],
            "label": rows["text"],
            "before_label": rows["before_text"],
            "change": rows["change_text"],
            "text": _spoken(asked, rows),
            "stands_out": rows["code"] == "FR",
        }
    )


def _spoken(asked: Asked, rows: pd.DataFrame) -> list[str]:
    """« 27,5 %, +7,8 points depuis décembre 2024 »."""
    since = periods.since(asked.before, asked.kind.measure) if asked.before else ""
    return [
        f"{text}, {change} {since}" if change else text
        for text, change in zip(rows["text"], rows["change_text"], strict=True)
    ]


def _colours(desk: Desk, known: pd.DataFrame) -> list[str]:
    """Told apart where they are few; else the nation stands out among the others."""
    if len(known) <= len(COLOURS):
        return [colour(desk, place) for place in range(len(known))]
    return [desk.style.accent if code == "FR" else desk.style.primary for code in known["code"]]


def _tick(kind: Indicator, domain: tuple[float, float]) -> str:
    """How Vega writes the axis: « 25 % », « 40 M »."""
    scale = 1e6 if not kind.in_percent and domain[1] >= 2e6 else 1
    digits = 0 if (domain[1] - domain[0]) / scale >= 3 else 1
    unit = f"{wording.NBSP}%" if kind.in_percent else f"{wording.NBSP}M" if scale > 1 else ""
    return f"format(datum.value/{scale:.0f},',.{digits}f')+'{unit}'"


def _dates(desk: Desk, asked: Asked, known: pd.DataFrame) -> tuple[charts.Swatch, ...]:
    """What the two dots of a territory are, when there are two."""
    if known["before"].isna().all():
        return ()
    then, now = (periods.label(date, asked.kind.measure) for date in (asked.before, asked.when))
    return (
        charts.Swatch(f"{then} (cercle vide)", desk.style.paper),
        charts.Swatch(f"{now} (disque plein)", desk.style.primary),
    )


def _sources(known: pd.DataFrame) -> pd.DataFrame:
    """Source and page of the levels at both dates."""
    then = known.loc[known["before"].notna(), ["before_source", "before_page"]]
    return pd.concat(
        [known[["source", "page"]], then.set_axis(["source", "page"], axis=1)], ignore_index=True
    )
