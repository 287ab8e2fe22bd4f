"""What may be compared with what, what a percentage is of, and what is hidden."""

from __future__ import annotations

from collections import Counter

from atlas import french
from atlas.figures.common.context import FigureContext
from atlas.indicators.nation import MAX_NATION_DISTANCE_MONTHS, NO_COMPARABLE_NATION
from atlas.publications.method.section import MethodSection, count_text
from atlas.sentences.headings import generic_champ, lower_first
from atlas.settings import SecrecyRule
from atlas.values import Table, name_column, text_column


def comparability(context: FigureContext) -> MethodSection:
    """Periods, windows and definitions, and the nation beside a territory."""
    kinds = Counter(one.accumulation for one in context.settings.indicators.values())
    rolling = int((context.dataset.observations["window"] != "").sum())
    return MethodSection(
        "comparaisons",
        "Comparaisons",
        "Deux chiffres ne se comparent que si leur date, leur durée et leur définition sont les "
        "mêmes. La France à côté d’un territoire est la valeur publiée la plus proche, à "
        f"{MAX_NATION_DISTANCE_MONTHS}{french.NBSP}mois près, avant ou après ; au-delà : "
        f"« {NO_COMPARABLE_NATION} ».",
        (
            f"Sur {count_text(sum(kinds.values()), 'indicateur')} : état à une date (« fin "
            f"2025 »), {kinds['stock']} ; total sur sa période (« en 2025 »), {kinds['flow']} ; "
            f"total sur une durée glissante (« sur un an »), {kinds['rolling']}. "
            f"{count_text(rolling, 'chiffre')} sur une durée glissante : chacun se range au mois "
            "où elle s’achève.",
            "Une carte ou un classement d’évolutions garde un seul point de départ ; les autres "
            "sont cités dessous. Une courbe s’interrompt où la définition change.",
        ),
    )


def denominators(context: FigureContext) -> MethodSection:
    """What each percentage is a share of, from the configuration."""
    settings, rows = context.settings, context.dataset.observations
    shown = [
        (key, one)
        for key, one in settings.indicators.items()
        if one.in_percent and (rows["indicator"] == key).any()
    ]
    by_source = [lower_first(one.label) for _, one in shown if one.by_source]
    vague = (
        f"Le dénominateur change avec la source : {french.join_with_et(by_source)}."
        if by_source
        else ""
    )
    return MethodSection(
        "denominateurs",
        "Dénominateurs",
        "Un pourcentage se lit avec son champ, écrit sous chaque figure : des parts des profils, "
        "des assurés et de la population ne se comparent pas entre elles.",
        tuple(text for text in (*_ratio_sentences(context), vague) if text),
        (
            Table(
                (
                    name_column(
                        "indicator",
                        "Pourcentage",
                        [one.label for _, one in shown],
                        keys=[key for key, _ in shown],
                    ),
                    text_column(
                        "champ",
                        "Champ",
                        [french.capitalize_first(generic_champ(one)) for _, one in shown],
                    ),
                )
            ),
        ),
    )


def _ratio_sentences(context: FigureContext) -> list[str]:
    """« Taux d’activation = profils activés ÷ profils créés, ou ÷ (profils ouverts + …). »"""
    indicators = context.settings.indicators
    wholes: dict[tuple[str, str], list[str]] = {}
    for ratio in context.settings.checks.ratios:
        labels = [lower_first(indicators[key].label) for key in ratio.whole]
        whole = " + ".join(labels) + (", tous couloirs" if ratio.by_corridor else "")
        whole = f"({whole})" if len(labels) > 1 else whole
        wholes.setdefault((ratio.rate, ratio.part), []).append(whole)
    return [
        f"{indicators[rate].label} = {lower_first(indicators[part].label)} ÷ "
        f"{', ou ÷ '.join(found)}."
        for (rate, part), found in wholes.items()
    ]


def secrecy(context: FigureContext) -> MethodSection:
    """What is hidden, by the rules of the configuration, and how many figures are today."""
    rules = context.settings.secrecy
    indicators = context.settings.indicators
    hidden = int(context.dataset.as_published["secret"].sum())
    present = "Aucun chiffre n’est caché" if hidden == 0 else count_text(hidden, "chiffre")
    ending = "" if hidden == 0 else f" caché{'s' if hidden > 1 else ''}"
    return MethodSection(
        "secret",
        "Secret statistique",
        f"Un chiffre qui porte sur trop peu d’unités est remplacé par « {french.SECRET} », de même "
        "que ceux qui le redonneraient par soustraction.",
        (f"{present}{ending} dans les données d’aujourd’hui.",),
        (
            Table(
                (
                    name_column(
                        "indicator",
                        "Indicateur",
                        [indicators[key].label for key in rules],
                        keys=list(rules),
                    ),
                    text_column(
                        "rule", "Caché", [_rule_text(context, rule) for rule in rules.values()]
                    ),
                )
            ),
        )
        if rules
        else (),
    )


def _rule_text(context: FigureContext, rule: SecrecyRule) -> str:
    """« de 1 à 10 », « moins de 3 : professionnels et structures alimentant le DMP »."""
    labels = context.settings.indicators
    parts = []
    if rule.minimum is not None and rule.units:
        zero = "" if rule.zero else " (sauf zéro)"
        parts.append(f"moins de {rule.minimum}{zero} : {lower_first(labels[rule.units].label)}")
    elif rule.minimum is not None:
        parts.append(f"de {0 if rule.zero else 1} à {rule.minimum - 1}")
    if rule.dominance is not None:
        share = french.format_number(rule.dominance, 0 if rule.dominance % 1 == 0 else 1)
        parts.append(f"un seul contributeur en fait plus de {share}{french.NBSP}%")
    return " ; ".join(parts)
