"""Rows of totals: of which territory, told by their words and by the rows that they sum up."""

from __future__ import annotations

from dataclasses import dataclass

from atlas.importing.gazetteer import Gazetteer
from atlas.importing.text_matching import normalise
from atlas.settings import ImportProfile
from atlas.territories import Kind, Territories

# Besides those of the profile: all territories of a level, as the open data of the Cnam writes it.
_SUB_TOTAL = "sous total"
_TOTAL_BEGINNINGS = (
    _SUB_TOTAL,
    "tout departement",
    "tous departements",
    "tous les departements",
    "toutes caisses",
    "toutes les caisses",
    "toute region",
    "toutes regions",
    "toutes les regions",
    "tous couloirs",
    "tous les couloirs",
)
_CODES_OF_ALL = ("99", "999")
_WORDS_WITHOUT_SCOPE = {
    "general",
    "generale",
    "des",
    "les",
    "de",
    "la",
    "du",
    "departements",
    "departement",
    "caisses",
    "caisse",
    "regions",
    "couloirs",
    "couloir",
    "documents",
    "region",
    "regional",
    "regionale",
    "territoire",
    "annuel",
    "annee",
    "tous",
    "toutes",
}
_NATIONAL_WORDS = {"national", "nationale", "nationaux"}


@dataclass(frozen=True)
class TotalLabel:
    """What a row of totals says of its territory.

    ``territory``: the code of the région or of France, empty when it names none. ``other``: words
    that name something else than a territory of the data: « france metropolitaine ».
    ``is_partial``: « sous-total », which is never that of all of France.
    """

    territory: str = ""
    other: str = ""
    is_partial: bool = False


def read_total_label(
    text: str, profile: ImportProfile, gazetteer: Gazetteer, territories: Territories
) -> TotalLabel | None:
    """The label of a row of totals taken apart; None for a text that is none."""
    label = normalise(text)
    if label in _CODES_OF_ALL:
        return TotalLabel()
    beginnings = [*map(normalise, profile.totals.texts), *_TOTAL_BEGINNINGS]
    beginning = max(
        (b for b in beginnings if b and (label == b or label.startswith(f"{b} "))),
        key=len,
        default="",
    )
    if not beginning:
        return None
    rest = " ".join(label.removeprefix(beginning).split())
    codes = gazetteer.find(rest).codes if rest else frozenset()
    larger = [code for code in codes if territories[code].kind in ("REG", "FR")]
    if len(larger) == 1:
        return TotalLabel(larger[0])
    words = set(rest.split())
    if words & _NATIONAL_WORDS and not words - _NATIONAL_WORDS - _WORDS_WITHOUT_SCOPE:
        return TotalLabel("FR")
    other = rest if words - _WORDS_WITHOUT_SCOPE else ""
    return TotalLabel(other=other, is_partial=beginning == _SUB_TOTAL)


def territory_of_group(members: set[str], kind: Kind | None, territories: Territories) -> str:
    """The territory that a total without a name sums up; empty when it cannot be told.

    ``members``: codes of the rows above it. That of a région is the sum of all of its départements
    (or caisses), that of France of all; the sum of some of them is no territory's.
    """
    if not members or kind is None:
        return ""
    for region in {territories.region_of(code) for code in members}:
        if kind != "REG" and set(territories.of_kind(kind, region)) == members:
            return region
    return "FR" if set(territories.of_kind(kind)) == members else ""
