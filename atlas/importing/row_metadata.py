"""What a row says of itself beside its figures, and what the profile says where it is silent."""

from __future__ import annotations

from dataclasses import dataclass

from atlas import french
from atlas.importing.dates import read_period
from atlas.importing.header import MatchedColumn
from atlas.importing.row_subject import Cells, RowReader, RowRejected
from atlas.importing.text_matching import find_indicator, normalise
from atlas.observations.checks import QUALIFIERS
from atlas.settings.import_profiles import Holds


@dataclass(frozen=True)
class RowMetadata:
    """Columns of the contract that hold for all figures of a row, as it writes them.

    ``derivation``: how the dashboard computed the values; empty for published ones.
    """

    source: str
    page: str
    note: str
    qualifier: str
    compared_to: str
    derivation: str
    noun: str = ""
    window: str = ""
    status: str = ""
    printed: str = ""


def read_row_metadata(cells: Cells, reader: RowReader) -> RowMetadata:
    """What one row says, or else the profile.

    Raises RowRejected for a source, a qualifier or a comparison period that cannot be read.
    """
    profile = reader.profile
    note = _read_text(cells, reader, "note")
    return RowMetadata(
        _read_source(cells, reader),
        _read_text(cells, reader, "page") or profile.page,
        " ".join(text for text in (profile.note, note) if text),
        _read_qualifier(cells, reader),
        _read_comparison_period(cells, reader),
        _read_text(cells, reader, "derived"),
        _read_text(cells, reader, "noun"),
        _read_text(cells, reader, "window"),
        _read_status(cells, reader),
        _read_text(cells, reader, "printed"),
    )


def read_row_indicator(column: MatchedColumn, cells: Cells, reader: RowReader) -> str:
    """The key of the indicator of a column of figures: its own, the profile's or the row's.

    Raises RowRejected when the row names one that is unknown.
    """
    key = column.spec.indicator or reader.profile.indicator
    index = _column_index(reader, "indicator")
    if key or index is None:
        return key
    key = find_indicator(cells[index].text, reader.known_keys.settings)
    if not key:
        raise RowRejected(
            index,
            f"indicateur inconnu : « {cells[index].text} »",
            "Écrivez un libellé ou une clé de la configuration.",
            cells[index].text,
        )
    return key


def read_row_period(cells: Cells, reader: RowReader) -> str:
    """The period of a row, empty without such a column; raises RowRejected for what is none."""
    index = _column_index(reader, "period")
    if index is None:
        return ""
    period = cells[index].period or read_period(cells[index].text)
    if not period:
        raise RowRejected(
            index,
            f"« {cells[index].text} » n’est pas une période",
            "Écrivez 2025, 12/2025, décembre 2025 ou 31/12/2025.",
            cells[index].text,
        )
    return period


def _column_index(reader: RowReader, role: Holds) -> int | None:
    return next(iter(reader.columns_of(role)), None)


def _read_text(cells: Cells, reader: RowReader, role: Holds) -> str:
    index = _column_index(reader, role)
    if index is None:
        return ""
    return cells[index].text


def _read_source(cells: Cells, reader: RowReader) -> str:
    """The source of a row, as a key of data/sources.yaml or as the title of one document alone."""
    text = _read_text(cells, reader, "source")
    sources = reader.known_keys.sources
    if not text or text in sources:
        return text or reader.profile.source
    keys = [key for key, source in sources.items() if normalise(source.title) == normalise(text)]
    if len(keys) != 1:
        problem = "plusieurs sources ont pour titre" if keys else "source inconnue :"
        raise RowRejected(
            _column_index(reader, "source") or 0,
            f"{problem} « {text} »",
            "Écrivez une clé de data/sources.yaml, ou ajoutez-y ce document.",
            text,
        )
    return keys[0]


def _read_qualifier(cells: Cells, reader: RowReader) -> str:
    text = _read_text(cells, reader, "qualifier")
    key_by_text = {normalise(wording): key for key, wording in french.QUALIFIERS.items()}
    key_by_text |= {key: key for key in QUALIFIERS}
    key = key_by_text.get(normalise(text))
    if key is None:
        raise RowRejected(
            _column_index(reader, "qualifier") or 0,
            f"qualificatif inconnu : « {text} »",
            "Écrivez environ, plus de, près de ou moins de, ou laissez vide.",
            text,
        )
    return key


def _read_status(cells: Cells, reader: RowReader) -> str:
    """The words of a status, in French as files of this dashboard write them, or as the data do;
    others are left for the check of the row to refuse."""
    key_by_text = {normalise(wording): key for key, wording in french.STATUSES.items()}
    words = _read_text(cells, reader, "status").split(",")
    return " ".join(key_by_text.get(normalise(word), word.strip()) for word in words)


def _read_comparison_period(cells: Cells, reader: RowReader) -> str:
    text = _read_text(cells, reader, "compared_to")
    period = read_period(text)
    if text and not period:
        raise RowRejected(
            _column_index(reader, "compared_to") or 0,
            f"« {text} » n’est pas une période",
            "Écrivez 2024, 12/2024, décembre 2024 ou 31/12/2024.",
            text,
        )
    return period
