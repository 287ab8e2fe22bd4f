"""Which columns name the territories of the rows, and at which level: said together, or asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from atlas.importing.gazetteer import Gazetteer
from atlas.importing.sheet import Cell
from atlas.importing.text_matching import normalise
from atlas.settings.import_profiles import UNTITLED
from atlas.territories import Kind

MIN_SHARE_OF_CELLS = 0.6  # of a column, that must name what the column is taken for
MIN_SHARE_OF_STEPS = 0.8  # of one, from row to row, in a column that numbers them
MIN_SHARE_OF_AGREEMENT = 0.5  # of the rows where a code and a name both stand for a territory
_MIN_LEAD_OF_SHARE = 0.2  # of one kind of territory over another, among the codes of a column
_MIN_LEAD = 0.1  # the same among names, once the titles have had their say
_FINENESS: dict[Kind, int] = {"FR": 0, "REG": 1, "DEP": 2, "CPAM": 3}
_SHARE_ADDED_BY_TITLE = 0.3  # to that of a kind of territory that the title of a column names
_SHARE_ADDED_BY_TABLE_TITLE = 0.15
_KINDS: tuple[Kind, ...] = ("DEP", "CPAM", "REG")
_TITLE_PATTERN_BY_KIND: dict[Kind, str] = {
    "DEP": r"\b(deps?|dpts?|depts?|departements?|departementale?s?|departementaux)\b",
    "CPAM": r"\b(caisses?|cpam|cgss|organismes?)\b",
    "REG": r"\b(regs?|regions?|regionale?s?|regionaux)\b",
}
_LABEL_TITLE_PATTERN = re.compile(
    r"\b(territoires?|codes?|numeros?|num|no|n|caisses?|noms?|libelles?|lib|libgeo|codgeo|geo|"
    r"zones?|intitules?|organismes?|insee|cog|perimetres?|deps?|dpts?|depts?|departements?|"
    r"regs?|regions?|cpam|cgss|geographie|mailles?|entites?|nccenr|ncc)\b"
)
_BY_LEVEL_PATTERN = re.compile(r"\bpar (departement|region|caisse|cpam|organisme)s?\b")
_KIND_BY_LEVEL_WORD: dict[str, Kind] = {
    "departement": "DEP",
    "region": "REG",
    "caisse": "CPAM",
    "cpam": "CPAM",
    "organisme": "CPAM",
}
_TOTAL_PATTERN = re.compile(
    r"\b(total|totaux|ensemble|france|tout|tous|toute|toutes|sous total|moyenne)\b"
)
_NUMBERING_TITLES = {"n", "no", "num", "numero", "ligne", "id", "ordre"}
_NAME_PATTERN = re.compile(r"[^\W\d_]{2}|(?i:dep|reg|cpam|d|r)[- ]?\d")  # not « 2A »
_NOT_A_CODE_PATTERN = re.compile(r"9{2,3}")
_COUNT_TITLE_PATTERN = re.compile(r"\b(nombres?|nb|taux|tx|parts?|effectifs?)\b|%")
# The régions of metropolitan France and all of them, by the numbers of the Insee: a table of just
# these is one of régions, for no table of départements has just their namesakes.
_METROPOLITAN_REGIONS = frozenset(
    ("11", "24", "27", "28", "32", "44", "52", "53", "75", "76", "84", "93", "94")
)
_OVERSEAS_REGIONS = frozenset(("01", "02", "03", "04", "06"))


@dataclass(frozen=True)
class TerritoryColumns:
    """The columns that name what the rows are about.

    ``kind``: of the territories of the rows; None when no column names any, or when the kind must
    be asked. ``territory``, ``region``: places in the rows of the columns of territories of that
    kind, and of the régions that hold them. ``question``: in French, when codes alone do not tell
    régions from départements; ``asked``: the column that it is about.
    """

    kind: Kind | None = None
    territory: tuple[int, ...] = ()
    region: tuple[int, ...] = ()
    question: str = ""
    asked: int | None = None


@dataclass(frozen=True)
class _LabelColumn:
    """``shares``: of the cells that name one territory of each kind; ``codes``: those named."""

    index: int
    title: str
    is_numeric: bool
    is_announced: bool
    shares: dict[Kind, float]
    codes: dict[Kind, list[str]]
    texts: list[str]


def detect_territory_columns(
    rows: list[list[Cell]], texts: tuple[str, ...], title: str, gazetteer: Gazetteer
) -> TerritoryColumns:
    """The columns of territories of a table and their level, from names, codes and titles.

    ``rows``: the first ones under the header; ``texts``: the titles of the columns; ``title``: the
    name of the sheet and the titles above.
    """
    columns = [
        column
        for index, text in enumerate(texts)
        if (column := _label_column(index, text, rows, gazetteer))
    ]
    named = [column for column in columns if not column.is_numeric]
    numeric = [column for column in columns if column.is_numeric]
    kind, question = _kind_of_names(named, title) if named else _kind_of_codes(numeric, title)
    if kind is None:
        asked = (named or numeric)[0].index if question else None
        return TerritoryColumns(question=question, asked=asked)
    names = [column.index for column in named if _names_rows(column, kind)]
    territory = tuple(
        column.index
        for column in columns
        if column.index in names
        or (column.is_numeric and _names_rows(column, kind))
        and (not names or _agrees_with_names(column, names[0], kind, rows, gazetteer))
    )
    region = tuple(
        column.index
        for column in columns
        if column.index not in territory and kind != "REG" and _names_regions(column)
    )
    return TerritoryColumns(kind, territory, region)


def kind_in_titles(title: str) -> Kind | None:
    """The one kind of territory that the titles of a table say its rows are; None for none."""
    words = normalise(title)
    by_level = {_KIND_BY_LEVEL_WORD[word] for word in _BY_LEVEL_PATTERN.findall(words)}
    if len(by_level) == 1:
        return by_level.pop()
    found = [k for k, pattern in _TITLE_PATTERN_BY_KIND.items() if re.search(pattern, words)]
    if set(found) == {"DEP", "REG"} and re.search(r"\bdepartements? d[eu]s? (la )?region\b", words):
        return "DEP"
    return found[0] if len(found) == 1 else None


def _label_column(
    index: int, text: str, rows: list[list[Cell]], gazetteer: Gazetteer
) -> _LabelColumn | None:
    """A column that may name territories; None when too few of its cells do."""
    filled = [row[index].text for row in rows if not row[index].is_empty]
    labels = [
        t
        for t in filled
        if not _TOTAL_PATTERN.search(normalise(t))
        and not _NOT_A_CODE_PATTERN.fullmatch(t.strip())
        and not gazetteer.place_outside(t)
    ]
    if not labels or len(filled) < MIN_SHARE_OF_CELLS * len(rows):
        return None
    said = [kind for kind in _KINDS if _title_names(text, kind)]
    kinds = said if len(said) == 1 else list(_KINDS)
    if kinds in (["DEP"], ["CPAM"]):  # « Bretagne » above its départements is no code of one
        sections = [label for label in labels if gazetteer.find(label, "REG").codes]
        finer = [label for label in labels if gazetteer.find(label, kinds[0]).codes]
        labels = [label for label in labels if label in finer or label not in sections]
    found = {kind: [gazetteer.find(label, kind).codes for label in labels] for kind in _KINDS}
    codes = {kind: [next(iter(c)) for c in found[kind] if len(c) == 1] for kind in _KINDS}
    names = sum(bool(_NAME_PATTERN.search(label)) for label in labels)
    is_numeric = names < MIN_SHARE_OF_CELLS * len(labels)
    words = normalise(text)
    is_announced = text == UNTITLED or (
        bool(_LABEL_TITLE_PATTERN.search(words)) and not _COUNT_TITLE_PATTERN.search(words)
    )
    shares = {
        kind: len(codes[kind]) / len(labels) if kind in kinds and labels else 0.0 for kind in _KINDS
    }
    if max(shares.values()) < MIN_SHARE_OF_CELLS or (is_numeric and not is_announced):
        return None
    if any(row[index].number and row[index].unit for row in rows) or _numbers_rows(text, filled):
        return None
    return _LabelColumn(index, text, is_numeric, is_announced, shares, codes, labels)


def _numbers_rows(title: str, texts: list[str]) -> bool:
    """Whether a column numbers the rows: « N° », or no title, over 1, 2, 3…"""
    if normalise(title) not in _NUMBERING_TITLES and title != UNTITLED:
        return False
    numbers = [int(text) for text in texts if text.strip().isdecimal()]
    steps = [later - earlier for earlier, later in pairwise(numbers)]
    return bool(steps) and steps.count(1) >= MIN_SHARE_OF_STEPS * len(steps)


def _kind_of_names(named: list[_LabelColumn], title: str) -> tuple[Kind | None, str]:
    """The kind of the territories that columns of names hold, and a question where it is open.

    Of columns of several kinds, the one that names most territories is what the rows are about; of
    as many, the finest: a caisse has its département beside it, a département its région.
    """
    kinds: list[tuple[int, int, Kind]] = []
    question = ""
    for column in named:
        kind = _kind_of_column(column, title)
        if kind is None:
            question = question or (
                f"« {column.title} » : ces noms sont-ils ceux de régions ou de départements ?"
            )
            continue
        kinds.append((len(set(column.codes[kind])), _FINENESS[kind], kind))
    return (max(kinds)[2], "") if kinds else (None, question)


def _kind_of_column(column: _LabelColumn, title: str) -> Kind | None:
    """The kind of territory that the names of one column are of; None when two are as likely."""
    weights = {
        kind: share
        + _SHARE_ADDED_BY_TITLE * _title_names(column.title, kind)
        + _SHARE_ADDED_BY_TABLE_TITLE * (kind == kind_in_titles(title))
        for kind, share in column.shares.items()
        if share >= MIN_SHARE_OF_CELLS
    }
    best = max(weights, key=lambda kind: weights[kind])
    others = {kind for kind, weight in weights.items() if weight > weights[best] - _MIN_LEAD}
    if {"DEP", "REG"} <= others:
        return None
    return best


def _kind_of_codes(columns: list[_LabelColumn], title: str) -> tuple[Kind | None, str]:
    """The kind of the territories that codes alone stand for, and a question where it is open."""
    kinds: list[tuple[int, int, Kind]] = []
    question = ""
    for column in columns:
        kind = _kind_of_numeric_column(column, title)
        if kind:
            kinds.append((len(set(column.codes[kind])), _FINENESS[kind], kind))
        elif not question:
            examples = ", ".join(list(dict.fromkeys(column.texts))[:3])
            question = (
                f"« {column.title} » : les codes {examples}… sont-ils ceux de régions, de "
                "départements ou de caisses ?"
            )
    return (max(kinds)[2], "") if kinds else (None, question)


def _kind_of_numeric_column(column: _LabelColumn, title: str) -> Kind | None:
    """The kind that the codes of a column are of, by its title, the table's, or the set of codes.

    None when they may be of two.
    """
    possible = [kind for kind in _KINDS if column.shares[kind] >= MIN_SHARE_OF_CELLS]
    top = max(column.shares[kind] for kind in possible)
    possible = [kind for kind in possible if column.shares[kind] > top - _MIN_LEAD_OF_SHARE]
    said = [kind for kind in possible if _title_names(column.title, kind)]
    said = said or [kind for kind in possible if kind == kind_in_titles(title)]
    numbers = {text.strip().zfill(2) for text in column.texts}
    is_set_of_regions = numbers in (
        _METROPOLITAN_REGIONS,
        _METROPOLITAN_REGIONS | _OVERSEAS_REGIONS,
    )
    if is_set_of_regions and said in ([], ["REG"]):
        return "REG"
    if len(said) == 1 and not (is_set_of_regions and said == ["DEP"]):
        return said[0]
    return possible[0] if len(possible) == 1 else None


def _title_names(title: str, kind: Kind) -> bool:
    return bool(re.search(_TITLE_PATTERN_BY_KIND[kind], normalise(title)))


def _names_rows(column: _LabelColumn, kind: Kind) -> bool:
    """Whether a column names the territories of the rows, by their names or their codes."""
    if column.shares[kind] < MIN_SHARE_OF_CELLS:
        return False
    others: list[Kind] = [other for other in _KINDS if other != kind]
    return not any(
        _title_names(column.title, other) and not _title_names(column.title, kind)
        for other in others
        if column.shares[other] >= MIN_SHARE_OF_CELLS
    )


def _agrees_with_names(
    column: _LabelColumn, names: int, kind: Kind, rows: list[list[Cell]], gazetteer: Gazetteer
) -> bool:
    """Whether codes are those of the names beside them.

    A column that its title says to be of codes is one, even where they disagree with the names: its
    rows are then refused.
    """
    if column.title != UNTITLED:
        return True
    pairs = [
        (gazetteer.find(row[column.index].text, kind).codes, codes)
        for row in rows
        if (codes := gazetteer.find(row[names].text, kind).codes)
    ]
    return sum(bool(one & other) for one, other in pairs) >= MIN_SHARE_OF_AGREEMENT * len(pairs)


def _names_regions(column: _LabelColumn) -> bool:
    """Whether a column names the régions of finer territories."""
    return column.shares["REG"] >= MIN_SHARE_OF_CELLS and (
        not column.is_numeric or _title_names(column.title, "REG")
    )
