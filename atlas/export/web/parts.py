"""The parts of a page: table of contents, sections, sources and definitions."""

from __future__ import annotations

from html import escape

from atlas.export.web.figures import figure_html, heading
from atlas.export.web.tables import download, table
from atlas.export.web.words import line, text, warning
from atlas.figures.common.figure import Figure
from atlas.figures.key_figures.key_figure import KeyFigure
from atlas.publications.publication import Publication, Section
from atlas.settings import Milestone

# Longer values are written smaller, and may leave their unit to a second line.
LONG_VALUE, NBSP = 13, "\u00a0"


def contents(publication: Publication) -> str:
    """Links to every section that has a title."""
    found = [
        (f"partie-{place}", section.title or heading(section.figure))
        for place, section in enumerate(publication.sections, start=1)
    ]
    found += [("sources", "Sources"), ("definitions", "Définitions")]
    entries = "".join(
        f'<li><a href="#{anchor}">{text(title)}</a></li>' for anchor, title in found if title
    )
    return (
        f'<nav aria-labelledby="sommaire"><h2 id="sommaire">Sommaire</h2><ol>{entries}</ol></nav>'
    )


def sections(publication: Publication) -> str:
    """Every section, in order."""
    return "".join(
        f'<section id="partie-{place}">{_section(publication, section, place)}</section>\n'
        for place, section in enumerate(publication.sections, start=1)
    )


def sources(publication: Publication) -> str:
    """The documents behind the figures, with their licences."""
    entries = "".join(
        f"<li><cite>{text(row['Titre'])}</cite>, {text(row['Éditeur'])}, {text(row['Publié'])}. "
        f"{text('Licence :')} {text(row['Licence'].lower())}. "
        f"{_address(row['Adresse ou fichier'])}</li>"
        for row in publication.sources.to_dict("records")
    )
    return f'<section id="sources"><h2>Sources</h2><ul class="sources">{entries}</ul></section>'


def definitions(publication: Publication) -> str:
    """What each indicator shown measures, and on whom."""
    entries = "".join(
        f"<div><dt>{text(row['Indicateur'])}</dt><dd>{text(row['Définition'])}</dd>"
        f"<dd>{text('Champ :')} {text(row['Champ'])}</dd></div>"
        for row in publication.definitions.to_dict("records")
    )
    return f'<section id="definitions"><h2>Définitions</h2><dl>{entries}</dl></section>'


def _address(address: str) -> str:
    if not address.startswith("https://"):
        return text(f"{address}.")
    return f'<a href="{escape(address)}" rel="noreferrer">{escape(address)}</a>'


def _section(publication: Publication, section: Section, place: int) -> str:
    parts = [f"<h2>{text(section.title)}</h2>" if section.title else ""]
    parts += [line(part.strip()) for part in section.text.split("\n\n")]
    if section.cards:
        parts.append(f'<div class="cartes">{"".join(map(_card, section.cards))}</div>')
    if section.milestones:
        parts.append(f'<ol class="frise">{"".join(map(_milestone, section.milestones))}</ol>')
    if section.table is not None:
        parts.append(_table(publication, section, place))
    if section.figure:
        parts.append(figure_html(section.figure, place, _twin(publication, section.figure)))
    if section.absent:
        parts.append(line(f"Chiffres absents des données : {', '.join(section.absent)}.", "absent"))
    return "".join(parts)


def _twin(publication: Publication, figure: Figure) -> Figure | None:
    """The earlier figure that shows the same values: paper prints their table once."""
    before = publication.figures[: publication.figures.index(figure)]
    return next((other for other in before if other.digest == figure.digest), None)


def _card(card: KeyFigure) -> str:
    long = " long" if len(card.value) > LONG_VALUE else ""
    shown = card.value.replace(NBSP, " ") if long else card.value
    lines = [
        f"<h3>{text(card.label)}</h3>",
        line(card.place, "discret"),
        line(shown, f"valeur{long}"),
        line(card.period),
        line(card.change),
        line(card.nation),
        line(card.derived and f"Calculé : {card.derived}", "etat"),
        line("Chiffre incertain" if card.uncertain else "", "etat"),
        line(f"Source : {card.source}", "petit"),
        line(card.note, "petit"),
    ]
    if card.others:
        listed = "".join(f"<li>{text(other)}</li>" for other in card.others)
        lines.append(
            f"<details><summary>Autres valeurs publiées ({len(card.others)})</summary>"
            f"<ul>{listed}</ul></details>"
        )
    return f'<article class="carte">{"".join(lines)}</article>'


def _milestone(milestone: Milestone) -> str:
    points = "".join(f"<li>{text(point)}</li>" for point in milestone.points)
    return (
        f'<li><h3><span class="an">{milestone.year}</span> {text(milestone.title)}</h3>'
        f"<ul>{points}</ul></li>"
    )


def _table(publication: Publication, section: Section, place: int) -> str:
    assert section.table is not None
    stem = f"{publication.key}_tableau-{place}"
    source = line(section.table_source and f"Source : {section.table_source}", "petit")
    return (
        f'<div class="cadre">{warning(publication.fictitious)}'
        f"{table(section.table, section.title or publication.title)}{source}"
        f"{download(stem, publication.fictitious)}</div>"
    )
