"""What one cell says: a number with its qualifier and unit, or why there is none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

CellKind = Literal["value", "missing", "secret", "not applicable", "unreadable"]
Unit = Literal["", "%", "points"]

# « NS », non significatif: the source knows a figure and publishes none, as for « nd ».
_KIND_BY_TEXT: dict[str, CellKind] = {
    "": "missing",
    "nd": "missing",
    "n d": "missing",
    "ns": "missing",
    "n s": "missing",
    "nc": "missing",
    "n c": "missing",
    "nr": "missing",
    "non disponible": "missing",
    "non significatif": "missing",
    "non communique": "missing",
    "non communiqué": "missing",
    "non publié": "missing",
    "non renseigné": "missing",
    "?": "missing",
    "…": "missing",
    "...": "missing",
    "null": "missing",
    "nan": "missing",
    "#n/a": "missing",
    "s": "secret",
    "secret": "secret",
    "secret statistique": "secret",
    "c": "secret",
    "-": "not applicable",
    "–": "not applicable",
    "—": "not applicable",
    "/": "not applicable",
    "///": "not applicable",
    "na": "not applicable",
    "n a": "not applicable",
    "so": "not applicable",
    "s o": "not applicable",
    "sans objet": "not applicable",
    "non applicable": "not applicable",
    "non concerné": "not applicable",
    "x": "not applicable",
}
_QUALIFIER_PATTERNS = (
    ("over", r"plus d[e’']\s*|\+\s*de\s*|supérieur à\s*|>\s*"),
    ("under", r"moins d[e’']\s*|-\s*de\s*|inférieur à\s*|<\s*"),
    ("nearly", r"près d[e’']\s*|presque\s*"),
    ("about", r"environ\s*|env\.?\s*|autour de\s*|≈\s*|~\s*|≃\s*"),
)
_FACTOR_BY_SCALE = {
    "k": 1_000,
    "millier": 1_000,
    "mille": 1_000,
    "m": 1_000_000,
    "million": 1_000_000,
    "md": 1_000_000_000,
    "mds": 1_000_000_000,
    "mrd": 1_000_000_000,
    "milliard": 1_000_000_000,
}
_NUMBER_PATTERN = re.compile(
    r"(?P<sign>[+\-−–]?)\s*(?P<number>[0-9][0-9.,'’ ]*)\s*"
    r"(?P<scale>milliers?|mille|millions?|milliards?|k|mds?|mrd|m)?\s*"
    r"(?P<unit>%|points?|pts?\.?|pp)?",
    re.IGNORECASE,
)
_THOUSANDS_PATTERN = re.compile(r"\d{1,3}([ .,'’]\d{3})+")
_SPACES_PATTERN = re.compile(r"[\s\u00a0\u202f\u2009\u2007\u2008\u2002\u2003\u2060\ufeff]+")
# What a column of data/<year>.csv takes, before and after the decimal point.
_MAX_DIGITS = 15


@dataclass(frozen=True)
class ParsedNumber:
    """What one cell says.

    ``kind``: a value, or why there is none. ``value``: the number as the contract writes it
    (« 33.6 », « 25052377 »), empty without one. ``qualifier``: about, over, nearly, under or empty.
    ``unit``: what the cell itself writes after its number. ``ambiguous``: « 1.234 » may be 1234.
    """

    kind: CellKind
    value: str = ""
    qualifier: str = ""
    unit: Unit = ""
    ambiguous: bool = False


def read_number(cell: str | float, *, whole: bool = False) -> ParsedNumber:
    """One cell as a number, or the reason that it gives for having none.

    Any cell has an answer: what is neither is « unreadable ». ``whole``: a count is expected, so
    that « 1.234 » and « 1,234 » are 1234.
    """
    if not isinstance(cell, str):
        return _parse_float(cell)
    text = _SPACES_PATTERN.sub(" ", cell).strip().strip("\"'").strip()
    lowered = text.lower()
    bare = re.sub(r"[./]", " ", lowered) if text[:1].isalpha() else lowered  # « n.d. », « n/d »
    kind = _KIND_BY_TEXT.get(" ".join(bare.split()))
    if kind is not None:
        return ParsedNumber(kind)
    qualifier, text = _split_qualifier(text)
    match = _NUMBER_PATTERN.fullmatch(text)
    if match is None:
        return ParsedNumber("unreadable")
    number, ambiguous = _parse_digits(match["number"], whole=whole and not match["scale"])
    if number is None:
        return ParsedNumber("unreadable")
    return _apply_sign_and_scale(number, match, qualifier, ambiguous)


def _parse_float(cell: float) -> ParsedNumber:
    text = format_for_contract(Decimal(f"{cell:.15g}")) if abs(cell) < 1e15 else ""
    return ParsedNumber("value", text) if text else ParsedNumber("unreadable")


def _split_qualifier(text: str) -> tuple[str, str]:
    """The key of the qualifier that a text begins with, empty for none, and the rest."""
    for qualifier, pattern in _QUALIFIER_PATTERNS:
        match = re.match(pattern, text, re.IGNORECASE)
        if match:
            return qualifier, text[match.end() :]
    return "", text


def _apply_sign_and_scale(
    number: Decimal, match: re.Match[str], qualifier: str, ambiguous: bool
) -> ParsedNumber:
    scale = (match["scale"] or "").lower()
    if scale:
        number *= _FACTOR_BY_SCALE.get(scale, _FACTOR_BY_SCALE.get(scale.rstrip("s"), 1))
        number = number.to_integral_value() if number == int(number) else number.normalize()
    if match["sign"] in ("-", "−", "–"):
        number = -number
    unit: Unit = ""
    if match["unit"]:
        unit = "%" if match["unit"] == "%" else "points"
    text = format_for_contract(number)
    if not text:
        return ParsedNumber("unreadable")
    return ParsedNumber("value", text, qualifier, unit, ambiguous)


def _parse_digits(text: str, *, whole: bool) -> tuple[Decimal | None, bool]:
    """The number without its thousands separators, and whether it may be read in two ways.

    None for digits that no writing of numbers separates so.
    """
    text = re.sub(r"(?<=[.,]) (?=\d)", "", text.strip())  # « 1, 372 »
    separators = re.findall(r"\D", text)
    if not separators:
        return Decimal(text), False
    head, separator, tail = text.rpartition(separators[-1])
    is_point_or_comma = separator in ".,"
    if len(set(separators)) == 1 and _THOUSANDS_PATTERN.fullmatch(text):
        ambiguous = is_point_or_comma and len(separators) == 1 and not head.startswith("0")
        if not is_point_or_comma or len(separators) > 1 or (ambiguous and whole):
            return Decimal(_remove_separators(text)), ambiguous
        return Decimal(f"{head}.{tail}"), ambiguous
    if not is_point_or_comma or separators.count(separator) > 1 or not tail:
        return None, False
    has_even_thousands = _THOUSANDS_PATTERN.fullmatch(head) and len(set(separators[:-1])) == 1
    if not head.isdecimal() and not has_even_thousands:
        return None, False
    return Decimal(f"{_remove_separators(head)}.{tail}"), False


def _remove_separators(text: str) -> str:
    return re.sub(r"\D", "", text)


def format_for_contract(number: Decimal) -> str:
    """A number as data/<year>.csv writes it, without exponent: « 33.6 », « -5 ».

    Empty when it has more digits than the contract takes; zero has no sign.
    """
    whole, _, decimals = f"{abs(number):f}".partition(".")
    if len(whole) > _MAX_DIGITS or len(decimals) > _MAX_DIGITS:
        return ""
    return f"{number:f}" if number else f"{abs(number):f}"
