"""What is missing for a full map of France, in words and as a list; the files of the page."""

from __future__ import annotations

import pandas as pd

from atlas import french
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.map.texts import LEVELS
from atlas.indicators.coverage import lacking_caisses, missing
from atlas.tables.coverage import (
    CoverageChoice,
    coverage_codes,
    coverage_file,
    coverage_held,
    coverage_levels,
    coverage_overview,
    coverage_rows,
)
from atlas.tables.coverage_grid import by_region


def coverage_sentence(context: FigureContext, choice: CoverageChoice) -> str:
    """« Carte de France : 13 départements sur 101 en décembre 2025, il en manque 88. »"""
    if choice.level == "france":
        return _national_alone(context, choice.indicator)
    codes, lacking = coverage_codes(context, choice.level), _lacking(context, choice)
    one, many = LEVELS[choice.level]
    if not choice.reference_period:
        return (
            f"Aucune valeur certaine par {one} n’est connue : pour une carte de France, il "
            f"manque les {len(codes)} {many}."
        )
    known = len(codes) - len(lacking)
    rows = coverage_held(context, choice)
    computed = int(
        (rows.loc[rows["reference_period"] == choice.reference_period, "state"] == "derived").sum()
    )
    which = f" (dont {computed}\u202f{french.DERIVED_MARK})" if computed else ""
    rest = f"il en manque {len(lacking)}" if lacking else "elle est complète"
    date = captions.at(choice.reference_period, context.settings.indicators[choice.indicator])
    return (
        f"Carte de France : {known} {many if known > 1 else one} sur {len(codes)}{which} "
        f"{date}, {rest}."
    )


def _national_alone(context: FigureContext, indicator: str) -> str:
    """Said of one number, when no map can be made of it."""
    if "departements" in coverage_levels(context, indicator):
        return ""
    total = len(coverage_codes(context, "departements"))
    return (
        f"Aucun chiffre par département n’est connu : pour une carte de France, il manque "
        f"les {total} départements."
    )


def coverage_missing(context: FigureContext, choice: CoverageChoice) -> list[tuple[str, str]]:
    """What the map of the period lacks, by région: « Bretagne (4 sur 4) », names in one text.

    Empty when nothing is missing or nothing is known, and for the nation, which is one number.
    """
    lacking = _lacking(context, choice)
    if choice.level == "france" or not (lacking and choice.reference_period):
        return []
    whole = dict(by_region(context, coverage_codes(context, choice.level)))
    places = context.territories
    return [
        (
            f"{places[region].name} ({len(codes)} sur {len(whole[region])})"
            if region
            else french.capitalize_first(LEVELS[choice.level][1]),
            french.join_with_et([places[code].name for code in codes]),
        )
        for region, codes in by_region(context, lacking)
    ]


def coverage_caisses(context: FigureContext, choice: CoverageChoice) -> str:
    """Which caisses would be enough for the départements that lack a rate; empty if none would."""
    enough = _enough(context, choice)
    if not enough:
        return ""
    many = sum(len(caisses) for caisses in enough.values())
    said = (
        f"Les taux de {many} caisses suffiraient" if many > 1 else "Le taux d’une caisse suffirait"
    )
    shared = [
        context.territories[code].name for code, caisses in enough.items() if len(caisses) > 1
    ]
    if shared:
        said += (
            " : une par département, sauf "
            f"{french.join_with_et(shared)}, dont il faut toutes les caisses"
        )
    return f"{said}."


def missing_table(context: FigureContext, choice: CoverageChoice) -> pd.DataFrame:
    """One row for each territory that the map of the period lacks: code, name, région, caisses."""
    places, enough = context.territories, _enough(context, choice)
    codes = _lacking(context, choice)
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


def coverage_sheets(context: FigureContext, choice: CoverageChoice) -> dict[str, pd.DataFrame]:
    """The rows of the choice, what its map lacks, and the overview, one sheet each."""
    name = "Données fictives" if context.dataset.fictitious else "Couverture"
    return {
        name: coverage_file(context, coverage_rows(context, choice)),
        "Manquants": missing_table(context, choice),
        "Indicateurs": coverage_overview(context),
    }


def _lacking(context: FigureContext, choice: CoverageChoice) -> list[str]:
    return missing(
        coverage_held(context, choice),
        coverage_codes(context, choice.level),
        choice.reference_period,
    )


def _enough(context: FigureContext, choice: CoverageChoice) -> dict[str, list[str]]:
    """The caisses without a rate of each département without one; for a rate alone: a count of a
    département is not that of its caisses."""
    if (
        choice.level != "departements"
        or not choice.reference_period
        or (context.settings.indicators[choice.indicator].kind != "rate")
    ):
        return {}
    caisses = coverage_held(context, CoverageChoice(choice.indicator, "caisses", choice.corridor))
    return {
        code: lacking_caisses(caisses, code, choice.reference_period, context.territories)
        for code in _lacking(context, choice)
    }
