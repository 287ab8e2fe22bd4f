"""A cell under a column of an import profile → a number of the contract, or why it is refused."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from atlas.importing.cells import ParsedNumber, format_for_contract, read_cell
from atlas.importing.header import MatchedColumn
from atlas.importing.row_subject import RowRejected
from atlas.importing.sheet import Cell
from atlas.settings import Indicator

_SCALE_WORD_PATTERN = re.compile(r"\d\s*(k|M|Md|Mds|milli\w*)\b")  # « 25 M » says its scale
_FACTOR_BY_UNIT = {"fraction": 100, "thousands": 1_000, "millions": 1_000_000}


def read_amount(cell: Cell, column: MatchedColumn, indicator: Indicator) -> ParsedNumber:
    """A value or a change in the base unit of its indicator, or why the cell has none.

    The factor of the column (fractions, thousands, millions) applies to a cell that writes no unit
    itself. Raises RowRejected for a cell that is no number, or one of another unit.
    """
    is_change = column.spec.holds == "change"
    is_scaled = column.spec.unit in ("thousands", "millions")
    # « 1,733 » million has decimals; « 1,733 » profiles are a thousand seven hundred.
    is_whole = not is_change and not is_scaled and indicator.kind in ("count", "rank")
    number = read_cell(cell, whole=is_whole)
    if number.kind == "unreadable":
        raise RowRejected(
            column.index,
            f"« {cell.text} » n’est pas un nombre",
            "Écrivez un nombre, ou nd (non disponible), s (secret), - (sans objet).",
            cell.text,
        )
    if number.kind != "value":
        return number
    if is_scaled and number.ambiguous and "." in cell.text:
        raise RowRejected(
            column.index,
            f"« {cell.text} » peut avoir des décimales ou des milliers",
            "Écrivez les décimales avec une virgule, les milliers avec une espace.",
            cell.text,
        )
    _check_unit(number, cell, column, indicator)
    factor = _FACTOR_BY_UNIT.get(column.spec.unit)
    if cell.scale > 1 and _SCALE_WORD_PATTERN.search(cell.text):
        return _multiply(number, cell.scale, column, cell)
    if cell.scale > 1 and factor != cell.scale:
        raise RowRejected(
            column.index,
            f"« {cell.text} » est affiché, mais la cellule contient {cell.value:.15g}",
            "Dites dans le titre de la colonne que les nombres sont en milliers ou en millions, "
            "ou changez leur format.",
            cell.text,
        )
    if factor is None or number.unit:
        return number
    return _multiply(number, factor, column, cell)


def _check_unit(
    number: ParsedNumber, cell: Cell, column: MatchedColumn, indicator: Indicator
) -> None:
    if column.spec.holds == "value":
        is_wrong = number.unit == "points" or (number.unit == "%" and not indicator.in_percent)
        expected = "un pourcentage" if indicator.in_percent else "un nombre sans %"
        agreement = ""
    elif indicator.in_percent:
        is_wrong = number.unit == "%" and column.spec.unit != "points"
        expected, agreement = "une évolution en points", "e"
    else:
        is_wrong = number.unit == "points"
        expected, agreement = "une évolution en %", "e"
    if is_wrong:
        raise RowRejected(
            column.index,
            f"« {cell.text} » : {expected} est attendu{agreement} ici",
            "Vérifiez l’indicateur de la colonne, ou corrigez son unité.",
            cell.text,
        )


def _multiply(number: ParsedNumber, factor: int, column: MatchedColumn, cell: Cell) -> ParsedNumber:
    product = Decimal(number.value) * factor
    is_integer = product == int(product)
    text = format_for_contract(product.quantize(Decimal(1)) if is_integer else product.normalize())
    if not text:
        raise RowRejected(
            column.index,
            f"« {cell.text} » est trop grand",
            "Vérifiez l’unité de la colonne.",
            cell.text,
        )
    return replace(number, value=text)
