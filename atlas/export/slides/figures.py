"""Figures, one a slide: maps as pictures, bars and curves as native charts."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from atlas.export.slides import bars, curve
from atlas.export.slides.deck import FICTITIOUS, Deck
from atlas.export.slides.layouts import Box
from atlas.export.slides.page import Page, numbered, parts, room
from atlas.export.slides.tables import add_table
from atlas.export.slides.template import within
from atlas.export.slides.texts import INK, MUTED, Line, fitted
from atlas.figures.common.figure import Figure, NativeChart
from atlas.figures.comparison.texts import NOT_FROM_ZERO

# The words of the caption stand in a column beside the drawing.
COLUMN, GUTTER = 214.0, 26.0
CAPTION_SIZES = (13.0, 12.0, 11.0, 10.5, 10.0)
_ELSEWHERE = "voir les commentaires de la diapositive."
Picture = Callable[[Figure], bytes]


@dataclass(frozen=True)
class _Texts:
    """What the slides of one figure say alike."""

    title: str
    subtitle: str
    source: str
    alert: str
    alt: str
    notes: tuple[str, ...]


def add_figure(deck: Deck, figure: Figure, picture: Picture, *, title: str = "") -> None:
    """The slides of a figure. title: when its own is the one of another slide as well."""
    if figure.plot is not None:  # drawn anew by the suite, from zero
        kept = figure.note.replace(NOT_FROM_ZERO, "").split(" ")
        figure = replace(figure, note=" ".join(filter(None, kept)))
    texts = _texts(figure, title or figure.title)
    plot = figure.plot
    if plot is None:
        _add_picture(deck, figure, texts, picture(figure))
    elif figure.as_table or all(value is None for series in plot.series for value in series.values):
        # Growths without any level: there is no mark to draw, the table says it all.
        add_table(
            deck,
            texts.title,
            figure.table,
            subtitle=texts.subtitle,
            source=texts.source,
            alert=texts.alert,
            alt=texts.alt,
            notes=texts.notes,
        )
    elif plot.kind == "curve":
        page = _page(deck, figure, texts, texts.title)
        page.describe(curve.add_curve(page, plot, _drawing(page.box)), "Graphique", texts.alt)
    else:
        _add_bars(deck, figure, plot, texts)


def _texts(figure: Figure, title: str) -> _Texts:
    alert = f"{FICTITIOUS}." if figure.fictitious else ""
    notes = [
        *(f"{name}\u00a0: {text}" for name, text in figure.caption),
        alert,
        f"Texte de remplacement\u00a0: {figure.alt}",
    ]
    return _Texts(
        title,
        figure.subtitle,
        figure.source,
        alert,
        figure.alt,
        tuple(note for note in notes if note),
    )


def _page(deck: Deck, figure: Figure, texts: _Texts, title: str) -> Page:
    """A slide with everything but the drawing."""
    page = deck.content(
        title, subtitle=texts.subtitle, source=texts.source, alert=texts.alert, notes=texts.notes
    )
    box = page.box
    page.text(
        "Légende",
        Box(box.x + box.width - COLUMN, box.y + 4, COLUMN, box.height - 4),
        _caption(figure, box.height - 4),
    )
    return page


def _drawing(box: Box) -> Box:
    return Box(box.x, box.y, box.width - COLUMN - GUTTER, box.height)


def _caption(figure: Figure, tall: float) -> Sequence[Line]:
    """Lecture, Champ and Note; a note too long for the slide is left to its page of notes."""
    whole = [(name, text) for name, text in figure.caption if name != "Source"]
    short = [(name, _ELSEWHERE if name == "Note" else text) for name, text in whole]
    made = (
        fitted(partial(_paragraphs, said), CAPTION_SIZES, COLUMN, tall) for said in (whole, short)
    )
    return next((lines for lines in made if lines is not None), [])


def _paragraphs(said: Sequence[tuple[str, str]], size: float) -> list[Line]:
    return [
        line
        for place, (name, text) in enumerate(said)
        for line in (
            Line(name, size, bold=True, colour=INK, before=size if place else 0),
            Line(text, size, colour=MUTED),
        )
    ]


def _add_picture(deck: Deck, figure: Figure, texts: _Texts, drawn: bytes) -> None:
    page = _page(deck, figure, texts, texts.title)
    place = within(drawn, _drawing(page.box))
    shape: Any = page.slide.shapes.add_picture(io.BytesIO(drawn), *place.emu)
    page.describe(shape, "Carte", texts.alt)


def _add_bars(deck: Deck, figure: Figure, plot: NativeChart, texts: _Texts) -> None:
    """A long list goes on over several slides, on one axis."""
    box = _drawing(room(texts.subtitle, source=texts.source, alert=texts.alert))
    count, axis = bars.pieces(plot, box), bars.axis_of(plot, box.width)
    for number, run in enumerate(parts(range(len(plot.categories)), count), start=1):
        part = bars.part_of(plot, run[0], run[-1] + 1)
        page = _page(deck, figure, texts, numbered(texts.title, number, count))
        alt = (
            texts.alt
            if count == 1
            else (
                f"{texts.alt} Partie {number} sur {count}\u00a0: {part.categories[0]} à "
                f"{part.categories[-1]}."
            )
        )
        page.describe(bars.add_bars(page, part, box, axis), "Graphique", alt)
