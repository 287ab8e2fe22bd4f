"""What one cell says: a number with its qualifier and unit, or why there is none."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from atlas.importing.sheet import Cell
from atlas.importing.text_matching import MAX_REMEMBERED_TEXTS

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
#: How a cell without a number is called in French.
KIND_LABELS: dict[str, str] = {
    "missing": "non disponible",
    "secret": "secret statistique",
    "not applicable": "sans objet",
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
# What public statistics mean by a letter beside a figure, where no note under the table says it.
STATUS_BY_MARK = {
    "p": "Donnée provisoire.",
    "prov": "Donnée provisoire.",
    "provisoire": "Donnée provisoire.",
    "r": "Donnée révisée.",
    "rév": "Donnée révisée.",
    "rev": "Donnée révisée.",
    "révisé": "Donnée révisée.",
    "révisée": "Donnée révisée.",
    "e": "Estimation.",
    "est": "Estimation.",
    "estimé": "Estimation.",
    "estimée": "Estimation.",
    "estimation": "Estimation.",
    "sd": "Donnée semi-définitive.",
    "semi-définitif": "Donnée semi-définitive.",
    "d": "Donnée définitive.",
    "définitif": "Donnée définitive.",
}
# A mark after a number: a footnote « (1) », « [a] », « ¹ », « * », or a status « (p) », « r ».
_MARK_PATTERN = re.compile(
    r"(?P<body>.*\S)\s*(?:"
    r"[(\[](?P<bracketed>\d{1,2}|[a-zé]{1,2}|prov\.?|provisoire|estim[ée]e?|est\.?|r[ée]v\.?|"
    r"r[ée]vis[ée]e?|semi-d[ée]finitif|d[ée]finitif|\*{1,3})[)\]]"
    r"|(?P<raised>[¹²³⁰⁴-⁹⁽⁾ᵃᵇ]+)"
    r"|(?P<signs>\*{1,3}|†|‡)"
    r"|(?<=[0-9%])\s+(?P<letter>p|r|e|sd|prov\.?)"
    r")",
    re.IGNORECASE | re.DOTALL,
)
_RAISED_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾ᵃᵇ", "0123456789()ab")
# What a column of data/<year>.csv takes, before and after the decimal point.
_MAX_DIGITS = 15


@dataclass(frozen=True)
class ParsedNumber:
    """What one cell says.

    ``kind``: a value, or why there is none. ``value``: the number as the contract writes it
    (« 33.6 », « 25052377 »), empty without one. ``qualifier``: about, over, nearly, under or empty.
    ``unit``: what the cell itself writes after its number. ``ambiguous``: « 1.234 » may be 1234.
    ``marks``: marks of notes and statuses beside the number: « 1 » for « 33,6 (1) », « p », « * ».
    """

    kind: CellKind
    value: str = ""
    qualifier: str = ""
    unit: Unit = ""
    ambiguous: bool = False
    marks: tuple[str, ...] = ()


def read_cell(cell: Cell, *, whole: bool = False) -> ParsedNumber:
    """One cell as the number that it shows, or the reason that it gives for having none.

    ``whole``: a count is expected (see read_number). Marks of notes are told apart from digits; a
    scale that the number format hides is left to the reader of the column.
    """
    if cell.number:
        return ParsedNumber("value", cell.number, unit=cell.unit, marks=cell.notes)
    if cell.period:
        return ParsedNumber("unreadable")
    text, marks = split_marks(cell.text)
    number = read_number(text, whole=whole)
    return replace(number, marks=(*cell.notes, *marks)) if marks or cell.notes else number


@lru_cache(maxsize=MAX_REMEMBERED_TEXTS)  # a cell is looked at under each header that is tried
def split_marks(text: str) -> tuple[str, tuple[str, ...]]:
    """A text without the marks of notes and statuses that follow its number, and these marks.

    « 43,7¹ » → « 43,7 », (« 1 »,); « 33,6 (1) (p) » → « 33,6 », (« 1 », « p »).
    """
    marks: list[str] = []
    rest = text.strip()
    while match := _MARK_PATTERN.fullmatch(rest):
        found = match["bracketed"] or match["signs"] or match["letter"]
        if match["raised"]:
            found = match["raised"].translate(_RAISED_DIGITS).strip("()")
        marks.insert(0, (found or "").lower().rstrip("."))
        rest = match["body"].rstrip()
    return rest, tuple(marks)


@lru_cache(maxsize=MAX_REMEMBERED_TEXTS)
def read_number(cell: str, *, whole: bool = False) -> ParsedNumber:
    """One cell as a number, or the reason that it gives for having none.

    Any cell has an answer: what is neither is « unreadable ». ``whole``: a count is expected, so
    that « 1.234 » and « 1,234 » are 1234.
    """
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
