"""Tables as files for a French spreadsheet: CSV and XLSX.

What a spreadsheet would run is told here for every file, the CSV of the web page too.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from atlas.incoming_text import remove_forbidden_characters

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

# Of a sheet: a longer text is read in its cell.
MAX_COLUMN_CHARS = 60
# A text that starts so is run as a formula by spreadsheets; some take the wide forms of East Asia,
# or what follows a space, for the same.
_FORMULA_PATTERN = re.compile(r"[\t\r\n]|\s*[=+\-@＝＋－＠]")
_RETURN_PATTERN = re.compile(r"\r\n?")
# « +79 % par rapport à 2024 », « -3,2 points (calculé) »: a sign, a number and words, in which no
# spreadsheet finds an operator, a function or a reference.
_CHANGE_PATTERN = re.compile(
    r"[+-]\d[\d\s,.]*((%|points?)(\s([\w\s,;.’«»†]|(?<=[^\W\d_])-(?=[^\W\d_])"
    r"|(?<=\s)\([^\W\d_][\w\s’,]*\))*)?)?"
)


def csv_bytes(table: pd.DataFrame) -> bytes:
    """Semicolon, decimal comma, UTF-8 with BOM: what Excel opens with a double click in France."""
    text = safe(table).to_csv(index=False, sep=";", decimal=",")
    content: bytes = text.encode("utf-8-sig")
    return content


def workbook_bytes(
    sheets: Mapping[str, pd.DataFrame], on_progress: Callable[[float], object] | None = None
) -> bytes:
    """One sheet per table, headers frozen and bold, numbers as numbers. on_progress: told the share
    of the cells that are written, from 0 to 1."""
    # Slow to load: who asks for a CSV does without it.
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    # A cell that looks like a formula, an address or a number is the text that it is.
    book = Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    bold = book.add_format({"bold": True})
    total, done = sum(table.size for table in sheets.values()), 0
    for name, table in sheets.items():
        sheet = book.add_worksheet(name[:31])
        sheet.freeze_panes(1, 0)
        for place, heading in enumerate(table.columns):
            cells = table[heading].tolist()
            sheet.write_string(0, place, safe_text(str(heading)), bold)
            _write_column(sheet, place, cells)
            longest = max([len(str(heading)), *(len(str(cell)) for cell in cells[:200])])
            sheet.set_column(place, place, min(longest + 2, MAX_COLUMN_CHARS))
            done += len(cells)
            if on_progress and total:
                on_progress(done / total)
    book.close()
    return stream.getvalue()


def _write_column(sheet: Worksheet, place: int, cells: Sequence[object]) -> None:
    """The cells under the header; those that are empty or missing are not written."""
    texts: dict[str, str] = {}  # a column says the same again and again
    for row, cell in enumerate(cells, start=1):
        if isinstance(cell, str):
            if cell:
                if cell not in texts:
                    texts[cell] = safe_text(cell)
                sheet.write_string(row, place, texts[cell])
        elif isinstance(cell, int | float) and not math.isnan(cell):
            sheet.write_number(row, place, cell)


def safe(table: pd.DataFrame) -> pd.DataFrame:
    """The table with texts and headings that a spreadsheet would run as formulas preceded by an
    apostrophe."""
    safe_cells = table.map(lambda cell: safe_text(cell) if isinstance(cell, str) else cell)
    return safe_cells.rename(columns=lambda heading: safe_text(str(heading)))


def safe_text(text: str) -> str:
    """The text without control characters, preceded by an apostrophe when a spreadsheet would run
    it as a formula."""
    # A return alone is written without quotes, and what follows it begins another row.
    text = _RETURN_PATTERN.sub("\n", remove_forbidden_characters(text))
    is_formula = _FORMULA_PATTERN.match(text) and not _CHANGE_PATTERN.fullmatch(text)
    return f"'{text}" if is_formula else text
