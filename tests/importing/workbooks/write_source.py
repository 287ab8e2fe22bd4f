"""Writes what LibreOffice saved as ``libreoffice.*`` and ``libreoffice-1904.*``.

Usage: python write_source.py FOLDER, then convert both files with soffice (see README.md).
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904

DAY = dt.datetime(2025, 10, 1)
NUMBERS = [
    (0.33587, "0.0%"),
    (43.6789, "0.0"),
    (0.05, "0%"),
    (5, '0.0" %"'),
    (5, "0.0\\ \\%"),
    (5, '+0" %";-0" %"'),
    (-2, '+0" %";-0" %"'),
    (3, '0" pts"'),
    (25052377, "#,##0,"),
    (25052377, "0.0,,"),
    (25052377, "#,##0"),
    (25052377, "#\\ ##0"),
    (0, '0.0;-0.0;"nd"'),
    (5, '"nd"'),
    (5, ";;;"),
    (43.7, "General"),
    (1 / 3, "General"),
    (-4.2, "0.0;[Red]-0.0"),
    (5, '0" (1)"'),
    (1, "00"),
    (0.0336, "0.0%"),
]
DATE_FORMATS = [
    "mmm-yy",
    "yyyy",
    "dd/mm/yyyy",
    "mmmm yyyy",
    "dd/mm/yyyy hh:mm",
    "[$-40C]mmmm\\ yyyy",
    "yyyy-mm",
    "d-mmm",
]


def write_source(path: Path) -> None:
    book = Workbook()
    formats = book.active
    formats.title = "Formats"
    formats.append(["format", "valeur"])
    for value, code in NUMBERS:
        formats.append([code, value])
        formats.cell(formats.max_row, 2).number_format = code
    dates = book.create_sheet("Dates")
    for code in DATE_FORMATS:
        dates.append([code, DAY])
        dates.cell(dates.max_row, 2).number_format = code
    above, under = InlineFont(vertAlign="superscript"), InlineFont(vertAlign="subscript")
    texts = book.create_sheet("Textes")
    texts.append(["Landes", CellRichText("43,7", TextBlock(above, "1"))])
    texts.append(["Mayotte", CellRichText("9", TextBlock(above, "(2)"))])
    texts.append(["date", CellRichText("Au 1", TextBlock(above, "er"), " janvier 2025")])
    texts.append(["unité", CellRichText("km", TextBlock(above, "2"))])
    texts.append(["molécule", CellRichText("CO", TextBlock(under, "2"))])
    texts.append(["lignes", "une\nautre"])
    texts.append(["invisibles", "a\u200bb\u202ac"])
    texts.append(["booléen", True])
    formulas = book.create_sheet("Formules")
    formulas.append(["Gironde", 680000, 1700000, "=B1/C1"])
    formulas.append(["nul", 0, 5, "=B2/C2"])
    formulas.append(["vide", "", "", '=IF(B3="","","x")'])
    formulas.append(["erreur", 1, 0, "=B4/C4"])
    formulas.append(["absent", 1, 0, "=NA()"])
    for row in (1, 2, 4):
        formulas.cell(row, 4).number_format = "0.0%"
    merged = book.create_sheet("Fusions")
    for line in (
        ["Territoire", "Profils", "2024"],
        ["Corse-du-Sud", 117000, 1],
        ["Haute-Corse", None, 2],
        ["Gironde", 680000, 3],
    ):
        merged.append(line)
    merged.merge_cells("B2:B3")
    masked = book.create_sheet("Masques")
    for row in range(6):
        masked.append([row * 10 + column for column in range(4)])
    masked.row_dimensions[2].hidden = masked.row_dimensions[4].hidden = True
    masked.column_dimensions["C"].hidden = True
    hidden = book.create_sheet("Cachée")
    hidden.append(["secret"])
    hidden.sheet_state = "hidden"
    book.save(path)


def write_source_of_1904(path: Path) -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(["mois", DAY])
    book.active["B1"].number_format = "mmm-yy"
    book.save(path)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    write_source(folder / "libreoffice.xlsx")
    write_source_of_1904(folder / "libreoffice-1904.xlsx")
