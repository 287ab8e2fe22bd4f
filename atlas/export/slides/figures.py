"""Figures, one a slide: maps as pictures, bars and curves as native charts."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from atlas.export.slides import bar_chart, line_chart
from atlas.export.slides.box import picture_box
from atlas.export.slides.presentation import FICTITIOUS, PresentationBuilder
from atlas.export.slides.slide import (
    MIN_POINTS,
    SlideBuilder,
    numbered_title,
    split_evenly,
)
from atlas.export.slides.tables import add_table
from atlas.export.slides.template import Placeholder
from atlas.export.slides.typesetting import INK, MUTED, Line, fit_lines, sizes
from atlas.figures.common.figure import Figure, NativeChart
from atlas.figures.comparison.texts import NOT_FROM_ZERO
from atlas.settings.office_templates import CAPTION, FIGURE

CAPTION_STEP_POINTS = 0.5
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


def add_figure(
    presentation: PresentationBuilder, figure: Figure, picture: Picture, *, title: str = ""
) -> None:
    """The slides of a figure. title: when its own is the one of another slide as well."""
    if figure.native is not None:  # drawn anew by the suite, from zero
        kept = figure.note.replace(NOT_FROM_ZERO, "").split(" ")
        figure = replace(figure, note=" ".join(filter(None, kept)))
    texts = _texts(figure, title or figure.title)
    plot = figure.native
    if plot is None:
        _add_picture(presentation, figure, texts, picture(figure))
    elif figure.as_table or all(
        amount is None for series in plot.series for amount in series.amounts
    ):
        # Growths without any level: there is no mark to draw, the table says it all.
        add_table(
            presentation,
            texts.title,
            figure.table,
            subtitle=texts.subtitle,
            source=texts.source,
            alert=texts.alert,
            alt=texts.alt,
            notes=texts.notes,
        )
    elif plot.has_lines:
        builder = _add_slide(presentation, figure, texts, texts.title)
        builder.describe(line_chart.add_lines(builder, plot, builder.area), "Graphique", texts.alt)
    else:
        _add_bars(presentation, figure, plot, texts)


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


def _add_slide(
    presentation: PresentationBuilder, figure: Figure, texts: _Texts, title: str
) -> SlideBuilder:
    """A slide with everything but the drawing."""
    said = {"subtitle": texts.subtitle, "source": texts.source, "alert": texts.alert}
    builder = presentation.add_content_slide(title, layout=FIGURE, notes=texts.notes, **said)
    place = replace(builder.layout[CAPTION], box=presentation.area(FIGURE, of=CAPTION, **said))
    builder.fill(CAPTION, _caption(figure, place), place.box)
    return builder


def _caption(figure: Figure, place: Placeholder) -> Sequence[Line]:
    """Lecture, Champ and Note; a note too long for the slide is left to its page of notes."""
    whole = [(name, text) for name, text in figure.caption if name != "Source"]
    short = [(name, _ELSEWHERE if name == "Note" else text) for name, text in whole]
    ladder = sizes(place.size, MIN_POINTS, CAPTION_STEP_POINTS)
    made = (
        fit_lines(partial(_paragraphs, said), ladder, place.text_width, place.box.height)
        for said in (whole, short)
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


def _add_picture(
    presentation: PresentationBuilder, figure: Figure, texts: _Texts, drawn: bytes
) -> None:
    builder = _add_slide(presentation, figure, texts, texts.title)
    place = picture_box(drawn, builder.area)
    shape: Any = builder.slide.shapes.add_picture(io.BytesIO(drawn), *place.emu)
    builder.describe(shape, "Carte", texts.alt)


def _add_bars(
    presentation: PresentationBuilder, figure: Figure, plot: NativeChart, texts: _Texts
) -> None:
    """A long list goes on over several slides, on one axis."""
    box = presentation.area(FIGURE, subtitle=texts.subtitle, source=texts.source, alert=texts.alert)
    count, axis = bar_chart.count_slides(plot, box), bar_chart.axis_of(plot, box.width)
    for number, run in enumerate(split_evenly(range(len(plot.categories)), count), start=1):
        part = bar_chart.part_of(plot, run[0], run[-1] + 1)
        builder = _add_slide(
            presentation, figure, texts, numbered_title(texts.title, number, count)
        )
        alt = (
            texts.alt
            if count == 1
            else (
                f"{texts.alt} Partie {number} sur {count}\u00a0: {part.categories[0]} à "
                f"{part.categories[-1]}."
            )
        )
        frame = bar_chart.add_bars(builder, part, box, axis, presentation.font)
        builder.describe(frame, "Graphique", alt)
