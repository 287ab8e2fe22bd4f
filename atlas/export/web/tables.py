"""Tables of values as the templates print them: classes of columns, and numbers behind texts."""

from __future__ import annotations

import math
from dataclasses import dataclass

from atlas.export.tables import safe_text
from atlas.french import cell_text
from atlas.values import Column, Table

# Columns of numbers that name a territory.
COUNTER_KEYS = ("number",)
RANK_CLASS, NUMBER_CLASS, SENTENCE_CLASS = "rang", "quantite", "phrase"
# A cell with more letters is words, even when a number opens it; with more still, a sentence.
MAX_NUMBER_LETTERS, MAX_NAME_LETTERS = 26, 45


@dataclass(frozen=True)
class WebColumn:
    """``css_class``: numbers at the right, ranks narrow, sentences wide; empty for the others.

    ``file_heading``: as the CSV file writes it, empty when it is the same.
    """

    heading: str
    css_class: str
    file_heading: str


@dataclass(frozen=True)
class WebCell:
    """``number``: as a French spreadsheet reads it, empty where there is none.

    ``file_text``: as the CSV file writes the text, empty when it is the same.
    """

    text: str
    number: str
    file_text: str


@dataclass(frozen=True)
class WebTable:
    """``head``: the place of the column that names each row."""

    caption: str
    columns: list[WebColumn]
    rows: list[list[WebCell]]
    head: int


def web_table(table: Table, caption: str) -> WebTable:
    """A table of texts, with the numbers behind them for its CSV file."""
    texts = [[cell_text(cell, column) for cell in column.cells] for column in table.columns]
    columns = [
        WebColumn(column.heading, _css_class(column, cells), _file_text(column.heading))
        for column, cells in zip(table.columns, texts, strict=True)
    ]
    rows = [
        [
            WebCell(cells[place], _number_text(column, place), _file_text(cells[place]))
            for column, cells in zip(table.columns, texts, strict=True)
        ]
        for place in range(len(table))
    ]
    heads = [place for place, column in enumerate(table.columns) if column.role == "name"]
    return WebTable(caption, columns, rows, head=heads[0] if heads else 0)


def _css_class(column: Column, texts: list[str]) -> str:
    if column.role == "rank" or column.key in COUNTER_KEYS:
        return RANK_CLASS
    longest = max(map(len, texts), default=0)
    if column.is_numeric and longest <= MAX_NUMBER_LETTERS:
        return NUMBER_CLASS
    return SENTENCE_CLASS if longest > MAX_NAME_LETTERS else ""


def _file_text(text: str) -> str:
    """What a spreadsheet does not run, where the text is something else."""
    safe = safe_text(text)
    return "" if safe == text else safe


def _number_text(column: Column, place: int) -> str:
    """As a French spreadsheet reads it, empty where there is none."""
    number = column.numbers[place]
    return "" if math.isnan(number) else f"{number:.15g}".replace(".", ",")
