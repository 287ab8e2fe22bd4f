"""The pinned views of a meeting as a publication: slides, text and pages are made from it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from atlas import charts
from atlas.views.desk import Desk
from atlas.views.figures import figure_of
from atlas.views.publication import Publication, Section, of_figure
from atlas.views.requests import FigureRequest, RequestError
from atlas.views.tables import definitions_table, sources_table

TITLE = "Carnet de réunion"


@dataclass(frozen=True)
class Note:
    """One pinned view. link: its whole address; desk: of the data set it was drawn from."""

    sentence: str
    link: str
    title: str
    recipes: tuple[FigureRequest, ...]
    desk: Desk


def notebook_publication(notes: list[Note], day: str, version: str) -> Publication:
    """One section per figure; the sentence is its title, the link its text. day: French date."""
    sections = [section for note in notes for section in _sections(note)]
    desk = notes[0].desk
    keys = dict.fromkeys(key for section in sections for key in section.sources)
    used = dict.fromkeys(key for section in sections for key in section.indicators)
    return Publication(
        "carnet-de-reunion",
        TITLE,
        "Les vues retenues pendant la réunion, avec leurs liens.",
        desk.settings.brand.name,
        day,
        tuple(sections),
        pd.concat(
            [
                sources_table(some, [k for k in keys if k in some.book.sources])
                for some in {id(note.desk): note.desk for note in notes}.values()
            ]
        ),
        definitions_table(desk, list(used)),
        version,
        any(note.desk.book.fictitious for note in notes),
    )


def _sections(note: Note) -> list[Section]:
    """A section by figure; one that holds the link alone where there is none."""
    made = figures_of(note)
    if not made:
        return [Section(title=note.sentence or note.title, text=f"{note.title}\n\n{note.link}")]
    first = of_figure(Section(title=note.sentence, text=note.link), made[0])
    return [
        replace(first, title=note.sentence),
        *(of_figure(Section(), figure) for figure in made[1:]),
    ]


def figures_of(note: Note) -> list[charts.Figure]:
    """The figures of a pinned view that can still be made."""
    return [figure for request in note.recipes if (figure := _figure(note.desk, request))]


def _figure(desk: Desk, request: FigureRequest) -> charts.Figure | None:
    try:
        return figure_of(desk, request)
    except RequestError:
        return None  # its territory or page has left the configuration: the link still says which


def titled(figure: charts.Figure, sentence: str, link: str) -> charts.Figure:
    """The figure under the sentence of the meeting, with its link in the caption."""
    what = f"{figure.title}. {figure.subtitle}".strip()
    note = f"{figure.note} Lien : {link}".strip()
    if not sentence:
        return replace(figure, note=note)
    return replace(figure, title=sentence, subtitle=what, note=note)
