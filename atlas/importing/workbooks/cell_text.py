"""Texts of cells: what cannot be seen is taken out, and marks of notes are told from the text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from atlas.importing.sheet import EMPTY_CELL, Cell
from atlas.incoming_text import clean_typed_text

Level = Literal["", "super", "sub"]  # where a run of characters stands on its line
TextRun = tuple[str, Level]

# What parts words or was read wrongly leaves a space: C0 and C1 controls (line breaks too),
# separators of lines, lone surrogates, and what XML refuses.
_CONTROL_PATTERN = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ud800-\\udfff\\ufffe\\uffff]")
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾"
_FROM_SUPERSCRIPT = str.maketrans(_SUPERSCRIPTS, "0123456789()")
_TO_SUPERSCRIPT = str.maketrans("0123456789()", _SUPERSCRIPTS)
_SUPERSCRIPT_PATTERN = re.compile(f"([{_SUPERSCRIPTS}]+)")
# What French writes above the line without its being a note: 1er, 2e, XIXe, no, Mme, Mgr.
_ABBREVIATIONS = frozenset(
    [
        "d",
        "de",
        "e",
        "er",
        "ers",
        "es",
        "gr",
        "le",
        "lle",
        "lles",
        "me",
        "mes",
        "nd",
        "nde",
        "ndes",
        "nds",
        "o",
        "os",
        "r",
        "re",
        "res",
        "st",
        "te",
        "ème",
        "èmes",
    ]
)
_NUMBER_PATTERN = re.compile(r"[\s+\-−–]*\d[\d\s.,'’]*%?\s*")
_UNIT_BEFORE_EXPONENT_PATTERN = re.compile(r"(?:(?<![^\W_])[kcdm]?m|[×x·*]\s*10)$")


def clean_text(text: str) -> str:
    """The text without what cannot be seen: control characters become spaces (line breaks are some
    of them), what else atlas.incoming_text forbids goes, spaces around it too, and what goes
    beyond the longest text."""
    return clean_typed_text(_CONTROL_PATTERN.sub(" ", text), "text").strip()


def cell_of_text(text: str) -> Cell:
    """The cell of a text without formatting; « 43,7¹ » has its note apart all the same."""
    cleaned = clean_text(text)
    if not cleaned:
        return EMPTY_CELL
    if not _SUPERSCRIPT_PATTERN.search(cleaned):
        return Cell(cleaned)
    text, notes = split_notes([(cleaned, "")])
    return Cell(text.strip(), notes=notes)


def cell_of_runs(runs: Iterable[TextRun]) -> Cell:
    """The cell of a text in runs above, on and under the line."""
    runs = list(runs)
    if len(runs) == 1 and not runs[0][1]:
        return cell_of_text(runs[0][0])
    text, notes = split_notes(runs)
    text = clean_text(text)
    return Cell(text, notes=notes) if text or notes else EMPTY_CELL


def split_notes(runs: Iterable[TextRun]) -> tuple[str, tuple[str, ...]]:
    """The text without its marks of notes, and these: 43,7¹ gives « 43,7 » and « 1 ».

    What is above the line without being a note stays: m², 10⁶, 1er janvier.
    """
    pieces = _join_same_levels(runs)
    base = "".join(text for text, level in pieces if level != "super")
    shown, notes = "", []
    for text, level in pieces:
        if not level or not text.strip():
            shown += text
        elif level == "sub":  # a formula, CO2, except after a digit
            is_note = shown[-1:].isdigit() and any(map(str.isdigit, text))
            notes += _marks(text) if is_note else []
            shown += "" if is_note else text
        elif text.isdigit() and _UNIT_BEFORE_EXPONENT_PATTERN.search(shown):
            shown += text.translate(_TO_SUPERSCRIPT)
        elif _is_part_of_text(text, base):
            shown += text
        else:
            notes += _marks(text)
    return shown, tuple(notes)


def _join_same_levels(runs: Iterable[TextRun]) -> list[TextRun]:
    """Runs with neighbours of one level joined, and superscript characters as runs of their own."""
    pieces: list[TextRun] = []

    def add(text: str, level: Level) -> None:
        if pieces and pieces[-1][1] == level:
            pieces[-1] = (pieces[-1][0] + text, level)
        elif text:
            pieces.append((text, level))

    for text, level in runs:
        for index, part in enumerate(_SUPERSCRIPT_PATTERN.split(text)):
            if index % 2:
                add(part.translate(_FROM_SUPERSCRIPT), "super")
            else:
                add(part, level)
    return pieces


def _is_part_of_text(text: str, base: str) -> bool:
    if text.strip() in ("%", "€"):
        return True
    return text.strip().lower() in _ABBREVIATIONS and not _NUMBER_PATTERN.fullmatch(base)


def _marks(text: str) -> list[str]:
    return [mark for mark in re.split(r"[\s,;()]+", clean_text(text)) if mark]
