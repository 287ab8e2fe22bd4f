"""A CSV in any usual encoding and separator → its rows of texts."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from itertools import islice

from atlas.problems import Problem

MAX_ROWS = 200_000
SEPARATORS = (";", "\t", "|", ",")  # a French file with decimal commas is separated otherwise
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_CONTROLS = [chr(code) for code in range(32) if chr(code) not in "\t\n\v\f\r"]
# What French spreadsheets write: Windows, old Macintosh, MS-DOS.
_ONE_BYTE = ("cp1252", "mac_roman", "cp850")
_FRENCH = set("éèêëàâäçùûüôöîïœæÉÈÊÀÂÇÔÎŒ’«»°–—…€\u00a0\u2019")


def read_csv(content: bytes, name: str) -> tuple[list[list[str | float]], list[Problem]]:
    """Rows of cells, each as long as the longest; a row keeps its number, empty ones included."""
    if max(content.count(b"\n"), content.count(b"\r")) > MAX_ROWS:
        return [], [
            Problem(
                name,
                f"le fichier dépasse {MAX_ROWS // 1000} 000 lignes",
                "Découpez-le, par année ou par indicateur.",
            )
        ]
    text = decode(content)
    if text is None or sum(map(text.count, _CONTROLS)) * 100 > len(text):
        return [], [
            Problem(
                name,
                "le fichier n’est pas un texte lisible",
                "Enregistrez-le en « CSV UTF-8 » ou en XLSX depuis le tableur.",
            )
        ]
    first, _, rest = text.partition("\n")
    declared = first.strip().lower()
    if declared.startswith("sep=") and len(declared) == 5:  # a line for Excel, which hides it
        return _rows(rest, declared[4], name)
    return _rows(text, separator(text), name)


def decode(content: bytes) -> str | None:
    """The text in the encoding that makes it the most French; None for what is no text."""
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return _decoded(content, encoding)
    text = _decoded(content, "utf-8")
    if text is not None and "\0" not in text:
        return text
    if b"\0" in content:
        even, odd = content[::2].count(0), content[1::2].count(0)
        wide = _decoded(content, "utf-16-le" if odd > even else "utf-16-be")
        return wide if wide is not None and "\0" not in wide else None
    texts = [found for e in _ONE_BYTE if (found := _decoded(content, e)) is not None]
    return max(texts, key=_frenchness)


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _frenchness(text: str) -> int:
    letters = Counter(letter for letter in text if letter > "\x7f")
    return sum(count if letter in _FRENCH else -count for letter, count in letters.items())


def separator(text: str) -> str:
    """The one that cuts most of the first rows into the same number of cells."""
    sample = text[:100_000]

    def evenness(candidate: str) -> tuple[int, int]:
        try:
            rows = list(islice(csv.reader(io.StringIO(sample), delimiter=candidate), 200))
        except csv.Error:
            return 0, 0
        widths = Counter(len(row) for row in rows if len(row) > 1)
        width, count = widths.most_common(1)[0] if widths else (0, 0)
        return count, width

    return max(SEPARATORS, key=evenness)


def _rows(text: str, mark: str, name: str) -> tuple[list[list[str | float]], list[Problem]]:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    rows: list[list[str | float]] = []
    try:
        for row in lines:
            rows.append([*row])
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
    width = max(map(len, rows), default=0)
    if width * len(rows) > 10 * MAX_ROWS:
        return [], [
            Problem(
                name,
                "le fichier a trop de cellules",
                "Retirez les colonnes inutiles ou découpez le fichier.",
            )
        ]
    for cells in rows:
        cells += [""] * (width - len(cells))
    return rows, []
