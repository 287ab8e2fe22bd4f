"""How spreadsheets and office suites write a value: their number formats, in their own language."""

from __future__ import annotations

from dataclasses import replace

from atlas.figures.common.figure import NativeChart
from atlas.french import DERIVED_MARK, NBSP, QUALIFIERS, value_text, written_decimals
from atlas.values import Value


def number_format(value: Value, *, marked: bool = False, decimals: int | None = None) -> str:
    """The format that makes a number read as its text: « plus de 420 000 000 », « +2,4 points ».

    marked: followed by † when it was computed; decimals: as many, whatever is known of its
    precision. The decimal and thousands signs are those of the spreadsheet's own language.
    """
    if value.amount is None:
        return "General"
    mark = f'"\u202f{DERIVED_MARK}"' if marked and value.is_computed else ""
    return ";".join(part + mark for part in _parts(value, value.amount, decimals))


def chart_number_format(chart: NativeChart) -> str:
    """The format of the values of a native chart, with the decimals of their indicator."""
    known = [value for series in chart.series for value in series.values if value.is_known]
    if not known:
        return "General"
    # Half a unit, so that the format keeps its decimals and its plural whatever the first value.
    return number_format(replace(known[0], amount=1.5, qualifier="", reach=None))


def _parts(value: Value, amount: float, decimals: int | None) -> list[str]:
    """One format, or one for each sign: positive, negative, zero."""
    if value.quantity == "rank" or value.reach is not None:
        # A tie and a range are said in words: the number stays that of the cell.
        said = value_text(value)
        plain = value.reach is None and not value.is_tied
        return [f'0"{"ᵉʳ" if amount == 1 else "ᵉ"}"' if plain else f'"{said}"']
    if value.indicator is None:
        return ["#,##0"]
    if value.printed and value.quantity == "level":
        # The words of the source, over the number that charts and sums read.
        return [f'"{value.printed}"']
    indicator = value.indicator
    words = f'"{QUALIFIERS[value.qualifier]}"' if value.qualifier else ""
    if value.quantity in ("change", "gap"):
        digits = written_decimals(amount, 1) if decimals is None else decimals
        plural = "s" if abs(round(amount, digits)) >= 2 else ""
        unit = f'"{NBSP}point{plural}"' if indicator.in_percent else f'"{NBSP}%"'
        pattern = _pattern(digits) + unit
        about = QUALIFIERS[value.qualifier]
        zero = f'"{about}"{pattern}' if about else pattern
        return [f'"{about}+"{pattern}', f'"{about}\u2212"{pattern}', zero]
    if indicator.kind == "rank":
        return [f'0"{"ᵉʳ" if amount == 1 else "ᵉ"}"']
    few = indicator.in_percent or indicator.kind == "average"
    digits = written_decimals(amount, indicator.digits) if few else 0
    if few and value.decimals is not None and not value.is_computed:
        digits = min(value.decimals, indicator.digits)
    digits = digits if decimals is None else decimals
    unit = f'"{NBSP}%"' if indicator.in_percent else ""
    return [f"{words}{_pattern(digits)}{unit}"]


def _pattern(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")
