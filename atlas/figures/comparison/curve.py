"""A curve of several territories, with the remarks and the targets of the page."""

from __future__ import annotations

from dataclasses import replace

from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.comparison import texts
from atlas.figures.comparison.remarks import remarks_note, remarks_of
from atlas.figures.comparison.spec import ResolvedComparison, UnsupportedLayout
from atlas.figures.comparison.targets import target_frame, targets_of, with_targets
from atlas.figures.curve.figure import draw_curve

# Lines that can still be followed.
MAX_CURVES = 12


def curve_figure(context: FigureContext, comparison: ResolvedComparison) -> Figure | None:
    """Lines through the values of each territory; None when there is none.

    Raises UnsupportedLayout when they are too many to be followed.
    """
    rows = context.dataset.select(indicator=comparison.indicator_key, corridor="")
    present = set(rows.loc[rows["value"].notna(), "territory"])
    known = [code for code in comparison.codes if code in present]
    if len(known) > MAX_CURVES:
        raise UnsupportedLayout(
            f"{len(known)} territoires ont des valeurs et {MAX_CURVES} courbes au plus se "
            "suivent des yeux : choisissez-en moins, ou la présentation en points"
        )
    remarks = remarks_of(comparison, known)
    targets = targets_of(context, comparison, known)
    marks: dict[tuple[str, str], str] = {}
    for remark in remarks:
        point = remark.code, remark.reference_period
        marks[point] = f"{marks.get(point, '')} {remark.mark}".strip()
    figure = draw_curve(
        context,
        comparison.codes,
        indicator=comparison.indicator_key,
        title=comparison.spec.finding or "",
        targets=target_frame(targets),
        marks=marks,
    )
    if figure is None:
        return None
    said = remarks_note(context, comparison, remarks)
    figure = replace(
        figure,
        must_say=texts.join_notes(figure.must_say, said),
        key=texts.file_key(comparison, "courbe-objectif" if targets else "courbe"),
        note=texts.join_notes(
            figure.note,
            texts.silence_note(context, comparison, known),
            said,
        ),
    )
    return with_targets(context, comparison, figure, targets)
