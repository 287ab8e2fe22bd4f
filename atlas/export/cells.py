"""How one cell of a workbook is written: a real number that keeps its words, or a harmless text."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from atlas.export.tables import safe_text
from atlas.figures.common.figure import Numbers
from atlas.french import MISSING, NBSP, QUALIFIERS, SECRET

# A number as the tables print it: « plus de 5 millions », « −1,5 point », « 37,3 % † ». A year and
# a code with a leading zero are not numbers; what follows an ordinary space is said of the number.
_NUMBER = re.compile(
    rf"(?P<about>{'|'.join(word for word in QUALIFIERS.values() if word)})?(?P<sign>[+\u2212])?"
    r"(?P<digits>(?:0|[1-9]\d{0,2})(?:\u202f\d{3})*(?:,(?P<decimals>\d+))?)"
    r"(?P<unit>\xa0(?:%|points?|millions?|milliards?))?(?P<mark>\u202f†)?(?P<rest> .*)?"
)
_TIMES = {"million": 10**6, "milliard": 10**9}
# Numbers that name a territory: nothing is counted with them.
CODES = ("Numéro",)


@dataclass(frozen=True)
class Cell:
    """value: None for an empty cell; format: how a spreadsheet writes it.

    text: the same as the table prints it; rest: what the table says of a number after it.
    """

    value: float | str | None
    format: str = "General"
    text: str = ""
    rest: str = ""


@dataclass(frozen=True)
class Column:
    """numeric: its cells are numbers, or gaps said in words."""

    name: str
    cells: tuple[Cell, ...]
    numeric: bool = False


def columns(table: pd.DataFrame, numbers: Mapping[str, Numbers] | None) -> list[Column]:
    """The columns of a table of French texts, with the numbers that they write.

    numbers: by column, where they are known; elsewhere they are read from the texts, when all of
    them are numbers; None keeps every text as printed. What is said after a number (« depuis fin
    2024 ») has a column beside it.
    """
    if numbers is None:
        return [Column(name, tuple(map(_text, table[name].astype(str)))) for name in table.columns]
    made = []
    for name in table.columns:
        texts = table[name].astype(str).tolist()
        cells = _cells(name, texts, numbers.get(name))
        numeric = name in numbers or any(isinstance(cell.value, float) for cell in cells)
        made.append(Column(name, tuple(cells), numeric))
        if any(cell.rest for cell in cells):
            made.append(Column(f"{name} (précision)", tuple(_text(c.rest) for c in cells)))
    return made


def _cells(name: str, texts: list[str], numbers: Numbers | None) -> list[Cell]:
    if numbers is not None:
        return [_numbered(*of) for of in zip(texts, numbers.values, numbers.formats, strict=True)]
    if not is_numeric(name, texts):
        return [_text(text) for text in texts]
    signed = any(text.startswith(("+", "\u2212")) for text in texts)
    return [_read(text, signed) for text in texts]


def is_numeric(name: str, texts: Iterable[str]) -> bool:
    """True for a column that holds numbers, and nothing else but gaps."""
    known = [text for text in texts if text not in ("", MISSING, SECRET)]
    found = [_NUMBER.fullmatch(text) for text in known]
    return bool(found) and name not in CODES and all(m and not m["rest"] for m in found)


def _numbered(text: str, value: float, number_format: str) -> Cell:
    """A number whose text may carry the mark of what is computed: the format then writes it."""
    if math.isnan(value):
        return _text(text)
    said = _NUMBER.fullmatch(text)
    mark, rest = (said["mark"] or "", said["rest"] or "") if said else ("", "")
    parts = [part + _literal(mark) for part in number_format.split(";")]
    return Cell(float(value), ";".join(parts), text.removesuffix(rest), rest.strip())


def _read(text: str, signed: bool) -> Cell:
    said = _NUMBER.fullmatch(text)
    if said is None:
        return _text(text)
    unit = (said["unit"] or "").strip(NBSP)
    many = _TIMES.get(unit.removesuffix("s"), 1)
    value = Decimal(said["digits"].replace("\u202f", "").replace(",", ".")) * many
    places = f".{'0' * len(said['decimals'])}" if said["decimals"] and many == 1 else ""
    after = ("" if many > 1 else said["unit"] or "") + (said["mark"] or "")
    about, pattern = _literal(said["about"] or ""), f"#,##0{places}{_literal(after)}"
    written = f"{about}{pattern}"
    if signed:
        written = f'{about}"+"{pattern};{about}"\u2212"{pattern};{written}'
    return Cell(float(-value if said["sign"] == "\u2212" else value), written, text)


def _text(text: str) -> Cell:
    """A change such as « +79 % par rapport à 2024 » needs no apostrophe: it is no formula."""
    said = _NUMBER.fullmatch(text)
    kept = text if said and said["unit"] else safe_text(text)
    return Cell(kept or None, text=kept)


def _literal(text: str) -> str:
    return f'"{text}"' if text else ""
