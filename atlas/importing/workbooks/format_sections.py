"""A number format as its sections: « 0.0" %";-0.0" %";"nd" » has three."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from atlas.importing.workbooks.date_format import DateToken

SectionKind = Literal["general", "number", "date", "text", "literal", "other"]
Token = tuple[str, str]  # "literal", "digit", "point", "comma", "percent", "text", …; and its text

_TOKEN_PATTERN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>general|standard)|(?P<exponent>E[+-])|(?P<half>AM/PM|A/P)"
    r"|(?P<year>y+)|(?P<month>m+)|(?P<day>d+)|(?P<hour>h+)|(?P<second>s+(?:\.0+)?)|(?P<quarter>q+)"
    r"|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<slash>/)|(?P<text>@)"
    r"|(?P<end>;)|(?P<literal>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION_PATTERN = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[\d.]+(?:E[+-]?\d+)?)", re.IGNORECASE)
_OPERATORS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_COLOURS = frozenset(
    [
        "black",
        "blue",
        "cyan",
        "green",
        "magenta",
        "red",
        "white",
        "yellow",
        "noir",
        "bleu",
        "vert",
        "rouge",
        "blanc",
        "jaune",
    ]
)
_DATE_KINDS = {"year", "month", "day", "hour", "second", "half", "quarter", "elapsed"}


@dataclass(frozen=True, eq=False)  # told apart by identity: layouts are cached by section
class Section:
    """One section. ``condition``: of the values that it is for, None when only its place says;
    ``colour``: the one that it writes in, which may stand for a sign."""

    kind: SectionKind
    tokens: tuple[Token, ...]
    condition: tuple[str, float] | None = None
    colour: str = ""

    def holds_for(self, value: float) -> bool:
        """Whether its condition, if any, is met."""
        if self.condition is None:
            return False
        comparison, bound = self.condition
        return _OPERATORS[comparison](value, bound)


@lru_cache(maxsize=4096)
def parse_format(code: str) -> tuple[Section, ...]:
    """The sections of a number format, at least one."""
    sections: list[Section] = []
    tokens: list[Token] = []
    for match in _TOKEN_PATTERN.finditer(code):
        kind = match.lastgroup or "literal"
        if kind == "end":
            sections.append(_make_section(tokens))
            tokens = []
        else:
            tokens.append((kind, match[kind]))
    sections.append(_make_section(tokens))
    return tuple(sections)


def choose_number_section(
    sections: tuple[Section, ...], value: float
) -> tuple[Section | None, bool]:
    """The section that shows a number, None without one; and whether it says the sign itself."""
    numeric = list(sections)
    if len(numeric) > 3 or (len(numeric) > 1 and numeric[-1].kind == "text"):
        numeric = numeric[: min(3, len(numeric) - 1)]
    if len(numeric) == 1 and numeric[0].condition is None:
        return numeric[0], False
    if any(section.condition for section in numeric):
        return _choose_by_condition(numeric, value)
    if value < 0:
        return numeric[1], True
    return numeric[2] if value == 0 and len(numeric) == 3 else numeric[0], False


def _choose_by_condition(numeric: list[Section], value: float) -> tuple[Section | None, bool]:
    chosen = next((section for section in numeric if section.holds_for(value)), None)
    if chosen is None:
        chosen = next((section for section in reversed(numeric) if not section.condition), None)
    if chosen is None:
        return None, False
    is_for_negatives = bool(chosen.condition) and chosen.condition in (("<", 0.0), ("<=", 0.0))
    follows_positives = numeric.index(chosen) > 0 and numeric[0].condition in (
        (">", 0.0),
        (">=", 0.0),
    )
    return chosen, value < 0 and (is_for_negatives or follows_positives)


def text_section(sections: tuple[Section, ...]) -> Section | None:
    """The section that shows a text, None when the format leaves texts as they are."""
    if len(sections) > 3:
        return sections[3]
    return sections[-1] if sections[-1].kind == "text" else None


def _make_section(raw_tokens: list[Token]) -> Section:
    tokens: list[Token] = []
    condition, colour = None, ""
    for kind, text in raw_tokens:
        if kind == "bracket":
            match = _CONDITION_PATTERN.fullmatch(text)
            if match:
                condition = (match[1], float(match[2]))
            elif re.fullmatch(r"h+|m+|s+", text, re.IGNORECASE):
                tokens.append(("elapsed", text))
            elif text.startswith("$"):
                tokens.append(("literal", text[1:].partition("-")[0]))
            elif text.lower() in _COLOURS or re.fullmatch(r"(?i)colou?r ?[0-9a-f]+", text):
                colour = text.lower()
        elif kind in ("quoted", "escaped"):
            tokens.append(("literal", text))
        elif kind == "space":
            tokens.append(("literal", " "))
        elif kind != "fill":
            tokens.append((kind, text))
    return Section(_kind_of(tokens), tuple(tokens), condition, colour)


def _kind_of(tokens: list[Token]) -> SectionKind:
    kinds = {kind for kind, _ in tokens}
    is_date, is_number = bool(kinds & _DATE_KINDS), "digit" in kinds
    if (
        (is_date and (is_number or kinds & {"general", "percent"}))
        or "exponent" in kinds
        or (is_number and "slash" in kinds)
    ):
        return "other"  # fractions, scientific notation, and what no spreadsheet accepts
    if is_date:
        return "date"
    if "general" in kinds:
        return "general"
    if is_number:
        return "number"
    return "text" if "text" in kinds else "literal"


def date_tokens(section: Section) -> list[DateToken]:
    """The parts of a section of dates: « m » next to hours or seconds are minutes."""
    tokens: list[DateToken] = []
    times = [
        (index, kind)
        for index, (kind, _) in enumerate(section.tokens)
        if kind in _DATE_KINDS - {"half"}
    ]
    neighbours = {
        index: (times[place - 1][1] if place else "", (times[place + 1 :] or [(0, "")])[0][1])
        for place, (index, _) in enumerate(times)
    }
    for index, (kind, text) in enumerate(section.tokens):
        if kind == "month" and len(text) <= 2:
            before, after = neighbours[index]
            is_minute = before in ("hour", "elapsed") or after == "second"
            tokens.append(("minute" if is_minute else "month", text))
        elif kind == "day" and len(text) > 2:
            tokens.append(("weekday", text[:4]))
        elif kind == "second" and "." in text:
            seconds, _, decimals = text.partition(".")
            tokens += [("second", seconds), ("fraction", f".{decimals}")]
        elif kind in _DATE_KINDS:
            tokens.append((kind, text))
        else:
            tokens.append(("literal", text))
    return tokens
