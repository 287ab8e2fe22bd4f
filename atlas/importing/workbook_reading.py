"""Bytes of a file → its sheets: a grid of cells that remembers where each stood."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from atlas.importing import workbook_worker
from atlas.importing.csv_reading import MAX_ROWS, read_csv
from atlas.problems import Problem

MAX_BYTES = 100_000_000
MAX_UNPACKED = 400_000_000
MAX_CELLS = 2_000_000
MAX_MEMORY = 1_500_000_000
MAX_SECONDS = 120
_PROGRAM = Path(workbook_worker.__file__)
_SPLIT = "Découpez-le, ou enregistrez la feuille utile seule."
Cell = str | float
Grid = list[list[Cell]]


@dataclass(frozen=True)
class Sheet:
    """name: empty for a CSV; cells: rows of texts and numbers, merged cells repeated.

    top, left: row and column of the first cell in the original file, from 0.
    """

    name: str
    cells: Grid
    top: int = 0
    left: int = 0

    def address(self, row: int, column: int) -> str:
        """Where a cell stands in the original file, as a spreadsheet says it: « C14 »."""
        return f"{letters(self.left + column)}{self.top + row + 1}"


def letters(column: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    text, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def read_sheets(content: bytes, name: str) -> tuple[list[Sheet], list[Problem]]:
    """The sheets of an XLSX, XLS, ODS or CSV, or why there are none.

    name: the file as its owner knows it, for messages; what it is is told by its content.
    """
    if len(content) > MAX_BYTES:
        return [], [Problem(name, f"le fichier dépasse {MAX_BYTES // 1_000_000} Mo", _SPLIT)]
    if not content.strip():
        return [], [Problem(name, "le fichier est vide", "Enregistrez-le de nouveau.")]
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _workbook(content, name)
    foreign = _foreign(content)
    if foreign:
        return [], [
            Problem(
                name,
                f"le fichier est {foreign}, pas un tableau",
                "Enregistrez-le en XLSX, ODS ou CSV depuis un tableur.",
            )
        ]
    rows, problems = read_csv(content, name)
    return ([Sheet("", rows)] if rows else []), problems


def _foreign(content: bytes) -> str:
    start = content[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    kinds = {
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
    return next((kind for mark, kind in kinds.items() if start.startswith(mark)), "")


def _workbook(content: bytes, name: str) -> tuple[list[Sheet], list[Problem]]:
    """Through a process of its own (see unpacking), whatever becomes of it."""
    limits = map(str, (MAX_MEMORY, MAX_UNPACKED, MAX_ROWS, MAX_CELLS))
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_PROGRAM), *limits],
            input=content,
            capture_output=True,
            timeout=MAX_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return [], [Problem(name, "le classeur est trop long à lire", _SPLIT)]
    if done.returncode:
        return [], [_refusal(done.returncode, name)]
    sheets = [_sheet(entry) for entry in json.loads(done.stdout)]
    if not sheets:
        return [], [
            Problem(
                name,
                "aucune feuille du classeur n’a de cellule remplie",
                "Vérifiez qu’il s’agit du bon fichier.",
            )
        ]
    return sheets, []


def _refusal(code: int, name: str) -> Problem:
    if code == workbook_worker.PASSWORD:
        return Problem(
            name,
            "le classeur est protégé par un mot de passe",
            "Retirez le mot de passe dans le tableur, puis recommencez.",
        )
    if code == workbook_worker.TOO_LARGE or code < 0:  # below 0: stopped by the limit of memory
        return Problem(
            name,
            f"le classeur est trop grand (au plus {MAX_ROWS // 1000} 000 lignes "
            f"par feuille et {MAX_CELLS // 1_000_000} millions de cellules)",
            _SPLIT,
        )
    return Problem(
        name,
        "le classeur est abîmé ou d’une forme inconnue",
        "Ouvrez-le dans un tableur et enregistrez-le de nouveau en XLSX.",
    )


def _sheet(entry: dict[str, Any]) -> Sheet:
    cells: Grid = entry["rows"]
    top, left = entry["top"], entry["left"]
    for (first_row, first_column), (last_row, last_column) in entry["merged"]:
        row, column = first_row - top, first_column - left
        if not (0 <= row < len(cells) and 0 <= column < len(cells[0])):
            continue
        for r in range(row, min(last_row - top + 1, len(cells))):
            for c in range(column, min(last_column - left + 1, len(cells[0]))):
                cells[r][c] = cells[row][column]
    return Sheet(entry["name"], cells, top, left)
