"""How a section of a number format lays a number out: found once, for thousands of cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from atlas.importing.sheet import CellUnit
from atlas.importing.workbooks.cell_text import cell_of_text
from atlas.importing.workbooks.format_sections import Section, Token

_NO_BREAK_SPACE, _THOUSANDS_SEPARATOR = "\u00a0", "\u202f"
_MAX_DECIMALS = 30
_CONTEXT = Context(prec=60, rounding=ROUND_HALF_UP)
_CURRENCIES = "€$£¥"
_MINUS_SIGNS = ("-", "−", "–")
_POINTS_PATTERN = re.compile(r"(?:points?|pts?|pp)\.?", re.IGNORECASE)
_SPACES_IN_NUMBERS = "\u202f\u00a0 '’"
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


@dataclass(frozen=True)
class Surroundings:
    """What a section writes before and after the digits, and what it means.

    ``notes``: marks above the line in what follows. ``is_understood``: whether the meaning is
    known: that of « env. 5 » and « 5 (1) » is left to who reads the whole text. ``sign``: a minus
    that it writes; ``scale``: of a word, as in « 5 M ».
    """

    before: str
    after: str
    notes: tuple[str, ...]
    is_understood: bool
    sign: str = ""
    unit: CellUnit = ""
    scale: int = 1


@dataclass(frozen=True)
class NumberLayout:
    """A section of digits. ``exponent``: powers of ten that its percent signs and commas add;
    ``scale``: what the commas hide; ``min_whole``, ``min_decimals``: digits that it always writes;
    ``body``: its tokens from the first digit to the last when words cut them, else empty."""

    surroundings: Surroundings
    exponent: int
    scale: int
    step: Decimal
    min_whole: int
    decimals: int
    min_decimals: int
    has_thousands: bool
    body: tuple[Token, ...]

    def digits(self, value: float) -> tuple[str, str]:
        """The digits of a number without its sign, for a reader and for a file: « 25 052 » and
        25052. The latter is empty when words cut them, or when there are none."""
        exact = abs(Decimal(f"{value:.15g}")).scaleb(self.exponent, _CONTEXT)
        text = f"{exact.quantize(self.step, ROUND_HALF_UP, _CONTEXT):f}"
        whole, _, decimals = text.partition(".")
        bare = whole.lstrip("0")
        whole = bare.rjust(self.min_whole, "0")
        if self.min_decimals < self.decimals:
            decimals = decimals[: self.min_decimals] + decimals[self.min_decimals :].rstrip("0")
        if self.body:
            return _fill_places(whole, decimals.ljust(self.decimals, "0"), self.body), ""
        number = bare or ("0" if whole or decimals else "")
        if self.has_thousands and len(whole) > 3:
            first = len(whole) % 3
            groups = [whole[:first]] if first else []
            groups += [whole[i : i + 3] for i in range(first, len(whole), 3)]
            whole = _THOUSANDS_SEPARATOR.join(groups)
        if decimals:
            return f"{whole},{decimals}", f"{number}.{decimals}"
        return whole, number


@lru_cache(maxsize=4096)
def lay_out_number(section: Section, *, is_negative_section: bool) -> NumberLayout:
    """The layout of a section with digits."""
    tokens = section.tokens
    places = [index for index, (kind, _) in enumerate(tokens) if kind in ("digit", "point")]
    first, last = places[0], places[-1]
    while last + 1 < len(tokens) and tokens[last + 1][0] == "comma":
        last += 1
    point = next((i for i in places if tokens[i][0] == "point"), last + 1)
    digits = [i for i in places if tokens[i][0] == "digit"]
    whole = [i for i in digits if i < point]
    decimals = [i for i in digits if i > point][:_MAX_DECIMALS]
    commas = [i for i in range(first, last + 1) if tokens[i][0] == "comma"]
    last_whole = whole[-1] if whole else first
    hiding = [i for i in commas if last_whole < i < point or i > digits[-1]]
    zeros = [n for n, i in enumerate(decimals, 1) if tokens[i][1] == "0"]
    cuts = [
        text for kind, text in tokens[first : last + 1] if kind not in ("digit", "point", "comma")
    ]
    has_words = any(cut.strip(_SPACES_IN_NUMBERS) for cut in cuts)
    percents = sum(kind == "percent" for kind, _ in tokens)
    return NumberLayout(
        surroundings=read_surroundings(
            tokens[:first], tokens[last + 1 :], is_negative_section=is_negative_section
        ),
        exponent=2 * percents - 3 * len(hiding),
        scale=1000 ** len(hiding),
        step=Decimal(1).scaleb(-len(decimals)),
        min_whole=sum(tokens[i][1] == "0" for i in whole),
        decimals=len(decimals),
        min_decimals=max(zeros, default=0),
        has_thousands=any(i < last_whole for i in commas) or bool(cuts),
        body=tokens[first : last + 1] if has_words else (),
    )


def read_surroundings(
    before_tokens: tuple[Token, ...], after_tokens: tuple[Token, ...], *, is_negative_section: bool
) -> Surroundings:
    """What is written before and after the digits, and what it means.

    ``is_negative_section``: whether it is the section of negative numbers, which writes the sign.
    """
    before, after = _literal_text(before_tokens), _literal_text(after_tokens)
    cell = cell_of_text(f"0{after}")  # digits in front, for « ¹ » to be a note of theirs
    after = cell.text[1:]
    meaning = _meaning(before, after, is_negative_section=is_negative_section)
    if meaning is None:
        return Surroundings(before, after, cell.notes, is_understood=False)
    return Surroundings(before, after, cell.notes, True, *meaning)


def _literal_text(tokens: tuple[Token, ...]) -> str:
    """What a format writes beside the digits, with French's space before its percent sign."""
    text = ""
    for kind, letters in tokens:
        is_tight = kind == "percent" and (not text or not text[-1].isspace())
        text += _NO_BREAK_SPACE + letters if is_tight else letters
    return text


def _meaning(
    before: str, after: str, *, is_negative_section: bool
) -> tuple[str, CellUnit, int] | None:
    """Sign, unit and scale; None for words that are not understood."""
    before, after = (re.sub(rf"[\s{re.escape(_CURRENCIES)}]", "", side) for side in (before, after))
    if is_negative_section and before == "(" and after.startswith(")"):
        before, after = "-", after[1:]
    if before not in ("", "+", "%", *_MINUS_SIGNS):
        return None
    sign = "-" if before in _MINUS_SIGNS else ""
    if after in _MINUS_SIGNS and is_negative_section and not sign:
        sign, after = "-", ""
    if "%" in (before, after):
        return None if before == "%" and after else (sign, "%", 1)
    if _POINTS_PATTERN.fullmatch(after):
        return sign, "points", 1
    if after in _SCALE_BY_WORD:
        return sign, "", _SCALE_BY_WORD[after]
    return None if re.search(r"[\d%‰<>≤≥()*+~≈]", after) else (sign, "", 1)


def _fill_places(whole: str, decimals: str, tokens: tuple[Token, ...]) -> str:
    """The digits in their places among words: 125 under « 0" h "00 » is « 1 h 25 »."""
    kinds = [kind for kind, _ in tokens]
    point = kinds.index("point") if "point" in kinds else len(kinds)
    count = kinds[:point].count("digit")
    padded = whole.rjust(count)
    head = len(padded) - count + 1  # the first place takes all that the others leave
    digits = iter([padded[:head], *padded[head:], *decimals] if count else decimals)
    pieces = []
    for kind, text in tokens:
        if kind == "digit":
            pieces.append(next(digits, "").strip())
        elif kind != "comma":
            pieces.append("," if kind == "point" else text)
    return "".join(pieces)
