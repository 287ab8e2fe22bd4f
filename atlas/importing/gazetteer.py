"""A text or number of a cell → the territories that it may stand for."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from atlas.importing.cells import split_marks
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
# Written without points nor spaces: « 2A », « 02A », « 20A » for Corsica, 1 to 3 digits elsewhere.
_CODE = r"(?:0?2[ABab]0?|20[ABab]|\d{1,3})"
_CODE_BEFORE_NAME_PATTERN = re.compile(rf"\s*\(?\b({_CODE})\b\)?\s*[-–—:.]?\s*(?=[^\W\d_])(.+)")
# Of one digit in parentheses is a note: « Paris (1) ».
_CODE_AFTER_NAME_PATTERN = re.compile(
    rf"(.*[^\W\d_].*?)\s*(?:\(\s*((?!\d\s*\)){_CODE})\s*\)|[-–—:]\s*({_CODE})|\s({_CODE}))\s*"
)
_INVERTED_NAME_PATTERN = re.compile(r"(.+?)\s*\(([^\W\d_][^()]*)\)")  # « Rhône (Bouches-du) »
_FULL_CODE_PATTERN = re.compile(
    r"(FR|REG|R|REGION|DEP|DEPT|DPT|D|DEPARTEMENT|CPAM|CAISSE)[-. ]?([0-9AB]*)"
)
_PREFIX_BY_WORD = {
    "R": "REG",
    "REGION": "REG",
    "DEPT": "DEP",
    "DPT": "DEP",
    "D": "DEP",
    "DEPARTEMENT": "DEP",
    "CAISSE": "CPAM",
}
_GROUP_CURE = "Laissez cette ligne de côté, ou écrivez les territoires qu’elle réunit."
_COMMUNITY_CURE = "Laissez cette ligne de côté."
_LYON_CURE = "Le département du Rhône (69) les réunit : donnez son chiffre."
# Places that tables name and that are no territory of the data, by their words: why, and the cure.
_PLACES_OUTSIDE = {
    **dict.fromkeys(
        ("france metropolitaine", "metropole", "hexagone", "france hexagonale", "france hors drom")
        + ("france hors dom", "france metro", "province", "france province"),
        ("n’est pas la France entière, et n’est pas un territoire des données", _GROUP_CURE),
    ),
    **dict.fromkeys(
        ("drom", "dom", "dom tom", "drom com", "outre mer", "outremer", "antilles guyane")
        + ("antilles", "dom com", "drom mayotte"),
        ("réunit plusieurs territoires et n’est pas un territoire des données", _GROUP_CURE),
    ),
    **dict.fromkeys(
        ("saint martin", "saint barthelemy", "saint pierre miquelon", "wallis futuna")
        + ("polynesie francaise", "polynesie", "nouvelle caledonie", "terres australes")
        + ("975", "977", "978", "984", "986", "987", "988"),
        ("est une collectivité qui n’est pas un département", _COMMUNITY_CURE),
    ),
    **dict.fromkeys(
        ("metropole lyon", "grand lyon", "69m", "lyon metropole"),
        ("est la métropole de Lyon, une partie du Rhône", _LYON_CURE),
    ),
    **dict.fromkeys(
        ("69d", "rhone hors metropole", "rhone hors metropole lyon", "nouveau rhone"),
        ("est le Rhône sans la métropole de Lyon", _LYON_CURE),
    ),
    **dict.fromkeys(
        ("etranger", "hors france", "inconnu", "non renseigne", "autre", "autres"),
        ("n’est pas un territoire des données", _COMMUNITY_CURE),
    ),
}
# Rows that sum up others without being the total of a territory, by their first word.
_STATISTIC_WORDS = {
    "moyenne",
    "mediane",
    "minimum",
    "maximum",
    "min",
    "max",
    "ecart",
    "quartile",
    "decile",
    "autre",
    "autres",
    "reste",
}
_KINDS_WITH_NUMBER: tuple[Kind, ...] = ("REG", "DEP", "CPAM")
_MIN_LETTERS_OF_ABBREVIATION = 3
_MIN_SIMILARITY = 0.75  # of a misspelt name and a name, from 0 to 1 (difflib)


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
    def _matches(self) -> dict[tuple[str, Kind | None], TerritoryMatch]:
        """What was found before: a long table names the same territories again and again."""
        return {}

    def find(self, cell: str, kind: Kind | None = None) -> TerritoryMatch:
        """The territories that a cell may name; of one kind only where the table has but one.

        A cell that holds a code and a name that disagree names none: « 42 - Rhône ».
        """
        key = (cell, kind)
        if key not in self._matches:
            self._matches[key] = self._match(cell.strip(), kind)
        return self._matches[key]

    def place_outside(self, text: str) -> tuple[str, str] | None:
        """Why a place that tables often name is no territory of the data, and what to do.

        A French predicate (« est une collectivité… ») and a cure; None for other texts.
        """
        words = " ".join(significant_words(split_marks(text)[0]))
        without_code = re.sub(r"^\d{3} ", "", words)
        if words.split() and words.split()[0] in _STATISTIC_WORDS:
            return "n’est pas un territoire", _COMMUNITY_CURE
        return _PLACES_OUTSIDE.get(words) or _PLACES_OUTSIDE.get(without_code)

    def _match(self, text: str, kind: Kind | None) -> TerritoryMatch:
        text = text.replace("_", " ")
        match = self._match_code(text, kind)
        if match.codes:
            return match
        bare = split_marks(text)[0] if not text[:1].isdecimal() else text
        for pattern in (_CODE_BEFORE_NAME_PATTERN, _CODE_AFTER_NAME_PATTERN):
            parts = pattern.fullmatch(bare)
            if not parts:
                continue
            before = pattern is _CODE_BEFORE_NAME_PATTERN
            code = parts[1] if before else parts[2] or parts[3] or parts[4]
            named = self._match_name(parts[2] if before else parts[1], kind)
            if not named.codes:
                continue
            numbered = self._match_code(code, kind)
            both = named.codes & numbered.codes
            return TerritoryMatch(both, lost_zero=bool(both) and numbered.lost_zero)
        match = self._match_name(bare, kind)
        inverted = _INVERTED_NAME_PATTERN.fullmatch(bare)
        if inverted and not match.codes:
            return self._match_name(f"{inverted[2]} {inverted[1]}", kind)
        return match

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
        bare = re.sub(r"[^0-9A-Z-]", "", fold_accents(text).upper())
        full = _FULL_CODE_PATTERN.fullmatch(bare)
        if full and (full[2] or bare == "FR"):
            prefix = _PREFIX_BY_WORD.get(full[1], full[1])
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
        words = significant_words(text)
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
