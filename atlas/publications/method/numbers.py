"""What is computed, how numbers are rounded, and when a rank is given."""

from __future__ import annotations

from collections import Counter

from atlas import french
from atlas.figures.common.context import FigureContext
from atlas.indicators.precision import MAX_FIGURES_OF_WHOLE_PERCENT
from atlas.publications.method.section import MethodSection, count_text

_SMALL_NUMBERS = ("aucune", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")


def derivation(context: FigureContext) -> MethodSection:
    """What is computed, of what, and what is published once for two codes."""
    rows = context.dataset.observations
    derived = rows[rows["derived"] != ""]
    computed = int((~derived["restated"].astype(bool)).sum())
    coverage = french.format_number(100 * context.settings.display.regional_coverage)
    single = french.join_with_et(_single_departement_regions(context))
    several = french.join_with_et(_departements_of_several_caisses(context))
    return MethodSection(
        "calcul",
        "Ce qui est calculé",
        f"Une valeur calculée porte {french.DERIVED_MARK} ou « calculé », et dit comment et de "
        "quoi elle vient. Elle ne remplace jamais une valeur publiée.",
        (
            f"{count_text(computed, 'valeur calculée', 'valeurs calculées')} : le niveau de départ "
            "d’une évolution publiée avec son niveau d’arrivée ; le taux d’un département, d’après "
            "ses caisses ; celui d’une région, d’après ses départements pondérés par leur "
            f"population, s’ils en réunissent au moins {coverage}{french.NBSP}%.",
            f"{several} ont plusieurs caisses, dont aucun poids n’est publié : leur taux est donné "
            "entre le plus bas et le plus haut de ceux des caisses.",
            f"{single} : région et département à la fois, un même chiffre publié vaut pour les "
            "deux, sans être calculé.",
            "Rien n’est calculé d’un chiffre écarté, contredit, incertain ou secret.",
        ),
    )


def _single_departement_regions(context: FigureContext) -> list[str]:
    territories = context.territories
    return [
        territories[code].name
        for code in territories.of_kind("REG")
        if len(territories.of_kind("DEP", code)) == 1
    ]


def _departements_of_several_caisses(context: FigureContext) -> list[str]:
    territories = context.territories
    parents = Counter(territories[code].parent for code in territories.of_kind("CPAM"))
    return [territories[code].name for code, count in parents.items() if count > 1]


def rounding(context: FigureContext) -> MethodSection:
    """Published numbers are printed whole, computed ones with what they bear."""
    printed = int((context.dataset.observations["printed"] != "").sum())
    figures = MAX_FIGURES_OF_WHOLE_PERCENT
    return MethodSection(
        "arrondis",
        "Arrondis",
        "Un chiffre publié est écrit jusqu’à son dernier chiffre ; un chiffre calculé, avec autant "
        "de chiffres que ceux dont il vient en ont.",
        (
            "Ce que la source écrit en toutes lettres (« plus d’un tiers ») le reste : "
            f"{count_text(printed, 'chiffre')}, dont le nombre ne sert qu’à tracer.",
            f"D’une croissance en pourcents entiers, {figures} chiffres au plus. Entre deux taux, "
            "la différence est en points ; entre deux effectifs, la croissance est en pourcents. "
            f"Une évolution que l’arrondi peut expliquer est dite « {french.WITHIN_ROUNDING} ».",
        ),
    )


def ranks(context: FigureContext) -> MethodSection:
    """How much must be known before a rank is given, from the configuration."""
    rule = context.settings.display.ranks
    missing = rule.max_missing_regions
    regions = len(context.territories.of_kind("REG"))
    but = f" sauf {_SMALL_NUMBERS[missing] if missing < len(_SMALL_NUMBERS) else missing}"
    share = french.format_number(100 * rule.min_known_share)
    return MethodSection(
        "rangs",
        "Rangs",
        "Un rang n’est donné que si assez de territoires ont publié : toutes les régions"
        f"{but if missing else ''}, {share}{french.NBSP}% des départements ou des caisses. Sinon, "
        "le nombre de ceux qui ont publié est écrit.",
        (
            f"Pour les régions : {regions - missing} sur {regions} au moins. Un rang que l’arrondi "
            "ou une valeur manquante laisse ouvert est un intervalle (« 2ᵉ à 4ᵉ ») ; deux valeurs "
            "imprimées égales sont ex æquo. Le rang qu’une source imprime est cité comme le sien.",
        ),
    )
