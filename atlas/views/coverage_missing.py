"""What is missing for a full map of France, in words and as a list; the files of the page."""

from __future__ import annotations

import pandas as pd

from atlas import wording
from atlas.indicators.coverage import lacking_caisses, missing
from atlas.views import captions
from atlas.views.coverage import (
    CoverageChoice,
    coverage_codes,
    coverage_file,
    coverage_held,
    coverage_levels,
    coverage_overview,
    coverage_rows,
)
from atlas.views.coverage_grid import by_region
from atlas.views.desk import Desk
from atlas.views.map_words import LEVELS


def coverage_sentence(desk: Desk, choice: CoverageChoice) -> str:
    """« Carte de France : 13 départements sur 101 en décembre 2025, il en manque 88. »"""
    if choice.level == "france":
        return _national_alone(desk, choice.indicator)
    codes, lacking = coverage_codes(desk, choice.level), _lacking(desk, choice)
    one, many = LEVELS[choice.level]
    if not choice.when:
        return (
            f"Aucune valeur certaine par {one} n’est connue : pour une carte de France, il "
            f"manque les {len(codes)} {many}."
        )
    known = len(codes) - len(lacking)
    rows = coverage_held(desk, choice)
    computed = int((rows.loc[rows["when"] == choice.when, "state"] == "derived").sum())
    which = f" (dont {computed}\u202f{captions.DERIVED_MARK})" if computed else ""
    rest = f"il en manque {len(lacking)}" if lacking else "elle est complète"
    date = captions.at(choice.when, desk.settings.indicators[choice.indicator])
    return (
        f"Carte de France : {known} {many if known > 1 else one} sur {len(codes)}{which} "
        f"{date}, {rest}."
    )


def _national_alone(desk: Desk, indicator: str) -> str:
    """Said of one number, when no map can be made of it."""
    if "departements" in coverage_levels(desk, indicator):
        return ""
    total = len(coverage_codes(desk, "departements"))
    return (
        f"Aucun chiffre par département n’est connu : pour une carte de France, il manque "
        f"les {total} départements."
    )


def coverage_missing(desk: Desk, choice: CoverageChoice) -> list[tuple[str, str]]:
    """What the map of the period lacks, by région: « Bretagne (4 sur 4) », names in one text.

    Empty when nothing is missing or nothing is known, and for the nation, which is one number.
    """
    lacking = _lacking(desk, choice)
    if choice.level == "france" or not (lacking and choice.when):
        return []
    whole = dict(by_region(desk, coverage_codes(desk, choice.level)))
    places = desk.territories
    return [
        (
            f"{places[region].name} ({len(codes)} sur {len(whole[region])})"
            if region
            else wording.capital(LEVELS[choice.level][1]),
            wording.enumeration([places[code].name for code in codes]),
        )
        for region, codes in by_region(desk, lacking)
    ]


def coverage_caisses(desk: Desk, choice: CoverageChoice) -> str:
    """Which caisses would be enough for the départements that lack a rate; empty if none would."""
    enough = _enough(desk, choice)
    if not enough:
        return ""
    many = sum(len(caisses) for caisses in enough.values())
    said = (
        f"Les taux de {many} caisses suffiraient" if many > 1 else "Le taux d’une caisse suffirait"
    )
    shared = [desk.territories[code].name for code, caisses in enough.items() if len(caisses) > 1]
    if shared:
        said += (
            " : une par département, sauf "
            f"{wording.enumeration(shared)}, dont il faut toutes les caisses"
        )
    return f"{said}."


def missing_table(desk: Desk, choice: CoverageChoice) -> pd.DataFrame:
    """One row for each territory that the map of the period lacks: code, name, région, caisses."""
    places, enough = desk.territories, _enough(desk, choice)
    codes = _lacking(desk, choice)
    table = pd.DataFrame(
        {
            "Territoire": codes,
            "Nom": [places[code].name for code in codes],
            "Région": [places[places.region_of(code)].name for code in codes],
        }
    )
    if enough:
        table["Caisses dont le taux suffirait"] = [
            " ; ".join(places[caisse].label for caisse in enough[code]) for code in codes
        ]
    return table


def coverage_sheets(desk: Desk, choice: CoverageChoice) -> dict[str, pd.DataFrame]:
    """The rows of the choice, what its map lacks, and the overview, one sheet each."""
    name = "Données fictives" if desk.book.fictitious else "Couverture"
    return {
        name: coverage_file(desk, coverage_rows(desk, choice)),
        "Manquants": missing_table(desk, choice),
        "Indicateurs": coverage_overview(desk),
    }


def _lacking(desk: Desk, choice: CoverageChoice) -> list[str]:
    return missing(coverage_held(desk, choice), coverage_codes(desk, choice.level), choice.when)


def _enough(desk: Desk, choice: CoverageChoice) -> dict[str, list[str]]:
    """The caisses without a rate of each département without one; for a rate alone: a count of a
    département is not that of its caisses."""
    if (
        choice.level != "departements"
        or not choice.when
        or (desk.settings.indicators[choice.indicator].kind != "rate")
    ):
        return {}
    caisses = coverage_held(desk, CoverageChoice(choice.indicator, "caisses", choice.corridor))
    return {
        code: lacking_caisses(caisses, code, choice.when, desk.territories)
        for code in _lacking(desk, choice)
    }
