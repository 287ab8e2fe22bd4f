"""Ranked bars: levels at one date, or changes since the year before."""

from __future__ import annotations

from typing import Any

import pandas as pd

from atlas import charts, periods, wording
from atlas.indicators import snapshot
from atlas.views import captions
from atlas.views.comparison import words
from atlas.views.comparison.asked import Asked
from atlas.views.comparison.levels import printed
from atlas.views.comparison.remarks import (
    aims_of,
    drawn_aims,
    marked_names,
    remarks_note,
    remarks_of,
    with_aims,
)
from atlas.views.comparison.selection import names_of
from atlas.views.desk import Desk

# Pixels of a row, of which fewer are needed where rows are many.
ROW, LOW_ROW, MANY = 46, 34, 14


def bars_figure(desk: Desk, asked: Asked) -> charts.Figure | None:
    """A bar per territory, the longest first; None when none has a value."""
    rows = _measured(desk, asked)
    known = (
        rows[rows["shown"].notna()]
        .sort_values(["shown", "place"], ascending=[False, True])
        .reset_index(drop=True)
    )
    if known.empty:
        return None
    aims = aims_of(desk, asked, list(known["code"])) if _levels(asked) else []
    drawn = known[["code", "marked", "shown", "label", "text"]].set_axis(
        ["code", "name", "value", "label", "text"], axis=1
    )
    chart = charts.lengths(
        drawn.assign(stands_out=drawn["code"] == "FR"), style=desk.style, targets=drawn_aims(aims)
    )
    spec = charts.to_spec(chart, desk.style)
    return with_aims(desk, asked, _figure(desk, asked, rows, known, spec, len(aims)), aims)


def _levels(asked: Asked) -> bool:
    """True for levels, False for changes."""
    return asked.page.measure == "value"


def _measured(desk: Desk, asked: Asked) -> pd.DataFrame:
    """One row per territory: what its bar measures, as printed, and its texts."""
    rows = snapshot(
        desk.book.figures, desk.settings, asked.codes, indicator=asked.indicator, when=asked.when
    )
    level, kind = _levels(asked), asked.kind
    how = rows["derived"] if level else rows["change_derived"].fillna("")
    shown = [printed(v, kind) if level else charts.as_printed(v) for v in rows[asked.page.measure]]
    names = desk.territories.sorted_by_name(rows["code"])
    texts = [
        wording.value(v, kind, q) if level else wording.change(c, kind)
        for v, q, c in zip(rows["value"], rows["qualifier"], rows["change"], strict=True)
    ]
    secret = rows["secret"] if level else rows["change_secret"]
    remarks = remarks_of(asked, asked.codes, [asked.when])
    return rows.assign(
        shown=shown,
        qualifier=rows["qualifier"].where(~secret, wording.HIDDEN),
        derived=how,
        name=names_of(desk, asked.codes),
        marked=marked_names(desk, asked.codes, remarks),
        place=[names.index(code) for code in rows["code"]],
        label=[captions.marked(text, d) for text, d in zip(texts, how, strict=True)],
        detail=[captions.origin(desk, d, p) for d, p in zip(how, rows["page"], strict=True)],
        text=texts,
    )


def _figure(
    desk: Desk,
    asked: Asked,
    rows: pd.DataFrame,
    known: pd.DataFrame,
    spec: dict[str, Any],
    aims: int,
) -> charts.Figure:
    height = (ROW if len(known) <= MANY else LOW_ROW) * len(known) + 8 + 18 * aims
    what = words.heading(asked)
    if not _levels(asked):
        what = f"Évolution : {what[:1].lower()}{what[1:]}"
    said = " ; ".join(f"{n} : {t}" for n, t in zip(known["name"], known["text"], strict=True))
    remarks = remarks_of(asked, list(known["code"]), [asked.when])
    return charts.Figure(
        words.file_key(asked, "barres"),
        *words.titles(asked, what),
        spec=spec,
        alt=f"{what}. {said}.",
        lecture=_lecture(desk, asked, known.iloc[0]),
        champ=words.champ(desk, asked, known["code"]),
        source=captions.source_line(desk, known),
        sources=captions.source_keys(known),
        note=words.joined(
            words.silent_note(desk, asked, rows.assign(value=rows["shown"])),
            captions.derived_note(desk, known)
            if _levels(asked)
            else words.change_note(asked, known["derived"]),
            remarks_note(desk, asked, remarks),
        ),
        table=pd.DataFrame(
            {
                "Territoire": known["name"],
                asked.kind.label: known["text"],
                "Origine": known["detail"],
            }
        ),
        numbers={asked.kind.label: charts.Numbers(tuple(known["shown"]), _cells(asked, known))},
        plot=_plot(desk, asked, known, what),
        fictitious=desk.book.fictitious,
        height=height,
        ratio=640 / height,
    )


def _cells(asked: Asked, known: pd.DataFrame) -> tuple[str, ...]:
    if not _levels(asked):
        return tuple(wording.change_format(v, asked.kind) for v in known["shown"])
    return tuple(
        wording.cell_format(v, asked.kind, q)
        for v, q in zip(known["shown"], known["qualifier"], strict=True)
    )


def _plot(desk: Desk, asked: Asked, known: pd.DataFrame, what: str) -> charts.Plot:
    say = wording.cell_format if _levels(asked) else wording.change_format
    series = charts.Series(what, tuple(known["shown"]), desk.style.primary, tuple(known["label"]))
    return charts.Plot("bars", tuple(known["name"]), (series,), say(1.5, asked.kind))


def _lecture(desk: Desk, asked: Asked, first: pd.Series) -> str:
    if _levels(asked):
        return captions.reading(
            desk, asked.kind, first["code"], first["value"], first["qualifier"], asked.when
        )
    since = (
        ""
        if not first["compared_to"]
        else (f" {periods.since(first['compared_to'], asked.kind.measure)}")
    )
    return f"{first['name']} : {first['text']}{since}."
