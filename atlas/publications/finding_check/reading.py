"""A French title as tokens: who it names, how much, when, and the words between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from atlas.figures.common.context import FigureContext
from atlas.publications.finding_check.amounts import (
    WORDS_OF_NUMBERS,
    SaidDate,
    SaidDuration,
    SaidNumber,
    Side,
    dates_in,
    durations_in,
    number_of,
    numbers_in,
    references_in,
)
from atlas.publications.finding_check.names import (
    Mention,
    corridor_mentions,
    plain,
    territory_mentions,
)
from atlas.territories import Kind

GroupKind = Kind | Literal["corridor", "any"]
_GROUPS: tuple[tuple[str, GroupKind], ...] = (
    (r"regions?", "REG"),
    (r"departements?", "DEP"),
    (r"caisses?|cpam", "CPAM"),
    (r"territoires?", "any"),
    (r"couloirs?|secteurs?|professions?", "corridor"),
)
_GROUP = "|".join(pattern for pattern, _ in _GROUPS)
_NUMBER = rf"\d+|{WORDS_OF_NUMBERS}"
_QUANTIFIER = re.compile(
    rf"(?<![\w-])(?:"
    r"(?P<all>tous les|toutes les|l'ensemble des|chaque|chacune? des) "
    rf"(?:(?P<all_count>{_NUMBER}) )?"
    rf"|(?P<most>la plupart des|la majorite des|une majorite de|plus de la moitie des) "
    rf"|(?P<half>la moitie des) "
    rf"|(?P<none>aucune?(?: des)?) "
    rf"|(?:(?P<side>plus de|au moins|moins de) )?(?P<count>{_NUMBER}) "
    rf"(?:des (?P<whole>{_NUMBER}) )?"
    rf")(?P<group>{_GROUP})\b(?: sur (?:les )?(?P<of>{_NUMBER})(?!\w))?"
)
_HERE = re.compile(r"\b(?:de |dans |en |sur )?(?:la|notre) region\b|\bregionale?s?\b")


@dataclass(frozen=True)
class Quantifier:
    """« neuf caisses », « tous les départements », « un département sur trois », « la plupart des
    régions ». count, whole: as said, None without."""

    start: int
    end: int
    how: Literal["all", "most", "half", "none", "count"]
    group: GroupKind
    count: int | None = None
    whole: int | None = None
    side: Side = "exact"
    text: str = ""


@dataclass(frozen=True)
class Here:
    """« de la région »: the territory that is published."""

    start: int
    end: int


Token = Mention | SaidNumber | SaidDate | SaidDuration | Quantifier | Here


@dataclass
class TitleReading:
    """The words of a title, its tokens in their place: « T0 et T1 en tete H2 ».

    T a territory and C a corridor as subjects, P and B after a preposition, Q a quantifier, N a
    number, D a date, Y a duration, H the region. used: the tokens that a rule has understood.
    """

    text: str
    line: str
    tokens: list[Token]
    used: set[int] = field(default_factory=set)

    def of(self, kind: type[Token]) -> Iterator[tuple[int, Token]]:
        """The tokens of one kind, with their places."""
        for place, token in enumerate(self.tokens):
            if isinstance(token, kind):
                yield place, token


def read_title(context: FigureContext, text: str) -> TitleReading:
    """The tokens of a title."""
    flat = plain(text)
    found: list[Token] = []
    taken = [False] * len(flat)

    def take(tokens: list[Token]) -> None:
        for token in tokens:
            if not any(taken[token.start : token.end]):
                found.append(token)
                taken[token.start : token.end] = [True] * (token.end - token.start)

    take(list(territory_mentions(context, text)))
    take(list(corridor_mentions(context, text)))
    for start, end in references_in(flat):
        taken[start:end] = [True] * (end - start)
    take(list(_quantifiers(flat)))
    take(list(dates_in(flat)))
    take(list(durations_in(flat)))
    take([Here(*match.span()) for match in _HERE.finditer(flat)])
    blanked = "".join("|" if hidden else letter for letter, hidden in zip(flat, taken, strict=True))
    take(list(numbers_in(blanked)))
    found = [_as_written(text, token) for token in sorted(found, key=lambda one: one.start)]
    return TitleReading(text, _line(flat, found), found)


def _as_written(text: str, token: Token) -> Token:
    """A number or a quantifier with the accents that the title gives it."""
    if isinstance(token, SaidNumber | Quantifier):
        return replace(token, text=text[token.start : token.end].strip())
    return token


def _quantifiers(flat: str) -> Iterator[Quantifier]:
    for match in _QUANTIFIER.finditer(flat):
        group = next(kind for form, kind in _GROUPS if re.fullmatch(form, match["group"]))
        place = match.span()
        text = match[0]
        if match["all"]:
            count = number_of(match["all_count"]) if match["all_count"] else None
            yield Quantifier(*place, "all", group, _whole(count), text=text)
        elif match["most"]:
            yield Quantifier(*place, "most", group, text=text)
        elif match["half"]:
            yield Quantifier(*place, "half", group, text=text)
        elif match["none"]:
            yield Quantifier(*place, "none", group, text=text)
        else:
            whole = match["of"] or match["whole"]
            if match["count"] in ("un", "une") and not whole:
                continue
            side: Side = (
                "exact" if not match["side"] else "under" if match["side"] == "moins de" else "over"
            )
            counted = _whole(number_of(match["count"]))
            yield Quantifier(
                *place,
                "count",
                group,
                counted,
                _whole(number_of(whole)) if whole else None,
                side,
                text,
            )


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)


def _line(flat: str, tokens: list[Token]) -> str:
    parts, last = [], 0
    for place, token in enumerate(tokens):
        parts += [flat[last : token.start], f"{_letter(token)}{place}"]
        last = token.end
    return "".join([*parts, flat[last:]])


def _letter(token: Token) -> str:
    if isinstance(token, Mention):
        return (
            ("B" if token.is_place else "C") if token.corridor else "P" if token.is_place else "T"
        )
    if isinstance(token, SaidNumber):
        return "N"
    if isinstance(token, SaidDate):
        return "D"
    if isinstance(token, SaidDuration):
        return "Y"
    return "Q" if isinstance(token, Quantifier) else "H"
