"""How one cell of a workbook is written: a real number that keeps its words, or a harmless text."""

from __future__ import annotations

from dataclasses import dataclass

from atlas import french
from atlas.export.number_formats import number_format
from atlas.export.tables import safe_text
from atlas.values import Cell, Column, Table


@dataclass(frozen=True)
class SheetCell:
    """value: None for an empty cell; format: how a spreadsheet writes it.

    text: the same as the table prints it, without what it says after a number.
    """

    value: float | str | None
    format: str = "General"
    text: str = ""


@dataclass(frozen=True)
class SheetColumn:
    """numeric: its cells are numbers, or gaps said in words."""

    name: str
    cells: tuple[SheetCell, ...]
    numeric: bool = False


def sheet_columns(table: Table) -> list[SheetColumn]:
    """The columns of a table, with numbers that a spreadsheet counts with.

    What is said after a number (« depuis fin 2024 ») has a column of texts beside it.
    """
    made = []
    for column in table.columns:
        cells = tuple(_sheet_cell(cell, column) for cell in column.cells)
        made.append(SheetColumn(column.heading, cells, column.is_numeric))
        remarks = [
            "" if isinstance(cell, str) else french.remark_text(cell, column)
            for cell in column.cells
        ]
        if any(remarks):
            made.append(
                SheetColumn(f"{column.heading} (précision)", tuple(map(_text_cell, remarks)))
            )
    return made


def _sheet_cell(cell: Cell, column: Column) -> SheetCell:
    if isinstance(cell, str):
        return _text_cell(cell)
    if cell.amount is None:
        return _text_cell(french.cell_text(cell, column))
    marked = column.mark == "dagger"
    text = french.value_text(
        cell, marked=marked, with_noun=column.says_noun, decimals=column.decimals
    )
    return SheetCell(
        cell.amount, number_format(cell, marked=marked, decimals=column.decimals), text
    )


def _text_cell(text: str) -> SheetCell:
    kept = safe_text(text)
    return SheetCell(kept or None, text=kept)
