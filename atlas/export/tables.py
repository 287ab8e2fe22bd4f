"""Tables as files for a French spreadsheet: CSV and XLSX.

What a spreadsheet would run is told here for every file, the CSV of the web page too.
"""

from __future__ import annotations

import io
import re

import pandas as pd

from atlas.incoming_text import remove_forbidden_characters

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


def workbook_bytes(sheets: dict[str, pd.DataFrame]) -> bytes:
    """One sheet per table, headers frozen and bold, numbers as numbers."""
    # Slow to load: who asks for a CSV does without it.
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    stream = io.BytesIO()
    with pd.ExcelWriter(stream, engine="openpyxl") as writer:
        for name, table in sheets.items():
            safe(table).to_excel(writer, sheet_name=name[:31], index=False)
            sheet = writer.sheets[name[:31]]
            sheet.freeze_panes = "A2"
            for cell in sheet[1]:
                cell.font = Font(bold=True)
            for i, column in enumerate(table.columns, start=1):
                longest = max([len(str(column)), *table[column].astype(str).str.len().head(200)])
                sheet.column_dimensions[get_column_letter(i)].width = min(longest + 2, 60)
    return stream.getvalue()


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
