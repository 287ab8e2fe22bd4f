"""The sections of a publication, with what their templates cannot find by themselves."""

from __future__ import annotations

from dataclasses import dataclass

from atlas.export.web.tables import WebTable, web_table
from atlas.figures.common.figure import Figure
from atlas.publications.publication import Publication, Section


@dataclass(frozen=True)
class WebSection:
    """A section and its place in the page.

    ``number``: from 1, in the identifiers that links and the script use. ``heading``: its title in
    the table of contents, empty when it is not listed. ``twin``: an earlier figure of the same
    values, whose table stands for both on paper.
    """

    number: int
    section: Section
    heading: str
    paragraphs: tuple[str, ...]
    table: WebTable | None
    figure_table: WebTable | None
    twin: Figure | None


def web_sections(publication: Publication) -> list[WebSection]:
    """Every section of the publication, in its order."""
    return [
        _web_section(publication, section, number)
        for number, section in enumerate(publication.sections, start=1)
    ]


def _web_section(publication: Publication, section: Section, number: int) -> WebSection:
    figure, table = section.figure, section.table
    return WebSection(
        number,
        section,
        section.title or (figure_heading(figure) if figure else ""),
        tuple(paragraph.strip() for paragraph in section.text.split("\n\n")),
        table=None if table is None else web_table(table, section.title or publication.title),
        figure_table=web_table(figure.table, figure.title) if figure else None,
        twin=_twin(publication, figure) if figure else None,
    )


def figure_heading(figure: Figure) -> str:
    """Its title in a list; two drawings of the same values are told apart by their names."""
    return f"{figure.title} ({figure.name.lower()})" if figure.name else figure.title


def _twin(publication: Publication, figure: Figure) -> Figure | None:
    before = publication.figures[: publication.figures.index(figure)]
    return next((other for other in before if other.digest == figure.digest), None)
