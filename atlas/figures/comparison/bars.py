"""Ranked bars: levels at one date, or changes since the year before."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pandas as pd

from atlas import french
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure, NativeChart, Series
from atlas.figures.common.findings import as_title, is_stated
from atlas.figures.common.nation import with_comparable_nation
from atlas.figures.common.series_colours import colours_of_bars
from atlas.figures.common.specification import to_spec
from atlas.figures.common.style import as_printed
from atlas.figures.common.target_lines import LABEL_LINE_PX
from atlas.figures.comparison import texts
from atlas.figures.comparison.bar_chart import bar_chart
from atlas.figures.comparison.level_figure import row_height
from atlas.figures.comparison.remarks import marked_names, remarks_note, remarks_of
from atlas.figures.comparison.rows import printed_amount
from atlas.figures.comparison.selection import names_of
from atlas.figures.comparison.spec import ResolvedComparison
from atlas.figures.comparison.targets import target_frame, targets_of, with_targets
from atlas.indicators.comparability import has_another_base
from atlas.indicators.row_values import change_values, level_values
from atlas.indicators.snapshot import snapshot
from atlas.values import Column, Table, Value, name_column, text_column

ROW_PX, MARGIN_PX = 46, 8


def bars_figure(context: FigureContext, comparison: ResolvedComparison) -> Figure | None:
    """A bar per territory, the longest first; None when none has a value."""
    rows = _bar_rows(context, comparison)
    known = (
        rows[rows["printed"].notna()]
        .sort_values(["printed", "place"], ascending=[False, True])
        .reset_index(drop=True)
    )
    if known.empty:
        return None
    targets = []
    if _shows_levels(comparison):
        targets = targets_of(context, comparison, list(known["code"]))
    chart = bar_chart(
        pd.DataFrame(
            {
                "code": known["code"],
                "name": known["marked_name"],
                "value": known["printed"],
                "label": known["label"],
                "text": known["text"],
                "stands_out": known["code"] == "FR",
            }
        ),
        style=context.style,
        targets=target_frame(targets),
    )
    count = len(known)
    height = row_height(count, ROW_PX) * count + MARGIN_PX + LABEL_LINE_PX * len(targets)
    figure = _figure(context, comparison, rows, known, to_spec(chart, context.style), height)
    return with_targets(context, comparison, figure, targets)


def _shows_levels(comparison: ResolvedComparison) -> bool:
    """True for levels, False for changes."""
    return comparison.spec.measure == "value"


def _bar_rows(context: FigureContext, comparison: ResolvedComparison) -> pd.DataFrame:
    """One row per territory.

    Adds to the columns of a snapshot: measured (Value: the level, or the change), printed (its
    amount as a reader sees it, in the unit of the indicator, in points or in percent), text,
    label (the text with the mark of computed values),
    name, marked_name (with the marks of remarks), place (in the alphabet).
    """
    rows = snapshot(
        context.dataset.around(comparison.indicator_key, comparison.reference_period),
        context.settings,
        comparison.codes,
        indicator=comparison.indicator_key,
        reference_period=comparison.reference_period,
    )
    nation_name = ""
    if _shows_levels(comparison):
        rows, nation_name = with_comparable_nation(context, rows, comparison.indicator_key)
        measured, other_base = level_values(rows, comparison.indicator), [False] * len(rows)
        printed = [printed_amount(amount, comparison.indicator) for amount in rows["value"]]
    else:
        measured = change_values(rows, comparison.indicator)
        printed = [as_printed(amount) for amount in rows["change"]]
        other_base = has_another_base(measured)
        printed = [
            math.nan if other else amount for other, amount in zip(other_base, printed, strict=True)
        ]
    remarks = remarks_of(comparison, comparison.codes, [comparison.reference_period])
    alphabetical = context.territories.sorted_by_name(rows["code"])
    return rows.assign(
        measured=measured,
        other_base=other_base,
        printed=printed,
        text=[french.value_text(value) for value in measured],
        label=[
            french.value_text(value, marked=True, decimals=french.shared_decimals(measured))
            for value in measured
        ],
        name=names_of(context, comparison.codes, nation_name),
        marked_name=marked_names(context, comparison.codes, remarks, nation_name),
        place=[alphabetical.index(code) for code in rows["code"]],
    )


def _figure(
    context: FigureContext,
    comparison: ResolvedComparison,
    rows: pd.DataFrame,
    known: pd.DataFrame,
    spec: dict[str, Any],
    height: int,
) -> Figure:
    """The figure around the bars. rows: of every territory; known: those that have a bar."""
    description = texts.heading(comparison, texts.count_text(context, known["code"]))
    if not _shows_levels(comparison):
        description = f"Évolution : {description[:1].lower()}{description[1:]}"
    sentences = " ; ".join(
        f"{name} : {text}" for name, text in zip(known["name"], known["text"], strict=True)
    )
    remarks = remarks_of(comparison, list(known["code"]), [comparison.reference_period])
    return Figure(
        texts.file_key(comparison, "barres"),
        *texts.titles(comparison, description),
        findings=_findings(context, comparison, known.iloc[0]),
        spec=spec,
        alt=f"{description}. {sentences}.",
        lecture=_lecture(context, comparison, known.iloc[0]),
        champ=texts.champ(context, comparison, known["code"]),
        source=captions.source_line(context, known),
        sources=captions.source_keys(known),
        note=texts.join_notes(
            texts.absence_note(
                context,
                comparison,
                comparison.codes,
                {comparison.reference_period: rows["measured"]},
            ),
            captions.computed_note(context, known["code"], known["measured"])
            if _shows_levels(comparison)
            else texts.change_note(comparison, known["measured"]),
            captions.other_bases_note(
                rows.loc[rows["other_base"], "name"], rows.loc[rows["other_base"], "measured"]
            ),
            remarks_note(context, comparison, remarks),
        ),
        must_say=remarks_note(context, comparison, remarks),
        table=_table(context, comparison, known),
        native=_native(context, known, description),
        fictitious=context.dataset.fictitious,
        height=height,
        ratio=640 / height,
    )


def _measured_key(comparison: ResolvedComparison) -> str:
    return "level" if _shows_levels(comparison) else "change"


def _table(context: FigureContext, comparison: ResolvedComparison, known: pd.DataFrame) -> Table:
    """The columns territory, level or change, and origin."""
    origins = [
        captions.origin_text(context, value, page)
        for value, page in zip(known["measured"], known["page"], strict=True)
    ]
    return Table(
        (
            name_column("territory", "Territoire", known["name"], keys=known["code"]),
            Column(
                _measured_key(comparison),
                comparison.indicator.label,
                tuple(known["measured"]),
                "value",
                decimals=french.shared_decimals(known["measured"]),
            ),
            text_column("origin", "Origine", origins),
        )
    )


def _native(context: FigureContext, known: pd.DataFrame, description: str) -> NativeChart:
    """The bars for a slide, as long as the numbers that stand beyond them."""
    values = [
        replace(value, amount=printed)
        for value, printed in zip(known["measured"], known["printed"], strict=True)
    ]
    shades = tuple(colours_of_bars(context, known["code"]))
    series = Series(
        description, tuple(values), context.style.primary, tuple(known["label"]), shades
    )
    return NativeChart("bars", tuple(known["name"]), (series,))


def _findings(
    context: FigureContext, comparison: ResolvedComparison, first: pd.Series
) -> tuple[str, ...]:
    """What the longest bar says."""
    measured: Value = first["measured"]
    if _shows_levels(comparison):
        nothing = replace(measured, amount=None)
        return texts.level_findings(context, comparison, first["code"], measured, nothing)
    if comparison.spec.finding or not is_stated(measured):
        return ()
    return (as_title(_lecture(context, comparison, first)),)


def _lecture(context: FigureContext, comparison: ResolvedComparison, first: pd.Series) -> str:
    """How to read the longest bar."""
    if _shows_levels(comparison):
        return texts.level_lecture(context, comparison, first["code"], first["measured"])
    return captions.change_reading(
        context, first["measured"], first["code"], period=comparison.reference_period
    )
