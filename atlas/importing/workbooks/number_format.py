"""A stored number and its number format → the cell that a spreadsheet shows.

What is shown decides: 0.33587 under « 0.0% » is the number 33.6 with a percent sign, 5 under
« 0.0" %" » is 5.0 with one, 25 052 377 under « #,##0, » is 25 052 with a scale of 1 000. Where what
is shown cannot be told to be a plain number, no number is given.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal, localcontext

from atlas.importing.sheet import EMPTY_CELL, Cell, CellUnit, number_cell
from atlas.importing.workbooks.cell_text import cell_of_text, clean_text
from atlas.importing.workbooks.date_format import date_of_serial, show_date
from atlas.importing.workbooks.format_sections import (
    Section,
    Token,
    choose_number_section,
    date_tokens,
    parse_format,
    text_section,
)

GENERAL = "General"
_NO_BREAK_SPACE, _THOUSANDS_SEPARATOR = "\u00a0", "\u202f"
_MAX_DECIMALS, _MAX_SHOWN = 30, 1e21  # from there on, spreadsheets write an exponent
_CURRENCIES = "€$£¥"
_POINTS_PATTERN = re.compile(r"(?:points?|pts?|pp)\.?", re.IGNORECASE)
_SCALE_BY_WORD = {
    "k": 1_000,
    "K": 1_000,
    "millier": 1_000,
    "milliers": 1_000,
    "M": 1_000_000,
    "million": 1_000_000,
    "millions": 1_000_000,
    "Md": 1_000_000_000,
    "Mds": 1_000_000_000,
    "Mrd": 1_000_000_000,
    "milliard": 1_000_000_000,
    "milliards": 1_000_000_000,
}


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
        shown = clean_text("".join(text for _, text in section.tokens))
        has_percent = section.tokens and any(kind == "percent" for kind, _ in section.tokens)
        state = "unclear" if has_percent or re.search(r"\d", shown) else ""
        return replace(cell_of_text(shown), value=value, format=code, state=state)
    if section.kind in ("general", "text"):
        if _is_bare(section) and not says_sign:
            return replace(_general_cell(value), format="" if code == GENERAL else code)
        return _decorate(value, code, section, _general_body(value), says_sign=says_sign)
    return _decorate(value, code, section, _number_body(value, section), says_sign=says_sign)


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


def _is_bare(section: Section) -> bool:
    return all(kind in ("general", "text") for kind, _ in section.tokens)


def _date_cell(value: float, code: str, section: Section, *, is_1904: bool) -> Cell:
    moment = date_of_serial(value, is_1904=is_1904)
    if moment is None:
        return Cell("#####", value=value, format=code, state="error")
    text, period = show_date(moment, date_tokens(section), value)
    return Cell(clean_text(text), period=period, value=value, format=code)


# --- numbers -------------------------------------------------------------------------------------

# The digits shown without a sign, the same as data/<year>.csv writes them, the scale that commas
# hide, and where they stand among the tokens; no digits where the format cuts them with a word.
_Body = tuple[str, str, int, int, int]


def _general_body(value: float) -> _Body:
    return _general_cell(abs(value)).text, _general_cell(abs(value)).number, 1, -1, -1


def _number_body(value: float, section: Section) -> _Body:
    tokens = section.tokens
    places = [index for index, (kind, _) in enumerate(tokens) if kind in ("digit", "point")]
    first, last = places[0], places[-1]
    while last + 1 < len(tokens) and tokens[last + 1][0] == "comma":
        last += 1
    point = next((i for i in places if tokens[i][0] == "point"), last + 1)
    whole_digits = [i for i in places if i < point]
    decimal_digits = [i for i in places if i > point and tokens[i][0] == "digit"]
    commas = [i for i in range(first, last + 1) if tokens[i][0] == "comma"]
    last_whole = whole_digits[-1] if whole_digits else first
    groups = any(i < last_whole for i in commas)
    scale = 1000 ** sum(
        last_whole < i < point or (bool(decimal_digits) and i > decimal_digits[-1]) for i in commas
    )
    percents = sum(kind == "percent" for kind, _ in tokens)
    with localcontext() as context:
        context.prec = 60
        exact = abs(Decimal(f"{value:.15g}")) * 100**percents / scale
        step = Decimal(1).scaleb(-min(len(decimal_digits), _MAX_DECIMALS))
        whole, _, decimals = f"{exact.quantize(step, ROUND_HALF_UP):f}".partition(".")
    whole = whole.lstrip("0").rjust(sum(tokens[i][1] == "0" for i in whole_digits), "0")
    for index in reversed(decimal_digits):
        if tokens[index][1] == "0" or not decimals.endswith("0"):
            break
        decimals = decimals[:-1]
    cuts = [tokens[i][1] for i in range(first, last + 1) if tokens[i][0] not in _BODY_KINDS]
    if any(cut.strip("\u202f\u00a0 '’") for cut in cuts):
        return _fill_digits(whole, decimals, tokens[first : last + 1]), "", scale, first, last
    return (*_write_digits(whole, decimals, groups=groups or bool(cuts)), scale, first, last)


_BODY_KINDS = ("digit", "point", "comma")


def _write_digits(whole: str, decimals: str, *, groups: bool) -> tuple[str, str]:
    """The digits for a reader, and for a file: « 01 » is the number 1."""
    number = whole and (whole.lstrip("0") or "0")
    number = f"{number or '0'}.{decimals}" if decimals else number
    if groups:
        whole = f"{int(whole):,}".replace(",", _THOUSANDS_SEPARATOR) if int(whole or 0) else whole
    return f"{whole},{decimals}" if decimals else whole, number


def _fill_digits(whole: str, decimals: str, tokens: tuple[Token, ...]) -> str:
    """The digits in their places among words: 125 under « 0" h "00 » is « 1 h 25 »."""
    count = 0
    for kind, _ in tokens:
        if kind == "point":
            break
        count += kind == "digit"
    left = list(whole.rjust(count))
    left = ["".join(left[: len(left) - count + 1]), *left[len(left) - count + 1 :]]
    digits = iter([*left, *decimals])
    pieces = []
    for kind, text in tokens:
        if kind == "digit":
            pieces.append(next(digits, "").strip())
        elif kind != "comma":
            pieces.append("," if kind == "point" else text)
    return "".join(pieces)


def _decorate(value: float, code: str, section: Section, body: _Body, *, says_sign: bool) -> Cell:
    """The cell of digits with what its format writes before and after them."""
    digits, number, scale, first, last = body
    tokens = section.tokens
    if first < 0:  # « General » among words
        first = last = next(i for i, (k, _) in enumerate(tokens) if k in ("general", "text"))
    before, after = _literal_text(tokens[:first]), _literal_text(tokens[last + 1 :])
    is_negative = value < 0 and re.search("[1-9]", number or digits) is not None
    if is_negative and not says_sign:
        before = f"-{before}"
    cell = cell_of_text(f"{before}{digits}{after}")
    cell = replace(cell, value=value, format=code)
    understood = _understand(before, cell_of_text(after).text, in_negatives=says_sign)
    if understood is None or not number:
        return cell
    sign, unit, word_scale = understood
    if word_scale > 1 and scale > 1 and word_scale != scale:
        return replace(cell, state="unclear")
    if is_negative and not sign:
        if not section.has_colour:
            return replace(cell, state="unclear")
        sign, cell = "-", replace(cell, text=f"-{cell.text}")
    if not is_negative and not re.search("[1-9]", number):
        sign = ""
    return replace(cell, number=sign + number, unit=unit, scale=max(scale, word_scale))


def _literal_text(tokens: tuple[Token, ...]) -> str:
    """What a format writes beside the digits, with French's space before its percent sign."""
    text = ""
    for kind, letters in tokens:
        is_tight = kind == "percent" and (not text or not text[-1].isspace())
        text += _NO_BREAK_SPACE + letters if is_tight else letters
    return text


def _understand(
    before: str, after: str, *, in_negatives: bool
) -> tuple[str, CellUnit, int] | None:
    """Sign, unit and scale that the words around a number say; None for words whose meaning is
    left to who reads the whole text: « env. 5 », « 5 (1) »."""
    before, after = (re.sub(rf"[\s{re.escape(_CURRENCIES)}]", "", side) for side in (before, after))
    if in_negatives and before == "(" and after.startswith(")"):
        before, after = "-", after[1:]
    if before not in ("", "+", "-", "−", "–", "%"):
        return None
    sign = "-" if before in ("-", "−", "–") else ""
    if after in ("-", "−", "–") and in_negatives and not sign:
        sign, after = "-", ""
    if "%" in (before, after):
        return (sign, "%", 1) if not (before == "%" and after) else None
    if _POINTS_PATTERN.fullmatch(after):
        return sign, "points", 1
    if after in _SCALE_BY_WORD:
        return sign, "", _SCALE_BY_WORD[after]
    return None if re.search(r"[\d%‰<>≤≥()*+~≈]", after) else (sign, "", 1)
