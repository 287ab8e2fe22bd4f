"""What a row of data/<year>.csv must satisfy; each check finds every row that does not."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pandas as pd

from atlas.incoming_text import (
    FORBIDDEN_CHARACTER_CURE,
    MAX_LETTERS,
    TOO_LONG_CURE,
    TextKind,
    find_forbidden_character,
    forbidden_character_message,
    remove_forbidden_characters,
    too_long_message,
)
from atlas.observations.optional_columns import OPTIONAL_COLUMN_CHECKS, OPTIONAL_COLUMNS
from atlas.observations.wrong_cells import find_cells, is_true_of
from atlas.periods import is_period
from atlas.problems import Problem
from atlas.settings import Settings, Source
from atlas.territories import Territories

COLUMNS = (
    "territory",
    "indicator",
    "corridor",
    "period",
    "value",
    "qualifier",
    "change",
    "compared_to",
    "source",
    "page",
    "note",
)
ROW_COLUMNS = (*COLUMNS, *OPTIONAL_COLUMNS)
QUALIFIERS = ("", "about", "over", "nearly", "under")
MAX_QUOTED_LETTERS = 80  # of a cell, in a problem
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")


@dataclass(frozen=True)
class KnownKeys:
    """What the keys of a data file may be."""

    settings: Settings
    territories: Territories
    sources: dict[str, Source]


Check = Callable[[pd.DataFrame, str, KnownKeys], Iterable[Problem]]


def _nearest(known: Iterable[str], file: str) -> Callable[[str], str]:
    names = list(known)

    def cure(cell: str) -> str:
        close = difflib.get_close_matches(cell, names, n=1, cutoff=0.6)
        return (
            f"Vouliez-vous dire « {close[0]} » ?"
            if close
            else f"Corrigez la valeur ou ajoutez-la dans {file}."
        )

    return cure


def check_texts(frame: pd.DataFrame, name: str, known_keys: KnownKeys) -> Iterable[Problem]:
    """Texts that no file could be made of, or that hide something; they are shown without it."""
    for column in ROW_COLUMNS:
        yield from _too_long_texts(frame, column, name)
        if not find_forbidden_character("\n".join(frame[column].tolist())):
            continue
        bad = frame[column].map(find_forbidden_character) != ""
        for line, cell in frame.loc[bad, ["line", column]].itertuples(index=False):
            yield Problem(
                name,
                forbidden_character_message(cell),
                FORBIDDEN_CHARACTER_CURE,
                line=int(line),
                where=column,
                value=remove_forbidden_characters(cell)[:MAX_QUOTED_LETTERS],
            )


def _too_long_texts(frame: pd.DataFrame, column: str, name: str) -> Iterable[Problem]:
    kind: TextKind = "note" if column == "note" else "name"
    long = frame[column].str.len() > MAX_LETTERS[kind]
    if not long.any():  # to select no row takes longer than to find that there is none
        return
    for line, cell in frame.loc[long, ["line", column]].itertuples(index=False):
        yield Problem(
            name,
            too_long_message(cell, kind),
            TOO_LONG_CURE,
            line=int(line),
            where=column,
            value=f"{remove_forbidden_characters(cell[:MAX_QUOTED_LETTERS])}…",
        )


def _unknown_keys(frame: pd.DataFrame, name: str, known_keys: KnownKeys) -> Iterable[Problem]:
    known: dict[str, tuple[Iterable[str], str, str]] = {
        "territory": (
            known_keys.territories.by_code,
            "territoire inconnu : « {} »",
            "data/territories.csv (écrivez FR, REG-75, DEP-2A ou CPAM-641)",
        ),
        "indicator": (
            known_keys.settings.indicators,
            "indicateur inconnu : « {} »",
            "config/indicators.yaml",
        ),
        "corridor": (
            {"": None, **known_keys.settings.corridors},
            "couloir inconnu : « {} »",
            "config.yaml",
        ),
    }
    for column, (keys, message, file) in known.items():
        yield from find_cells(
            frame, column, ~frame[column].isin(list(keys)), name, message, _nearest(keys, file)
        )
    yield from find_cells(
        frame,
        "qualifier",
        ~frame["qualifier"].isin(QUALIFIERS),
        name,
        "qualificatif inconnu : « {} »",
        "Écrivez about, over, nearly ou under, ou laissez vide.",
    )


def _sources(frame: pd.DataFrame, name: str, known_keys: KnownKeys) -> Iterable[Problem]:
    absent = frame["source"] == ""
    yield from find_cells(
        frame,
        "source",
        absent,
        name,
        "la source manque",
        "Indiquez une clé de data/sources.yaml : un chiffre sans source n’est pas chargé.",
    )
    unknown = ~absent & ~frame["source"].isin(list(known_keys.sources))
    yield from find_cells(
        frame,
        "source",
        unknown,
        name,
        "source inconnue : « {} »",
        _nearest(known_keys.sources, "data/sources.yaml"),
    )


def _periods(frame: pd.DataFrame, name: str, known_keys: KnownKeys) -> Iterable[Problem]:
    for column in ("period", "compared_to"):
        wrong = ~is_true_of(frame[column], is_period)
        if column == "compared_to":
            wrong &= frame[column] != ""
        yield from find_cells(
            frame,
            column,
            wrong,
            name,
            "« {} » n’est pas une période",
            "Écrivez 2025, 2025-12 ou 2025-12-31.",
        )


def outside_year(frame: pd.DataFrame, name: str, year: str) -> Iterable[Problem]:
    """Rows whose period is not of the year of the file."""
    outside = is_true_of(frame["period"], is_period) & (frame["period"].str[:4] != year)
    return find_cells(
        frame,
        "period",
        outside,
        name,
        f"la période « {{}} » est hors de l’année {year} du fichier",
        lambda cell: f"Déplacez cette ligne dans {cell[:4]}.csv.",
    )


def _numbers(frame: pd.DataFrame, name: str, known_keys: KnownKeys) -> Iterable[Problem]:
    for column in ("value", "change"):
        wrong = ~frame[column].str.fullmatch(_NUMBER) & (frame[column] != "")
        yield from find_cells(
            frame,
            column,
            wrong,
            name,
            "« {} » n’est pas un nombre",
            "Écrivez le nombre seul, avec un point décimal : 33.6",
        )
    nothing = (frame["value"] == "") & (frame["change"] == "")
    yield from find_cells(
        frame,
        "value",
        nothing,
        name,
        "ni valeur ni évolution sur la ligne",
        "Indiquez value, ou change si la source ne publie que l’évolution.",
    )


def _ranges(frame: pd.DataFrame, name: str, known_keys: KnownKeys) -> Iterable[Problem]:
    values = pd.to_numeric(frame["value"], errors="coerce")
    indicators = known_keys.settings.indicators
    percent = frame["indicator"].isin([k for k, i in indicators.items() if i.in_percent])
    lowest = frame["indicator"].map({k: i.lowest for k, i in indicators.items()})
    fraction = percent & (values > 0) & (values < lowest)
    yield from find_cells(
        frame,
        "value",
        fraction,
        name,
        "« {} » ressemble à une fraction, un pourcentage est attendu",
        lambda cell: f"Écrivez {float(cell) * 100:g} pour {cell}.",
    )
    outside = (percent & (values > 100)) | (values < 0)
    yield from find_cells(
        frame,
        "value",
        outside,
        name,
        "« {} » est hors des valeurs possibles",
        "Un taux va de 0 à 100, un effectif n’est pas négatif.",
    )
    changes = pd.to_numeric(frame["change"], errors="coerce")
    base = values - changes  # of a rate, whose change is in points
    wrong = (percent & ((base < 0) | (base > 100) | (changes.abs() > 100))) | (changes < -100)
    yield from find_cells(
        frame,
        "change",
        wrong,
        name,
        "« {} » est une évolution impossible",
        "Un taux évolue en points, entre 0 et 100 ; un effectif ne perd pas plus de 100 %.",
    )


def _duplicates(frame: pd.DataFrame, name: str, known_keys: KnownKeys) -> Iterable[Problem]:
    keys = ["territory", "indicator", "corridor", "period", "source", "page"]
    again = frame.duplicated(keys, keep="first")
    first = frame.drop_duplicates(keys).set_index(keys)["line"]
    for row in frame[again].itertuples(index=False):
        line = first.loc[tuple(getattr(row, key) for key in keys)]
        yield Problem(
            name,
            f"la ligne répète la ligne {int(line)}",
            "Gardez une seule des deux.",
            line=int(row.line),
            where="territory",
            value=str(row.territory),
        )


CHECKS: tuple[Check, ...] = (
    check_texts,  # first: what is said of a row begins with it
    _unknown_keys,
    _sources,
    _periods,
    _numbers,
    _ranges,
    *OPTIONAL_COLUMN_CHECKS,
    _duplicates,
)
