"""LISEZ-MOI: what a kit holds, where its figures come from, and how they may be used."""

from __future__ import annotations

import datetime as dt

from atlas import french, periods
from atlas.export.kit_parts.registry import KIT_PARTS
from atlas.publications.publication import Publication

# The fonts come with the parts that need them.
_DESCRIPTION_BY_FOLDER = {
    **{part.folder: part.description for part in KIT_PARTS.values()},
    "polices": "Source Sans Pro (licence OFL), à installer pour le diaporama et le communiqué",
}


def readme(
    publication: Publication, files: list[str], failures: list[str], embargo: str, date: dt.date
) -> str:
    """The text of LISEZ-MOI.txt. files: paths inside the kit; failures: what is not in it."""
    lines = [publication.title, f"{publication.place}, {publication.period}", ""]
    if publication.fictitious:
        lines += ["DONNÉES FICTIVES, sans valeur statistique.", ""]
    if embargo:
        lines += [embargo.upper(), ""]
    lines += [
        f"Kit produit le {periods.label(date.isoformat())}, données {publication.version}.",
        *([publication.closing] if publication.closing else []),
        "",
        "QUE FAIRE DE QUEL FICHIER",
        *_uses(files),
        "",
        "CONTENU",
        *_contents(files),
    ]
    if failures:
        lines += ["", "CE QUI N’A PAS PU ÊTRE PRODUIT", *(f"- {text}" for text in failures)]
    lines += [
        "",
        "SOURCES",
        *_sources(publication),
        "",
        "RÉUTILISATION",
        "Chaque chiffre garde la licence de sa source, écrite ci-dessus. Citez la source et "
        "la période sous chaque image ; une valeur suivie de † est calculée et le dit.",
        "Contours des cartes : voir la ligne Source de chaque carte.",
        "Pour vérifier qu’une image est à jour : page « Vérifier une image » du tableau de bord.",
    ]
    if publication.method:
        lines += ["", "MÉTHODE", *_method(publication)]
    return "\n".join(lines) + "\n"


def _method(publication: Publication) -> list[str]:
    """A line for each section, then where the rest is."""
    summaries = [f"- {title}. {summary}" for title, summary in publication.method]
    return [
        *map(french.keep_with_punctuation, summaries),
        french.keep_with_punctuation("Le détail : page « Méthode » du tableau de bord."),
    ]


def _uses(files: list[str]) -> list[str]:
    """A line for each part that is there."""
    return [
        french.keep_with_punctuation(f"- {part.use}.")
        for part in KIT_PARTS.values()
        if any(name.startswith(f"{part.folder}/") for name in files)
    ]


def _contents(files: list[str]) -> list[str]:
    lines = []
    for folder, said in _DESCRIPTION_BY_FOLDER.items():
        mine = [name for name in files if name.startswith(f"{folder}/")]
        if mine:
            many = "s" if len(mine) > 1 else ""
            lines += [f"{folder}/ ({french.format_number(len(mine))} fichier{many}) : {said}"]
            lines += [f"    {name.partition('/')[2]}" for name in mine]
    return lines


def _sources(publication: Publication) -> list[str]:
    lines = []
    for row in french.row_texts(publication.sources):
        lines += [
            f"- {row['title']}",
            f"    {row['publisher']}, {row['published']}. Licence : {row['licence']}.",
            f"    {row['address']}",
        ]
    return lines
