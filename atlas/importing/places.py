"""A text or number of a cell → the territories that it may stand for."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from atlas.territories import Kind, Territories

# As agencies write them in tables; words without accents, in lower case.
_SHORT = {
    "nlle": "nouvelle",
    "nvlle": "nouvelle",
    "ctre": "centre",
    "vdl": "val loire",
    "st": "saint",
    "ste": "sainte",
    "gd": "grand",
    "bgne": "bourgogne",
    "fc": "franche comte",
    "fr": "france",
    "hts": "hauts",
    "htes": "hautes",
    "hte": "haute",
    "idf": "ile france",
    "cvl": "centre val loire",
    "paca": "provence alpes cote azur",
    "ara": "auvergne rhone alpes",
    "aura": "auvergne rhone alpes",
    "bfc": "bourgogne franche comte",
    "hdf": "hauts france",
    "pdl": "pays loire",
    "pdll": "pays loire",
    "martiniq": "martinique",
}
_SMALL = {"la", "le", "les", "l", "d", "de", "des", "du", "en", "et", "a", "au", "aux"}
_ARTICLES = {"la", "le", "les"}
_NATION = {
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
_HINTS: dict[str, Kind] = {
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


@dataclass(frozen=True)
class Match:
    """codes: territories that the cell may stand for, none when it says nothing known.

    lost_zero: the code was found by giving back the zero that a spreadsheet takes away (« 1 »
    for « 01 », « 11 » for the caisse « 011 »).
    """

    codes: frozenset[str] = frozenset()
    lost_zero: bool = False


def words_of(text: str) -> list[str]:
    """Lower case, without accents nor punctuation, abbreviations written out, articles left out.

    What is cut short is no article: « L.-et-Cher » is not Cher, nor « Indre-et » Indre.
    """
    found = re.findall(r"[a-z0-9]+\.?", _bare(text))
    said = [
        word.removesuffix(".")
        for place, word in enumerate(found, 1)
        if word not in _SMALL or (place == len(found) > 1 and word not in _ARTICLES)
    ]
    return [part for word in said for part in _SHORT.get(word, word).split()]


def _bare(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe"))
    return "".join(c for c in apart if not unicodedata.combining(c)).lower()


@dataclass(frozen=True)
class Gazetteer:
    """All names and codes by which a table may call a territory."""

    territories: Territories

    @cached_property
    def _names(self) -> dict[str, set[str]]:
        names: dict[str, set[str]] = {}
        for code, place in self.territories.by_code.items():
            names.setdefault(" ".join(words_of(place.name)), set()).add(code)
            names.setdefault(" ".join(sorted(words_of(place.name))), set()).add(code)
        return names

    @cached_property
    def _known(self) -> dict[tuple[str | float, Kind | None], Match]:
        """What was found before: a long table names the same places again and again."""
        return {}

    def find(self, cell: str | float, kind: Kind | None = None) -> Match:
        """Territories that a cell may name, of one kind only where the table has but one."""
        key = (cell, kind)
        if key not in self._known:
            self._known[key] = self._find(cell, kind)
        return self._known[key]

    def _find(self, cell: str | float, kind: Kind | None) -> Match:
        text = f"{cell:.15g}" if not isinstance(cell, str) else cell.strip()
        match = self._by_code(text, kind)
        return match if match.codes else Match(self._by_name(text, kind))

    def nearest(self, text: str, kind: Kind | None = None) -> str:
        """The label of the territory whose name looks most like a text; empty without one."""
        names = {
            name: code
            for name, codes in self._names.items()
            for code in codes
            if kind in (None, self.territories[code].kind)
        }
        close = difflib.get_close_matches(" ".join(words_of(text)), names, n=1, cutoff=0.6)
        return self.territories[names[close[0]]].label if close else ""

    def _by_code(self, text: str, kind: Kind | None) -> Match:
        bare = re.sub(r"[^0-9A-Z-]", "", text.upper())
        full = re.fullmatch(r"(FR|REG|DEP|DEPT|CPAM)-?([0-9AB]*)", bare)
        if full and re.search(r"\d|^FR$", bare):
            prefix = full[1].replace("DEPT", "DEP")
            match = self._by_number(full[2], prefix) if full[2] else Match(frozenset({"FR"}))
            return match if kind in (None, prefix) else Match()
        if not re.fullmatch(r"\s*\d{1,4}\s*|\s*0?2\s?[ABab]\s*0?\s*|\s*20\s?[ABab]\s*", text):
            return Match()
        found = [self._by_number(bare, k) for k in ("REG", "DEP", "CPAM") if kind in (None, k)]
        exact = [match for match in found if match.codes and not match.lost_zero]
        kept = exact or [match for match in found if match.codes]
        return Match(frozenset().union(*(match.codes for match in kept)), bool(kept) and not exact)

    def _by_number(self, number: str, kind: str) -> Match:
        code = f"{kind}-{number}"
        if code in self.territories:
            return Match(frozenset({code}))
        corsica = re.fullmatch(r"0?20?([AB])0?", number)
        if kind == "DEP" and corsica:
            return Match(frozenset({f"DEP-2{corsica[1]}"}))
        longer = f"{kind}-{number.zfill(3 if kind == 'CPAM' else 2)}"
        if longer in self.territories:
            return Match(frozenset({longer}), lost_zero=True)
        shorter = f"{kind}-{number[1:]}"  # « 075 »: three digits as in the files of the Cnam
        if kind == "DEP" and number.startswith("0") and shorter in self.territories:
            return Match(frozenset({shorter}))
        return Match()

    def _by_name(self, text: str, kind: Kind | None) -> frozenset[str]:
        if re.search(r"[-–][\s.]*$", text):
            return frozenset()  # « Charente- »: the column was too narrow
        words = words_of(re.sub(r"\(\s*\w{1,3}\s*\)|^\s*\d{1,3}\s*[-–:]", " ", text))
        hints = {_HINTS[word] for word in words if word in _HINTS}
        rest = [word for word in words if word not in _HINTS] or words
        if " ".join(rest) in _NATION:
            return frozenset({"FR"}) if kind in (None, "FR") else frozenset()
        name = " ".join(rest)
        found = (
            self._names.get(name)
            or self._names.get(" ".join(sorted(rest)))
            or self._abbreviated(text)
        )
        said = next(iter(hints)) if len(hints) == 1 else None
        if kind and said and kind != said:
            return frozenset()  # « CPAM de la Charente » is no département
        wanted = kind or said
        if wanted == "CPAM":
            found = found | {caisse for place in found for caisse in self._alone(place)}
        return frozenset(c for c in found if wanted in (None, self.territories[c].kind))

    def _abbreviated(self, text: str) -> set[str]:
        """The names whose words the text cuts short with a point: « Hauts-de-Fr. ».

        No other word is completed, and nothing is found when two territories of a kind begin
        so (« Char. »): none is taken for another.
        """
        said = [
            (" ".join(words_of(letters + dot)), _bare(letters), dot)
            for letters, dot in re.findall(r"([^\W\d_]+)(\.?)", text)
            if dot or letters.lower() not in _SMALL
        ]
        if not any(dot for *_, dot in said) or len("".join(word for _, word, _ in said)) < 3:
            return set()
        pattern = re.compile(
            " ".join(f"(?:{whole}|{word}[a-z]*)" if dot else whole for whole, word, dot in said)
        )
        begun = [
            place
            for place in self.territories.by_code.values()
            if re.match(rf"{pattern.pattern}\b", " ".join(words_of(place.name)))
        ]
        kinds = Counter(place.kind for place in begun)
        return {
            place.code
            for place in begun
            if kinds[place.kind] == 1 and pattern.fullmatch(" ".join(words_of(place.name)))
        }

    def _alone(self, departement: str) -> list[str]:
        """The caisse that goes by the name of its département, which has no other."""
        caisses = self.territories.caisses_of(departement)
        return caisses if len(caisses) == 1 else []
