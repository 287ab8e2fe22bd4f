"""What a row of a table is about: its territory and corridor, told from its own cells."""

from __future__ import annotations

from dataclasses import dataclass

from atlas.importing.gazetteer import Gazetteer
from atlas.importing.header import MatchedTable
from atlas.importing.text_matching import find_corridor, normalise
from atlas.observations.checks import KnownKeys
from atlas.problems import Problem
from atlas.settings.import_profiles import Holds, ImportProfile
from atlas.territories import KIND_OF_LEVEL

MAX_VALUE_CHARACTERS = 80  # of a cell that a refusal quotes
Cells = list[str | float]


class RowRejected(Exception):
    """A row that cannot be read.

    ``index``: the column of the sheet at fault; ``message``, ``cure``: French sentences; ``value``:
    what its cell says.
    """

    def __init__(self, index: int, message: str, cure: str, value: str = "") -> None:
        super().__init__(message)
        self.index, self.message, self.cure, self.value = index, message, cure, value

    def problem(self, name: str, table: MatchedTable, row: int) -> Problem:
        """The refusal, with the cell of the original file."""
        return Problem(
            name,
            self.message,
            self.cure,
            line=table.sheet.top + row + 1,
            where=table.sheet.address(row, self.index),
            value=self.value[:MAX_VALUE_CHARACTERS],
        )


@dataclass(frozen=True)
class RowSubject:
    """What the figures of a row are about.

    ``territory``: empty for a total whose territory is that of the rows that it sums up.
    ``corridor``: empty when the row names none. ``note``: what the profile adds to such a row.
    ``lost_zero``: the code of the territory had lost its first zero.
    """

    territory: str
    corridor: str = ""
    note: str = ""
    total: bool = False
    lost_zero: bool = False


@dataclass(frozen=True)
class RowReader:
    """What the rows of one table are read with."""

    table: MatchedTable
    profile: ImportProfile
    known_keys: KnownKeys
    gazetteer: Gazetteer

    def columns_of(self, *roles: Holds) -> list[int]:
        """Places in the rows of the columns of these roles, in the order of the profile."""
        return [column.index for column in self.table.columns if column.spec.holds in roles]

    def read_subject(self, cells: Cells) -> RowSubject:
        """The territory and corridor of a row; raises RowRejected when they are unclear."""
        for index in self.columns_of("territory", "corridor"):
            text = cells[index]
            if isinstance(text, str) and (total := self._read_total(text)):
                return total
        corridor, note = self._read_corridor(cells)
        if self.profile.level == "none":
            return RowSubject(self.profile.territory, corridor, note)
        territory, lost_zero = self._read_territory(cells)
        return RowSubject(territory, corridor, note, lost_zero=lost_zero)

    def _read_total(self, text: str) -> RowSubject | None:
        """The subject of a total row; None for a text that does not begin as one."""
        label = normalise(text)
        totals = self.profile.totals
        for beginning in map(normalise, totals.texts):
            if label != beginning and not label.startswith(f"{beginning} "):
                continue
            name = label.removeprefix(beginning).removeprefix(" general").strip()
            named = self._larger_territories(name) if name else []
            territory = totals.territory or self.profile.territory or "".join(named[:1])
            return RowSubject(territory, "", totals.note, total=True)
        return None

    def _read_corridor(self, cells: Cells) -> tuple[str, str]:
        """The corridor of a row and the note of the profile about its name, or two empty texts."""
        index = next(iter(self.columns_of("corridor")), None)
        if index is None:
            return "", ""
        text = str(cells[index])
        if not text and self.columns_of("indicator"):
            return "", ""  # of the indicators that rows name, not all have corridors
        for name in self.profile.corridor_names:
            if normalise(name.text) == normalise(text):
                return name.corridor, name.note
        key = find_corridor(text, self.known_keys.settings)
        if not key:
            raise RowRejected(
                index,
                f"couloir inconnu : « {text} »",
                "Corrigez le nom, ou ajoutez-le à corridor_names du profil.",
                text,
            )
        return key, ""

    def _read_territory(self, cells: Cells) -> tuple[str, bool]:
        """The code that all columns of territories agree on, and whether it had lost a zero."""
        kind = KIND_OF_LEVEL.get(self.profile.level)
        columns = self.columns_of("territory")
        matches = [
            (index, match)
            for index in columns
            if cells[index] != "" and (match := self.gazetteer.find(cells[index], kind)).codes
        ]
        if not matches:
            return self._read_larger_territory(columns, cells), False
        codes = frozenset.intersection(*(match.codes for _, match in matches))
        if not codes:
            quoted = " et ".join(f"« {cells[index]} »" for index, _ in matches)
            last = matches[-1][0]
            raise RowRejected(
                last,
                f"{quoted} ne désignent pas le même territoire",
                "Corrigez le code ou le nom.",
                str(cells[last]),
            )
        territories = self.known_keys.territories
        if len(codes) > 1:
            labels = " ou ".join(sorted(territories[code].label for code in codes))
            first = matches[0][0]
            raise RowRejected(
                first,
                f"« {cells[first]} » peut être {labels}",
                "Écrivez le code complet (DEP-974, REG-04), ou précisez level.",
            )
        return next(iter(codes)), any(match.lost_zero for _, match in matches)

    def _read_larger_territory(self, columns: list[int], cells: Cells) -> str:
        """The région or France, named in full among smaller territories: a total row."""
        for index in columns:
            text = str(cells[index])
            codes = self._larger_territories(text)
            if len(codes) == 1 and not text.strip().isdecimal():
                return codes[0]
        index = next((i for i in columns if cells[i] != ""), columns[0])
        text = str(cells[index])
        nearest = self.gazetteer.nearest_label(text, KIND_OF_LEVEL.get(self.profile.level))
        raise RowRejected(
            index,
            f"territoire inconnu : « {text} »" if text else "le territoire manque",
            f"Vouliez-vous dire « {nearest} » ?"
            if nearest
            else "Écrivez son nom, son numéro ou son code (DEP-2A, CPAM-641).",
            text,
        )

    def _larger_territories(self, text: str) -> list[str]:
        """Codes of the régions, or of France, that a text names."""
        territories = self.known_keys.territories
        codes = self.gazetteer.find(text).codes
        return [code for code in codes if territories[code].kind in ("REG", "FR")]
