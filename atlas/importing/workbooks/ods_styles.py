"""Styles of an ODS: the number format of each style of cell, in the letters of the other kinds."""

from __future__ import annotations

import math
import re
from xml.etree.ElementTree import Element

from atlas.importing.workbooks.cell_text import Level
from atlas.importing.workbooks.number_format import GENERAL
from atlas.importing.workbooks.xlsx_package import LOCAL_NAMES, attribute

_DATA_STYLES = frozenset(
    ["number-style", "percentage-style", "currency-style", "date-style", "time-style", "text-style"]
)
_CONDITION_PATTERN = re.compile(r"value\(\)\s*(<=|>=|!=|<|>|=)\s*(-?[\d.]+)")
_ANY_DECIMALS = "##########"
_MAX_DIGITS = 20
_LETTERS_BY_PART = {  # short, long
    "day": ("d", "dd"),
    "month": ("m", "mm"),
    "year": ("yy", "yyyy"),
    "day-of-week": ("ddd", "dddd"),
    "quarter": ("q", "q"),
    "hours": ("h", "hh"),
    "minutes": ("m", "mm"),
    "seconds": ("s", "ss"),
    "am-pm": ("AM/PM", "AM/PM"),
}


class Styles:
    """Styles of one ODS, from ``styles.xml`` then from ``content.xml``."""

    def __init__(self) -> None:
        self._code_by_name: dict[str, str] = {}
        self._maps_by_name: dict[str, list[tuple[str, str]]] = {}
        self._cells: dict[str, tuple[str, str]] = {}  # number format and parent of a style of cell
        self._levels: dict[str, Level] = {}
        self._hidden_tables: set[str] = set()

    def add(self, styles: Element) -> None:
        """Take the styles of an element that holds them."""
        for element in styles:
            local, name = LOCAL_NAMES[element.tag], attribute(element, "name")
            if local in _DATA_STYLES:
                self._add_data_style(element, name, local)
            elif local in ("style", "default-style"):
                self._add_style(element, name, attribute(element, "family"))

    def _add_data_style(self, element: Element, name: str, local: str) -> None:
        self._code_by_name[name] = _format_code(element, is_percent=local == "percentage-style")
        self._maps_by_name[name] = [
            (attribute(child, "condition"), attribute(child, "apply-style-name"))
            for child in element
            if LOCAL_NAMES[child.tag] == "map"
        ]

    def _add_style(self, element: Element, name: str, family: str) -> None:
        if family == "table-cell":
            parent = attribute(element, "parent-style-name")
            self._cells[name] = attribute(element, "data-style-name"), parent
        for child in element:
            local = LOCAL_NAMES[child.tag]
            if family == "text" and local == "text-properties":
                self._levels[name] = _level(attribute(child, "text-position"))
            elif family == "table" and attribute(child, "display") == "false":
                self._hidden_tables.add(name)

    def format_of(self, cell_style: str) -> str:
        """The number format of a style of cell, « General » without one."""
        for _ in range(len(self._cells)):
            data_style, parent = self._cells.get(cell_style, ("", ""))
            if data_style:
                return self._whole_code(data_style)
            if cell_style == parent or not cell_style:
                break
            cell_style = parent
        return GENERAL

    def level_of(self, text_style: str) -> Level:
        """Whether a style puts its text above or under the line."""
        return self._levels.get(text_style, "")

    def hides(self, table_style: str) -> bool:
        """Whether a style hides its sheet."""
        return table_style in self._hidden_tables

    def _whole_code(self, data_style: str) -> str:
        """A number format with its sections: other styles show what meets a condition."""
        sections = []
        for condition, name in self._maps_by_name.get(data_style, []):
            match = _CONDITION_PATTERN.search(condition)
            if match and name in self._code_by_name:
                comparison = match[1].replace("!=", "<>")
                sections.append(f"[{comparison}{match[2]}]{self._code_by_name[name]}")
        return ";".join([*sections, self._code_by_name.get(data_style, GENERAL)])


def _level(position: str) -> Level:
    """« super 58% », « 33% 58% », « sub 58% », « -33% 58% »."""
    height = position.partition(" ")[0]
    if height == "super":
        return "super"
    if height == "sub":
        return "sub"
    match = re.fullmatch(r"(-?)([\d.]+)%", height)
    if match is None or float(match[2]) == 0:
        return ""
    return "sub" if match[1] else "super"


def _format_code(style: Element, *, is_percent: bool) -> str:
    code, shows = "", False
    for element in style:
        local = LOCAL_NAMES[element.tag]
        shows = shows or local not in ("map", "text-properties")
        if local == "text":
            code += _literal(element.text or "", is_percent=is_percent)
        elif local == "currency-symbol":
            code += _literal(element.text or "", is_percent=False)
        elif local == "number":
            code += _digits(element, is_percent=is_percent)
        elif local == "text-properties" and attribute(element, "color"):
            code += f"[Color{attribute(element, 'color').lstrip('#')}]"
        elif local == "scientific-number":
            code += "0.00E+00"
        elif local == "fraction":
            code += "# ?/?"
        elif local == "text-content":
            code += "@"
        else:
            code += _date_part(element, local)
    if not code:
        return '""' if shows else GENERAL  # an empty text hides the number
    return code


def _literal(text: str, *, is_percent: bool) -> str:
    pieces = re.split("(%)", text) if is_percent else [text]
    quoted = [piece if piece == "%" else '"' + piece.replace('"', "") + '"' for piece in pieces]
    return "".join(piece for piece in quoted if piece != '""')


def _digits(element: Element, *, is_percent: bool) -> str:
    """The digits of a number, « #,##0.0 »."""
    places = attribute(element, "decimal-places")
    factor = attribute(element, "display-factor")
    scale = "," * round(math.log(float(factor), 1000)) if factor else ""
    whole = _whole_digits(element)
    if not places:
        if is_percent or scale or attribute(element, "grouping") == "true":
            return f"{whole}{scale}.{_ANY_DECIMALS}"
        return GENERAL
    count = min(int(places), _MAX_DIGITS)
    least = min(int(attribute(element, "min-decimal-places") or count), count)
    if attribute(element, "decimal-replacement"):
        least = 0
    decimals = "0" * least + "#" * (count - least)
    return f"{whole}{scale}.{decimals}" if decimals else f"{whole}{scale}"


def _whole_digits(element: Element) -> str:
    zeros = min(int(attribute(element, "min-integer-digits") or 0), _MAX_DIGITS)
    inserted = {
        int(attribute(child, "position") or 0): child.text or ""
        for child in element
        if LOCAL_NAMES[child.tag] == "embedded-text"
    }
    groups = attribute(element, "grouping") == "true" or bool(inserted)
    groups = groups and not any(text.strip() for text in inserted.values())
    places = max([zeros, 1, *(min(p, _MAX_DIGITS) + 1 for p in inserted), 4 if groups else 1])
    digits = list(("0" * zeros).rjust(places, "#"))
    if groups:
        digits[-3] = f",{digits[-3]}"
    else:
        for position, text in inserted.items():
            if 0 < position < len(digits):
                digits[-position] = f'"{text}"{digits[-position]}'
    return "".join(digits)


def _date_part(element: Element, local: str) -> str:
    if local not in _LETTERS_BY_PART:
        return ""
    is_long = attribute(element, "style") == "long"
    if local == "month" and attribute(element, "textual") == "true":
        return "mmmm" if is_long else "mmm"
    letters = _LETTERS_BY_PART[local][is_long]
    decimals = int(attribute(element, "decimal-places") or 0) if local == "seconds" else 0
    return f"{letters}.{'0' * min(decimals, _MAX_DIGITS)}" if decimals else letters
