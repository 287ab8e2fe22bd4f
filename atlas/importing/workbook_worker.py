"""A workbook on the standard input → its cells as lines of JSON on the standard output.

Run as a program of its own, under a limit of memory where the system has one (not on Windows): a
workbook can be made to unpack to hundreds of gigabytes, or to make its reader abort, and a server
must survive both. Knows ``atlas.importing.workbooks`` and nothing else of the library.
"""

from __future__ import annotations

import gc
import io
import sys
import zipfile
from collections.abc import Iterator

from atlas.importing.workbooks import ods, xls
from atlas.importing.workbooks.exit_codes import (
    EXIT_BINARY_XLSX,
    EXIT_PASSWORD,
    EXIT_TOO_LARGE,
)
from atlas.importing.workbooks.worksheet import (
    CellTable,
    WorkbookTooLarge,
    Worksheet,
    count_cells,
    grid_lines,
)
from atlas.importing.workbooks.xlsx import read_xlsx
from atlas.importing.workbooks.xlsx_package import Package

_UNPACKED_CHUNK_BYTES = 1 << 20
_IS_ENCRYPTED_FLAG = 1


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


def read_worksheets(content: bytes, table: CellTable, max_unpacked: int) -> Iterator[Worksheet]:
    """The sheets of a workbook of any kind; ends the program when it cannot be read.

    ``max_unpacked``: bytes that an archive may unpack to.
    """
    if not content.startswith(b"PK"):
        if xls.is_encrypted(content):
            sys.exit(EXIT_PASSWORD)
        return xls.read_xls(content, table)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if any(entry.flag_bits & _IS_ENCRYPTED_FLAG for entry in archive.infolist()):
            sys.exit(EXIT_PASSWORD)
    if not unpacks_within(content, max_unpacked):
        sys.exit(EXIT_TOO_LARGE)
    package = Package(content)
    if ods.is_ods(package):
        if ods.is_encrypted(package):
            sys.exit(EXIT_PASSWORD)
        return ods.read_ods(package, table)
    if "xl/workbook.bin" in package:
        sys.exit(EXIT_BINARY_XLSX)
    return read_xlsx(package, table)


def main() -> None:
    """Limits in argv: memory in bytes, unpacked bytes, rows of a sheet, its columns, cells of a
    workbook."""
    max_memory, max_unpacked, max_rows, max_columns, cells_left = map(int, sys.argv[1:])
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (max_memory, max_memory))
    gc.disable()  # millions of cells live to the end: no use looking for garbage among them
    table = CellTable()
    lines: list[str] = []
    try:
        for sheet in read_worksheets(sys.stdin.buffer.read(), table, max_unpacked):
            cells_left -= count_cells(sheet, max_rows, max_columns)
            if cells_left < 0:
                raise WorkbookTooLarge
            lines += grid_lines(sheet, table)
        for line in (*table.lines(), *lines):
            sys.stdout.buffer.write(line.encode() + b"\n")
    except (MemoryError, WorkbookTooLarge):
        sys.exit(EXIT_TOO_LARGE)


if __name__ == "__main__":
    main()
