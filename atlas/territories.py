"""FR, régions, départements, caisses and how they nest (INSEE code officiel géographique)."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from slugify import slugify

from atlas.incoming_text import (
    FORBIDDEN_CHARACTER_CURE,
    MAX_LETTERS,
    TOO_LONG_CURE,
    find_forbidden_character,
    forbidden_character_message,
    remove_forbidden_characters,
    too_long_message,
)
from atlas.problems import Problem

Kind = Literal["FR", "REG", "DEP", "CPAM"]
PARENTS = {"FR": "", "REG": "FR", "DEP": "REG", "CPAM": "DEP"}  # the kind of what holds each kind
#: How several codes are written in one text, such as an address.
CODE_SEPARATOR = "+"
# How a locative starts → how the place is said after « de », and as a subject.
_ARTICLES = {
    "dans le ": ("du ", "le "),
    "dans la ": ("de la ", "la "),
    "dans les ": ("des ", "les "),
    "dans l’": ("de l’", "l’"),
    "à la ": ("de la ", "la "),
    "à ": ("de ", ""),
}
# Masculine, though the locative is « en »: composites whose first name is a masculine river, and
# a région.
_MASCULINE_WITH_EN = (
    "Centre-Val de Loire",
    "Loir-et-Cher",
    "Lot-et-Garonne",
    "Maine-et-Loire",
    "Tarn-et-Garonne",
)
_VOWELS = "aeiouyàâéèêëîïôûü"
KIND_OF_LEVEL: dict[str, Kind] = {"regions": "REG", "departements": "DEP", "caisses": "CPAM"}


@dataclass(frozen=True)
class Territory:
    """code: ``FR``, ``REG-75``, ``DEP-2A`` or ``CPAM-641``; locative: « dans les Landes »."""

    code: str
    name: str
    locative: str
    parent: str

    @property
    def kind(self) -> Kind:
        """The prefix, which tells région 04 from département 04."""
        return self.code.split("-")[0]  # type: ignore[return-value]

    @property
    def genitive(self) -> str:
        """The place after « de »: « de Corse », « du Grand Est », « des Landes », « de La
        Réunion », « de la CPAM de Pau »; derived from the locative."""
        for start, (of_start, _) in _ARTICLES.items():
            if self.locative.startswith(start):
                return of_start + self.locative.removeprefix(start)
        bare = self.locative.removeprefix("en ")
        return f"d’{bare}" if bare[:1].lower() in _VOWELS else f"de {bare}"

    @property
    def with_article(self) -> str:
        """The place as a subject: « la Corse », « l’Île-de-France », « les Landes », « La
        Réunion »; derived from the locative."""
        for start, (_, article) in _ARTICLES.items():
            if self.locative.startswith(start):
                return article + self.locative.removeprefix(start)
        bare = self.locative.removeprefix("en ")
        if bare[:1].lower() in _VOWELS:
            return f"l’{bare}"
        return f"le {bare}" if bare in _MASCULINE_WITH_EN else f"la {bare}"

    @property
    def number(self) -> str:
        """The code without its prefix: ``2A``; empty for France."""
        return self.code.partition("-")[2]

    @property
    def label(self) -> str:
        """A name that no other territory has: La Réunion is a région and a département."""
        return {
            "FR": self.name,
            "REG": f"{self.name} (région)",
            "DEP": f"{self.name} ({self.number})",
            "CPAM": f"Caisse {self.name} ({self.number})",
        }[self.kind]

    @property
    def slug(self) -> str:
        """For file names, like no other territory's: « corse », « 2a-corse-du-sud »."""
        plain = slugify(self.name.replace("’", " "))
        return {
            "FR": plain,
            "REG": plain,
            "DEP": f"{self.number.lower()}-{plain}",
            "CPAM": f"caisse-{self.number.lower()}-{plain}",
        }[self.kind]


@dataclass(frozen=True)
class Territories:
    """All territories by code, the population of each département, and its year or years."""

    by_code: dict[str, Territory]
    population: dict[str, int]
    population_year: str = ""

    def __getitem__(self, code: str) -> Territory:
        return self.by_code[code]

    def __contains__(self, code: object) -> bool:
        return code in self.by_code

    @cached_property
    def _codes_by_kind(self) -> dict[str, list[str]]:
        codes: dict[str, list[str]] = {"FR": [], "REG": [], "DEP": [], "CPAM": []}
        for territory in self.by_code.values():
            codes[territory.kind].append(territory.code)
        return codes

    @cached_property
    def _codes_within(self) -> dict[tuple[Kind, str], list[str]]:
        """Codes of each kind inside each territory."""
        codes: dict[tuple[Kind, str], list[str]] = {}
        for territory in self.by_code.values():
            holder = territory.code
            while holder:
                codes.setdefault((territory.kind, holder), []).append(territory.code)
                holder = self.by_code[holder].parent
        return codes

    def of_kind(self, kind: Kind, within: str = "FR") -> list[str]:
        """Codes of one kind inside a territory, itself included when it is of that kind."""
        return list(self._codes_within.get((kind, within), ()))

    def is_within(self, code: str, territory: str) -> bool:
        """True when `code` is `territory` or nests in it."""
        while code and code != territory:
            code = self.by_code[code].parent
        return bool(code)

    def region_of(self, code: str) -> str:
        """The région that holds a territory; itself for a région, FR for France."""
        while self.by_code[code].kind in ("DEP", "CPAM"):
            code = self.by_code[code].parent
        return code

    def caisses_of(self, departement: str) -> list[str]:
        """The caisses of one département (several in 59, 62, 64 and 76)."""
        return [c for c in self._codes_by_kind["CPAM"] if self.by_code[c].parent == departement]

    def sorted_by_name(self, codes: Iterable[str]) -> list[str]:
        """Codes in the order of a French index: accents and case do not count."""
        return sorted(codes, key=lambda code: _sort_key(self.by_code[code].name))


def read_territories(folder: Path, name: str = "data") -> tuple[Territories | None, list[Problem]]:
    """Read territories.csv, caisses.csv and population.csv of a folder.

    Returns None and the problems when a file is missing, has other columns, or names a parent
    that does not exist.
    """
    problems: list[Problem] = []
    places = {
        file: _rows(folder / file, f"{name}/{file}", columns, problems)
        for file, columns in (
            ("territories.csv", ("code", "name", "locative", "parent")),
            ("caisses.csv", ("code", "name", "locative", "departement")),
        )
    }
    counts = _rows(
        folder / "population.csv",
        f"{name}/population.csv",
        ("territory", "population", "year"),
        problems,
    )
    if problems:
        return None, problems
    by_code = {row[0]: Territory(*row) for rows in places.values() for _, row in rows}
    seen: set[str] = set()
    for file, rows in places.items():
        for line, row in rows:
            problems += _place_problems(f"{name}/{file}", line, Territory(*row), by_code, seen)
    problems += [
        Problem(
            f"{name}/population.csv",
            "territoire inconnu ou population non entière",
            "Corrigez la ligne.",
            line=line,
            where=code,
            value=count,
        )
        for line, (code, count, _) in counts
        if code not in by_code or not count.isdecimal()
    ]
    if problems:
        return None, problems
    years = sorted({year for _, (_, _, year) in counts})
    return Territories(
        by_code,
        {code: int(count) for _, (code, count, _) in counts},
        " à ".join(years[:: max(1, len(years) - 1)]),
    ), []


def _rows(
    path: Path, name: str, columns: tuple[str, ...], problems: list[Problem]
) -> list[tuple[int, list[str]]]:
    """Line number and cells of each row; what is wrong joins the problems."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            lines = csv.reader(stream, strict=True)
            if tuple(next(lines, [])) == columns:
                rows = [(lines.line_num, row) for row in lines if any(row)]
                problems += [
                    Problem(
                        name,
                        forbidden_character_message(cell),
                        FORBIDDEN_CHARACTER_CURE,
                        line=line,
                        where=column,
                        value=remove_forbidden_characters(cell),
                    )
                    for line, row in rows
                    for column, cell in zip(columns, row, strict=False)
                    if find_forbidden_character(cell)
                ]
                problems += [
                    Problem(
                        name,
                        too_long_message(cell, "name"),
                        TOO_LONG_CURE,
                        line=line,
                        where=column,
                        value=f"{remove_forbidden_characters(cell[:80])}…",
                    )
                    for line, row in rows
                    for column, cell in zip(columns, row, strict=False)
                    if len(cell) > MAX_LETTERS["name"]
                ]
                problems += [
                    Problem(
                        name,
                        f"la ligne a {len(row)} colonnes, {len(columns)} attendues",
                        "Corrigez la ligne.",
                        line=line,
                        value=",".join(row)[:80],
                    )
                    for line, row in rows
                    if len(row) != len(columns)
                ]
                return rows
            message = f"les colonnes attendues sont {', '.join(columns)}"
    except OSError:
        message = "le fichier est introuvable ou illisible"
    except UnicodeDecodeError:
        message = "le fichier n’est pas encodé en UTF-8"
    except csv.Error:
        message = "le fichier n’est pas un CSV lisible"
    problems.append(Problem(name, message, "Remettez le fichier d’origine."))
    return []


def _place_problems(
    file: str, line: int, place: Territory, by_code: dict[str, Territory], seen: set[str]
) -> Iterator[Problem]:
    """Each kind nests in the next, so that nothing can hold itself."""
    if place.kind not in PARENTS:
        yield Problem(
            file,
            f"le code « {place.code} » n’a pas de préfixe connu",
            "Écrivez FR, REG-75, DEP-2A ou CPAM-641.",
            line=line,
            value=place.code,
        )
    elif place.code in seen:
        yield Problem(
            file,
            f"le code « {place.code} » figure deux fois",
            "Gardez une seule des deux lignes.",
            line=line,
            value=place.code,
        )
    elif place.parent and place.parent not in by_code:
        yield Problem(
            file,
            f"le territoire « {place.parent} » n’existe pas",
            "Corrigez le code du territoire parent.",
            line=line,
            where=place.code,
            value=place.parent,
        )
    elif place.parent.partition("-")[0] != PARENTS[place.kind]:
        yield Problem(
            file,
            f"« {place.parent} » ne peut pas contenir « {place.code} »",
            "Une caisse tient dans un département, lui dans une région, elle dans FR.",
            line=line,
            where=place.code,
            value=place.parent,
        )
    seen.add(place.code)


def _sort_key(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
