"""Key figures side by side, six a slide at most."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pptx.util import Pt

from atlas.export.slides.box import Box
from atlas.export.slides.icons import add_icon
from atlas.export.slides.presentation import PresentationBuilder
from atlas.export.slides.slide import SlideBuilder, numbered_title, split_evenly
from atlas.export.slides.typesetting import (
    ALERT,
    INK,
    MUTED,
    NEUTRAL,
    PAPER,
    PRIMARY,
    Line,
    lines_height,
    measure,
    wrap_text,
)
from atlas.figures.key_figures.key_figure import Direction, KeyFigure
from atlas.settings.office_templates import CONTENT

# Points: between two figures, of the bar on the left of each, around its texts.
GAP, BAR_WIDTH, INSET = 14.0, 4.0, 12.0
# Points: the side of an icon, in the upper right corner, and the room between it and the texts.
ICON_SIDE, ICON_GAP = 30.0, 6.0
# Before the words of a growth: of the letters, so that it moves with them.
ARROWS: dict[Direction, str] = {"": "", "up": "↑\u00a0", "down": "↓\u00a0", "level": "→\u00a0"}
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
            max(lines_height(_lines(figure, size), _text_width(width)) for figure in run)
            + 2 * INSET
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
        width = _text_width(_width(box, across))
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


def _text_width(width: float) -> float:
    """What the texts of a card of this width have, beside its icon."""
    return width - 2 * INSET - ICON_SIDE - ICON_GAP


def _lines(figure: KeyFigure, size: float) -> list[Line]:
    """What is written of a figure, the value at this size and the rest in proportion. One that is
    read first is written on the colour of the brand; the words of a document follow the value."""
    hero = figure.size == "hero"
    ink, quiet, value = (PAPER, PAPER, PAPER) if hero else (INK, MUTED, PRIMARY)
    scale = max(1.0, min(1.3, size / 30))
    named = [
        Line(figure.label, 14 * scale, bold=True, colour=ink),
        Line(figure.value, size, bold=True, colour=value),
    ]
    said = [
        Line(figure.change, 13 * scale, bold=True, before=2, lead=_arrow(figure), colour=ink),
        Line(figure.nation_line, 13 * scale, colour=ink),
        Line(
            figure.derived,
            10.5,
            lead="Calculé\u00a0: " if figure.derived else "",
            colour=ink,
        ),
        Line(
            "Chiffre incertain" if figure.uncertain else "",
            12,
            bold=True,
            colour=PAPER if hero else ALERT,
        ),
        Line(figure.source, 10, colour=quiet, lead="Source\u00a0: ", before=4),
    ]
    return [
        *([Line(figure.heading, 11 * scale, colour=quiet)] if figure.heading else []),
        *(reversed(named) if figure.is_labelled else named),
        Line(f"{figure.place}, {figure.period}", 13 * scale, colour=ink),
        *(line for line in said if line.text),
    ]


def _arrow(figure: KeyFigure) -> str:
    return ARROWS[figure.direction] if figure.change else ""


def _draw(builder: SlideBuilder, figure: KeyFigure, lines: Sequence[Line], box: Box) -> None:
    hero = figure.size == "hero"
    shape = builder.add_text(
        f"Chiffre clé : {figure.label}",
        box,
        lines,
        fill=PRIMARY if hero else NEUTRAL,
        inset=INSET,
    )
    shape.text_frame.margin_right = Pt(INSET + ICON_SIDE + ICON_GAP)
    builder.add_rule(Box(box.x, box.y, BAR_WIDTH, box.height), PRIMARY)
    if figure.icon:
        corner = Box(box.right - INSET - ICON_SIDE, box.y + INSET, ICON_SIDE, ICON_SIDE)
        add_icon(builder, figure.icon, corner, PAPER if hero else PRIMARY)


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
