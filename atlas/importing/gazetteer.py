"""A text or number of a cell → the territories that it may stand for."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from atlas.importing.text_matching import FUNCTION_WORDS, fold_accents, significant_words
from atlas.territories import Kind, Territories, Territory

_NAMES_OF_FRANCE = {
    "france",
    "france entiere",
    "national",
    "nationale",
    "ensemble france",
    "fr",
    "total france",
    "france total",
    "niveau national",
}
_KIND_BY_WORD: dict[str, Kind] = {
    "cpam": "CPAM",
    "cgss": "CPAM",
    "caisse": "CPAM",
    "css": "CPAM",
    "primaire": "CPAM",
    "assurance": "CPAM",
    "maladie": "CPAM",
    "departement": "DEP",
    "dept": "DEP",
    "dep": "DEP",
    "dpt": "DEP",
    "region": "REG",
    "reg": "REG",
    "ars": "REG",
}
_KINDS_WITH_NUMBER: tuple[Kind, ...] = ("REG", "DEP", "CPAM")
_MIN_LETTERS_OF_ABBREVIATION = 3
_MIN_SIMILARITY = 0.6  # of a misspelt name and a name, from 0 to 1 (difflib)


@dataclass(frozen=True)
class TerritoryMatch:
    """The territories that a cell may stand for.

    ``codes``: none when the cell says nothing known. ``lost_zero``: the code was found by giving
    back the zero that a spreadsheet takes away (« 1 » for « 01 », « 11 » for the caisse « 011 »).
    """

    codes: frozenset[str] = frozenset()
    lost_zero: bool = False


@dataclass(frozen=True)
class Gazetteer:
    """All names and codes by which a table may call a territory."""

    territories: Territories

    @cached_property
    def _names(self) -> list[tuple[Territory, str]]:
        """Each territory and the significant words of its name."""
        return [
            (territory, " ".join(significant_words(territory.name)))
            for territory in self.territories.by_code.values()
        ]

    @cached_property
    def _codes_by_name(self) -> dict[str, set[str]]:
        """Codes by the words of their names, in the order of the name and in alphabetical order."""
        codes: dict[str, set[str]] = {}
        for territory, name in self._names:
            codes.setdefault(name, set()).add(territory.code)
            codes.setdefault(" ".join(sorted(name.split())), set()).add(territory.code)
        return codes

    @cached_property
    def _matches(self) -> dict[tuple[str | float, Kind | None], TerritoryMatch]:
        """What was found before: a long table names the same territories again and again."""
        return {}

    def find(self, cell: str | float, kind: Kind | None = None) -> TerritoryMatch:
        """The territories that a cell may name; of one kind only where the table has but one."""
        key = (cell, kind)
        if key not in self._matches:
            text = cell.strip() if isinstance(cell, str) else f"{cell:.15g}"
            match = self._match_code(text, kind)
            self._matches[key] = match if match.codes else self._match_name(text, kind)
        return self._matches[key]

    def nearest_label(self, text: str, kind: Kind | None = None) -> str:
        """The label of the territory whose name looks most like a text; empty without one."""
        code_by_name = {
            name: code
            for name, codes in self._codes_by_name.items()
            for code in codes
            if kind in (None, self.territories[code].kind)
        }
        words = " ".join(significant_words(text))
        names = difflib.get_close_matches(words, code_by_name, n=1, cutoff=_MIN_SIMILARITY)
        return self.territories[code_by_name[names[0]]].label if names else ""

    def _match_code(self, text: str, kind: Kind | None) -> TerritoryMatch:
        bare = re.sub(r"[^0-9A-Z-]", "", text.upper())
        full = re.fullmatch(r"(FR|REG|DEP|DEPT|CPAM)-?([0-9AB]*)", bare)
        if full and re.search(r"\d|^FR$", bare):
            prefix = full[1].replace("DEPT", "DEP")
            if kind not in (None, prefix):
                return TerritoryMatch()
            return (
                self._match_number(full[2], prefix)
                if full[2]
                else TerritoryMatch(frozenset({"FR"}))
            )
        if not re.fullmatch(r"\s*\d{1,4}\s*|\s*0?2\s?[ABab]\s*0?\s*|\s*20\s?[ABab]\s*", text):
            return TerritoryMatch()
        matches = [self._match_number(bare, k) for k in _KINDS_WITH_NUMBER if kind in (None, k)]
        exact = [match for match in matches if match.codes and not match.lost_zero]
        repaired = [match for match in matches if match.lost_zero]
        codes = frozenset().union(*(match.codes for match in exact or repaired))
        return TerritoryMatch(codes, lost_zero=not exact and bool(repaired))

    def _match_number(self, number: str, kind: str) -> TerritoryMatch:
        code = f"{kind}-{number}"
        if code in self.territories:
            return TerritoryMatch(frozenset({code}))
        corsica = re.fullmatch(r"0?20?([AB])0?", number)
        if kind == "DEP" and corsica:
            return TerritoryMatch(frozenset({f"DEP-2{corsica[1]}"}))
        padded = f"{kind}-{number.zfill(3 if kind == 'CPAM' else 2)}"
        if padded in self.territories:
            return TerritoryMatch(frozenset({padded}), lost_zero=True)
        shortened = f"{kind}-{number[1:]}"  # « 075 »: three digits as in the files of the Cnam
        if kind == "DEP" and number.startswith("0") and shortened in self.territories:
            return TerritoryMatch(frozenset({shortened}))
        return TerritoryMatch()

    def _match_name(self, text: str, kind: Kind | None) -> TerritoryMatch:
        if re.search(r"[-–][\s.]*$", text):
            return TerritoryMatch()  # « Charente- »: the column was too narrow
        # Without a code before or after the name: « 33 - Gironde », « Gironde (33) ».
        words = significant_words(re.sub(r"\(\s*\w{1,3}\s*\)|^\s*\d{1,3}\s*[-–:]", " ", text))
        written_kinds = {_KIND_BY_WORD[word] for word in words if word in _KIND_BY_WORD}
        name_words = [word for word in words if word not in _KIND_BY_WORD] or words
        name = " ".join(name_words)
        if name in _NAMES_OF_FRANCE:
            return TerritoryMatch(frozenset({"FR"}) if kind in (None, "FR") else frozenset())
        written_kind = next(iter(written_kinds)) if len(written_kinds) == 1 else None
        if kind and written_kind and kind != written_kind:
            return TerritoryMatch()  # « CPAM de la Charente » is no département
        codes = (
            self._codes_by_name.get(name)
            or self._codes_by_name.get(" ".join(sorted(name_words)))
            or self._match_abbreviation(text)
        )
        wanted = kind or written_kind
        if wanted == "CPAM":
            codes = codes | {caisse for code in codes for caisse in self._only_caisse_of(code)}
        return TerritoryMatch(
            frozenset(code for code in codes if wanted in (None, self.territories[code].kind))
        )

    def _match_abbreviation(self, text: str) -> set[str]:
        """The codes whose names the text cuts short with points: « Hauts-de-Fr. ».

        A word without a point is not completed, and nothing is found when two territories of a kind
        begin so (« Char. »): none is taken for another.
        """
        pieces = [
            (" ".join(significant_words(letters + point)), fold_accents(letters), point)
            for letters, point in re.findall(r"([^\W\d_]+)(\.?)", text)
            if point or letters.lower() not in FUNCTION_WORDS
        ]
        length = sum(len(letters) for _, letters, _ in pieces)
        if not any(point for *_, point in pieces) or length < _MIN_LETTERS_OF_ABBREVIATION:
            return set()
        pattern = " ".join(
            f"(?:{written_out}|{letters}[a-z]*)" if point else written_out
            for written_out, letters, point in pieces
        )
        begun = [(t, name) for t, name in self._names if re.match(rf"{pattern}\b", name)]
        count_by_kind = Counter(territory.kind for territory, _ in begun)
        return {
            territory.code
            for territory, name in begun
            if count_by_kind[territory.kind] == 1 and re.fullmatch(pattern, name)
        }

    def _only_caisse_of(self, departement: str) -> list[str]:
        """The caisse that goes by the name of its département, which has no other."""
        caisses = self.territories.caisses_of(departement)
        return caisses if len(caisses) == 1 else []
