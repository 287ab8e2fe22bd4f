"""Bytes of a file → its sheets: a grid of cells that remembers where each stood."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from atlas.importing import workbook_worker
from atlas.importing.csv_reading import MAX_CELLS_PER_FILE, MAX_ROWS_PER_SHEET, read_csv
from atlas.importing.sheet import Cell, Sheet, number_cell, text_cell
from atlas.importing.workbook_worker import SheetCells
from atlas.problems import Problem

MAX_FILE_BYTES = 100_000_000
MAX_UNPACKED_BYTES = 400_000_000
MAX_WORKER_MEMORY_BYTES = 1_500_000_000
MAX_WORKER_SECONDS = 120
_WORKER_PROGRAM = Path(workbook_worker.__file__)
_WORKBOOK_SIGNATURES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # XLSX and ODS are archives; XLS
_NAME_BY_SIGNATURE = {
    b"%pdf": "un PDF",
    b"<!doctype": "une page web",
    b"<html": "une page web",
    b"<table": "une page web",
    b"<?xml": "un fichier XML",
    b"{\\rtf": "un texte RTF",
    b"\x89png": "une image",
    b"\xff\xd8\xff": "une image",
    b"\x1f\x8b": "une archive",
}
_SPLIT_CURE = "Découpez-le, ou enregistrez la feuille utile seule."


def read_sheets(content: bytes, name: str) -> tuple[list[Sheet], list[Problem]]:
    """The sheets of an XLSX, XLS, ODS or CSV, or why there are none.

    ``name``: the file as its owner knows it, for messages; what it is is told by its content.
    """
    if len(content) > MAX_FILE_BYTES:
        problem = f"le fichier dépasse {MAX_FILE_BYTES // 1_000_000} Mo"
        return [], [Problem(name, problem, _SPLIT_CURE)]
    if not content.strip():
        return [], [Problem(name, "le fichier est vide", "Enregistrez-le de nouveau.")]
    if content.startswith(_WORKBOOK_SIGNATURES):
        return _read_workbook(content, name)
    other_type = _other_file_type(content)
    if other_type:
        return [], [
            Problem(
                name,
                f"le fichier est {other_type}, pas un tableau",
                "Enregistrez-le en XLSX, ODS ou CSV depuis un tableur.",
            )
        ]
    rows, problems = read_csv(content, name)
    return ([Sheet("", [[_cell(c) for c in row] for row in rows])] if rows else []), problems


def _other_file_type(content: bytes) -> str:
    """What a file that is no table is, in French; empty when its first bytes do not say."""
    start = content[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    for signature, name in _NAME_BY_SIGNATURE.items():
        if start.startswith(signature):
            return name
    return ""


def _read_workbook(content: bytes, name: str) -> tuple[list[Sheet], list[Problem]]:
    """Through a process of its own (see workbook_worker), whatever becomes of it."""
    limits = (MAX_WORKER_MEMORY_BYTES, MAX_UNPACKED_BYTES, MAX_ROWS_PER_SHEET, MAX_CELLS_PER_FILE)
    try:
        worker = subprocess.run(
            [sys.executable, "-I", str(_WORKER_PROGRAM), *map(str, limits)],
            input=content,
            capture_output=True,
            timeout=MAX_WORKER_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return [], [Problem(name, "le classeur est trop long à lire", _SPLIT_CURE)]
    if worker.returncode:
        return [], [_worker_problem(worker.returncode, name)]
    sheets = [_fill_merged_cells(sheet) for sheet in json.loads(worker.stdout)]
    if not sheets:
        return [], [
            Problem(
                name,
                "aucune feuille du classeur n’a de cellule remplie",
                "Vérifiez qu’il s’agit du bon fichier.",
            )
        ]
    return sheets, []


def _worker_problem(exit_code: int, name: str) -> Problem:
    if exit_code == workbook_worker.EXIT_PASSWORD:
        return Problem(
            name,
            "le classeur est protégé par un mot de passe",
            "Retirez le mot de passe dans le tableur, puis recommencez.",
        )
    was_killed = exit_code < 0  # by the limit of memory
    if exit_code == workbook_worker.EXIT_TOO_LARGE or was_killed:
        return Problem(
            name,
            f"le classeur est trop grand (au plus {MAX_ROWS_PER_SHEET // 1000} 000 lignes "
            f"par feuille et {MAX_CELLS_PER_FILE // 1_000_000} millions de cellules)",
            _SPLIT_CURE,
        )
    return Problem(
        name,
        "le classeur est abîmé ou d’une forme inconnue",
        "Ouvrez-le dans un tableur et enregistrez-le de nouveau en XLSX.",
    )


def _cell(raw: str | float) -> Cell:
    if not isinstance(raw, str):
        return number_cell(raw)
    if raw.endswith(" %") and raw[:-2].replace(".", "").replace("-", "").isdecimal():
        return Cell(raw.replace(".", ","), number=raw[:-2], unit="%")
    return text_cell(raw)


def _fill_merged_cells(sheet: SheetCells) -> Sheet:
    """The sheet with the text of each merged range in all of its cells."""
    cells, top, left = [[_cell(c) for c in r] for r in sheet["rows"]], sheet["top"], sheet["left"]
    for (first_row, first_column), (last_row, last_column) in sheet["merged"]:
        row, column = first_row - top, first_column - left
        if not (0 <= row < len(cells) and 0 <= column < len(cells[0])):
            continue
        from dataclasses import replace

        first = replace(cells[row][column], merged=(row, column))
        for r in range(row, min(last_row - top + 1, len(cells))):
            for c in range(column, min(last_column - left + 1, len(cells[0]))):
                cells[r][c] = first
    return Sheet(sheet["name"], cells, top, left)
