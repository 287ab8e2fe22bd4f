"""A stored number and its number format → the cell that a spreadsheet shows.

What is shown decides: 0.33587 under « 0.0% » is the number 33.6 with a percent sign, 5 under
« 0.0" %" » is 5.0 with one, 25 052 377 under « #,##0, » is 25 052 with a scale of 1 000. Where what
is shown cannot be told to be a plain number, no number is given.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from functools import lru_cache

from atlas.importing.sheet import EMPTY_CELL, Cell, CellState, number_cell
from atlas.importing.workbooks.cell_text import cell_of_text, clean_text
from atlas.importing.workbooks.date_format import date_of_serial, show_date
from atlas.importing.workbooks.format_sections import (
    Section,
    choose_number_section,
    date_tokens,
    parse_format,
    text_section,
)
from atlas.importing.workbooks.number_layout import (
    Surroundings,
    lay_out_number,
    read_surroundings,
)

GENERAL = "General"
_MAX_SHOWN = 1e21  # from there on, spreadsheets write an exponent
_DIGITS_BUT_ZERO = frozenset("123456789")


def show_number(value: float, code: str, *, is_1904: bool = False) -> Cell:
    """The cell of a number under a number format, « General » or empty for none.

    ``is_1904``: whether the workbook counts its days from 1904. A format that hides the number
    gives a cell that is empty, the stored number apart; one that shows it otherwise than as a plain
    number (fraction, exponent, sign left out) an « unclear » one.
    """
    if not math.isfinite(value):
        return Cell("#NUM!", state="error")
    sections = parse_format(code or GENERAL)
    section, says_sign = choose_number_section(sections, value)
    if section is None:
        return Cell("#####", value=value, format=code, state="unclear")
    if section.kind == "date":
        return _date_cell(value, code, section, is_1904=is_1904)
    if section.kind == "other" or abs(value) >= _MAX_SHOWN:
        return replace(_general_cell(value), number="", format=code, state="unclear")
    if section.kind == "literal":
        return _literal_cell(value, code, section)
    if code == GENERAL or not code:
        return _general_cell(value)
    return _plain_cell(value, code, sections[0], section, says_sign=says_sign)


def show_text(cell: Cell, code: str) -> Cell:
    """The cell of a text under a number format: most leave it as it is."""
    section = text_section(parse_format(code)) if code not in ("", GENERAL, "@") else None
    if section is None:
        return cell
    text = clean_text("".join(cell.text if kind == "text" else t for kind, t in section.tokens))
    return replace(cell, text=text) if text else EMPTY_CELL


def _general_cell(value: float) -> Cell:
    """The stored number, without the sign of zero."""
    if abs(value) >= _MAX_SHOWN:
        return Cell(f"{value:.15g}".replace(".", ",").upper(), value=value)
    return number_cell(value or 0.0)


def _literal_cell(value: float, code: str, section: Section) -> Cell:
    """The cell of a format that shows words in the place of the number: « nd »."""
    shown = clean_text("".join(text for _, text in section.tokens))
    may_be_read_as_number = "%" in shown or re.search(r"\d", shown)
    state: CellState = "unclear" if may_be_read_as_number else ""
    return replace(cell_of_text(shown), value=value, format=code, state=state)


def _date_cell(value: float, code: str, section: Section, *, is_1904: bool) -> Cell:
    moment = date_of_serial(value, is_1904=is_1904)
    if moment is None:
        return Cell("#####", value=value, format=code, state="error")
    text, period = show_date(moment, date_tokens(section), value)
    return Cell(clean_text(text), period=period, value=value, format=code)


def _plain_cell(
    value: float, code: str, first: Section, section: Section, *, says_sign: bool
) -> Cell:
    """The cell of digits with what its format writes before and after them."""
    hidden_scale = 1
    if section.kind == "number":
        layout = lay_out_number(section, is_negative_section=says_sign)
        around, hidden_scale = layout.surroundings, layout.scale
        digits, number = layout.digits(value)
    else:
        around = _surroundings_of_general(section, is_negative_section=says_sign)
        general = number_cell(abs(value))
        digits, number = general.text, general.number
    is_negative = value < 0 and any(digit in _DIGITS_BUT_ZERO for digit in digits)
    automatic_sign = "-" if is_negative and not says_sign else ""
    text = f"{automatic_sign}{around.before}{digits}{around.after}".strip()
    if not around.is_understood or not number:
        return Cell(text, value=value, format=code, notes=around.notes)
    sign = automatic_sign or around.sign
    state: CellState = ""
    if is_negative and not sign:
        sign = "-"
        if section.colour not in ("", first.colour):  # red stands for it
            text = f"-{text}"
        else:
            state = "unclear"
    if around.scale > 1 and hidden_scale > 1 and around.scale != hidden_scale:
        state = "unclear"
    if state == "unclear":
        return Cell(text, value=value, format=code, notes=around.notes, state="unclear")
    if number.strip("0.") == "":
        sign = ""
    scale = max(hidden_scale, around.scale)
    return Cell(text, sign + number, around.unit, scale, "", value, code, around.notes)


@lru_cache(maxsize=1024)
def _surroundings_of_general(section: Section, *, is_negative_section: bool) -> Surroundings:
    """What « General " %" » writes around the number."""
    tokens = section.tokens
    place = next(i for i, (kind, _) in enumerate(tokens) if kind in ("general", "text"))
    return read_surroundings(
        tokens[:place], tokens[place + 1 :], is_negative_section=is_negative_section
    )
