"""A cell under a column of the recipe → a number of the contract, or why it is refused."""

from __future__ import annotations

from decimal import Decimal

from atlas.importing.cells import ParsedNumber, plain, read_number
from atlas.importing.header import Found
from atlas.importing.labels import Refused
from atlas.settings import Indicator

_FACTORS = {"thousands": 1_000, "millions": 1_000_000}


def read_amount(cell: str | float, found: Found, indicator: Indicator) -> ParsedNumber:
    """A value or a change in the unit of the contract; raises Refused when the unit is another."""
    change = found.column.holds == "change"
    whole = not change and indicator.kind in ("count", "rank")
    reading = read_number(cell, whole=whole)
    if reading.kind == "unreadable":
        raise Refused(
            found.index,
            f"« {cell} » n’est pas un nombre",
            "Écrivez un nombre, ou nd (non disponible), s (secret), - (sans objet).",
            str(cell),
        )
    if reading.kind != "value":
        return reading
    _check_unit(reading, cell, found, indicator)
    if found.column.unit in ("fraction", *_FACTORS) and not reading.unit:
        factor = _FACTORS.get(found.column.unit, 100)
        return _times(reading, factor, found, cell)
    return reading


def _check_unit(
    reading: ParsedNumber, cell: str | float, found: Found, indicator: Indicator
) -> None:
    if found.column.holds == "value":
        wrong = reading.unit == "points" or (reading.unit == "%" and not indicator.in_percent)
        expected = "un pourcentage" if indicator.in_percent else "un nombre sans %"
    else:
        percent = reading.unit == "%" and found.column.unit != "points"
        wrong = percent if indicator.in_percent else reading.unit == "points"
        expected = "une évolution en points" if indicator.in_percent else "une évolution en %"
    if wrong:
        raise Refused(
            found.index,
            f"« {cell} » : {expected} est attendu{'e' if expected.startswith('une') else ''} ici",
            "Vérifiez l’indicateur de la colonne, ou corrigez son unité.",
            str(cell),
        )


def _times(reading: ParsedNumber, factor: int, found: Found, cell: str | float) -> ParsedNumber:
    number = Decimal(reading.value) * factor
    text = plain(number.quantize(Decimal(1)) if number == int(number) else number.normalize())
    if not text:
        raise Refused(
            found.index, f"« {cell} » est trop grand", "Vérifiez l’unité de la colonne.", str(cell)
        )
    return ParsedNumber("value", text, reading.qualifier, reading.unit, reading.ambiguous)
