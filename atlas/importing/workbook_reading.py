"""Bytes of a file → its sheets: a grid of cells as a spreadsheet shows them."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from atlas.importing.csv_reading import (
    MAX_CELLS_PER_FILE,
    MAX_COLUMNS_PER_SHEET,
    MAX_ROWS_PER_SHEET,
    read_csv,
)
from atlas.importing.sheet import EMPTY_CELL, Cell, CellState, CellUnit, Sheet
from atlas.importing.workbooks.exit_codes import (
    EXIT_BINARY_XLSX,
    EXIT_PASSWORD,
    EXIT_TOO_LARGE,
)
from atlas.problems import Problem

MAX_FILE_BYTES = 100_000_000
MAX_UNPACKED_BYTES = 400_000_000
MAX_WORKER_MEMORY_BYTES = 1_500_000_000
MAX_WORKER_SECONDS = 120
_LIBRARY_FOLDER = str(Path(__file__).parents[2])
# Isolated (-I), Python finds neither the current folder nor this library: it is told where it is.
_WORKER_PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv.pop(1));"
    "from atlas.importing.workbook_worker import main; main()"
)
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
    return ([Sheet("", rows)] if rows else []), problems


def _other_file_type(content: bytes) -> str:
    """What a file that is no table is, in French; empty when its first bytes do not say."""
    start = content[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    for signature, name in _NAME_BY_SIGNATURE.items():
        if start.startswith(signature):
            return name
    return ""


def _read_workbook(content: bytes, name: str) -> tuple[list[Sheet], list[Problem]]:
    """Through a process of its own (see workbook_worker), whatever becomes of it."""
    limits: tuple[int, ...] = (
        MAX_WORKER_MEMORY_BYTES,
        MAX_UNPACKED_BYTES,
        MAX_ROWS_PER_SHEET,
        MAX_COLUMNS_PER_SHEET,
        MAX_CELLS_PER_FILE,
    )
    try:
        worker = subprocess.run(
            [sys.executable, "-I", "-c", _WORKER_PROGRAM, _LIBRARY_FOLDER, *map(str, limits)],
            input=content,
            capture_output=True,
            timeout=MAX_WORKER_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return [], [Problem(name, "le classeur est trop long à lire", _SPLIT_CURE)]
    if worker.returncode:
        return [], [_worker_problem(worker.returncode, name)]
    sheets = _parse_sheets(worker.stdout)
    if not sheets:
        return [], [
            Problem(
                name,
                "aucune feuille du classeur n’a de cellule remplie",
                "Vérifiez qu’il s’agit du bon fichier.",
            )
        ]
    return sheets, []


def _parse_sheets(output: bytes) -> list[Sheet]:
    """What the worker wrote: cells, then each sheet with the numbers of its cells."""
    cells, sheets = [EMPTY_CELL], []
    for line in io.BytesIO(output):
        part = json.loads(line)
        if "cells" in part:
            cells += [_make_cell(*fields) for fields in part["cells"]]
        elif "sheet" in part:
            sheets.append(_make_sheet(part["sheet"]))
        else:
            sheets[-1].cells.extend([cells[index] for index in row] for row in part["rows"])
    return sheets


def _make_cell(
    text: str = "",
    number: str = "",
    unit: CellUnit = "",
    scale: int = 1,
    period: str = "",
    value: float | None = None,
    number_format: str = "",
    notes: Sequence[str] = (),
    state: CellState = "",
    merged: Sequence[int] | None = None,
) -> Cell:
    first = (merged[0], merged[1]) if merged else None
    shared_format = sys.intern(number_format)  # one text for thousands of cells
    return Cell(text, number, unit, scale, period, value, shared_format, tuple(notes), state, first)


def _make_sheet(description: dict[str, Any]) -> Sheet:
    return Sheet(
        description["name"],
        [],
        description["top"],
        description["left"],
        description["hidden"],
        frozenset(description["hidden_rows"]),
        frozenset(description["hidden_columns"]),
    )


def _worker_problem(exit_code: int, name: str) -> Problem:
    if exit_code == EXIT_PASSWORD:
        return Problem(
            name,
            "le classeur est protégé par un mot de passe",
            "Retirez le mot de passe dans le tableur, puis recommencez.",
        )
    was_killed = exit_code < 0  # by the limit of memory
    if exit_code == EXIT_TOO_LARGE or was_killed:
        return Problem(
            name,
            f"le classeur est trop grand (au plus {MAX_ROWS_PER_SHEET // 1000} 000 lignes et "
            f"{MAX_COLUMNS_PER_SHEET // 1000} 000 colonnes par feuille, "
            f"{MAX_CELLS_PER_FILE // 1_000_000} millions de cellules)",
            _SPLIT_CURE,
        )
    if exit_code == EXIT_BINARY_XLSX:
        return Problem(
            name,
            "le classeur est un XLSB, dont les formats de nombres ne sont pas lus",
            "Enregistrez-le en XLSX depuis le tableur.",
        )
    return Problem(
        name,
        "le classeur est abîmé ou d’une forme inconnue",
        "Ouvrez-le dans un tableur et enregistrez-le de nouveau en XLSX.",
    )
