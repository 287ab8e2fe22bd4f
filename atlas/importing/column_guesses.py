"""What each column of a table holds, and why; what its titles leave open is asked."""

from __future__ import annotations

from collections import Counter

from atlas.importing.cells import ParsedNumber, read_cell
from atlas.importing.dates import names_file_date, read_period
from atlas.importing.header import (
    Header,
    is_figure,
)
from atlas.importing.measure_candidates import MeasureColumn
from atlas.importing.measure_detection import detect_measure
from atlas.importing.records import ColumnGuess
from atlas.importing.sheet import Cell
from atlas.importing.territory_columns import (
    MIN_SHARE_OF_CELLS,
    TerritoryColumns,
)
from atlas.importing.text_matching import find_corridor, find_indicator, normalise
from atlas.observations.checks import KnownKeys
from atlas.settings.import_profiles import Holds, ProfileColumn

_ROLE_BY_TITLE: dict[str, Holds] = {
    "source": "source",
    "page": "page",
    "note": "note",
    "notes": "note",
    "remarque": "note",
    "remarques": "note",
    "commentaire": "note",
    "commentaires": "note",
    "nom dans la source": "noun",
    "duree glissante": "window",
    "statut du chiffre": "status",
    "forme imprimee": "printed",
}


_TITLES_OF_PERIODS = ("annee", "periode", "date", "mois", "exercice", "millesime")


def guess_columns(
    columns: dict[int, list[Cell]], header: Header, places: TerritoryColumns, known_keys: KnownKeys
) -> tuple[ColumnGuess, ...]:
    """What each column holds, from left to right: a growth belongs to the figures at its left."""
    rows_name_indicator = any(
        _share_naming_indicators(cells, known_keys) >= MIN_SHARE_OF_CELLS
        for cells in columns.values()
    )
    # A value over several cells is the figure of none: its sign says nothing of their columns.
    spans = Counter(cell.merged for cells in columns.values() for cell in cells if cell.merged)
    guesses: list[ColumnGuess] = []
    left: ColumnGuess | None = None
    for index, cells in columns.items():
        guess = _guess_label(index, header.texts[index], cells, places, known_keys)
        if guess is None:
            alone = [cell for cell in cells if not cell.merged or spans[cell.merged] < 2]
            numbers = [number for cell in alone if (number := read_cell(cell)).kind == "value"]
            guess = _guess_figures(
                MeasureColumn(index, header.texts[index], numbers, header, left, places.kind),
                cells,
                known_keys,
                rows_name_indicator=rows_name_indicator,
            )
            if numbers:
                left = guess
        guesses.append(guess)
    return tuple(guesses)


def _guess_label(
    index: int, text: str, cells: list[Cell], places: TerritoryColumns, known_keys: KnownKeys
) -> ColumnGuess | None:
    """What a column of labels holds; None for a column of figures or of nothing known."""
    filled = [cell for cell in cells if not cell.is_empty]
    if not filled:
        return ColumnGuess(
            index, ProfileColumn(header=text, holds="ignored"), "La colonne est vide."
        )
    if index == places.asked:
        return ColumnGuess(
            index,
            ProfileColumn(header=text, holds="ignored"),
            "Ces codes sont ceux de plusieurs sortes de territoires.",
            places.question,
            ProfileColumn(header=text, holds="territory"),
        )
    if index in places.territory:
        return _label(index, text, "territory", "Ses cellules nomment des territoires.")
    if index in places.region:
        return _label(index, text, "region", "Ses cellules nomment la région du territoire.")
    for holds, share, what in _label_shares(filled, text, known_keys):
        if share >= MIN_SHARE_OF_CELLS:
            return _label(index, text, holds, f"Ses cellules {what}.")
    role = _ROLE_BY_TITLE.get(normalise(text))
    if role and not any(is_figure(cell) for cell in filled):
        return _label(index, text, role, f"D’après le titre « {text} ».")
    return None


def _label(index: int, text: str, holds: Holds, reason: str) -> ColumnGuess:
    return ColumnGuess(index, ProfileColumn(header=text, holds=holds), reason)


def _label_shares(
    cells: list[Cell], text: str, known_keys: KnownKeys
) -> list[tuple[Holds, float, str]]:
    """The share of the filled cells that are each kind of label, and what they do, in French."""
    corridors = sum(bool(find_corridor(c.text, known_keys.settings)) for c in cells) / len(cells)
    periods = sum(_is_period(cell, normalise(text)) for cell in cells) / len(cells)
    return [
        ("corridor", corridors, "nomment des couloirs"),
        ("indicator", _share_naming_indicators(cells, known_keys), "nomment des indicateurs"),
        (
            "ignored" if names_file_date(text) else "period",
            periods,
            "sont des périodes"
            if not names_file_date(text)
            else "disent quand le fichier est fait",
        ),
    ]


def _is_period(cell: Cell, title: str) -> bool:
    """Whether a cell is a period; a number that looks like a year is one under such a title only,
    typed as a text too unless the column has no title."""
    if cell.period:
        return True
    is_number = bool(cell.number) or bool(title and cell.text.strip().isdecimal())
    return (not is_number or title.startswith(_TITLES_OF_PERIODS)) and bool(read_period(cell.text))


def _guess_figures(
    column: MeasureColumn, cells: list[Cell], known_keys: KnownKeys, *, rows_name_indicator: bool
) -> ColumnGuess:
    filled = [cell for cell in cells if not cell.is_empty]
    figures: list[ParsedNumber] = [read_cell(cell) for cell in filled if not cell.state]
    unreadable = sum(figure.kind == "unreadable" for figure in figures)
    if not column.numbers and any(cell.state for cell in filled):
        without_result = ProfileColumn(header=column.text, holds="ignored")
        return ColumnGuess(
            column.index,
            without_result,
            "Les formules de la colonne n’ont pas été calculées, ou finissent par une erreur : "
            "ouvrez et enregistrez le classeur dans un tableur.",
            f"« {column.text} » : ses formules n’ont pas de résultat.",
        )
    if not column.numbers or unreadable * 2 > len(filled):
        return ColumnGuess(
            column.index,
            ProfileColumn(header=column.text, holds="ignored"),
            "La plupart des cellules ne sont ni des nombres ni des territoires.",
        )
    return detect_measure(column, known_keys, rows_name_indicator=rows_name_indicator)


def _share_naming_indicators(cells: list[Cell], known_keys: KnownKeys) -> float:
    """The share of the filled cells of a column that name an indicator, from 0 to 1."""
    filled = [cell.text for cell in cells if not cell.is_empty]
    naming = sum(bool(find_indicator(text, known_keys.settings)) for text in filled)
    return naming / max(1, len(filled))
