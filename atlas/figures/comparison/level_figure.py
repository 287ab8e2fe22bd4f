"""What dots, slopes and tables say alike of levels at one date or two."""

from __future__ import annotations

from typing import Any

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure, LegendEntry, NativeChart
from atlas.figures.comparison import texts
from atlas.figures.comparison.level_table import level_bars, level_table
from atlas.figures.comparison.remarks import (
    marked_names,
    remarks_elsewhere,
    remarks_note,
    remarks_of,
)
from atlas.figures.comparison.spec import ResolvedComparison

# Beyond so many rows, each is lower.
MAX_TALL_ROWS = 14
LOW_ROW_PX = 35


def level_figure(
    context: FigureContext,
    comparison: ResolvedComparison,
    rows: pd.DataFrame,
    known: pd.DataFrame,
    spec: dict[str, Any],
    layout: str,
    *,
    height: int,
    must_say: str = "",
    listed: pd.DataFrame | None = None,
    native: NativeChart | None = None,
    legend: tuple[LegendEntry, ...] = (),
    as_table: bool = False,
    ranked: bool = True,
) -> Figure:
    """The figure around a drawing.

    rows: of every territory, with the columns of `level_rows`; known: those drawn; listed: those
    of the table, else those drawn. must_say: what changes the meaning of the
    picture. native: bars when there is none.
    """
    heading = texts.heading(comparison, texts.count_text(context, known["code"]))
    described = known if listed is None else listed
    dates = [comparison.reference_period, comparison.compared_to]
    remarks = remarks_of(comparison, list(described["code"]), dates)
    sentences = " ; ".join(
        f"{name} : {text}"
        for name, text in zip(described["name"], spoken_texts(comparison, described), strict=True)
    )
    sources = _sources(known)
    return Figure(
        texts.file_key(comparison, layout),
        *texts.titles(comparison, heading),
        findings=_findings(context, comparison, known),
        spec=spec,
        alt=f"{heading}. {sentences}.",
        lecture=texts.lecture(context, comparison, known),
        champ=texts.champ(context, comparison, known["code"]),
        source=captions.source_line(context, sources),
        sources=captions.source_keys(sources),
        note=texts.join_notes(
            texts.absence_note(
                context,
                comparison,
                rows["code"],
                {comparison.reference_period: rows["level"], comparison.compared_to: rows["base"]},
            ),
            must_say,
            texts.computed_note(context, comparison, known),
            remarks_note(context, comparison, remarks),
        ),
        must_say=texts.join_notes(must_say, remarks_note(context, comparison, remarks)),
        must_say_briefly=texts.join_notes(must_say, remarks_elsewhere(remarks)),
        table=level_table(comparison, described, ranked=ranked),
        native=native or level_bars(context, comparison, known),
        fictitious=context.dataset.fictitious,
        legend=legend,
        height=height,
        ratio=640 / height,
        as_table=as_table,
    )


def _findings(
    context: FigureContext, comparison: ResolvedComparison, known: pd.DataFrame
) -> tuple[str, ...]:
    """Of the territory that the note reads."""
    row = texts.read_row(known)
    return texts.level_findings(context, comparison, row["code"], row["level"], row["level_change"])


def chart_rows(
    context: FigureContext, comparison: ResolvedComparison, rows: pd.DataFrame
) -> pd.DataFrame:
    """What the charts take of the rows: code, name (with the marks of remarks), value, before,
    label, before_label, change (text), text (read aloud), stands_out (the nation)."""
    dates = [comparison.reference_period, comparison.compared_to]
    decimals = french.shared_decimals([*rows["level"], *rows["base"]])
    remarks = remarks_of(comparison, list(rows["code"]), dates)
    return pd.DataFrame(
        {
            "code": rows["code"],
            "name": marked_names(context, list(rows["code"]), remarks, _nation_name(rows)),
            "value": rows["value"],
            "before": rows["before_value"],
            "label": [
                french.value_text(level, marked=True, decimals=decimals) for level in rows["level"]
            ],
            "before_label": [
                french.value_text(base, marked=True, decimals=decimals) for base in rows["base"]
            ],
            "change": change_texts(rows),
            "text": spoken_texts(comparison, rows),
            "stands_out": rows["code"] == "FR",
        }
    )


def _nation_name(rows: pd.DataFrame) -> str:
    """The name of France in the rows, with the date of its value where it is another."""
    return next(
        (name for code, name in zip(rows["code"], rows["name"], strict=True) if code == "FR"), ""
    )


def spoken_texts(comparison: ResolvedComparison, rows: pd.DataFrame) -> list[str]:
    """« 27,5 %, +7,8 points † depuis décembre 2024 »."""
    since = ""
    if comparison.compared_to:
        since = periods.since(comparison.compared_to, comparison.indicator.accumulation)
    levels = [french.value_text(level, marked=True) for level in rows["level"]]
    return [
        f"{level}, {change} {since}" if change else level
        for level, change in zip(levels, change_texts(rows), strict=True)
    ]


def change_texts(rows: pd.DataFrame) -> list[str]:
    """« +7,8 points † »; empty where a date is missing."""
    return [
        french.value_text(change, marked=True) if change.is_known else ""
        for change in rows["level_change"]
    ]


def row_height(count: int, usual: int) -> int:
    """Pixels of a row, of which fewer are needed where rows are many."""
    return usual if count <= MAX_TALL_ROWS else LOW_ROW_PX


def _sources(known: pd.DataFrame) -> pd.DataFrame:
    """Source and page of the levels at both dates."""
    before = known.loc[known["before_value"].notna(), ["before_source", "before_page"]]
    return pd.concat(
        [known[["source", "page"]], before.set_axis(["source", "page"], axis=1)],
        ignore_index=True,
    )
