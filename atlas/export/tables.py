"""Tables as files for a French spreadsheet: CSV and XLSX."""

from __future__ import annotations

import io

import pandas as pd
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from atlas.incoming_text import remove_forbidden_characters

# A text that starts so is run as a formula by spreadsheets.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_bytes(table: pd.DataFrame) -> bytes:
    """Semicolon, decimal comma, UTF-8 with BOM: what Excel opens with a double click in France."""
    text = safe(table).to_csv(index=False, sep=";", decimal=",")
    content: bytes = text.encode("utf-8-sig")
    return content


def workbook_bytes(sheets: dict[str, pd.DataFrame]) -> bytes:
    """One sheet per table, headers frozen and bold, numbers as numbers."""
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
    """The table with texts that a spreadsheet would run as formulas preceded by an apostrophe."""
    return table.map(lambda cell: safe_text(cell) if isinstance(cell, str) else cell)


def safe_text(text: str) -> str:
    """The text without control characters, preceded by an apostrophe when a spreadsheet would run
    it as a formula."""
    text = remove_forbidden_characters(text)
    return f"'{text}" if text.startswith(_FORMULA) else text
