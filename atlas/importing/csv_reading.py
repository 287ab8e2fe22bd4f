"""A CSV in any usual encoding and separator → its rows of cells."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from itertools import islice

from atlas.importing.sheet import EMPTY_CELL, Cell
from atlas.importing.workbooks.cell_text import cell_of_text
from atlas.problems import Problem

MAX_ROWS_PER_SHEET = 200_000
MAX_COLUMNS_PER_SHEET = 1_000
MAX_CELLS_PER_FILE = 2_000_000
SEPARATORS = (";", "\t", "|", ",")  # a French file with decimal commas is separated otherwise
_ROWS_SAMPLED_FOR_SEPARATOR, _CHARACTERS_SAMPLED_FOR_SEPARATOR = 200, 100_000
_ENCODING_BY_BYTE_ORDER_MARK = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_CONTROL_CHARACTERS = [chr(code) for code in range(32) if chr(code) not in "\t\n\v\f\r"]
_MAX_CONTROL_CHARACTERS_PERCENT = 1
# What French spreadsheets write: Windows, old Macintosh, MS-DOS.
_SINGLE_BYTE_ENCODINGS = ("cp1252", "mac_roman", "cp850")
_FRENCH_CHARACTERS = set("éèêëàâäçùûüôöîïœæÉÈÊÀÂÇÔÎŒ’«»°–—…€\u00a0\u2019")


def read_csv(content: bytes, name: str) -> tuple[list[list[Cell]], list[Problem]]:
    """Rows of cells, each as long as the longest, or why there are none.

    A row keeps its number: empty ones are rows too. ``name``: the file, as its owner knows it.
    """
    if max(content.count(b"\n"), content.count(b"\r")) > MAX_ROWS_PER_SHEET:
        return [], [
            Problem(
                name,
                f"le fichier dépasse {MAX_ROWS_PER_SHEET // 1000} 000 lignes",
                "Découpez-le, par année ou par indicateur.",
            )
        ]
    text = decode_text(content)
    if text is None or _has_many_control_characters(text):
        return [], [
            Problem(
                name,
                "le fichier n’est pas un texte lisible",
                "Enregistrez-le en « CSV UTF-8 » ou en XLSX depuis le tableur.",
            )
        ]
    first, _, rest = text.partition("\n")
    declaration = first.strip().lower()
    if declaration.startswith("sep=") and len(declaration) == 5:  # for Excel, which hides the line
        return _parse_rows(rest, declaration[4], name)
    return _parse_rows(text, detect_separator(text), name)


def decode_text(content: bytes) -> str | None:
    """The text in the encoding that makes it the most French; None for what is no text."""
    for mark, encoding in _ENCODING_BY_BYTE_ORDER_MARK.items():
        if content.startswith(mark):
            return _try_decoding(content, encoding)
    text = _try_decoding(content, "utf-8")
    if text is not None and "\0" not in text:
        return text
    if b"\0" in content:
        even, odd = content[::2].count(0), content[1::2].count(0)
        text = _try_decoding(content, "utf-16-le" if odd > even else "utf-16-be")
        return text if text is not None and "\0" not in text else None
    texts = [_try_decoding(content, encoding) for encoding in _SINGLE_BYTE_ENCODINGS]
    return max((text for text in texts if text is not None), key=_french_score)


def _try_decoding(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _has_many_control_characters(text: str) -> bool:
    count = sum(map(text.count, _CONTROL_CHARACTERS))
    return count * 100 > len(text) * _MAX_CONTROL_CHARACTERS_PERCENT


def _french_score(text: str) -> int:
    """Letters beyond ASCII that French writes, less those that it does not."""
    letters = Counter(letter for letter in text if letter > "\x7f")
    return sum(
        count if letter in _FRENCH_CHARACTERS else -count for letter, count in letters.items()
    )


def detect_separator(text: str) -> str:
    """The one that cuts most of the first rows into the same number of cells."""
    sample = text[:_CHARACTERS_SAMPLED_FOR_SEPARATOR]

    def evenness(separator: str) -> tuple[int, int]:
        """How many rows have the most frequent width, and that width."""
        reader = csv.reader(io.StringIO(sample), delimiter=separator)
        try:
            rows = list(islice(reader, _ROWS_SAMPLED_FOR_SEPARATOR))
        except csv.Error:
            return 0, 0
        widths = Counter(len(row) for row in rows if len(row) > 1)
        width, count = widths.most_common(1)[0] if widths else (0, 0)
        return count, width

    return max(SEPARATORS, key=evenness)


def _parse_rows(text: str, separator: str, name: str) -> tuple[list[list[Cell]], list[Problem]]:
    rows: list[list[Cell]] = []
    cell_by_text = {"": EMPTY_CELL}  # thousands of cells say the same
    width = filled = 0
    try:
        for texts in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            while texts and not texts[-1].strip():
                texts.pop()
            width, filled = max(width, len(texts)), filled + len(texts)
            problem = _size_problem(width, max(filled, width * len(rows)), name)
            if problem:
                return [], [problem]
            for cell_text in texts:
                if cell_text not in cell_by_text:
                    cell_by_text[cell_text] = cell_of_text(cell_text)
            rows.append([cell_by_text[cell_text] for cell_text in texts])
    except csv.Error:
        return [], [
            Problem(
                name,
                "le fichier n’est pas un CSV lisible à cette ligne",
                "Fermez chaque guillemet ouvert.",
                line=len(rows) + 1,
                where=f"A{len(rows) + 1}",
            )
        ]
    problem = _size_problem(width, width * len(rows), name)
    if problem:
        return [], [problem]
    for cells in rows:
        cells += [EMPTY_CELL] * (width - len(cells))
    return rows, []


def _size_problem(width: int, cells: int, name: str) -> Problem | None:
    if width > MAX_COLUMNS_PER_SHEET:
        return Problem(
            name,
            f"le fichier dépasse {MAX_COLUMNS_PER_SHEET // 1000} 000 colonnes",
            "Retirez les colonnes inutiles. Si le fichier n’en a que quelques-unes, vérifiez son "
            "séparateur.",
        )
    if cells > MAX_CELLS_PER_FILE:
        return Problem(
            name,
            "le fichier a trop de cellules",
            "Retirez les colonnes inutiles ou découpez le fichier.",
        )
    return None
