"""The pinned views of a meeting as a publication: slides, text and pages are made from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from atlas import periods
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.common.findings import without_finding
from atlas.figures.common.request import FigureRequest, RequestError
from atlas.figures.registry import figure_of
from atlas.publications.publication import Publication, Section, of_figure
from atlas.tables.data import definitions_table, sources_table
from atlas.values import concat_tables

TITLE = "Carnet de réunion"


@dataclass(frozen=True)
class Note:
    """One pinned view. link: its whole address; context: of the data set it was drawn from."""

    sentence: str
    link: str
    title: str
    requests: tuple[FigureRequest, ...]
    context: FigureContext


def notebook_publication(notes: list[Note], day: str, version: str) -> Publication:
    """One section per figure; the sentence is its title, the link its text. day: French date."""
    sections = [section for note in notes for section in _sections(note)]
    context = notes[0].context
    keys = dict.fromkeys(key for section in sections for key in section.sources)
    used = dict.fromkeys(key for section in sections for key in section.indicators)
    return Publication(
        "carnet-de-reunion",
        TITLE,
        "Les vues retenues pendant la réunion, avec leurs liens.",
        context.settings.brand.name,
        day,
        tuple(sections),
        concat_tables(
            [
                sources_table(some, [k for k in keys if k in some.dataset.sources])
                for some in {id(note.context): note.context for note in notes}.values()
            ]
        ),
        definitions_table(context, list(used)),
        version,
        any(note.context.dataset.fictitious for note in notes),
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


def figures_of(note: Note) -> list[Figure]:
    """The figures of a pinned view that can still be made."""
    return [figure for request in note.requests if (figure := _figure(note.context, request))]


def first_figure_lengths(note: Note) -> list[Figure]:
    """The first figure of a view that can still be made; then shorter forms of it, for where it
    has no room."""
    for request in note.requests:
        found = [
            figure
            for one in (request, *request.shorter_forms())
            if (figure := _figure(note.context, one))
        ]
        if found:
            return found
    return []


def notebook_slides_publication(
    views: Sequence[tuple[Note, Figure | None, str]], day: dt.date
) -> Publication:
    """A section a view: its figure under its sentence, its link in the page of notes.

    views: a note, its figure (None without any), and why there is none, or an empty text.
    """
    notes = [note for note, _, _ in views]
    whole = notebook_publication(notes, periods.label(day.isoformat()), version_of(notes))
    return replace(
        whole,
        sections=tuple(_slide_section(*view) for view in views),
        sources=whole.sources.select_rows([]),
        definitions=whole.definitions.select_rows([]),
    )


def version_of(notes: Sequence[Note]) -> str:
    """Of the data set of the first view."""
    return notes[0].context.dataset.version


def _slide_section(note: Note, figure: Figure | None, refusal: str) -> Section:
    spoken = (f"Lien\u00a0: {note.link}",)
    if figure is None:
        said = [note.title if note.sentence else "", refusal or "Cette vue n’a pas de figure."]
        text = "\n\n".join(filter(None, said))
        return Section(title=note.sentence or note.title, text=text, notes=spoken)
    titled = _under_sentence(figure, note.sentence)
    # A picture, as on the screen: the suite would draw a ranking over several slides.
    section = of_figure(Section(), replace(titled, native=None, as_table=False))
    return replace(section, notes=spoken)


def _figure(context: FigureContext, request: FigureRequest) -> Figure | None:
    try:
        return figure_of(context, request)
    except RequestError:
        return None  # its territory or page has left the configuration: the link still says which


def with_sentence(figure: Figure, sentence: str, link: str) -> Figure:
    """The figure under the sentence of the meeting, with its link under its caption."""
    titled = _under_sentence(figure, sentence)
    return replace(
        titled,
        note=f"{figure.note} Lien : {link}".strip(),
        brief_caption=(*figure.printed_caption, (("Lien", link),)),
    )


def _under_sentence(figure: Figure, sentence: str) -> Figure:
    """The same one without a sentence; else what is drawn goes to the subtitle."""
    if not sentence:
        return figure
    plain = without_finding(figure)
    drawn = ". ".join(filter(None, (plain.title, plain.subtitle)))
    return replace(plain, title=sentence, subtitle=drawn)
