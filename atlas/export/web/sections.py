"""The sections of a publication, with what their templates cannot find by themselves."""

from __future__ import annotations

from dataclasses import dataclass

from atlas.export.web.drawings import DrawSvg, WebDrawings, web_drawings
from atlas.export.web.tables import WebTable, web_table
from atlas.figures.common.figure import Figure
from atlas.figures.key_figures.page import SourceLetters, key_figures_html
from atlas.publications.publication import Publication, Section
from atlas.publications.section_rows import section_rows


@dataclass(frozen=True)
class WebSection:
    """A section and its place in the page.

    ``number``: from 1, in the identifiers that links use. ``heading``: its title in the table of
    contents, empty when it is not listed. ``key_figures``: HTML, empty where it has none.
    ``drawings``: of its figure. ``twin``: an earlier figure of the same values, whose table stands
    for both on paper.
    """

    number: int
    section: Section
    heading: str
    paragraphs: tuple[str, ...]
    key_figures: str
    table: WebTable | None
    drawings: WebDrawings | None
    figure_table: WebTable | None
    twin: Figure | None


def web_sections(
    publication: Publication, letters: SourceLetters, draw: DrawSvg
) -> list[list[WebSection]]:
    """Every section of the publication, in its order, one or two a row.

    letters: of the sources of the page; draw: what draws a figure at a size. Raises ExportError.
    """
    return [
        [
            _web_section(publication, section, place + 1, letters, draw, is_beside=len(row) == 2)
            for place, section in row
        ]
        for row in section_rows(publication.sections)
    ]


def _web_section(
    publication: Publication,
    section: Section,
    number: int,
    letters: SourceLetters,
    draw: DrawSvg,
    *,
    is_beside: bool,
) -> WebSection:
    figure, table = section.figure, section.table
    return WebSection(
        number,
        section,
        section.title or (figure_heading(figure) if figure else ""),
        tuple(paragraph.strip() for paragraph in section.text.split("\n\n")),
        key_figures=key_figures_html(section.cards, letters, with_place=True)
        if section.cards
        else "",
        table=None if table is None else web_table(table, section.title or publication.title),
        drawings=web_drawings(figure, draw, is_beside=is_beside) if figure else None,
        figure_table=web_table(figure.table, figure.title) if figure else None,
        twin=_twin(publication, figure) if figure else None,
    )


def figure_heading(figure: Figure) -> str:
    """Its title in a list; two drawings of the same values are told apart by their names."""
    return f"{figure.title} ({figure.name.lower()})" if figure.name else figure.title


def _twin(publication: Publication, figure: Figure) -> Figure | None:
    before = publication.figures[: publication.figures.index(figure)]
    return next((other for other in before if other.digest == figure.digest), None)
