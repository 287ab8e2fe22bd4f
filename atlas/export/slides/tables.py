"""Tables as native tables, over as many slides as their rows take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import fmean
from typing import Any

import pandas as pd
from pptx.util import Pt

from atlas.export.slides.box import Box
from atlas.export.slides.presentation import PresentationBuilder
from atlas.export.slides.slide import SlideBuilder, numbered_title
from atlas.export.slides.text_slides import add_text_slides
from atlas.export.slides.typesetting import (
    LEADING,
    Line,
    measure,
    prepare_frame,
    wrap_text,
    write,
)
from atlas.french import table_texts
from atlas.settings.office_templates import CONTENT
from atlas.values import Table

SIZES, SMALL_SIZES = (16.0, 15.0, 14.0, 13.0, 12.0), (12.0, 11.0)
# Points between the text of a cell and its sides.
CELL_INSET_ACROSS, CELL_INSET_DOWN = 8.0, 4.0
# A table narrower than its slide is widened, but not so far that its rows cannot be followed.
MAX_WIDENING = 1.6


def add_table(
    presentation: PresentationBuilder,
    title: str,
    table: Table,
    *,
    subtitle: str = "",
    source: str = "",
    alert: str = "",
    alt: str = "",
    notes: Sequence[str] = (),
    sizes: Sequence[float] = SIZES,
) -> None:
    """A table, at the first of the sizes at which one slide holds it, else over several
    at the last of them. Columns without any text are left out."""
    if not len(table):
        add_text_slides(presentation, title, "Rien n’est publié pour ce tableau.")
        return
    texts = table_texts(table)
    present = [column for column in table.columns if (texts[column.heading] != "").any()]
    shown = texts[[column.heading for column in present]]
    right = [column.is_numeric and not column.says_base for column in present]
    box = presentation.area(CONTENT, subtitle=subtitle, source=source, alert=alert)
    for size in sizes:
        widths = _widths(shown, size, box.width)
        runs = _runs(_heights(shown, size, widths), box.height)
        if len(runs) == 1:
            break
    for number, (start, end) in enumerate(runs, start=1):
        builder = presentation.add_content_slide(
            numbered_title(title, number, len(runs)),
            subtitle=subtitle,
            source=source,
            alert=alert,
            notes=notes,
        )
        part = shown.iloc[start:end]
        frame = _draw(builder, part, size, widths, right)
        builder.describe(
            frame,
            "Tableau",
            alt or (f"Tableau «\u00a0{title}\u00a0» : {', '.join(shown.columns)}."),
        )


def _widths(table: pd.DataFrame, size: float, room: float) -> list[float]:
    """Each column as wide as its longest text; those that are too long share what is left, by
    their longest and their usual texts, and keep their words whole."""
    natural = [_length(table, name, size, max) for name in table]
    if sum(natural) <= room:
        return [width * min(room / sum(natural), MAX_WIDENING) for width in natural]
    weights = [
        width + _length(table, name, size, fmean)
        for name, width in zip(table, natural, strict=True)
    ]
    least = [min(room / 3, _length(table, name, size, max, " ")) for name in table]
    widths: dict[int, float] = {}
    while len(widths) < len(natural):
        free = [i for i in range(len(natural)) if i not in widths]
        left = room - sum(widths.values())
        shares = {i: left * weights[i] / sum(weights[j] for j in free) for i in free}
        short = {i: natural[i] for i in free if natural[i] <= left / len(free)}
        tight = {i: least[i] for i in free if shares[i] < least[i]}
        widths |= short or tight or shares
    scale = min(1.0, room / sum(widths.values()))
    return [widths[i] * scale for i in range(len(natural))]


def _length(
    table: pd.DataFrame,
    name: str,
    size: float,
    of: Callable[[list[float]], float],
    cut: str | None = None,
) -> float:
    """The width that suits some length of the texts of a column, or of their words."""
    words = [
        (word, text is name)
        for text in (name, *table[name])
        for word in (text.split(cut) if cut else [text])
    ]
    return of([measure(word, size, bold=bold) for word, bold in words]) + 2 * CELL_INSET_ACROSS + 2


def _heights(table: pd.DataFrame, size: float, widths: Sequence[float]) -> list[float]:
    """Of the header, then of each row."""
    rows = [[str(name) for name in table], *table.to_numpy().tolist()]
    return [
        2 * CELL_INSET_DOWN
        + LEADING
        * size
        * max(
            len(wrap_text(text, size, width - 2 * CELL_INSET_ACROSS, bold=place == 0))
            for text, width in zip(row, widths, strict=True)
        )
        for place, row in enumerate(rows)
    ]


def _runs(heights: Sequence[float], room: float) -> list[tuple[int, int]]:
    """First and last row of each slide: as few slides as can be, as even as can be."""
    header, *rows = heights
    fewest = len(_split_rows(rows, room - header))
    limit = sum(rows) / fewest
    while len(made := _split_rows(rows, min(limit, room - header))) > fewest:
        limit += 4
    return made


def _split_rows(rows: Sequence[float], limit: float) -> list[tuple[int, int]]:
    runs, start, used = [], 0, 0.0
    for place, tall in enumerate(rows):
        if used + tall > limit and place > start:
            runs.append((start, place))
            start, used = place, 0.0
        used += tall
    return [*runs, (start, len(rows))]


def _draw(
    builder: SlideBuilder,
    table: pd.DataFrame,
    size: float,
    widths: Sequence[float],
    right: Sequence[bool],
) -> Any:
    """right: the columns whose texts stand at their right end, one truth each."""
    heights = _heights(table, size, widths)
    box = Box(builder.area.x, builder.area.y, sum(widths), sum(heights))
    frame = builder.slide.shapes.add_table(len(table) + 1, len(table.columns), *box.emu)
    for column, width in zip(frame.table.columns, widths, strict=True):
        column.width = Pt(width)
    rows = [[str(name) for name in table], *table.to_numpy().tolist()]
    for row, (texts, tall) in enumerate(zip(rows, heights, strict=True)):
        frame.table.rows[row].height = Pt(tall)
        for column, text in enumerate(texts):
            cell = frame.table.cell(row, column)
            prepare_frame(cell, inset=CELL_INSET_DOWN, middle=True)
            cell.margin_left = cell.margin_right = Pt(CELL_INSET_ACROSS)
            write(cell.text_frame, [Line(text, size, bold=row == 0, right=right[column])])
    return frame
