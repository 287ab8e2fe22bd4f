"""Bytes of a workbook → its cells as lines of JSON (see ``sheet_transfer``).

A workbook can be made to unpack to hundreds of gigabytes, or to keep its reader busy: one that
comes from outside is read in a guarded worker.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from atlas.importing.workbooks import ods, xls
from atlas.importing.workbooks.worksheet import (
    CellTable,
    WorkbookRejected,
    Worksheet,
    count_cells,
    grid_lines,
)
from atlas.importing.workbooks.xlsx import read_xlsx
from atlas.importing.workbooks.xlsx_package import Package

MAX_UNPACKED_BYTES = 400_000_000
_UNPACKED_CHUNK_BYTES = 1 << 20
_IS_ENCRYPTED_FLAG = 1


def workbook_lines(
    content: bytes, *, max_rows: int, max_columns: int, max_cells: int
) -> Iterator[str]:
    """The cells of a workbook, then each sheet and its rows; nothing without a filled cell.

    ``max_rows``, ``max_columns``: of a sheet; ``max_cells``: of the workbook. Raises
    WorkbookRejected, and whatever a reader of a damaged file raises.
    """
    table = CellTable()
    lines: list[str] = []
    cells_left = max_cells
    for sheet in _read_worksheets(content, table):
        cells_left -= count_cells(sheet, max_rows, max_columns)
        if cells_left < 0:
            raise WorkbookRejected("size")
        lines += grid_lines(sheet, table)
    if lines:
        yield from table.lines()
        yield from lines


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


def _read_worksheets(content: bytes, table: CellTable) -> Iterator[Worksheet]:
    """The sheets of a workbook of any kind."""
    if not content.startswith(b"PK"):
        if xls.is_encrypted(content):
            raise WorkbookRejected("password")
        return xls.read_xls(content, table)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if any(entry.flag_bits & _IS_ENCRYPTED_FLAG for entry in archive.infolist()):
            raise WorkbookRejected("password")
    if not unpacks_within(content, MAX_UNPACKED_BYTES):
        raise WorkbookRejected("size")
    package = Package(content)
    if ods.is_ods(package):
        if ods.is_encrypted(package):
            raise WorkbookRejected("password")
        return ods.read_ods(package, table)
    if "xl/workbook.bin" in package:
        raise WorkbookRejected("xlsb")
    return read_xlsx(package, table)
