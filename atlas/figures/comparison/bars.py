"""Ranked bars: levels at one date, or changes since the year before."""

from __future__ import annotations

from typing import Any

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure, NativeChart, Numbers, Series
from atlas.figures.common.style import as_printed, to_spec
from atlas.figures.comparison import texts
from atlas.figures.comparison.bar_chart import bar_chart
from atlas.figures.comparison.levels import printed
from atlas.figures.comparison.remarks import (
    aims_of,
    drawn_aims,
    marked_names,
    remarks_note,
    remarks_of,
    with_aims,
)
from atlas.figures.comparison.selection import names_of
from atlas.figures.comparison.spec import ResolvedComparison
from atlas.indicators import snapshot

# Pixels of a row, of which fewer are needed where rows are many.
ROW, LOW_ROW, MANY = 46, 34, 14


def bars_figure(context: FigureContext, asked: ResolvedComparison) -> Figure | None:
    """A bar per territory, the longest first; None when none has a value."""
    rows = _measured(context, asked)
    known = (
        rows[rows["shown"].notna()]
        .sort_values(["shown", "place"], ascending=[False, True])
        .reset_index(drop=True)
    )
    if known.empty:
        return None
    aims = aims_of(context, asked, list(known["code"])) if _levels(asked) else []
    drawn = known[["code", "marked", "shown", "label", "text"]].set_axis(
        ["code", "name", "value", "label", "text"], axis=1
    )
    chart = bar_chart(
        drawn.assign(stands_out=drawn["code"] == "FR"),
        style=context.style,
        targets=drawn_aims(aims),
    )
    spec = to_spec(chart, context.style)
    return with_aims(context, asked, _figure(context, asked, rows, known, spec, len(aims)), aims)


def _levels(asked: ResolvedComparison) -> bool:
    """True for levels, False for changes."""
    return asked.page.measure == "value"


def _measured(context: FigureContext, asked: ResolvedComparison) -> pd.DataFrame:
    """One row per territory: what its bar measures, as printed, and its texts."""
    rows = snapshot(
        context.dataset.observations,
        context.settings,
        asked.codes,
        indicator=asked.indicator,
        reference_period=asked.reference_period,
    )
    level, kind = _levels(asked), asked.kind
    how = rows["derived"] if level else rows["change_derived"].fillna("")
    shown = [printed(v, kind) if level else as_printed(v) for v in rows[asked.page.measure]]
    names = context.territories.sorted_by_name(rows["code"])
    texts = [
        french.format_value(v, kind, q) if level else french.format_change(c, kind)
        for v, q, c in zip(rows["value"], rows["qualifier"], rows["change"], strict=True)
    ]
    secret = rows["secret"] if level else rows["change_secret"]
    remarks = remarks_of(asked, asked.codes, [asked.reference_period])
    return rows.assign(
        shown=shown,
        qualifier=rows["qualifier"].where(~secret, french.HIDDEN),
        derived=how,
        name=names_of(context, asked.codes),
        marked=marked_names(context, asked.codes, remarks),
        place=[names.index(code) for code in rows["code"]],
        label=[captions.marked(text, d) for text, d in zip(texts, how, strict=True)],
        detail=[captions.origin(context, d, p) for d, p in zip(how, rows["page"], strict=True)],
        text=texts,
    )


def _figure(
    context: FigureContext,
    asked: ResolvedComparison,
    rows: pd.DataFrame,
    known: pd.DataFrame,
    spec: dict[str, Any],
    aims: int,
) -> Figure:
    height = (ROW if len(known) <= MANY else LOW_ROW) * len(known) + 8 + 18 * aims
    what = texts.heading(asked)
    if not _levels(asked):
        what = f"Évolution : {what[:1].lower()}{what[1:]}"
    said = " ; ".join(f"{n} : {t}" for n, t in zip(known["name"], known["text"], strict=True))
    remarks = remarks_of(asked, list(known["code"]), [asked.reference_period])
    return Figure(
        texts.file_key(asked, "barres"),
        *texts.titles(asked, what),
        spec=spec,
        alt=f"{what}. {said}.",
        lecture=_lecture(context, asked, known.iloc[0]),
        champ=texts.champ(context, asked, known["code"]),
        source=captions.source_line(context, known),
        sources=captions.source_keys(known),
        note=texts.joined(
            texts.silent_note(context, asked, rows.assign(value=rows["shown"])),
            captions.derived_note(context, known)
            if _levels(asked)
            else texts.change_note(asked, known["derived"]),
            remarks_note(context, asked, remarks),
        ),
        table=pd.DataFrame(
            {
                "Territoire": known["name"],
                asked.kind.label: known["text"],
                "Origine": known["detail"],
            }
        ),
        numbers={asked.kind.label: Numbers(tuple(known["shown"]), _cells(asked, known))},
        plot=_plot(context, asked, known, what),
        fictitious=context.dataset.fictitious,
        height=height,
        ratio=640 / height,
    )


def _cells(asked: ResolvedComparison, known: pd.DataFrame) -> tuple[str, ...]:
    if not _levels(asked):
        return tuple(french.change_format(v, asked.kind) for v in known["shown"])
    return tuple(
        french.cell_format(v, asked.kind, q)
        for v, q in zip(known["shown"], known["qualifier"], strict=True)
    )


def _plot(
    context: FigureContext, asked: ResolvedComparison, known: pd.DataFrame, what: str
) -> NativeChart:
    say = french.cell_format if _levels(asked) else french.change_format
    series = Series(what, tuple(known["shown"]), context.style.primary, tuple(known["label"]))
    return NativeChart("bars", tuple(known["name"]), (series,), say(1.5, asked.kind))


def _lecture(context: FigureContext, asked: ResolvedComparison, first: pd.Series) -> str:
    if _levels(asked):
        return captions.reading(
            context,
            asked.kind,
            first["code"],
            first["value"],
            first["qualifier"],
            asked.reference_period,
        )
    since = (
        ""
        if not first["compared_to"]
        else (f" {periods.since(first['compared_to'], asked.kind.accumulation)}")
    )
    return f"{first['name']} : {first['text']}{since}."
