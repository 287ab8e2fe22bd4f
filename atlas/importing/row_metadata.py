"""What a row says of itself beside its figures, and what the recipe says where it is silent."""

from __future__ import annotations

from dataclasses import dataclass

from atlas import french
from atlas.importing.dates import read_period
from atlas.importing.header import Found, plain
from atlas.importing.labels import Reader, Refused, indicator_named
from atlas.observations.checks import QUALIFIERS, KnownKeys
from atlas.settings.import_profiles import Holds

Cells = list[str | float]


@dataclass(frozen=True)
class RowMetadata:
    """As the contract writes them. computed: how a value was derived, empty for published ones."""

    source: str
    page: str
    note: str
    qualifier: str
    compared_to: str
    computed: str


def row_metadata(cells: Cells, reader: Reader, words: KnownKeys) -> RowMetadata:
    """Of one row; raises Refused for a source, a qualifier or a base that cannot be read."""
    recipe = reader.recipe
    said = {holds: _text(cells, reader, holds) for holds in ("page", "note", "derived")}
    return RowMetadata(
        _source(cells, reader, words),
        said["page"] or recipe.page,
        " ".join(text for text in (recipe.note, said["note"]) if text),
        _qualifier(cells, reader),
        _base(cells, reader),
        said["derived"],
    )


def column_of(reader: Reader, holds: Holds) -> int | None:
    """Where the table has a column of this kind; None without one."""
    return next((f.index for f in reader.located.columns if f.column.holds == holds), None)


def indicator_of(found: Found, cells: Cells, reader: Reader) -> str:
    """That of a column, of the recipe or of the row; raises Refused for one that is unknown."""
    named = found.column.indicator or reader.recipe.indicator
    for column in reader.located.columns if not named else ():
        if column.column.holds == "indicator":
            if key := indicator_named(str(cells[column.index]), reader.settings):
                return key
            raise Refused(
                column.index,
                f"indicateur inconnu : « {cells[column.index]} »",
                "Écrivez un libellé ou une clé de config.yaml.",
                str(cells[column.index]),
            )
    return named


def period_of(cells: Cells, reader: Reader) -> str:
    """That of the row, empty without such a column; raises Refused for one that is none."""
    for column in reader.located.columns:
        if column.column.holds == "period":
            period = read_period(cells[column.index])
            if not period:
                raise Refused(
                    column.index,
                    f"« {cells[column.index]} » n’est pas une période",
                    "Écrivez 2025, 12/2025, décembre 2025 ou 31/12/2025.",
                    str(cells[column.index]),
                )
            return period
    return ""


def _text(cells: Cells, reader: Reader, holds: Holds) -> str:
    index = column_of(reader, holds)
    if index is None:
        return ""
    cell = cells[index]
    return cell if isinstance(cell, str) else f"{cell:.15g}"


def _source(cells: Cells, reader: Reader, words: KnownKeys) -> str:
    """A key of data/sources.yaml, or the title of one document alone."""
    text = _text(cells, reader, "source")
    if not text or text in words.sources:
        return text or reader.recipe.source
    titled = [key for key, source in words.sources.items() if plain(source.title) == plain(text)]
    if len(titled) != 1:
        what = "plusieurs sources ont pour titre" if titled else "source inconnue :"
        raise Refused(
            column_of(reader, "source") or 0,
            f"{what} « {text} »",
            "Écrivez une clé de data/sources.yaml, ou ajoutez-y ce document.",
            text,
        )
    return titled[0]


def _qualifier(cells: Cells, reader: Reader) -> str:
    text = _text(cells, reader, "qualifier")
    known = {plain(words): key for key, words in french.QUALIFIERS.items()} | {
        key: key for key in QUALIFIERS
    }
    if plain(text) not in known:
        raise Refused(
            column_of(reader, "qualifier") or 0,
            f"qualificatif inconnu : « {text} »",
            "Écrivez environ, plus de, près de ou moins de, ou laissez vide.",
            text,
        )
    return known[plain(text)]


def _base(cells: Cells, reader: Reader) -> str:
    text = _text(cells, reader, "compared_to")
    period = read_period(text)
    if text and not period:
        raise Refused(
            column_of(reader, "compared_to") or 0,
            f"« {text} » n’est pas une période",
            "Écrivez 2024, 12/2024, décembre 2024 ou 31/12/2024.",
            text,
        )
    return period
