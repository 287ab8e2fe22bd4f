"""Tables of values as the templates print them: classes of columns, and numbers behind texts."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from atlas.figures.common.figure import Numbers

# Columns that rank or number the rows: the name that follows is the head of its row.
COUNTER_COLUMNS = ("Rang", "Numéro")
RANK_CLASS, NUMBER_CLASS, SENTENCE_CLASS = "rang", "nombre", "phrase"
# A cell with more letters is words, even when a number opens it; with more still, a sentence.
MAX_NUMBER_LETTERS, MAX_NAME_LETTERS = 26, 45
_NUMBER = re.compile(r"(environ |plus de |près de |moins de )?[+−]?\d")


@dataclass(frozen=True)
class WebColumn:
    """``css_class``: numbers at the right, ranks narrow, sentences wide; empty for the others."""

    heading: str
    css_class: str


@dataclass(frozen=True)
class WebCell:
    """``number``: as a French spreadsheet reads it, empty where there is none."""

    text: str
    number: str


@dataclass(frozen=True)
class WebTable:
    """``head``: the place of the column that names each row."""

    caption: str
    columns: list[WebColumn]
    rows: list[list[WebCell]]
    head: int


def web_table(
    table: pd.DataFrame, caption: str, numbers: Mapping[str, Numbers] | None = None
) -> WebTable:
    """A table of texts. ``numbers``: those behind its columns, which the CSV file holds too."""
    written = {name: _written_numbers(column) for name, column in (numbers or {}).items()}
    columns = [WebColumn(name, _css_class(name, table[name])) for name in table.columns]
    texts = table.astype(str)
    rows = [
        [
            WebCell(text, written[name][place] if name in written else "")
            for name, text in zip(table.columns, cells, strict=True)
        ]
        for place, cells in enumerate(texts.itertuples(index=False, name=None))
    ]
    starts_with_rank = columns[0].css_class == RANK_CLASS and len(columns) > 1
    return WebTable(caption, columns, rows, head=int(starts_with_rank))


def _css_class(name: str, cells: pd.Series) -> str:
    if name in COUNTER_COLUMNS:
        return RANK_CLASS
    texts = [cell for cell in cells.astype(str) if cell]
    longest = max(map(len, texts), default=0)
    if longest <= MAX_NUMBER_LETTERS and any(map(_NUMBER.match, texts)):
        return NUMBER_CLASS
    return SENTENCE_CLASS if longest > MAX_NAME_LETTERS else ""


def _written_numbers(column: Numbers) -> list[str]:
    return [
        "" if math.isnan(value) else f"{value:.15g}".replace(".", ",") for value in column.values
    ]
