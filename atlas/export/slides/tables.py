"""Tables as native tables, over as many slides as their rows take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean
from typing import Any

from pptx.util import Pt

from atlas.export.slides.box import Box
from atlas.export.slides.presentation import PresentationBuilder
from atlas.export.slides.remarks import Remarks
from atlas.export.slides.slide import SlideBuilder, numbered_title
from atlas.export.slides.text_slides import add_text_slides
from atlas.export.slides.typesetting import (
    LEADING,
    PAPER,
    PRIMARY,
    Line,
    measure,
    paint,
    prepare_frame,
    wrap_text,
    write,
)
from atlas.figures.common.captions import contradiction_note
from atlas.french import capitalize_first, since_text, table_texts
from atlas.periods import label as period_label
from atlas.settings.office_templates import SOURCE, TABLE_SLIDE
from atlas.values import Column, Table, Value

SIZES = (24.0, 22.0, 20.0, 18.0, 17.0, 16.0, 15.0, 14.0)
# Points between the text of a cell and its sides.
CELL_INSET_ACROSS, CELL_INSET_DOWN = 8.0, 4.0
# Rows that leave room on their slide are higher, but not so far that they fall apart.
MAX_ROW_STRETCH = 2.0
_CONTRADICTED = " (contredit)"


@dataclass(frozen=True)
class TableTexts:
    """What the cells of a table say.

    groups: above its headings, each with the columns that it spans, none for a table with one line
    of headings; headings and rows: texts by column; right: whether a column stands at its right
    end; marks: of the remarks on cells, by row and column.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]
    groups: tuple[tuple[str, int], ...] = ()
    marks: tuple[tuple[int, int, str], ...] = ()

    def part(self, start: int, end: int) -> TableTexts:
        """Some of its rows."""
        marks = tuple(
            (row - start, column, mark) for row, column, mark in self.marks if start <= row < end
        )
        return replace(self, rows=self.rows[start:end], marks=marks)

    @property
    def marked_rows(self) -> list[list[str]]:
        """The rows with their marks, as they are measured."""
        made = [list(row) for row in self.rows]
        for row, column, mark in self.marks:
            made[row][column] += mark
        return made


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
) -> None:
    """A table, at the first of the sizes at which one slide holds it, else over several
    at the last of them. Columns without any text are left out."""
    if not len(table):
        add_text_slides(presentation, title, "Rien n’est publié pour ce tableau.")
        return
    remarks = Remarks()
    texts, source = texts_of(presentation, table, remarks, source)
    add_table_slides(
        presentation,
        title,
        texts,
        subtitle=subtitle,
        source=source,
        alert=alert,
        alt=alt or f"Tableau «\u00a0{title}\u00a0»\u00a0: {', '.join(texts.headings)}.",
        notes=[*notes, *remarks.lines],
    )


def add_table_slides(
    presentation: PresentationBuilder,
    title: str,
    texts: TableTexts,
    *,
    alt: str,
    subtitle: str = "",
    source: str = "",
    alert: str = "",
    notes: Sequence[str] = (),
) -> None:
    """As `add_table`, of cells that are texts already."""
    box = presentation.area(TABLE_SLIDE, subtitle=subtitle, source=source, alert=alert)
    for size in SIZES:
        widths = widths_of(texts, size, box.width)
        runs = _runs(texts, size, widths, box.height)
        if len(runs) == 1 and _are_words_whole(texts, size, widths):
            break
    for number, (start, end) in enumerate(runs, start=1):
        builder = presentation.add_content_slide(
            numbered_title(title, number, len(runs)),
            layout=TABLE_SLIDE,
            subtitle=subtitle,
            source=source,
            alert=alert,
            notes=notes,
        )
        frame = draw_table(builder, texts.part(start, end), size, widths, builder.area)
        builder.describe(frame, "Tableau", alt)


def texts_of(
    presentation: PresentationBuilder, table: Table, remarks: Remarks, source: str
) -> tuple[TableTexts, str]:
    """The cells of a table, and the line of its source with what contradicts its values."""
    written = table_texts(table)
    columns = [
        column for place, column in enumerate(table.columns) if (written.iloc[:, place] != "").any()
    ]
    kept = [table.columns.index(column) for column in columns]
    rows = [[row[place] for place in kept] for row in written.to_numpy().tolist()]
    marks = []
    for number, row in enumerate(rows):
        for place, column in enumerate(columns):
            cell = column.cells[number]
            if isinstance(cell, Value) and cell.contradiction and cell.is_known:
                row[place] = row[place].replace(_CONTRADICTED, "")
                alike = [one for one in _values(columns) if one.contradiction == cell.contradiction]
                marks.append((number, place, remarks.mark(contradiction_note(alike))))
    groups, headings = _headings(columns)
    texts = TableTexts(
        tuple(headings),
        tuple(tuple(row) for row in rows),
        tuple(column.is_numeric and not column.says_base for column in columns),
        tuple(groups),
        tuple(marks),
    )
    return texts, remarks.after(source, presentation.placeholders[TABLE_SLIDE][SOURCE])


def _values(columns: Sequence[Column]) -> list[Value]:
    return [cell for column in columns for cell in column.cells if isinstance(cell, Value)]


def _headings(columns: Sequence[Column]) -> tuple[list[tuple[str, int]], list[str]]:
    """As documents print a level and its growth: what is counted, above the two."""
    pairs = [
        place
        for place, (one, other) in enumerate(pairwise(columns))
        if one.key.startswith("level:") and other.key == one.key.replace("level:", "change:")
    ]
    parts = {place: _pair_headings(columns[place], columns[place + 1]) for place in pairs}
    if not parts or not all(parts.values()):
        return [], [column.heading for column in columns]
    groups, headings = [], []
    for place, column in enumerate(columns):
        if place in parts:
            groups.append((column.heading, 2))
            headings += parts[place]
        elif place - 1 not in parts:
            groups.append(("", 1))
            headings.append(column.heading)
    return groups, headings


def _pair_headings(level: Column, change: Column) -> list[str]:
    """« 2024 », « Par rapport à 2023 », where all values of a column say the same."""
    levels, changes = (
        [cell for cell in column.cells if isinstance(cell, Value) and cell.is_known]
        for column in (level, change)
    )
    dates = {
        period_label(value.period, value.indicator.accumulation)
        for value in levels
        if value.indicator
    }
    bases = {since_text(value) for value in changes}
    if len(dates) != 1 or len(bases) != 1:
        return []
    return [*dates, capitalize_first(bases.pop())]


def widths_of(texts: TableTexts, size: float, room: float) -> list[float]:
    """Each column as wide as its longest text; those that are too long share what is left, by
    their longest and their usual texts, and keep their words whole."""
    columns = [list(column) for column in zip(texts.headings, *texts.marked_rows, strict=True)]
    natural = [_length(column, size, max) for column in columns]
    if sum(natural) <= room:
        return [width * room / sum(natural) for width in natural]
    weights = [
        width + _length(column, size, fmean) for column, width in zip(columns, natural, strict=True)
    ]
    least = [min(room / 3, _length(column, size, max, " ")) for column in columns]
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
    column: Sequence[str],
    size: float,
    of: Callable[[list[float]], float],
    cut: str | None = None,
) -> float:
    """The width that suits some length of the texts of a column, or of their words; its heading
    is the first."""
    words = [
        (word, place == 0)
        for place, text in enumerate(column)
        for word in (text.split(cut) if cut else [text])
    ]
    return of([measure(word, size, bold=bold) for word, bold in words]) + 2 * CELL_INSET_ACROSS + 2


def heights_of(
    texts: TableTexts, size: float, widths: Sequence[float], inset: float = CELL_INSET_DOWN
) -> list[float]:
    """Of each line of headings, then of each row."""
    spans = []
    if texts.groups:
        ends = _span_widths(texts.groups, widths)
        names = [name for name, _ in texts.groups]
        spans = [_height(names, ends, size, inset, bold=True)]
    return [
        *spans,
        _height(texts.headings, widths, size, inset, bold=True),
        *(_height(row, widths, size, inset, bold=False) for row in texts.marked_rows),
    ]


def _span_widths(groups: Sequence[tuple[str, int]], widths: Sequence[float]) -> list[float]:
    made, start = [], 0
    for _, count in groups:
        made.append(sum(widths[start : start + count]))
        start += count
    return made


def _height(
    texts: Sequence[str], widths: Sequence[float], size: float, inset: float, *, bold: bool
) -> float:
    lines = max(
        len(wrap_text(text, size, width - 2 * CELL_INSET_ACROSS, bold=bold))
        for text, width in zip(texts, widths, strict=True)
    )
    return 2 * inset + LEADING * size * lines


def _are_words_whole(texts: TableTexts, size: float, widths: Sequence[float]) -> bool:
    """True when no column is narrower than one of its words."""
    columns = zip(texts.headings, *texts.marked_rows, strict=True)
    return all(
        _length(column, size, max, " ") <= width + 2
        for column, width in zip(columns, widths, strict=True)
    )


def _runs(
    texts: TableTexts, size: float, widths: Sequence[float], room: float
) -> list[tuple[int, int]]:
    """First and last row of each slide: as few slides as can be, as even as can be."""
    heights, above = heights_of(texts, size, widths), 2 if texts.groups else 1
    header, rows = sum(heights[:above]), heights[above:]
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


def draw_table(
    builder: SlideBuilder,
    texts: TableTexts,
    size: float,
    widths: Sequence[float],
    room: Box,
    inset: float = CELL_INSET_DOWN,
) -> Any:
    """The native table in a place, whose height its rows take as far as they may."""
    heights = heights_of(texts, size, widths, inset)
    stretch = max(1.0, min(MAX_ROW_STRETCH, room.height / sum(heights)))
    heights = [tall * stretch for tall in heights]
    box = Box(room.x, room.y, sum(widths), sum(heights))
    frame = builder.slide.shapes.add_table(len(heights), len(widths), *box.emu)
    for column, width in zip(frame.table.columns, widths, strict=True):
        column.width = Pt(width)
    for row, tall in zip(frame.table.rows, heights, strict=True):
        row.height = Pt(tall)
    place = 0
    for name, count in texts.groups:
        if count > 1:
            frame.table.cell(0, place).merge(frame.table.cell(0, place + count - 1))
        _write_cell(frame.table.cell(0, place), Line(name, size, bold=True), inset)
        place += count
    above = 1 if texts.groups else 0
    marks = {(row, column): mark for row, column, mark in texts.marks}
    for row, cells in enumerate([texts.headings, *texts.rows]):
        for column, text in enumerate(cells):
            line = Line(
                text,
                size,
                bold=row == 0,
                right=texts.right[column],
                mark=marks.get((row - 1, column), ""),
            )
            cell = frame.table.cell(above + row, column)
            _write_cell(cell, line, inset)
            if above and row == 0:  # the second line of the headings is like the first
                cell.fill.solid()
                paint(cell.fill.fore_color, PRIMARY)
                for run in cell.text_frame.paragraphs[0].runs:
                    paint(run.font.color, PAPER)
    return frame


def _write_cell(cell: Any, line: Line, inset: float) -> None:
    prepare_frame(cell, inset=inset, middle=True)
    cell.margin_left = cell.margin_right = Pt(CELL_INSET_ACROSS)
    write(cell.text_frame, [line])
