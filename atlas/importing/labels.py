"""What a row of a table is about: its territory and corridor, told from its own cells."""

from __future__ import annotations

from dataclasses import dataclass

from atlas.importing.header import MatchedTable, plain
from atlas.importing.places import Gazetteer
from atlas.problems import Problem
from atlas.settings import Settings
from atlas.settings.import_profiles import ImportProfile
from atlas.territories import Kind, Territories

_KINDS: dict[str, Kind] = {"departements": "DEP", "caisses": "CPAM", "regions": "REG"}


class Refused(Exception):
    """A row that cannot be read; carries what to tell of it."""

    def __init__(self, index: int, message: str, cure: str, value: str = "") -> None:
        super().__init__(message)
        self.index, self.message, self.cure, self.value = index, message, cure, value

    def problem(self, name: str, located: MatchedTable, row: int) -> Problem:
        """The refusal, with the cell of the original file."""
        return Problem(
            name,
            self.message,
            self.cure,
            line=located.sheet.top + row + 1,
            where=located.sheet.address(row, self.index),
            value=self.value[:80],
        )


@dataclass(frozen=True)
class RowSubject:
    """territory: empty for a total whose territory is that of the rows that it sums up."""

    territory: str
    corridor: str = ""
    note: str = ""
    total: bool = False
    lost_zero: bool = False


def corridor_named(text: str, settings: Settings) -> str:
    """The key of the corridor that goes by a name; empty for none."""
    said = plain(text)
    return next(
        (
            key
            for key, corridor in settings.corridors.items()
            if said in map(plain, (key, corridor.label, corridor.short, *corridor.aliases))
        ),
        "",
    )


def indicator_named(text: str, settings: Settings) -> str:
    """The key of the indicator that goes by a name; empty for none."""
    said = plain(text)
    return next(
        (
            key
            for key, indicator in settings.indicators.items()
            if said in (plain(key), plain(indicator.label))
        ),
        "",
    )


@dataclass(frozen=True)
class Reader:
    """Reads the labels of the rows of one table."""

    located: MatchedTable
    recipe: ImportProfile
    settings: Settings
    territories: Territories
    places: Gazetteer

    @property
    def own_indicator(self) -> bool:
        """True when each row names its indicator: not all of these have corridors."""
        return any(f.column.holds == "indicator" for f in self.located.columns)

    def label(self, cells: list[str | float]) -> RowSubject:
        """The territory and corridor of a row; raises Refused when they are unclear."""
        texts = [
            (f.index, cells[f.index])
            for f in self.located.columns
            if f.column.holds in ("territory", "corridor")
        ]
        for _, text in texts:
            if isinstance(text, str) and (total := self._total(text)):
                return total
        corridor, note = self._corridor(cells)
        if self.recipe.level == "none":
            return RowSubject(self.recipe.territory, corridor, note)
        territory, lost = self._territory(cells)
        return RowSubject(territory, corridor, note, lost_zero=lost)

    def _total(self, text: str) -> RowSubject | None:
        said = plain(text)
        totals = self.recipe.totals
        for word in map(plain, totals.texts):
            if said == word or said.startswith(f"{word} "):
                rest = said.removeprefix(word).removeprefix(" general").strip()
                named = self.places.find(rest).codes if rest else frozenset()
                kinds = [c for c in named if self.territories[c].kind in ("REG", "FR")]
                territory = totals.territory or self.recipe.territory or "".join(kinds[:1])
                return RowSubject(territory, "", totals.note, total=True)
        return None

    def _corridor(self, cells: list[str | float]) -> tuple[str, str]:
        for found in self.located.columns:
            if found.column.holds == "corridor":
                text = str(cells[found.index])
                if not text and self.own_indicator:
                    return "", ""
                return self._corridor_of(found.index, text)
        return "", ""

    def _corridor_of(self, index: int, text: str) -> tuple[str, str]:
        for name in self.recipe.corridor_names:
            if plain(name.text) == plain(text):
                return name.corridor, name.note
        key = corridor_named(text, self.settings)
        if key:
            return key, ""
        raise Refused(
            index,
            f"couloir inconnu : « {text} »",
            "Corrigez le nom, ou ajoutez-le à corridor_names de la recette.",
            text,
        )

    def _territory(self, cells: list[str | float]) -> tuple[str, bool]:
        kind = _KINDS.get(self.recipe.level)
        columns = [f.index for f in self.located.columns if f.column.holds == "territory"]
        matches = [
            (i, match)
            for i in columns
            if cells[i] != "" and (match := self.places.find(cells[i], kind)).codes
        ]
        if not matches:
            return self._larger(columns, cells), False
        codes = frozenset.intersection(*(match.codes for _, match in matches))
        if not codes:
            said = " et ".join(f"« {cells[i]} »" for i, _ in matches)
            raise Refused(
                matches[-1][0],
                f"{said} ne désignent pas le même territoire",
                "Corrigez le code ou le nom.",
                str(cells[matches[-1][0]]),
            )
        if len(codes) > 1:
            labels = " ou ".join(sorted(self.territories[c].label for c in codes))
            raise Refused(
                matches[0][0],
                f"« {cells[matches[0][0]]} » peut être {labels}",
                "Écrivez le code complet (DEP-974, REG-04), ou précisez level.",
            )
        return next(iter(codes)), any(match.lost_zero for _, match in matches)

    def _larger(self, columns: list[int], cells: list[str | float]) -> str:
        """The région or France, named in full among smaller territories: a total row."""
        for i in columns:
            text = str(cells[i])
            codes = {
                c for c in self.places.find(text).codes if self.territories[c].kind in ("REG", "FR")
            }
            if len(codes) == 1 and not text.strip().isdecimal():
                return codes.pop()
        index = next((i for i in columns if cells[i] != ""), columns[0])
        near = self.places.nearest(str(cells[index]), _KINDS.get(self.recipe.level))
        raise Refused(
            index,
            f"territoire inconnu : « {cells[index]} »"
            if cells[index] != ""
            else "le territoire manque",
            f"Vouliez-vous dire « {near} » ?"
            if near
            else "Écrivez son nom, son numéro ou son code (DEP-2A, CPAM-641).",
            str(cells[index]),
        )
