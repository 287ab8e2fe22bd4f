"""A workbook on the standard input → its cells as JSON on the standard output.

Run as a program of its own, under a limit of memory where the system has one (not on Windows): a
workbook can be made to unpack to hundreds of gigabytes, or to make its reader abort, and a server
must survive both. Knows nothing of the rest of the library.
"""

from __future__ import annotations

import datetime as dt
import html
import io
import json
import re
import sys
import zipfile
from typing import TypedDict

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

EXIT_PASSWORD, EXIT_TOO_LARGE = 11, 12
_UNPACKED_CHUNK_BYTES = 1 << 20
_BUILT_IN_PERCENT_FORMATS = {9, 10}  # that every XLSX knows without naming them
Position = tuple[int, int]  # row and column of a cell in the sheet, from 0


class SheetCells(TypedDict):
    """A sheet. ``top``, ``left``: position of the first of its ``rows``; ``merged``: ranges, as the
    positions of their first and last cells."""

    name: str
    top: int
    left: int
    rows: list[list[str | float]]
    merged: list[tuple[Position, Position]]


def unpacks_within(content: bytes, max_bytes: int) -> bool:
    """Whether an archive unpacks to at most so many bytes, whatever size it declares."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        total = 0
        for entry in archive.infolist():
            entry.file_size = 1 << 50  # read to the end of the data, not to the declared one
            with archive.open(entry) as stream:
                while chunk := stream.read(_UNPACKED_CHUNK_BYTES):
                    total += len(chunk)
                    if total > max_bytes:
                        return False
    return True


def read_worksheets(content: bytes, max_rows: int, max_cells: int) -> list[SheetCells]:
    """The sheets with cells of a workbook; ends the program when it is too large.

    ``max_rows``: of one sheet; ``max_cells``: of all sheets together, empty ones included.
    """
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    percent_positions = _percent_positions(content)
    sheets: list[SheetCells] = []
    cells_left = max_cells
    for index, metadata in enumerate(workbook.sheets_metadata):
        if metadata.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_index(index)
        cells_left -= sheet.height * sheet.width
        if sheet.height > max_rows or cells_left < 0:
            sys.exit(EXIT_TOO_LARGE)
        if sheet.start:
            sheets.append(_read_cells(sheet, percent_positions.get(sheet.name, set())))
    return sheets


def _read_cells(sheet: CalamineSheet, percent_positions: set[Position]) -> SheetCells:
    top, left = sheet.start or (0, 0)
    rows = [
        [
            _as_shown(cell, is_percent=(top + row, left + column) in percent_positions)
            for column, cell in enumerate(cells)
        ]
        for row, cells in enumerate(sheet.to_python())
    ]
    return {
        "name": sheet.name,
        "top": top,
        "left": left,
        "rows": rows,
        "merged": sheet.merged_cell_ranges or [],
    }


def _as_shown(cell: object, *, is_percent: bool) -> str | float:
    """A number or a text, as the spreadsheet shows it: 0.336 under « 0,0 % » is « 33.6 % »."""
    if isinstance(cell, bool):
        return "VRAI" if cell else "FAUX"
    if isinstance(cell, (int, float)):
        return f"{cell * 100:.12g} %" if is_percent else cell
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    return cell if isinstance(cell, str) else str(cell)


def _percent_positions(content: bytes) -> dict[str, set[Position]]:
    """The cells of an XLSX whose number is shown as a percentage, by name of sheet."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        if not {"xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
            return {}
        styles = _percent_styles(_read_xml(archive, "xl/styles.xml"))
        relationships = _read_xml(archive, "xl/_rels/workbook.xml.rels")
        target_by_id = {
            _attribute(tag, "Id"): _attribute(tag, "Target")
            for tag in re.findall(r"<Relationship\b[^>]*>", relationships)
        }
        positions: dict[str, set[Position]] = {}
        for tag in re.findall(r"<(?:\w+:)?sheet\b[^>]*>", _read_xml(archive, "xl/workbook.xml")):
            target = target_by_id.get(_attribute(tag, "r:id"), "").lstrip("/")
            path = target if target.startswith("xl/") else f"xl/{target}"
            if path in names:
                name = html.unescape(_attribute(tag, "name"))
                positions[name] = _positions_of_styles(_read_xml(archive, path), styles)
    return positions


def _read_xml(archive: zipfile.ZipFile, path: str) -> str:
    return archive.read(path).decode("utf-8", "replace")


def _percent_styles(xml: str) -> set[str]:
    """The numbers of the styles of cells that show percentages, as the sheets write them."""
    formats = {str(number) for number in _BUILT_IN_PERCENT_FORMATS} | {
        str(int(_attribute(tag, "numFmtId") or 0))
        for tag in re.findall(r"<numFmt\b[^>]*>", xml)
        if "%" in _attribute(tag, "formatCode")
    }
    _, _, after = xml.partition("<cellXfs")
    styles = re.findall(r"<xf\b[^>]*>", after.partition("</cellXfs>")[0])
    return {
        str(number)
        for number, tag in enumerate(styles)
        if (_attribute(tag, "numFmtId") or "0") in formats
    }


def _positions_of_styles(xml: str, styles: set[str]) -> set[Position]:
    positions: set[Position] = set()
    for tag in re.findall(r"<c\b[^>]*>", xml) if styles else []:
        address = re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", _attribute(tag, "r"))
        if address and _attribute(tag, "s") in styles:
            positions.add((int(address[2]) - 1, _column_number(address[1]) - 1))
    return positions


def _column_number(letters: str) -> int:
    """A → 1, Z → 26, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _attribute(tag: str, name: str) -> str:
    match = re.search(rf'\s{name}="([^"]*)"', tag)
    return match[1] if match else ""


def main() -> None:
    """Limits in argv: memory in bytes, unpacked bytes, rows of a sheet, cells of a workbook."""
    max_memory, max_unpacked, max_rows, max_cells = map(int, sys.argv[1:])
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (max_memory, max_memory))
    content = sys.stdin.buffer.read()
    try:
        if content.startswith(b"PK") and not unpacks_within(content, max_unpacked):
            sys.exit(EXIT_TOO_LARGE)
        sheets = read_worksheets(content, max_rows, max_cells)
    except PasswordError:
        sys.exit(EXIT_PASSWORD)
    except MemoryError:
        sys.exit(EXIT_TOO_LARGE)
    json.dump(sheets, sys.stdout)


if __name__ == "__main__":
    main()
