"""French numbers, periods and sentences: the one place where a value becomes a text.

Spaces are non-breaking: U+202F between thousands, U+00A0 before a unit (Imprimerie nationale).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd
from babel.numbers import format_decimal
from slugify import slugify

from atlas import periods
from atlas.settings import Indicator
from atlas.values import Cell, Column, Table, Value

NBSP = "\u00a0"
# Before high punctuation, inside guillemets, and between « p. » and its number.
_HELD = re.compile(r" (?=[:;!?»%])|(?<=«) |(?<=\bp\.) (?=\d)")
QUALIFIERS = {
    "": "",
    "about": "environ ",
    "over": "plus de ",
    "nearly": "près de ",
    "under": "moins de ",
}
# What data/<year>.csv says of a figure in its status.
STATUSES = {
    "assumed": "période supposée",
    "provisional": "provisoire",
    "revised": "révisé",
}
# The same beside one amount that its source may still change, or has changed.
REVISIONS = {
    "provisional": f"chiffre {STATUSES['provisional']}",
    "revised": f"chiffre {STATUSES['revised']}",
}
MISSING, SECRET = "non publié", "secret statistique"
# The qualifier of a value that is not shown: it has no number to say it with.
HIDDEN = "secret"
DERIVED_MARK = "†"
# Of a change that rounding may explain.
WITHIN_ROUNDING = "non distinguable de zéro"
# Left out of file names: « taux-activation », not « taux-d-activation ».
_SMALL_WORDS = (
    "d",
    "de",
    "des",
    "du",
    "l",
    "la",
    "le",
    "les",
    "et",
    "a",
    "au",
    "aux",
    "en",
    "s",
    "qui",
    "par",
    "un",
    "une",
    "dans",
)


def format_number(value: float, digits: int = 0, *, sign: bool = False) -> str:
    """1234567.8, 1 → « 1 234 567,8 »; halves go up, as in print. sign adds « + » or « − »."""
    rounded = _round_as_printed(value, digits)
    text = format_decimal(abs(rounded), format="#,##0." + "0" * digits, locale="fr")
    if rounded < 0:
        return "\u2212" + text
    return "+" + text if sign and rounded > 0 else text


def _round_as_printed(value: float, digits: int) -> Decimal:
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def _points(amount: float, digits: int) -> str:
    """The plural starts at 2 as printed: « 1,9 point », « 2,0 points »."""
    return f"{NBSP}point{'s' if abs(_round_as_printed(amount, digits)) >= 2 else ''}"


def format_value(amount: float, indicator: Indicator, qualifier: str = "") -> str:
    """A value as a reader meets it: « 33,6 % », « plus de 420 millions », « 25 052 377 »; what is
    missing and what is secret are said apart."""
    if math.isnan(amount):
        return SECRET if qualifier == HIDDEN else MISSING
    return QUALIFIERS[qualifier] + _bare(amount, indicator)


def format_exact(number: str, indicator: Indicator, qualifier: str = "") -> str:
    """A number of the data with all its digits: « 3,51 % », « 12 345 678 ».

    ``number``: as data/<year>.csv writes it. For who checks what is about to be written.
    """
    digits = len(number.partition(".")[2].rstrip("0"))
    percent = f"{NBSP}%" if indicator.in_percent else ""
    return f"{QUALIFIERS[qualifier]}{format_number(float(number), digits)}{percent}"


def format_with_unit(amount: float, indicator: Indicator, qualifier: str = "") -> str:
    """A count with what it counts: « 420 millions de documents », « 9 210 personnes »."""
    text = format_value(amount, indicator, qualifier)
    if not indicator.unit or indicator.in_percent or math.isnan(amount):
        return text
    return with_counted(text, amount, indicator.unit)


def with_counted(text: str, amount: float, noun: str) -> str:
    """A number in French followed by what it counts, one or several: « 1 fichier », « 420 millions
    de documents ». noun: in the plural."""
    space = " " if "milli" in text else NBSP
    return f"{text}{space}{counted_noun(text, amount, noun)}"


def counted_noun(number: str, amount: float, noun: str) -> str:
    """What a number counts, as it follows it: « de documents » after « 420 millions », « fichier »
    after « 1 ». number: the amount in French; noun: in the plural."""
    if "milli" in number:
        return with_de(noun)
    return noun if is_plural(amount) else singular(noun)


def is_plural(amount: float) -> bool:
    """The French plural starts at two: « 1,9 million est », « 2 millions sont »."""
    return abs(amount) >= 2


def singular(noun: str) -> str:
    """A noun and its adjectives in the singular, as far as its complement: « établissements de
    santé » → « établissement de santé », « médecins libéraux » → « médecin libéral »."""
    words = noun.split(" ")
    for place, word in enumerate(words):
        if word in ("de", "par", "ayant", "à", "du", "des", "en") or word.startswith(("d’", "(")):
            break
        if word.endswith("aux"):
            words[place] = f"{word[:-3]}al"
        elif word.endswith("s") and len(word) > 3:
            words[place] = word[:-1]
    return " ".join(words)


def with_de(noun: str) -> str:
    """« de documents », « d’activations »."""
    return f"d’{noun}" if noun[:1].lower() in "aeiouyéèêhà" else f"de {noun}"


def _bare(amount: float, indicator: Indicator) -> str:
    if indicator.in_percent:
        return f"{format_number(amount, written_decimals(amount, indicator.digits))}{NBSP}%"
    if indicator.kind == "rank":
        return format_ordinal(int(amount))
    if indicator.kind == "average":
        return format_number(amount, written_decimals(amount, indicator.digits))
    return format_count(amount)


def written_decimals(amount: float, digits: int) -> int:
    """How many decimals an amount is written with, at most `digits`.

    « 97 % » was published without decimals: « 97,0 % » would claim a precision it lacks.
    """
    return 0 if abs(amount - round(amount)) < 1e-9 else digits


def format_count(amount: float) -> str:
    """In full, or in millions when the source rounded it so: 1 372 000 → « 1,372 million »."""
    whole = round(amount)
    for unit, name in ((1_000_000_000, "milliard"), (1_000_000, "million")):
        if whole >= unit and whole % (unit // 1_000) == 0:
            many = Decimal(whole) / unit
            digits = max(0, -int(many.normalize().as_tuple().exponent))
            return f"{format_number(float(many), digits)}{NBSP}{name}{'s' if many >= 2 else ''}"
    return format_number(amount)


def format_compact(amount: float, indicator: Indicator) -> str:
    """A value on a mark, where room is scarce, with every figure of it: « 25 052 377 »,
    « 1,372 M », « 420 M », « 33,6 »."""
    if indicator.kind in ("rate", "share", "average"):
        return format_number(amount, indicator.digits)
    for word, sign in (("milliard", "Md"), ("million", "M")):
        number, unit, _ = format_count(amount).partition(f"{NBSP}{word}")
        if unit:
            return f"{number}{NBSP}{sign}"
    return format_count(amount)


def shared_decimals(values: Iterable[Value]) -> int | None:
    """The decimals with which all the values of a column or of a chart are written, so that 40,0
    stands beside 41,7: those of the indicator, none where every value is whole.

    None for counts and for what has no indicator, which are written each as precisely as known.
    """
    known = [value for value in values if value.amount is not None and value.indicator is not None]
    if not known:
        return None
    indicator = known[0].indicator
    if indicator is None or not (indicator.in_percent or indicator.kind == "average"):
        return None
    is_difference = known[0].quantity in ("change", "gap")
    digits = 1 if is_difference else indicator.digits
    return max(written_decimals(value.number, digits) for value in known)


def format_change(amount: float, indicator: Indicator, qualifier: str = "") -> str:
    """« +2,4 points » between two rates, « +108 % » between two counts, « environ +8 % »."""
    if math.isnan(amount):
        return MISSING
    digits = written_decimals(amount, 1)
    unit = _points(amount, digits) if indicator.in_percent else f"{NBSP}%"
    return QUALIFIERS[qualifier] + format_number(amount, digits, sign=True) + unit


def format_gap(amount: float, indicator: Indicator) -> str:
    """The gap to the nation in words: « 8,1 points de plus », « 1 point de moins »."""
    digits = max(1, indicator.digits)
    size = format_number(abs(amount), digits) + _points(amount, digits)
    return f"{size} de {'plus' if amount >= 0 else 'moins'}"


def value_text(
    value: Value,
    *,
    marked: bool = False,
    with_noun: bool = False,
    exact: bool = False,
    decimals: int | None = None,
) -> str:
    """A value as a reader meets it, or why there is none: « 33,6 % », « plus de 420 millions »,
    « +2,4 points », « 2ᵉ », « secret statistique ».

    marked: followed by † when it was computed; with_noun: followed by what it counts; exact: to the
    last digit of its source, and not to those of the indicator; decimals: as many, whatever is
    known of its precision.
    """
    if value.amount is None:
        return absence_text(value)
    mark = f"\u202f{DERIVED_MARK}" if marked and value.is_computed else ""
    if value.printed and value.quantity == "level":
        return value.printed + mark
    if decimals is not None and value.indicator is not None and value.reach is None:
        return _fixed_text(value, value.amount, value.indicator, decimals) + mark
    return _amount_text(value, value.amount, with_noun=with_noun, exact=exact) + mark


def absence_text(value: Value) -> str:
    """Why there is no amount: « non publié », « secret statistique »; empty where none can be."""
    if value.status == "secret":
        return SECRET
    return "" if value.status == "not_applicable" else MISSING


def _amount_text(value: Value, amount: float, *, with_noun: bool, exact: bool) -> str:
    if value.quantity == "rank":
        return rank_text(value)
    if value.reach is not None:
        return reach_text(value)
    if value.indicator is None:
        return format_number(amount)
    if value.quantity in ("change", "gap"):
        return format_change(amount, value.indicator, value.qualifier)
    text = QUALIFIERS[value.qualifier] + _level_text(value, amount, value.indicator, exact=exact)
    noun = value.noun or value.indicator.unit
    if with_noun and noun and not value.indicator.in_percent:
        return with_counted(text, amount, noun)
    return text


def _level_text(value: Value, amount: float, indicator: Indicator, *, exact: bool) -> str:
    """With the decimals that its source printed, when they are known: « 40,0 % », « 33 % »; those
    beyond the indicator's are for where it is exact: ranks are by what a column shows."""
    if value.decimals is None or value.is_computed or indicator.kind in ("count", "rank"):
        return _bare(amount, indicator)
    shown = value.decimals if exact else min(value.decimals, indicator.digits)
    number = format_number(amount, shown)
    return f"{number}{NBSP}%" if indicator.in_percent else number


def rank_text(rank: Value) -> str:
    """« 2ᵉ », « 2ᵉ ex æquo »; « 2ᵉ à 4ᵉ » where more than a tie is open."""
    if rank.reach is not None:
        best, worst = (format_ordinal(int(end)) for end in rank.reach)
        return f"{best} à {worst}"
    return format_ordinal(int(rank.number)) + (f"{NBSP}ex æquo" if rank.is_tied else "")


def reach_text(value: Value) -> str:
    """« entre 35,5 et 39,0 % », « entre +1,9 et +5,4 points »: a computed amount whose weights are
    unknown. Both ends have the decimals of the indicator."""
    if value.reach is None or value.indicator is None:
        raise ValueError("only a computed value of an indicator has a reach")
    low, high = _reach_ends(value)
    is_difference = value.quantity in ("change", "gap")
    if is_difference and value.indicator.in_percent:
        return f"entre {low} et {high}{_points(value.reach[1], 1)}"
    unit = f"{NBSP}%" if is_difference or value.indicator.in_percent else ""
    return f"entre {low} et {high}{unit}"


def short_reach_text(value: Value) -> str:
    """« 35,5 à 39,0 »: a range where its unit is said once for all."""
    low, high = _reach_ends(value)
    return f"{low} à {high}"


def _reach_ends(value: Value) -> list[str]:
    if value.reach is None or value.indicator is None:
        raise ValueError("only a computed value of an indicator has a reach")
    is_difference = value.quantity in ("change", "gap")
    digits = 1 if is_difference else value.indicator.digits
    return [format_number(end, digits, sign=is_difference) for end in value.reach]


def _fixed_text(value: Value, amount: float, indicator: Indicator, decimals: int) -> str:
    """« 24,0 % », « +8,0 points »: as a document prints a column of one precision."""
    signed = value.quantity in ("change", "gap")
    number = QUALIFIERS[value.qualifier] + format_number(amount, decimals, sign=signed)
    if signed and indicator.in_percent:
        return number + _points(amount, decimals)
    return f"{number}{NBSP}%" if signed or indicator.in_percent else number


def remark_text(value: Value, column: Column) -> str:
    """What a column says of a value after it: « depuis fin 2024 (calculé) »; often empty."""
    if value.amount is None:
        return ""
    parts = []
    if value.within_rounding:
        parts.append(f"({WITHIN_ROUNDING})")
    if column.says_base:
        parts.append(since_text(value))
    if column.mark == "word" and value.is_computed:
        parts.append("(calculé)")
    if value.contradiction:
        parts.append("(contredit)")
    if value.revision:
        parts.append(f"({REVISIONS[value.revision]})")
    return " ".join(parts)


def in_brackets(text: str) -> str:
    """« (Egora [presse], 30 janvier 2026) »: brackets inside brackets are square ones."""
    return f"({text.replace('(', '[').replace(')', ']')})"


def since_text(change: Value) -> str:
    """« depuis fin 2024 », « par rapport à 2024 », « (base non précisée) »."""
    if not change.compared_to:
        return "(base non précisée)"
    accumulation = change.indicator.accumulation if change.indicator else "stock"
    return periods.since(change.compared_to, accumulation)


def cell_text(cell: Cell, column: Column) -> str:
    """A cell of a table as a reader meets it."""
    if isinstance(cell, str):
        return cell
    if not cell.is_known and not column.says_absence:
        return ""
    text = value_text(
        cell,
        marked=column.mark == "dagger",
        with_noun=column.says_noun,
        decimals=column.decimals,
    )
    remark = remark_text(cell, column)
    return f"{text} {remark}" if remark else text


def row_texts(table: Table) -> list[dict[str, str]]:
    """Each row as French texts, by the key of its column."""
    return [
        {column.key: cell_text(column.cells[place], column) for column in table.columns}
        for place in range(len(table))
    ]


def table_texts(table: Table) -> pd.DataFrame:
    """The table as French texts under its headings."""
    return pd.DataFrame(
        {
            column.heading: [cell_text(cell, column) for cell in column.cells]
            for column in table.columns
        },
        dtype=object,
    )


def keep_with_punctuation(text: str) -> str:
    """French punctuation keeps to its word, and a page to its number: those spaces do not break."""
    return _HELD.sub(NBSP, text)


def slug(text: str) -> str:
    """For file names, readable and without accents: « Taux d’activation » → taux-activation."""
    return slugify(text.replace("’", " "), stopwords=_SMALL_WORDS)


def format_class(low: float, high: float, digits: int = 0) -> str:
    """« de 30 à 33 », which holds 30 and not 33; open ends read « moins de 30 », « 39 et plus »."""
    if math.isinf(low):
        return f"moins de {format_number(high, digits)}"
    if math.isinf(high):
        return f"{format_number(low, digits)} et plus"
    return f"de {format_number(low, digits)} à {format_number(high, digits)}"


def format_interval(low: float, high: float, digits: int = 0) -> str:
    """The same as an interval closed on the left, « [30 ; 33[ »."""
    if math.isinf(low) or math.isinf(high):
        return format_class(low, high, digits)
    return f"[{format_number(low, digits)}{NBSP};{NBSP}{format_number(high, digits)}["


def join_with_et(items: list[str]) -> str:
    """« a, b et c »."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} et {items[-1]}"


def join_with_ou(items: list[str]) -> str:
    """« a, b ou c »."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} ou {items[-1]}"


def format_file_size(size: int) -> str:
    """Bytes as a reader counts them: « 812 octets », « 2,3 Ko », « 12 Mo »."""
    if size < 1_000:
        return f"{size}{NBSP}octet{'s' if size > 1 else ''}"
    amount, unit = (size / 1e3, "Ko") if size < 999_500 else (size / 1e6, "Mo")
    return f"{format_number(amount, 1 if amount < 9.95 else 0)}{NBSP}{unit}"


def capitalize_first(text: str) -> str:
    """The first letter upper-case, the rest untouched."""
    return text[:1].upper() + text[1:]


def format_ordinal(rank: int, *, is_feminine: bool = False) -> str:
    """« 1ᵉʳ », « 1ʳᵉ », « 2ᵉ »: in characters that are superscript wherever the text goes, which
    the shipped fonts have."""
    first = "1ʳᵉ" if is_feminine else "1ᵉʳ"
    return first if rank == 1 else f"{format_number(rank)}ᵉ"
