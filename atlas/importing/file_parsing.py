"""Bytes of a file → its sheets, in this process: a grid of cells as a spreadsheet shows them.

For files that are trusted, and for what runs in a guarded worker (``worker_readers``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from atlas.importing.csv_reading import (
    MAX_CELLS_PER_FILE,
    MAX_COLUMNS_PER_SHEET,
    MAX_ROWS_PER_SHEET,
    read_csv,
)
from atlas.importing.sheet import Sheet
from atlas.importing.sheet_transfer import lines_of_sheets, sheets_of_lines
from atlas.importing.workbook_sheets import workbook_lines
from atlas.importing.workbooks.worksheet import Rejection, WorkbookRejected
from atlas.problems import Problem

MAX_FILE_BYTES = 100_000_000
_WORKBOOK_SIGNATURES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # XLSX and ODS are archives; XLS
_NAME_BY_SIGNATURE = {
    b"%pdf": "un PDF",
    b"%!ps": "un dessin PostScript",
    b"<!doctype": "une page web",
    b"<html": "une page web",
    b"<table": "une page web",
    b"<?xml": "un fichier XML",
    b"{\\rtf": "un texte RTF",
    b"\x89png": "une image",
    b"\xff\xd8\xff": "une image",
    b"\x1f\x8b": "une archive",
}
SPLIT_CURE = "Découpez-le, ou enregistrez la feuille utile seule."


@dataclass(frozen=True)
class ParsedFile:
    """``sheets``: of the file; ``problems``: why there are none."""

    sheets: list[Sheet] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    workbook_lines: tuple[str, ...] = ()

    def lines(self) -> Iterator[str]:
        """The sheets as lines of JSON, as ``sheets_of_lines`` reads them."""
        yield from self.workbook_lines or lines_of_sheets(self.sheets)


def problem_before_reading(content: bytes, name: str) -> Problem | None:
    """Why a file is refused for its size or for what its first bytes say; None when it may be read.

    ``name``: the file as its owner knows it, for messages.
    """
    if len(content) > MAX_FILE_BYTES:
        return Problem(name, f"le fichier dépasse {MAX_FILE_BYTES // 1_000_000} Mo", SPLIT_CURE)
    if not content.strip():
        return Problem(name, "le fichier est vide", "Enregistrez-le de nouveau.")
    other_type = "" if is_workbook(content) else _other_file_type(content)
    if other_type:
        return Problem(
            name,
            f"le fichier est {other_type}, pas un tableau",
            "Enregistrez-le en XLSX, ODS ou CSV depuis un tableur.",
        )
    return None


def is_workbook(content: bytes) -> bool:
    """Whether a file begins as an XLSX, an ODS or an XLS does."""
    return content.startswith(_WORKBOOK_SIGNATURES)


def parse_file(content: bytes, name: str) -> ParsedFile:
    """The sheets of an XLSX, XLS, ODS or CSV, or why there are none.

    ``name``: the file as its owner knows it, for messages; what it is is told by its content.
    Raises whatever the reader of a damaged workbook raises.
    """
    problem = problem_before_reading(content, name)
    if problem:
        return ParsedFile(problems=[problem])
    if is_workbook(content):
        return _parse_workbook(content, name)
    rows, problems = read_csv(content, name)
    return ParsedFile([Sheet("", rows)] if rows else [], problems)


def _other_file_type(content: bytes) -> str:
    """What a file that is no table is, in French; empty when its first bytes do not say."""
    start = content[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    for signature, name in _NAME_BY_SIGNATURE.items():
        if start.startswith(signature):
            return name
    return ""


def _parse_workbook(content: bytes, name: str) -> ParsedFile:
    try:
        lines = tuple(
            workbook_lines(
                content,
                max_rows=MAX_ROWS_PER_SHEET,
                max_columns=MAX_COLUMNS_PER_SHEET,
                max_cells=MAX_CELLS_PER_FILE,
            )
        )
    except WorkbookRejected as rejection:
        return ParsedFile(problems=[_rejection_problem(rejection.reason, name)])
    if not lines:
        message = "aucune feuille du classeur n’a de cellule remplie"
        return ParsedFile(
            problems=[Problem(name, message, "Vérifiez qu’il s’agit du bon fichier.")]
        )
    return ParsedFile(sheets_of_lines(lines), workbook_lines=lines)


def _rejection_problem(reason: Rejection, name: str) -> Problem:
    if reason == "password":
        return Problem(
            name,
            "le classeur est protégé par un mot de passe",
            "Retirez le mot de passe dans le tableur, puis recommencez.",
        )
    if reason == "size":
        return Problem(
            name,
            f"le classeur est trop grand (au plus {MAX_ROWS_PER_SHEET // 1000} 000 lignes et "
            f"{MAX_COLUMNS_PER_SHEET // 1000} 000 colonnes par feuille, "
            f"{MAX_CELLS_PER_FILE // 1_000_000} millions de cellules)",
            SPLIT_CURE,
        )
    return Problem(
        name,
        "le classeur est un XLSB, dont les formats de nombres ne sont pas lus",
        "Enregistrez-le en XLSX depuis le tableur.",
    )
