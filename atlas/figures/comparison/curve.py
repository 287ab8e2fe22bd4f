"""A curve of several territories, with the remarks and the targets of the page."""

from __future__ import annotations

from dataclasses import replace

from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.comparison import texts
from atlas.figures.comparison.remarks import (
    aims_of,
    drawn_aims,
    remarks_note,
    remarks_of,
    with_aims,
)
from atlas.figures.comparison.spec import ResolvedComparison, UnsupportedLayout
from atlas.figures.curve.figure import curve_figure as room_curve_figure

# Lines that can still be followed.
MOST = 12


def curve_figure(context: FigureContext, asked: ResolvedComparison) -> Figure | None:
    """Lines through the values of each territory; None when there is none. Raises Unsuited."""
    rows = context.dataset.observations
    rows = rows[
        (rows["indicator"] == asked.indicator)
        & (rows["corridor"] == "")
        & rows["value"].notna()
        & ~rows["uncertain"]
    ]
    known = [code for code in asked.codes if code in set(rows["territory"])]
    if len(known) > MOST:
        raise UnsupportedLayout(
            f"{len(known)} territoires ont des valeurs et {MOST} courbes au plus se "
            "suivent des yeux : choisissez-en moins, ou la présentation en points"
        )
    remarks, aims = remarks_of(asked, known), aims_of(context, asked, known)
    marks: dict[tuple[str, str], str] = {}
    for remark in remarks:
        place = remark.code, remark.reference_period
        marks[place] = " ".join(text for text in (marks.get(place, ""), remark.mark) if text)
    made = room_curve_figure(
        context,
        asked.codes,
        indicator=asked.indicator,
        title=asked.page.finding or "",
        targets=drawn_aims(aims),
        marks=marks,
    )
    if made is None:
        return None
    absent = texts.absent_note(context, asked, asked.codes, known)
    note = texts.joined(made.note, absent, remarks_note(context, asked, remarks))
    key = texts.file_key(asked, "courbe-objectif" if aims else "courbe")
    return with_aims(context, asked, replace(made, key=key, note=note), aims)
