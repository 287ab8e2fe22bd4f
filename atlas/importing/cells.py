"""What one cell says: a number with its qualifier and unit, or why there is none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["value", "missing", "secret", "not applicable", "unreadable"]
Unit = Literal["", "%", "points"]

# « NS », non significatif: the source knows a figure and publishes none, as for « nd ».
_WORDS: dict[str, Kind] = {
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
_QUALIFIERS = (
    ("over", r"plus d[e’']\s*|\+\s*de\s*|supérieur à\s*|>\s*"),
    ("under", r"moins d[e’']\s*|-\s*de\s*|inférieur à\s*|<\s*"),
    ("nearly", r"près d[e’']\s*|presque\s*"),
    ("about", r"environ\s*|env\.?\s*|autour de\s*|≈\s*|~\s*|≃\s*"),
)
_UNITS = r"(?P<unit>%|points?|pts?\.?|pp)?"
_SCALES = {
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
_FORM = re.compile(
    r"(?P<sign>[+\-−–]?)\s*(?P<number>[0-9][0-9.,'’ ]*)\s*"
    rf"(?P<scale>milliers?|mille|millions?|milliards?|k|mds?|mrd|m)?\s*{_UNITS}",
    re.IGNORECASE,
)
_GROUPED = re.compile(r"\d{1,3}([ .,'’]\d{3})+")
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009\u2007\u2008\u2002\u2003\u2060\ufeff]+")


@dataclass(frozen=True)
class ParsedNumber:
    """value: the number as the contract writes it (« 33.6 », « 25052377 »), empty without one.

    unit: what the cell itself writes after its number. ambiguous: « 1.234 » may be 1234.
    """

    kind: Kind
    value: str = ""
    qualifier: str = ""
    unit: Unit = ""
    ambiguous: bool = False


def read_number(cell: str | float, *, whole: bool = False) -> ParsedNumber:
    """One cell. whole: a count is expected, so that « 1.234 » and « 1,234 » are 1234."""
    if not isinstance(cell, str):
        return _of_number(cell)
    text = _SPACES.sub(" ", cell).strip().strip("\"'").strip()
    word = re.sub(r"[./]", " ", text.lower()) if text[:1].isalpha() else text.lower()
    if " ".join(word.split()) in _WORDS:
        return ParsedNumber(_WORDS[" ".join(word.split())])
    qualifier, text = _qualified(text)
    found = _FORM.fullmatch(text)
    if not found:
        return ParsedNumber("unreadable")
    digits, ambiguous = _digits(found["number"], whole and not found["scale"])
    if digits is None:
        return ParsedNumber("unreadable")
    return _scaled(found, digits, qualifier, ambiguous)


def _of_number(cell: float) -> ParsedNumber:
    text = plain(Decimal(f"{cell:.15g}")) if abs(cell) < 1e15 else ""
    return ParsedNumber("value", text) if text else ParsedNumber("unreadable")


def _qualified(text: str) -> tuple[str, str]:
    for qualifier, words in _QUALIFIERS:
        found = re.match(words, text, re.IGNORECASE)
        if found:
            return qualifier, text[found.end() :]
    return "", text


def _scaled(found: re.Match[str], digits: Decimal, qualifier: str, ambiguous: bool) -> ParsedNumber:
    scale = (found["scale"] or "").lower()
    if scale:
        digits *= _SCALES.get(scale, _SCALES.get(scale.rstrip("s"), 1))
        digits = digits.to_integral_value() if digits == int(digits) else digits.normalize()
    if found["sign"] in ("-", "−", "–"):
        digits = -digits
    unit: Unit = ""
    if found["unit"]:
        unit = "%" if found["unit"] == "%" else "points"
    text = plain(digits)
    return (
        ParsedNumber("value", text, qualifier, unit, ambiguous)
        if text
        else ParsedNumber("unreadable")
    )


def _digits(text: str, whole: bool) -> tuple[Decimal | None, bool]:
    """The number without its thousands separators, and whether it may be read in two ways."""
    text = re.sub(r"(?<=[.,]) (?=\d)", "", text.strip())  # « 1, 372 »
    marks = re.findall(r"\D", text)
    if not marks:
        return Decimal(text), False
    head, mark, tail = text.rpartition(marks[-1])
    if len(set(marks)) == 1 and _GROUPED.fullmatch(text):
        ambiguous = mark in ".," and len(marks) == 1 and not head.startswith("0")
        if mark not in ".," or len(marks) > 1 or (ambiguous and whole):
            return Decimal(_only_digits(text)), ambiguous
        return Decimal(f"{head}.{tail}"), ambiguous
    fair = head.isdecimal() or (_GROUPED.fullmatch(head) and len(set(marks[:-1])) == 1)
    if mark not in ".," or marks.count(mark) > 1 or not fair or not tail:
        return None, False
    return Decimal(f"{_only_digits(head)}.{tail}"), False


def _only_digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def plain(number: Decimal) -> str:
    """As the contract writes it, without exponent; empty when it has more digits than it takes."""
    whole, _, rest = f"{abs(number):f}".partition(".")
    if len(whole) > 15 or len(rest) > 15:
        return ""
    return f"{number:f}" if number else f"{abs(number):f}"
