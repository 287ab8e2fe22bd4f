"""FR, régions, départements, caisses and how they nest (INSEE code officiel géographique)."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from atlas.problems import Problem

Kind = Literal["FR", "REG", "DEP", "CPAM"]
KINDS: dict[str, Kind] = {"regions": "REG", "departements": "DEP", "caisses": "CPAM"}


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
    def number(self) -> str:
        """The code without its prefix: ``2A``; empty for France."""
        return self.code.partition("-")[2]

    @property
    def label(self) -> str:
        """A name that no other territory has: La Réunion is a région and a département."""
        return {"FR": self.name, "REG": f"{self.name} (région)",
                "DEP": f"{self.name} ({self.number})",
                "CPAM": f"Caisse {self.name} ({self.number})"}[self.kind]


@dataclass(frozen=True)
class Territories:
    """All territories by code, and the population of each département."""

    by_code: dict[str, Territory]
    population: dict[str, int]

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

    def of_kind(self, kind: Kind, within: str = "FR") -> list[str]:
        """Codes of one kind inside a territory, itself included when it is of that kind."""
        return [code for code in self._codes_by_kind[kind] if self.is_within(code, within)]

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
        return sorted(codes, key=lambda code: _plain(self.by_code[code].name))


def read_territories(folder: Path, name: str = "data"
                     ) -> tuple[Territories | None, list[Problem]]:
    """Read territories.csv, caisses.csv and population.csv of a folder.

    Returns None and the problems when a file is missing, has other columns, or names a parent
    that does not exist.
    """
    problems: list[Problem] = []
    rows = _rows(folder, "territories.csv", ("code", "name", "locative", "parent"), name, problems)
    funds = _rows(folder, "caisses.csv", ("code", "name", "locative", "departement"), name,
                  problems)
    counts = _rows(folder, "population.csv", ("territory", "population", "year"), name, problems)
    if problems:
        return None, problems
    found = [Territory(r["code"], r["name"], r["locative"], r["parent"]) for r in rows]
    found += [Territory(r["code"], r["name"], r["locative"], r["departement"]) for r in funds]
    by_code = {territory.code: territory for territory in found}
    problems += _check(found, by_code, counts, name)
    if problems:
        return None, problems
    population = {r["territory"]: int(r["population"]) for r in counts}
    return Territories(by_code, population), []


def _rows(folder: Path, file: str, columns: tuple[str, ...], name: str,
          problems: list[Problem]) -> list[dict[str, str]]:
    try:
        with (folder / file).open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            if tuple(reader.fieldnames or ()) == columns:
                return list(reader)
            message = f"les colonnes attendues sont {', '.join(columns)}"
    except FileNotFoundError:
        message = "le fichier est introuvable"
    except UnicodeDecodeError:
        message = "le fichier n’est pas encodé en UTF-8"
    problems.append(Problem(f"{name}/{file}", message, "Remettez le fichier d’origine."))
    return []


def _check(found: list[Territory], by_code: dict[str, Territory], counts: list[dict[str, str]],
           name: str) -> list[Problem]:
    problems = [
        Problem(f"{name}/territories.csv", f"le territoire « {t.parent} » n’existe pas",
                "Corrigez le code du territoire parent.", where=t.code, value=t.parent)
        for t in found if t.parent and t.parent not in by_code
    ]
    problems += [
        Problem(f"{name}/territories.csv", f"le code « {t.code} » n’a pas de préfixe connu",
                "Écrivez FR, REG-75, DEP-2A ou CPAM-641.", value=t.code)
        for t in found if t.kind not in ("FR", "REG", "DEP", "CPAM")
    ]
    problems += [
        Problem(f"{name}/population.csv", "territoire inconnu ou population non entière",
                "Corrigez la ligne.", line=i + 2, value=",".join(row.values()))
        for i, row in enumerate(counts)
        if row["territory"] not in by_code or not row["population"].isdecimal()
    ]
    return problems


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
