"""data/<year>.csv → one checked frame, or every problem of every file.

The frame has the columns of the contract (COLUMNS) plus:
``when``: the period under which it is compared (see atlas.periods); ``uncertain``: the note says
that period or territory is unclear; ``derived``: empty for what was published.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from atlas.periods import is_period, when
from atlas.problems import Problem
from atlas.settings import Settings, Source
from atlas.territories import Territories

COLUMNS = ("territory", "indicator", "corridor", "period", "value", "qualifier", "change",
           "compared_to", "source", "page", "note")
ADDED = ("when", "uncertain", "derived")
QUALIFIERS = ("", "about", "over", "nearly", "under")
MAX_BYTES = 50_000_000
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")


@dataclass(frozen=True)
class Vocabulary:
    """What the keys of a data file may be."""

    settings: Settings
    territories: Territories
    sources: dict[str, Source]


def read_year(path: Path, name: str, words: Vocabulary
              ) -> tuple[pd.DataFrame | None, list[Problem]]:
    """Read one yearly file whole, or refuse it whole: nothing is half-imported.

    name is the file as its owner knows it; its stem is the year that every period must have.
    """
    text, problems = _text(path, name)
    if problems:
        return None, problems
    rows, problems = _rows(text, name)
    if problems:
        return None, problems
    frame = pd.DataFrame(rows, columns=["line", *COLUMNS]).astype({"line": "int64"})
    problems = [p for check in _CHECKS for p in check(frame, name, words)]
    problems += _outside_year(frame, name, path.stem)
    if problems:
        return None, sorted(problems, key=lambda p: (p.line or 0, p.where))
    return _typed(frame, words.settings), []


def empty() -> pd.DataFrame:
    """A frame of figures without rows."""
    return pd.DataFrame({c: pd.Series(dtype=object) for c in (*COLUMNS, *ADDED)}).astype(
        {"value": float, "change": float, "uncertain": bool})


def _text(path: Path, name: str) -> tuple[str, list[Problem]]:
    try:
        if path.stat().st_size > MAX_BYTES:
            return "", [Problem(name, "le fichier dépasse 50 Mo", "Découpez-le par année.")]
        raw = path.read_bytes()
    except OSError:
        return "", [Problem(name, "le fichier est introuvable ou illisible",
                            "Vérifiez son nom et ses droits.")]
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return "", [Problem(name, "le fichier n’est pas encodé en UTF-8",
                            "Enregistrez-le en « CSV UTF-8 » depuis le tableur.", line=line,
                            value=repr(raw[error.start:error.start + 1])[2:-1])]


def _rows(text: str, name: str) -> tuple[list[list[object]], list[Problem]]:
    lines = csv.reader(io.StringIO(text), strict=True)  # else an open quote swallows rows
    try:
        header = next(lines, [])
        if tuple(header) != COLUMNS:
            return [], [_header_problem(header, name)]
        numbered: list[list[object]] = []
        problems = []
        for row in lines:
            if not any(cell.strip() for cell in row):
                continue
            if len(row) == len(COLUMNS):
                numbered.append([lines.line_num, *(cell.strip() for cell in row)])
            else:
                problems.append(Problem(
                    name, f"la ligne a {len(row)} colonnes, {len(COLUMNS)} attendues",
                    "Mettez entre guillemets les textes qui contiennent une virgule.",
                    line=lines.line_num))
    except csv.Error:
        return [], [Problem(name, "le fichier n’est pas un CSV lisible",
                            "Fermez chaque guillemet ouvert, puis enregistrez-le de nouveau en "
                            "« CSV UTF-8 ».", line=lines.line_num)]
    return numbered, problems


def _header_problem(header: list[str], name: str) -> Problem:
    joined = ";".join(header)
    if len(header) <= 1 and joined.count(";") >= 2 or "\t" in joined:
        return Problem(name, "le séparateur n’est pas la virgule", line=1, value=joined[:80],
                       cure="Enregistrez le fichier avec la virgule comme séparateur.")
    missing = [c for c in COLUMNS if c not in header]
    unknown = [c for c in header if c not in COLUMNS]
    parts = [f"colonnes absentes : {', '.join(missing)}"] if missing else []
    parts += [f"colonnes inconnues : {', '.join(unknown)}"] if unknown else []
    return Problem(name, " ; ".join(parts) or "les colonnes ne sont pas dans l’ordre attendu",
                   f"La première ligne doit être : {','.join(COLUMNS)}", line=1)


def _typed(frame: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    measures = {key: indicator.measure for key, indicator in settings.indicators.items()}
    typed = frame.drop(columns="line")
    for column in ("value", "change"):
        typed[column] = pd.to_numeric(typed[column].replace("", None))
    typed = typed.astype({"value": float, "change": float})
    typed["when"] = [when(p, measures[i])
                     for p, i in zip(typed["period"], typed["indicator"], strict=True)]
    typed["uncertain"] = typed["note"].str.startswith("Incertain")
    typed["derived"] = ""
    return typed


Check = Callable[[pd.DataFrame, str, Vocabulary], Iterable[Problem]]


def _problems(frame: pd.DataFrame, column: str, bad: pd.Series, name: str,
              message: str, cure: str | Callable[[str], str]) -> Iterable[Problem]:
    for line, cell in frame.loc[bad, ["line", column]].itertuples(index=False):
        yield Problem(name, message.replace("{}", str(cell)),
                      cure if isinstance(cure, str) else cure(str(cell)),
                      line=int(line), where=column, value=str(cell))


def _nearest(known: Iterable[str], file: str) -> Callable[[str], str]:
    names = list(known)

    def cure(cell: str) -> str:
        close = difflib.get_close_matches(cell, names, n=1, cutoff=0.6)
        return (f"Vouliez-vous dire « {close[0]} » ?" if close
                else f"Corrigez la valeur ou ajoutez-la dans {file}.")

    return cure


def _unknown_keys(frame: pd.DataFrame, name: str, words: Vocabulary) -> Iterable[Problem]:
    known: dict[str, tuple[Iterable[str], str, str]] = {
        "territory": (words.territories.by_code, "territoire inconnu : « {} »",
                      "data/territories.csv (écrivez FR, REG-75, DEP-2A ou CPAM-641)"),
        "indicator": (words.settings.indicators, "indicateur inconnu : « {} »", "config.yaml"),
        "corridor": ({"": None, **words.settings.corridors}, "couloir inconnu : « {} »",
                     "config.yaml"),
    }
    for column, (keys, message, file) in known.items():
        yield from _problems(frame, column, ~frame[column].isin(list(keys)), name, message,
                             _nearest(keys, file))
    yield from _problems(frame, "qualifier", ~frame["qualifier"].isin(QUALIFIERS), name,
                         "qualificatif inconnu : « {} »",
                         "Écrivez about, over, nearly ou under, ou laissez vide.")


def _sources(frame: pd.DataFrame, name: str, words: Vocabulary) -> Iterable[Problem]:
    absent = frame["source"] == ""
    yield from _problems(frame, "source", absent, name, "la source manque",
                         "Indiquez une clé de data/sources.yaml : un chiffre sans source "
                         "n’est pas chargé.")
    unknown = ~absent & ~frame["source"].isin(list(words.sources))
    yield from _problems(frame, "source", unknown, name, "source inconnue : « {} »",
                         _nearest(words.sources, "data/sources.yaml"))


def _periods(frame: pd.DataFrame, name: str, words: Vocabulary) -> Iterable[Problem]:
    for column in ("period", "compared_to"):
        wrong = ~frame[column].map(is_period)
        if column == "compared_to":
            wrong &= frame[column] != ""
        yield from _problems(frame, column, wrong, name, "« {} » n’est pas une période",
                             "Écrivez 2025, 2025-12 ou 2025-12-31.")


def _outside_year(frame: pd.DataFrame, name: str, year: str) -> Iterable[Problem]:
    outside = frame["period"].map(is_period) & (frame["period"].str[:4] != year)
    return _problems(frame, "period", outside, name,
                     f"la période « {{}} » est hors de l’année {year} du fichier",
                     lambda cell: f"Déplacez cette ligne dans {cell[:4]}.csv.")


def _numbers(frame: pd.DataFrame, name: str, words: Vocabulary) -> Iterable[Problem]:
    for column in ("value", "change"):
        wrong = ~frame[column].str.fullmatch(_NUMBER) & (frame[column] != "")
        yield from _problems(frame, column, wrong, name, "« {} » n’est pas un nombre",
                             "Écrivez le nombre seul, avec un point décimal : 33.6")
    nothing = (frame["value"] == "") & (frame["change"] == "")
    yield from _problems(frame, "value", nothing, name, "ni valeur ni évolution sur la ligne",
                         "Indiquez value, ou change si la source ne publie que l’évolution.")


def _ranges(frame: pd.DataFrame, name: str, words: Vocabulary) -> Iterable[Problem]:
    values = pd.to_numeric(frame["value"], errors="coerce")
    indicators = words.settings.indicators
    percent = frame["indicator"].isin([k for k, i in indicators.items() if i.in_percent])
    lowest = frame["indicator"].map({k: i.lowest for k, i in indicators.items()})
    fraction = percent & (values > 0) & (values < lowest)
    yield from _problems(frame, "value", fraction, name,
                         "« {} » ressemble à une fraction, un pourcentage est attendu",
                         lambda cell: f"Écrivez {float(cell) * 100:g} pour {cell}.")
    outside = (percent & (values > 100)) | (values < 0)
    yield from _problems(frame, "value", outside, name, "« {} » est hors des valeurs possibles",
                         "Un taux va de 0 à 100, un effectif n’est pas négatif.")
    changes = pd.to_numeric(frame["change"], errors="coerce")
    base = values - changes  # of a rate, whose change is in points
    wrong = (percent & ((base < 0) | (base > 100) | (changes.abs() > 100))) | (changes < -100)
    yield from _problems(frame, "change", wrong, name, "« {} » est une évolution impossible",
                         "Un taux évolue en points, entre 0 et 100 ; un effectif ne perd pas plus "
                         "de 100 %.")


def _duplicates(frame: pd.DataFrame, name: str, words: Vocabulary) -> Iterable[Problem]:
    keys = ["territory", "indicator", "corridor", "period", "source", "page"]
    again = frame.duplicated(keys, keep="first")
    first = frame.drop_duplicates(keys).set_index(keys)["line"]
    for row in frame[again].itertuples(index=False):
        line = first.loc[tuple(getattr(row, key) for key in keys)]
        yield Problem(name, f"la ligne répète la ligne {int(line)}", "Gardez une seule des deux.",
                      line=int(row.line), where="territory", value=str(row.territory))


_CHECKS: tuple[Check, ...] = (_unknown_keys, _sources, _periods, _numbers, _ranges, _duplicates)
