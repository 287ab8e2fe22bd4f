"""A workbook on the standard input → its cells as JSON on the standard output.

Run as a program of its own, under a limit of memory: a workbook can be made to unpack to hundreds
of gigabytes, or to make its reader abort, and a server must survive both. Knows nothing of the
rest of the library.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import resource
import sys
import zipfile
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

PASSWORD, TOO_LARGE, UNREADABLE = 11, 12, 13  # exit codes
CHUNK = 1 << 20
_PERCENT = {9, 10}  # the formats of percentages that every XLSX knows without naming them
Cell = tuple[int, int]


def unpack_within(content: bytes, limit: int) -> bool:
    """Whether an archive unpacks to fewer bytes than the limit, whatever it declares."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        total = 0
        for entry in archive.infolist():
            entry.file_size = 1 << 50  # read to the end of the data, not to the declared one
            with archive.open(entry) as stream:
                while piece := stream.read(CHUNK):
                    total += len(piece)
                    if total > limit:
                        return False
    return True


def sheets(content: bytes, max_rows: int, max_cells: int) -> list[dict[str, Any]]:
    """Name, first row and column (from 0), rows and merged ranges of each sheet with cells."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    kept = [i for i, meta in enumerate(book.sheets_metadata) if meta.typ == SheetTypeEnum.WorkSheet]
    percents = _percent_cells(content)
    read, left = [], max_cells
    for place in kept:
        sheet = book.get_sheet_by_index(place)
        left -= sheet.height * sheet.width
        if sheet.height > max_rows or left < 0:
            sys.exit(TOO_LARGE)
        if sheet.start:
            read.append(_sheet(sheet, percents.get(sheet.name, set())))
    return read


def _sheet(sheet: CalamineSheet, percents: set[Cell]) -> dict[str, Any]:
    top, left = sheet.start or (0, 0)
    rows = [
        [_plain(cell, (top + r, left + c) in percents) for c, cell in enumerate(row)]
        for r, row in enumerate(sheet.to_python())
    ]
    return {
        "name": sheet.name,
        "top": top,
        "left": left,
        "rows": rows,
        "merged": sheet.merged_cell_ranges or [],
    }


def _plain(cell: Any, percent: bool) -> str | float:
    """A number or a text, as the spreadsheet shows it: 0.336 under « 0,0 % » is « 33.6 % »."""
    if isinstance(cell, bool):
        return "VRAI" if cell else "FAUX"
    if isinstance(cell, (int, float)):
        return f"{cell * 100:.12g} %" if percent else cell
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    return cell if isinstance(cell, str) else str(cell)


def _percent_cells(content: bytes) -> dict[str, set[Cell]]:
    """The cells of an XLSX whose number is shown as a percentage, by name of sheet."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        if not {"xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
            return {}
        styles = _percent_styles(archive.read("xl/styles.xml").decode("utf-8", "replace"))
        files = {
            _attribute(tag, "Id"): _attribute(tag, "Target")
            for tag in re.findall(
                r"<Relationship\b[^>]*>",
                archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace"),
            )
        }
        found = {}
        for tag in re.findall(
            r"<(?:\w+:)?sheet\b[^>]*>", archive.read("xl/workbook.xml").decode("utf-8", "replace")
        ):
            file = files.get(_attribute(tag, "r:id"), "").lstrip("/")
            path = file if file.startswith("xl/") else f"xl/{file}"
            if path in names:
                found[_unescaped(_attribute(tag, "name"))] = _cells_of_styles(
                    archive.read(path).decode("utf-8", "replace"), styles
                )
    return found


def _percent_styles(xml: str) -> set[int]:
    formats = _PERCENT | {
        int(_attribute(tag, "numFmtId") or 0)
        for tag in re.findall(r"<numFmt\b[^>]*>", xml)
        if "%" in _attribute(tag, "formatCode")
    }
    _, _, after = xml.partition("<cellXfs")
    styles = re.findall(r"<xf\b[^>]*>", after.partition("</cellXfs>")[0])
    return {
        place
        for place, tag in enumerate(styles)
        if (_attribute(tag, "numFmtId") or "0") in {str(number) for number in formats}
    }


def _cells_of_styles(xml: str, styles: set[int]) -> set[Cell]:
    cells = set()
    for tag in re.findall(r"<c\b[^>]*>", xml) if styles else []:
        address = re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", _attribute(tag, "r"))
        if address and _attribute(tag, "s") in {str(style) for style in styles}:
            column = 0
            for letter in address[1]:
                column = column * 26 + ord(letter) - 64
            cells.add((int(address[2]) - 1, column - 1))
    return cells


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    return found[1] if found else ""


def _unescaped(text: str) -> str:
    for code, letter in (
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", '"'),
        ("&apos;", "'"),
        ("&amp;", "&"),
    ):
        text = text.replace(code, letter)
    return text


def main() -> None:
    """Limits in argv: memory in bytes, unpacked bytes, rows of a sheet, cells of a workbook."""
    memory, unpacked, rows, cells = map(int, sys.argv[1:])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    content = sys.stdin.buffer.read()
    try:
        if content.startswith(b"PK") and not unpack_within(content, unpacked):
            sys.exit(TOO_LARGE)
        read = sheets(content, rows, cells)
    except PasswordError:
        sys.exit(PASSWORD)
    except MemoryError:
        sys.exit(TOO_LARGE)
    json.dump(read, sys.stdout)


if __name__ == "__main__":
    main()
