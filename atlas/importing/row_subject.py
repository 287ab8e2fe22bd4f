"""What a row of a table is about: its territory and corridor, told from all its cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import SequenceMatcher

from atlas.importing.cells import split_marks
from atlas.importing.gazetteer import Gazetteer
from atlas.importing.header import MatchedTable
from atlas.importing.sheet import Cell
from atlas.importing.text_matching import find_corridor, normalise, significant_words
from atlas.importing.total_rows import TotalLabel, read_total_label
from atlas.observations.checks import KnownKeys
from atlas.problems import Problem
from atlas.settings.import_profiles import Holds, ImportProfile
from atlas.territories import KIND_OF_LEVEL

MAX_VALUE_CHARACTERS = 80  # of a cell that a refusal quotes
_MIN_SIMILARITY = 0.75  # of a misspelt name and that of the code beside it, from 0 to 1 (difflib)
_SCOPE_WORDS = {"hors", "sauf", "sans", "sud", "nord", "est", "ouest", "metropole", "dont", "ex"}
Cells = list[Cell]


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
            line=table.sheet.line(row, self.index),
            where=table.sheet.address(row, self.index),
            value=self.value[:MAX_VALUE_CHARACTERS],
        )


@dataclass(frozen=True)
class RowSubject:
    """What the figures of a row are about.

    ``territory``: empty for a total whose territory is that of the rows that it sums up.
    ``corridor``: empty when the row names none. ``note``: what the profile adds to such a row.
    ``is_partial``: of a sub-total, which is not that of all of France.
    ``lost_zero``: the code of the territory had lost its first zero. ``marks``: of notes, beside
    the name of the territory.
    """

    territory: str
    corridor: str = ""
    note: str = ""
    total: bool = False
    is_partial: bool = False
    lost_zero: bool = False
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class RowReader:
    """What the rows of one table are read with.

    ``announced``: the région that the titles name, which the rows must be of; empty for none.
    """

    table: MatchedTable
    profile: ImportProfile
    known_keys: KnownKeys
    gazetteer: Gazetteer
    announced: str = ""
    _places: dict[tuple[Holds, ...], list[int]] = field(default_factory=dict)

    def columns_of(self, *roles: Holds) -> list[int]:
        """Places in the rows of the columns of these roles, in the order of the profile."""
        if roles not in self._places:
            self._places[roles] = [c.index for c in self.table.columns if c.spec.holds in roles]
        return self._places[roles]

    def read_subject(self, cells: Cells, section: str = "") -> RowSubject:
        """The territory and corridor of a row; raises RowRejected when they are unclear.

        ``section``: the région that stands above the row, which it must be of.
        """
        total = self._read_total(cells)
        if total is not None:
            return total
        corridor, note = self._read_corridor(cells)
        if self.profile.level == "none":
            return RowSubject(self.profile.territory or self.announced, corridor, note)
        territory, lost_zero = self._read_territory(cells)
        self._check_region(territory, cells, section)
        marks = tuple(
            mark
            for index in self.columns_of("territory")
            for mark in (*cells[index].notes, *split_marks(cells[index].text)[1])
        )
        return RowSubject(territory, corridor, note, lost_zero=lost_zero, marks=marks)

    def _read_total(self, cells: Cells) -> RowSubject | None:
        """The subject of a row of totals; None for another row.

        The total of all corridors of a territory is that of the territory that its row names.
        """
        territories, profile = self.known_keys.territories, self.profile
        labels = {
            index: label
            for index in self.columns_of("territory", "corridor")
            if (label := read_total_label(cells[index].text, profile, self.gazetteer, territories))
        }
        if not labels:
            return None
        beside = set(self.columns_of("territory")) - set(labels)
        if set(labels) & set(self.columns_of("territory")) and any(
            not cells[index].is_empty for index in beside
        ):
            return None  # « 999 ; Atlantis »: the name beside the code says another thing
        other = next((i for i, label in labels.items() if label.other), None)
        if other is not None:
            self._reject_scope(other, cells[other].text)
        note = profile.totals.note
        is_of_corridors = set(labels) <= set(self.columns_of("corridor"))
        if is_of_corridors and profile.level != "none":
            territory, lost_zero = self._read_territory(cells)
            return RowSubject(territory, "", note, total=True, lost_zero=lost_zero)
        corridor = self._read_corridor(cells)[0] if not self._total_of_corridors(labels) else ""
        is_partial = any(label.is_partial for label in labels.values())
        return RowSubject(
            self._territory_of_total(labels, cells),
            corridor,
            note,
            total=True,
            is_partial=is_partial,
        )

    def _total_of_corridors(self, labels: dict[int, TotalLabel]) -> bool:
        columns = self.columns_of("corridor")
        return not columns or bool(set(labels) & set(columns))

    def _territory_of_total(self, labels: dict[int, TotalLabel], cells: Cells) -> str:
        """The territory that the labels name, or the région beside them; empty when neither does.

        Raises RowRejected when they name two.
        """
        named = {label.territory for label in labels.values() if label.territory}
        regions = {
            code
            for index in self.columns_of("region")
            for code in self.gazetteer.find(cells[index].text, "REG").codes
        }
        given = self.profile.totals.territory
        if self.profile.level == "none":
            given = given or self.profile.territory or self.announced
        found = {given} if given else named | regions
        if len(found) > 1 or (given and named - {given}):
            index = next(iter(labels))
            self._reject_scope(index, cells[index].text)
        return next(iter(found), "")

    def _reject_scope(self, index: int, text: str) -> None:
        outside = self.gazetteer.place_outside(
            " ".join(normalise(text).split()[1:])
        ) or self.gazetteer.place_outside(text)
        why = outside[0] if outside else "n’est pas le total d’un territoire connu"
        raise RowRejected(
            index,
            f"« {text} » {why}",
            "Laissez cette ligne de côté, ou nommez son territoire.",
            text,
        )

    def _read_corridor(self, cells: Cells) -> tuple[str, str]:
        """The corridor of a row and the note of the profile about its name, or two empty texts."""
        index = next(iter(self.columns_of("corridor")), None)
        if index is None:
            return "", ""
        text = cells[index].text
        if not text and self.columns_of("indicator"):
            return "", ""  # of the indicators that rows name, not all have corridors
        for name in self.profile.corridor_names:
            if normalise(name.text) == normalise(text):
                return name.corridor, name.note
        key = find_corridor(split_marks(text)[0], self.known_keys.settings)
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
        filled = [index for index in columns if not cells[index].is_empty]
        matches = [
            (index, match)
            for index in filled
            if (match := self.gazetteer.find(cells[index].text, kind)).codes
        ]
        if not matches:
            return self._read_larger_territory(columns, cells), False
        codes = frozenset.intersection(*(match.codes for _, match in matches))
        if not codes:
            quoted = " et ".join(f"« {cells[index].text} »" for index, _ in matches)
            last = matches[-1][0]
            raise RowRejected(
                last,
                f"{quoted} ne désignent pas le même territoire",
                "Corrigez le code ou le nom.",
                cells[last].text,
            )
        territories = self.known_keys.territories
        if len(codes) > 1:
            labels = " ou ".join(sorted(territories[code].label for code in codes))
            first = matches[0][0]
            raise RowRejected(
                first,
                f"« {cells[first].text} » peut être {labels}",
                "Écrivez le code complet (DEP-974, REG-04), ou précisez level.",
            )
        code = next(iter(codes))
        for index in set(filled) - {index for index, _ in matches}:
            self._check_unknown_name(index, cells[index].text, code)
        return code, any(match.lost_zero for _, match in matches)

    def _check_unknown_name(self, index: int, text: str, code: str) -> None:
        """Refuse a name that says something else than the code beside it, not a misspelling."""
        name = self.known_keys.territories[code].name
        words, own = significant_words(text), significant_words(name)
        likeness = SequenceMatcher(None, " ".join(words), " ".join(own)).ratio()
        is_scope = bool((set(words) - set(own)) & _SCOPE_WORDS)
        if is_scope or likeness < _MIN_SIMILARITY:
            raise RowRejected(
                index,
                f"« {text} » n’est pas {self.known_keys.territories[code].label}",
                "Corrigez le code ou le nom.",
                text,
            )

    def _check_region(self, territory: str, cells: Cells, section: str) -> None:
        """Refuse a territory outside the région of its row, of its section or of the titles."""
        territories = self.known_keys.territories
        if territories[territory].kind == "FR":
            return
        index = (self.columns_of("region") or self.columns_of("territory"))[0]
        said = {code: "le titre du tableau" for code in [self.announced] if code}
        said |= {section: "le titre au-dessus de la ligne"} if section else {}
        for column in self.columns_of("region"):
            for code in self.gazetteer.find(cells[column].text, "REG").codes:
                said[code] = f"« {cells[column].text} »"
        for code, who in said.items():
            if code == "FR" or territories.is_within(territory, code):
                continue
            if territories[territory].kind == "REG" and territory != code and who.startswith("le"):
                continue  # another région beside those that the title is about
            raise RowRejected(
                index,
                f"{territories[territory].label} n’est pas dans « {territories[code].name} », "
                f"que dit {who}",
                "Corrigez le territoire ou la région.",
                cells[index].text,
            )

    def _read_larger_territory(self, columns: list[int], cells: Cells) -> str:
        """The région or France, named in full among smaller territories: a total row."""
        for index in columns:
            text = cells[index].text
            codes = [
                code
                for code in self.gazetteer.find(text).codes
                if self.known_keys.territories[code].kind in ("REG", "FR")
            ]
            if len(codes) == 1 and not text.strip().isdecimal():
                return codes[0]
        index = next((i for i in columns if not cells[i].is_empty), columns[0])
        text = cells[index].text
        outside = self.gazetteer.place_outside(text)
        if outside:
            raise RowRejected(index, f"« {text} » {outside[0]}", outside[1], text)
        nearest = self.gazetteer.nearest_label(text, KIND_OF_LEVEL.get(self.profile.level))
        raise RowRejected(
            index,
            f"territoire inconnu : « {text} »" if text else "le territoire manque",
            f"Vouliez-vous dire « {nearest} » ?"
            if nearest
            else "Écrivez son nom, son numéro ou son code (DEP-2A, CPAM-641).",
            text,
        )
