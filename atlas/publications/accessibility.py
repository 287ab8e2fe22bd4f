"""The declaration of accessibility, as the French law and the RGAA have it."""

from __future__ import annotations

from atlas import french, periods
from atlas.publications.method.section import MethodSection, count_text
from atlas.settings import Settings
from atlas.settings.accessibility import AccessibilityStatement, Criterion, Result
from atlas.values import Table, name_column, text_column

_THEMES = (
    "Images",
    "Cadres",
    "Couleurs",
    "Multimédia",
    "Tableaux",
    "Liens",
    "Scripts",
    "Éléments obligatoires",
    "Structuration",
    "Présentation",
    "Formulaires",
    "Navigation",
    "Consultation",
)


def accessibility_sections(
    settings: Settings, statement: AccessibilityStatement
) -> tuple[MethodSection, ...]:
    """State, results, contents that are not accessible, how it was established, and to whom to
    write."""
    return (
        _state(settings, statement),
        _results(statement),
        _inaccessible(statement),
        MethodSection(
            "etablissement",
            "Établissement de cette déclaration",
            f"Déclaration établie le {periods.label(statement.evaluated_on.isoformat())}.",
            statement.method,
        ),
        _contact(settings),
    )


def _state(settings: Settings, statement: AccessibilityStatement) -> MethodSection:
    rate = french.format_number(statement.rate, 0)
    missed = count_text(len(statement.with_result("non conforme")), "critère")
    return MethodSection(
        "etat",
        "État de conformité",
        f"« {settings.brand.title} » est {statement.conformity} avec le référentiel général "
        "d’amélioration de l’accessibilité (RGAA), version 4.1, en raison des non-conformités "
        "énumérées ci-dessous.",
        (
            f"L’auto-évaluation trouve {rate}\u00a0% des critères applicables respectés ; "
            f"{missed} ne le sont pas.",
        ),
    )


def _results(statement: AccessibilityStatement) -> MethodSection:
    results = [(result, statement.with_result(result)) for result in _counted()]
    return MethodSection(
        "resultats",
        "Résultats, critère par critère",
        " ; ".join(
            f"{count_text(len(found), 'critère')} {result}{_s(found)}" for result, found in results
        )
        + ".",
        tables=(_criteria_table(statement.criteria),),
    )


def _counted() -> tuple[Result, ...]:
    return ("conforme", "non conforme", "non applicable")


def _s(found: tuple[Criterion, ...]) -> str:
    return "s" if len(found) > 1 else ""


def _criteria_table(criteria: tuple[Criterion, ...]) -> Table:
    numbers = [one.number for one in criteria]
    return Table(
        (
            name_column("criterion", "Critère", numbers, keys=numbers),
            text_column("theme", "Thème", [_THEMES[int(n.partition(".")[0]) - 1] for n in numbers]),
            text_column("subject", "Objet", [one.subject for one in criteria]),
            text_column(
                "result", "Résultat", [french.capitalize_first(one.result) for one in criteria]
            ),
            text_column("remark", "Remarque", [one.remark for one in criteria]),
        )
    )


def _inaccessible(statement: AccessibilityStatement) -> MethodSection:
    found = statement.framework_findings
    tables = (
        (
            Table(
                (
                    name_column(
                        "rule",
                        "Règle d’axe-core",
                        [f.rule for f in found],
                        keys=[f"{f.rule} {f.selector}" for f in found],
                    ),
                    text_column("effect", "Effet", [one.effect for one in found]),
                )
            ),
        )
        if found
        else ()
    )
    return MethodSection(
        "contenus-non-accessibles",
        "Contenus non accessibles",
        "Ce qui suit ne l’est pas, avec la raison et ce qui le remplace.",
        statement.inaccessible,
        tables,
    )


def _contact(settings: Settings) -> MethodSection:
    contact = settings.brand.contact
    whom = f"à {contact}" if contact else "à l’équipe qui publie ces chiffres"
    return MethodSection(
        "contact",
        "Retour d’information et contact",
        f"Si un contenu ou un service vous est inaccessible, écrivez {whom} pour être orienté vers "
        "une alternative accessible ou l’obtenir sous une autre forme.",
        (
            "Sans réponse satisfaisante, vous pouvez saisir le Défenseur des droits, par son "
            "formulaire (formulaire.defenseurdesdroits.fr) ou par courrier, sans affranchir : "
            "Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07.",
        ),
    )
