"""What the titles of a table say of all its figures: a territory, a status, a series of sheets."""

from __future__ import annotations

import re

from atlas.importing.dates import periods_in
from atlas.importing.gazetteer import Gazetteer
from atlas.importing.sheet import Sheet
from atlas.importing.text_matching import normalise, significant_words

# A hyphen between two letters is inside a name: « Seine-et-Marne » does not name the Marne.
_PARTS_PATTERN = re.compile(r"(?<!\w)-|-(?!\w)|[–—:,;()]|\bpar\b")
_PROVISIONAL_PATTERN = re.compile(r"\b(provisoires?|semi definiti\w+|estim\w+ provisoires?)\b")
PROVISIONAL_NOTE = "Données provisoires."  # of a figure whose titles say it in any words


def find_territory_in_titles(
    title: str, gazetteer: Gazetteer, *, with_departements: bool = False
) -> str:
    """The code of the région that the titles name; FR when they name France alone.

    ``title``: the name of the sheet and the titles above the table, one a line.
    ``with_departements``: also a département, where a part of a title is its name. Empty when the
    titles name none or several.
    """
    lines = [_without_departements(line, gazetteer) for line in title.splitlines()]
    named = {
        territory.code
        for territory in gazetteer.territories.by_code.values()
        if territory.kind in ("FR", "REG")
        and any(f" {' '.join(significant_words(territory.name))} " in line for line in lines)
    }
    if with_departements and not named - {"FR"}:
        named |= _departements_in_titles(title, gazetteer)
    codes = named - {"FR"} or named  # « Île-de-France » is not France
    return codes.pop() if len(codes) == 1 else ""


def _without_departements(line: str, gazetteer: Gazetteer) -> str:
    """The words of a line without the names of départements that hold that of a région.

    « Corse-du-Sud » is not Corse.
    """
    text = f" {' '.join(significant_words(line))} "
    for departement, region in _names_within_names(gazetteer):
        if region in text:
            text = text.replace(departement, " ")
    return text


def _names_within_names(gazetteer: Gazetteer) -> list[tuple[str, str]]:
    """The names of départements that hold that of a région, each with it, between spaces."""
    names: dict[str, list[str]] = {"REG": [], "DEP": []}
    for territory in gazetteer.territories.by_code.values():
        if territory.kind in names:
            names[territory.kind].append(f" {' '.join(significant_words(territory.name))} ")
    return [
        (departement, region)
        for departement in names["DEP"]
        for region in names["REG"]
        if region in departement and region != departement
    ]


def _departements_in_titles(title: str, gazetteer: Gazetteer) -> set[str]:
    """Those whose name is the whole of a line or of a part of it: « Bilan 2025 - Gironde »."""
    codes: set[str] = set()
    for line in title.splitlines():
        for part in (line, *_PARTS_PATTERN.split(line)):
            for written in periods_in(part):
                part = part.replace(written, " ")
            if not part.strip().isdecimal():
                codes |= gazetteer.find(part, "DEP").codes
    return codes


def says_provisional(text: str) -> bool:
    """Whether a title or a note says that figures are provisional."""
    return bool(_PROVISIONAL_PATTERN.search(normalise(text)))


def is_series(sheets: list[Sheet]) -> bool:
    """Whether sheets are one table cut in several: the same texts but for periods and figures.

    A sheet with a note of its own is another table: what it says may not hold for the others.
    """
    shapes = {_texts_beside_figures(sheet) for sheet in sheets}
    return len(shapes) == 1


def _texts_beside_figures(sheet: Sheet) -> int:
    """How many rows of the sheet hold one text alone: titles and notes."""
    return sum(
        len({cell.text for cell in cells if not cell.is_empty}) == 1 for cells in sheet.cells
    )
