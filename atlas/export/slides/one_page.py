"""Key figures over the table that their document prints on the same page."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from atlas.export.slides.box import Box
from atlas.export.slides.key_figures import (
    GAP,
    RULE_HEIGHT,
    change_line,
    figure_notes,
    number_lines,
    period_mark,
    slide_source,
)
from atlas.export.slides.presentation import PresentationBuilder
from atlas.export.slides.remarks import Remarks, joined_sources
from atlas.export.slides.slide import SlideBuilder
from atlas.export.slides.tables import draw_table, heights_of, texts_of, widths_of
from atlas.export.slides.typesetting import (
    INK,
    MIN_POINTS,
    PRIMARY,
    Line,
    lines_height,
    measure,
)
from atlas.figures.key_figures.key_figure import KeyFigure, plain_period
from atlas.settings.office_templates import KEY_FIGURES
from atlas.values import Table

MAX_FIGURES = 4
# Points from the rule above a figure to its texts, between the figures and the table, above and
# below the texts of a cell: the table leaves room to the figures.
RULE_GAP, TABLE_GAP, CELL_INSET = 4.0, 8.0, 2.0
NUMBER_SIZES, TABLE_SIZES = (44.0, 40.0, 36.0, 32.0, 28.0), (16.0, 15.0, 14.0)


def add_one_page(
    presentation: PresentationBuilder,
    title: str,
    figures: Sequence[KeyFigure],
    table: Table,
    table_title: str,
    subtitle: str,
) -> bool:
    """One slide with both, in letters as large as it holds; False when it holds them at none."""
    if len(figures) > MAX_FIGURES:
        return False
    remarks = Remarks()
    for figure in figures:
        _lines(figure, NUMBER_SIZES[0], title, remarks)
    texts, _ = texts_of(presentation, table, remarks, "")
    whole = slide_source(presentation, figures, remarks)
    short = remarks.after_shortly(joined_sources(figure.source for figure in figures))
    for source in dict.fromkeys((whole, short)):
        box = presentation.area(KEY_FIGURES, subtitle=subtitle, source=source)
        width = (box.width - GAP * (len(figures) - 1)) / len(figures)
        for table_size, size in itertools.product(TABLE_SIZES, NUMBER_SIZES):
            widths = widths_of(texts, table_size, box.width)
            lines = [_lines(figure, size, title, remarks) for figure in figures]
            tall = max(lines_height(one, width) for one in lines) + RULE_HEIGHT + RULE_GAP
            below = box.y + tall + TABLE_GAP
            room = Box(box.x, below, box.width, box.bottom - below)
            if sum(heights_of(texts, table_size, widths, CELL_INSET)) > room.height or not all(
                _is_whole(one, width) for one in lines
            ):
                continue
            notes = [text for figure in figures for text in figure_notes(figure)]
            builder = presentation.add_content_slide(
                title,
                layout=KEY_FIGURES,
                subtitle=subtitle,
                source=source,
                notes=[*notes, *remarks.lines],
            )
            for place, (figure, written) in enumerate(zip(figures, lines, strict=True)):
                at = Box(box.x + place * (width + GAP), box.y, width, tall)
                _draw(builder, figure, written, at)
            frame = draw_table(builder, texts, table_size, widths, room, CELL_INSET)
            builder.describe(frame, "Tableau", f"Tableau «\u00a0{table_title}\u00a0».")
            return True
    return False


def _lines(figure: KeyFigure, size: float, title: str, remarks: Remarks) -> list[Line]:
    """The number, what it counts, when and since when; where, unless the title says it."""
    where = [figure.place] if figure.place not in title else []
    when = [plain_period(figure)] if plain_period(figure) not in figure.label else []
    mark = period_mark(figure, remarks)
    change = change_line(figure, MIN_POINTS, INK, before=1)
    return [
        *number_lines(figure, size, PRIMARY, remarks, quiet=INK),
        Line(", ".join([figure.label, *where, *when]), MIN_POINTS, colour=INK, mark=mark),
        *([replace(change, bold=False)] if change.text else []),
    ]


def _is_whole(lines: Sequence[Line], width: float) -> bool:
    number = max(lines, key=lambda line: line.size)
    return measure(number.words, number.size, bold=True) <= width


def _draw(builder: SlideBuilder, figure: KeyFigure, lines: Sequence[Line], box: Box) -> None:
    builder.add_rule(Box(box.x, box.y, box.width, RULE_HEIGHT), PRIMARY)
    top = box.y + RULE_HEIGHT + RULE_GAP
    builder.add_text(
        f"Chiffre clé : {figure.label}",
        Box(box.x, top, box.width, box.bottom - top),
        lines,
    )
