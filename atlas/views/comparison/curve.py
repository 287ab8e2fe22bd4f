"""A curve of several territories, with the remarks and the targets of the page."""

from __future__ import annotations

from dataclasses import replace

from atlas import charts
from atlas.views import curves
from atlas.views.comparison import words
from atlas.views.comparison.asked import Asked, Unsuited
from atlas.views.comparison.remarks import (
    aims_of,
    drawn_aims,
    remarks_note,
    remarks_of,
    with_aims,
)
from atlas.views.desk import Desk

# Lines that can still be followed.
MOST = 12


def curve_figure(desk: Desk, asked: Asked) -> charts.Figure | None:
    """Lines through the values of each territory; None when there is none. Raises Unsuited."""
    rows = desk.book.figures
    rows = rows[
        (rows["indicator"] == asked.indicator)
        & (rows["corridor"] == "")
        & rows["value"].notna()
        & ~rows["uncertain"]
    ]
    known = [code for code in asked.codes if code in set(rows["territory"])]
    if len(known) > MOST:
        raise Unsuited(
            f"{len(known)} territoires ont des valeurs et {MOST} courbes au plus se "
            "suivent des yeux : choisissez-en moins, ou la présentation en points"
        )
    remarks, aims = remarks_of(asked, known), aims_of(desk, asked, known)
    marks: dict[tuple[str, str], str] = {}
    for remark in remarks:
        place = remark.code, remark.when
        marks[place] = " ".join(text for text in (marks.get(place, ""), remark.mark) if text)
    figure = curves.curve_figure(
        desk,
        asked.codes,
        indicator=asked.indicator,
        title=asked.page.finding or "",
        targets=drawn_aims(aims),
        marks=marks,
    )
    if figure is None:
        return None
    absent = words.absent_note(desk, asked, asked.codes, known)
    note = words.joined(figure.note, absent, remarks_note(desk, asked, remarks))
    key = words.file_key(asked, "courbe-objectif" if aims else "courbe")
    return with_aims(desk, asked, replace(figure, key=key, note=note), aims)
