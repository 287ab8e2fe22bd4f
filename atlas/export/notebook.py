"""The notebook of a meeting as files: a slide or a page for each pinned view, its figure as it is
on the screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import typst

from atlas.export.image import DrawingStopped, ExportError, image
from atlas.export.page_layout import Options, signed_options
from atlas.export.pdf import merge
from atlas.export.render_pool import OnWait
from atlas.export.slides import slides
from atlas.export.slides.figures import largest_drawing
from atlas.figures.common.figure import Figure
from atlas.incoming_text import remove_forbidden_characters
from atlas.publications.notebook import (
    TITLE,
    Note,
    first_figure_lengths,
    notebook_slides_publication,
    with_sentence,
)
from atlas.rendering.text_metrics import FOLDER as FONT_FOLDER
from atlas.settings import Format

#: Told how many of the views are done, of how many.
OnProgress = Callable[[int, int], None]
PDF_PAGE = Format(label="A4 paysage", width_mm=297, height_mm=210, text=10.0)
NO_FIGURE = "Cette vue n’a pas de figure."
# A page of words alone, which the engine of images does not make: it draws figures.
_WORDS_PAGE = """
#set page(width: 297mm, height: 210mm, margin: 22mm)
#set text(font: "Source Sans Pro", lang: "fr", size: 16pt, fill: rgb("#1b2033"))
#set document(title: sys.inputs.title)
#rect(width: 100%, height: 1.2pt, fill: rgb(sys.inputs.colour), stroke: none)
#heading(level: 1, text(size: 26pt, sys.inputs.title))
#v(6mm)
#sys.inputs.said
#v(1fr)
#link(sys.inputs.link)
"""


@dataclass(frozen=True)
class DrawnView:
    """A pinned view with its figure and the file it is drawn in; both None where it has none, and
    why in `refusal`, which may be empty."""

    note: Note
    figure: Figure | None = None
    drawing: bytes | None = None
    refusal: str = ""


def notebook_slides(
    notes: Sequence[Note],
    *,
    day: dt.date,
    logo: bytes | None,
    on_wait: OnWait | None = None,
    on_progress: OnProgress | None = None,
) -> bytes:
    """A PowerPoint file: a cover, then a slide a view, its sentence as title, its link in the page
    of notes.

    Raises ExportError when the template was refused, or when the engine stopped.
    """
    options = Options(title=False, caption=False)

    def draw(note: Note, figure: Figure) -> bytes:
        shapes = note.context.shapes
        return largest_drawing(
            figure,
            lambda drawn, size: image(drawn, "svg", shapes, size, options=options, on_wait=on_wait),
        )

    views = list(_draw_views(notes, draw, on_progress))
    drawings = {_key(view.figure): view.drawing for view in views if view.figure and view.drawing}
    context = notes[0].context
    return slides(
        notebook_slides_publication([(v.note, v.figure, v.refusal) for v in views], day),
        context.settings.brand,
        template=context.templates.slides,
        drawing=lambda figure, size: drawings[_key(figure)],
        logo=logo,
        embargo="",
        date=day,
    )


def notebook_pdf(
    notes: Sequence[Note],
    *,
    on_wait: OnWait | None = None,
    on_progress: OnProgress | None = None,
) -> bytes:
    """A PDF, a page a view, under its sentence and with its link. Raises ExportError when the
    engine stopped."""
    brand = notes[0].context.settings.brand

    def draw(note: Note, figure: Figure) -> bytes:
        context = note.context
        return image(
            with_sentence(figure, note.sentence, note.link),
            "pdf",
            context.shapes,
            PDF_PAGE,
            options=replace(signed_options(brand, context.logo), across=True),
            data=context.dataset.version,
            on_wait=on_wait,
        )

    views = _draw_views(notes, draw, on_progress)
    pages = [view.drawing or _words_page(view, brand.primary) for view in views]
    return merge(pages, TITLE, brand.name)


def _draw_views(
    notes: Sequence[Note],
    draw: Callable[[Note, Figure], bytes],
    on_progress: OnProgress | None,
) -> Iterator[DrawnView]:
    for place, note in enumerate(notes):
        if on_progress:
            on_progress(place, len(notes))
        yield _draw_view(note, draw)


def _draw_view(note: Note, draw: Callable[[Note, Figure], bytes]) -> DrawnView:
    """With the first of the lengths of its figure that can be drawn."""
    refusal = ""
    for figure in first_figure_lengths(note):
        try:
            return DrawnView(note, figure, draw(note, figure))
        except DrawingStopped:
            raise  # not for want of room
        except ExportError as reason:
            refusal = str(reason)
    return DrawnView(note, refusal=refusal)


def _key(figure: Figure) -> tuple[tuple[tuple[str, str], ...], bool]:
    """What tells the figures of a notebook from one another."""
    assert figure.request is not None
    return tuple(sorted(figure.request.as_texts().items())), figure.fictitious


def _words_page(view: DrawnView, colour: str) -> bytes:
    """A page without figure: the sentence, what the view is, where it is."""
    note = view.note
    said = [note.title if note.sentence else "", view.refusal or NO_FIGURE]
    made = typst.compile(
        _WORDS_PAGE.encode(),
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[FONT_FOLDER]),
        format="pdf",
        sys_inputs={
            "title": remove_forbidden_characters(note.sentence or note.title or TITLE),
            "said": remove_forbidden_characters("\n".join(filter(None, said))),
            "link": remove_forbidden_characters(note.link),
            "colour": colour,
        },
        timestamp=dt.datetime(2000, 1, 1, tzinfo=dt.UTC),  # the same bytes on every day
    )
    assert isinstance(made, bytes)
    return made
