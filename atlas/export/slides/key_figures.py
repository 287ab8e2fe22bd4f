"""Key figures side by side, six a slide at most."""

from __future__ import annotations

import math
from collections.abc import Sequence

from atlas.export.slides.box import Box
from atlas.export.slides.presentation import PresentationBuilder
from atlas.export.slides.slide import SlideBuilder, numbered_title, split_evenly
from atlas.export.slides.typesetting import (
    ALERT,
    INK,
    MUTED,
    NEUTRAL,
    PRIMARY,
    Line,
    lines_height,
    measure,
    wrap_text,
)
from atlas.figures.key_figures.key_figure import KeyFigure
from atlas.settings.office_templates import CONTENT

# Points: between two figures, of the bar on the left of each, around its texts.
GAP, BAR_WIDTH, INSET = 14.0, 4.0, 12.0
# Columns and rows: fewer figures a slide when the texts are long.
GRIDS = ((3, 2), (2, 2), (2, 1), (1, 1))
_VALUE_POINTS = (60.0, 54.0, 48.0, 44.0, 40.0, 36.0, 32.0, 28.0, 24.0, 20.0)
# Lines and letters of the values: on one line while they stay large, else on two.
VALUE_FITS = [*((1, size) for size in _VALUE_POINTS[:8]), *((2, size) for size in _VALUE_POINTS)]


def add_key_figures(
    presentation: PresentationBuilder,
    title: str,
    figures: Sequence[KeyFigure],
    *,
    subtitle: str = "",
) -> None:
    """The key figures of a section, alike on as many slides as it takes."""
    runs, across, size = _layout(figures, presentation.area(CONTENT, subtitle=subtitle))
    for number, run in enumerate(runs, start=1):
        builder = presentation.add_content_slide(
            numbered_title(title, number, len(runs)),
            subtitle=subtitle,
            notes=[text for figure in run for text in _notes(figure)],
        )
        width = _width(builder.area, across)
        tall = (
            max(lines_height(_lines(figure, size), width - 2 * INSET) for figure in run) + 2 * INSET
        )
        for place, figure in enumerate(run):
            row, column = divmod(place, across)
            _draw(
                builder,
                figure,
                _lines(figure, size),
                Box(
                    builder.area.x + column * (width + GAP),
                    builder.area.y + row * (tall + GAP),
                    width,
                    tall,
                ),
            )


def _layout(figures: Sequence[KeyFigure], box: Box) -> tuple[list[Sequence[KeyFigure]], int, float]:
    """The key figures of each slide, their columns and the size of their values: the fullest grid
    in which every one fits."""
    for columns, rows in GRIDS:
        runs = split_evenly(figures, math.ceil(len(figures) / (columns * rows)))
        down = math.ceil(len(runs[0]) / columns)
        across = max(math.ceil(len(runs[0]) / down), min(columns, 2))
        tallest = (box.height - (down - 1) * GAP) / down - 2 * INSET
        width = _width(box, across) - 2 * INSET
        for lines, size in VALUE_FITS:
            if all(_fits(figure, lines, size, width, tallest) for figure in figures):
                return runs, across, size
    return runs, across, VALUE_FITS[-1][1]


def _fits(figure: KeyFigure, lines: int, size: float, width: float, tallest: float) -> bool:
    whole = all(measure(word, size, bold=True) <= width for word in figure.value.split(" "))
    return (
        whole
        and len(wrap_text(figure.value, size, width, bold=True)) <= lines
        and lines_height(_lines(figure, size), width) <= tallest
    )


def _width(box: Box, columns: int) -> float:
    return (box.width - (columns - 1) * GAP) / columns


def _lines(figure: KeyFigure, size: float) -> list[Line]:
    """What is written of a figure, the value at this size and the rest in proportion."""
    scale = max(1.0, min(1.3, size / 30))
    said = [
        Line(figure.change, 13 * scale, bold=True, before=2),
        Line(figure.nation_line, 13 * scale),
        Line(figure.derived, 10.5, lead="Calculé\u00a0: " if figure.derived else ""),
        Line("Chiffre incertain" if figure.uncertain else "", 12, bold=True, colour=ALERT),
        Line(figure.source, 10, colour=MUTED, lead="Source\u00a0: ", before=4),
    ]
    return [
        Line(figure.label, 14 * scale, bold=True, colour=INK),
        Line(figure.value, size, bold=True, colour=PRIMARY),
        Line(f"{figure.place}, {figure.period}", 13 * scale, colour=INK),
        *(line for line in said if line.text),
    ]


def _draw(builder: SlideBuilder, figure: KeyFigure, lines: Sequence[Line], box: Box) -> None:
    builder.add_text(f"Chiffre clé : {figure.label}", box, lines, fill=NEUTRAL, inset=INSET)
    builder.add_rule(Box(box.x, box.y, BAR_WIDTH, box.height), PRIMARY)


def _notes(figure: KeyFigure) -> list[str]:
    """The sentence of a press text, then what the slide has no room for."""
    others, note = " ; ".join(figure.others), figure.note_after_sentence
    return [
        figure.sentence,
        f"Source\u00a0: {figure.source}.",
        *([f"Note\u00a0: {note}"] if note else []),
        *([f"Calculé\u00a0: {figure.derived}"] if figure.derived else []),
        *([f"Autres valeurs publiées\u00a0: {others}."] if others else []),
        "",
    ]
