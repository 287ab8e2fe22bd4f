"""Figures, one a slide: maps as shapes to be coloured anew, bars and curves as native charts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from pptx.util import Pt

from atlas.export.image import DrawingStopped, ExportError
from atlas.export.slides import bar_chart, line_chart
from atlas.export.slides.box import Box
from atlas.export.slides.legend import add_legend, legend_height
from atlas.export.slides.native_drawing import add_drawing
from atlas.export.slides.presentation import FICTITIOUS, PresentationBuilder
from atlas.export.slides.remarks import MAX_SOURCE_LINES, SEE_NOTES
from atlas.export.slides.slide import SlideBuilder, numbered_title, split_evenly
from atlas.export.slides.tables import add_table
from atlas.export.slides.template import Placeholder
from atlas.export.slides.typesetting import (
    ACCENT,
    INK,
    MIN_POINTS,
    MUTED,
    PRIMARY,
    Line,
    fit_lines,
    lines_height,
    measure,
    sizes,
    wrap_text,
)
from atlas.figures.common.figure import Figure, NativeChart
from atlas.figures.comparison.texts import NOT_FROM_ZERO
from atlas.french import keep_with_punctuation
from atlas.settings import Format
from atlas.settings.office_templates import CAPTION, FIGURE, FIGURE_AND_TEXT, SOURCE

# Points between the reading of a figure and what it covers, which stands in smaller letters.
CAPTION_GAP, CHAMP_SHARE = 10.0, 0.75
# Points: of the rule before a caption beside its figure, and from its left to the texts.
RULE_WIDTH, RULE_GAP = 3.0, 16.0
# The greatest part of the column of a caption for a legend.
MAX_LEGEND_SHARE = 0.62
Drawer = Callable[[Figure, Format], bytes]
# The sizes at which a map is drawn, in order: its place is larger and its letters grow with it, so
# that they are read from the back of a room. One that is too small for its names is drawn larger.
DRAWING_SIZES = tuple(
    Format(label="Carte d’une diapositive", width_mm=width, height_mm=height, text=10.5)
    for width, height in ((160, 120), (190, 142), (225, 168))
)


@dataclass(frozen=True)
class _Texts:
    """What the slides of one figure say alike. caption: lines beside or under it."""

    title: str
    subtitle: str
    source: str
    alert: str
    alt: str
    caption: tuple[Line, ...]
    notes: tuple[str, ...]


def add_figure(
    presentation: PresentationBuilder,
    figure: Figure,
    drawing: Drawer,
    *,
    title: str = "",
    text: str = "",
) -> None:
    """The slides of a figure. title: in the place of its own, which then stands under it; text: of
    its publisher; an address is told in the notes."""
    if figure.native is not None:  # drawn anew by the suite, from zero
        figure = _drawn_from_zero(figure)
    plot = figure.native
    if plot is None:
        _add_map(presentation, figure, largest_drawing(figure, drawing), title, text)
    elif figure.as_table or all(
        amount is None for series in plot.series for amount in series.amounts
    ):
        # Growths without any level: there is no mark to draw, the table says it all.
        texts = _texts(presentation, figure, FIGURE, title, text)
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
        texts = _texts(presentation, figure, FIGURE, title, text)
        builder = _add_slide(presentation, FIGURE, texts, texts.title)
        builder.describe(line_chart.add_lines(builder, plot, builder.area), "Graphique", texts.alt)
    else:
        texts = _texts(presentation, figure, FIGURE_AND_TEXT, title, text)
        _add_bars(presentation, plot, texts)


def _add_map(
    presentation: PresentationBuilder, figure: Figure, svg: bytes, title: str, text: str
) -> None:
    """The map alone, its legend under its caption; the whole page where the legend is long."""
    column = presentation.placeholders[FIGURE_AND_TEXT][CAPTION].box
    legend = legend_height(figure, column.width) if figure.legend else 0.0
    if presentation.is_caption_below(FIGURE_AND_TEXT) or legend > MAX_LEGEND_SHARE * column.height:
        legend = 0.0
    texts = _texts(presentation, figure, FIGURE_AND_TEXT, title, text, cut=legend)
    builder = _add_slide(presentation, FIGURE_AND_TEXT, texts, texts.title)
    add_drawing(builder, svg, builder.area, texts.alt, is_whole=not legend)
    if legend:
        place = Box(column.x, builder.area.bottom - legend, column.width, legend)
        add_legend(builder, figure, place)
        if texts.caption:
            shape = builder.placeholder(CAPTION)
            shape.height = shape.height - Pt(legend)


def largest_drawing(figure: Figure, drawing: Drawer) -> bytes:
    """The SVG with the largest letters that it holds; raises ExportError when it holds none."""
    *tried, last = DRAWING_SIZES
    for size in tried:
        try:
            return drawing(figure, size)
        except DrawingStopped:
            raise
        except ExportError:
            continue
    return drawing(figure, last)


def _drawn_from_zero(figure: Figure) -> Figure:
    """Without what is said of an axis that starts elsewhere."""

    def without_remark(text: str) -> str:
        return " ".join(filter(None, text.replace(NOT_FROM_ZERO, "").split(" ")))

    return replace(
        figure,
        note=without_remark(figure.note),
        brief_caption=tuple(
            tuple((name, without_remark(text)) for name, text in paragraph)
            for paragraph in figure.brief_caption
        ),
    )


def _texts(
    presentation: PresentationBuilder,
    figure: Figure,
    layout: str,
    title: str,
    text: str,
    *,
    cut: float = 0,
) -> _Texts:
    """cut: points of the place of the caption that something else takes."""
    alert = f"{FICTITIOUS}." if figure.fictitious else ""
    subtitle = f"{figure.title}. {figure.subtitle}" if title else figure.subtitle
    place = presentation.placeholders[layout][SOURCE]
    source = f"{figure.source} {_reservation(figure)}".strip()
    if len(wrap_text(source, place.size, place.text_width)) > MAX_SOURCE_LINES:
        source = f"{figure.source} Note\u00a0: {SEE_NOTES}" if figure.note else figure.source
    is_address = text.startswith("http")
    notes = [
        text if is_address else "",
        *(f"{name}\u00a0: {said}" for name, said in figure.caption),
        alert,
        f"Texte de remplacement\u00a0: {figure.alt}",
    ]
    around = {"subtitle": subtitle, "source": source, "alert": alert}
    return _Texts(
        title or figure.title,
        **around,
        alt=figure.alt,
        caption=tuple(
            _caption(presentation, figure, layout, around, "" if is_address else text, cut)
        ),
        notes=tuple(note for note in notes if note),
    )


def _reservation(figure: Figure) -> str:
    """What changes the meaning of the picture, as briefly as its images say it; its whole note
    where they say no less."""
    for paragraph in figure.brief_caption:
        for name, text in paragraph:
            if name == "Champ" and text.startswith(figure.champ):
                return text.removeprefix(figure.champ).strip()
    return figure.note


def _add_slide(
    presentation: PresentationBuilder, layout: str, texts: _Texts, title: str
) -> SlideBuilder:
    """A slide with everything but the drawing; a rule before a caption beside it."""
    builder = presentation.add_content_slide(
        title,
        layout=layout,
        subtitle=texts.subtitle,
        source=texts.source,
        alert=texts.alert,
        caption=texts.caption,
        notes=texts.notes,
    )
    if texts.caption and not presentation.is_caption_below(layout):
        box = Box.of(builder.placeholder(CAPTION))
        tall = lines_height(texts.caption, box.width)
        builder.add_rule(Box(box.x - RULE_GAP, box.y + 4, RULE_WIDTH, tall - 4), ACCENT)
    return builder


def _caption(
    presentation: PresentationBuilder,
    figure: Figure,
    layout: str,
    around: dict[str, str],
    text: str,
    cut: float,
) -> Sequence[Line]:
    """The words of the publisher, Lecture and Champ; what is too long is left to the notes."""
    place = presentation.caption_place(layout, **around)
    wide = presentation.is_caption_below(layout)
    said = [("", text), ("Lecture", figure.lecture), ("Champ", figure.champ)]
    short = [(name, SEE_NOTES if name == "Lecture" else words) for name, words in said]
    ladder = sizes(place.size, MIN_POINTS)
    room = place.box.height * (1.5 if wide else 1) - cut
    tried = (said, said[:2], short, short[:2])
    gap = 0 if wide else CAPTION_GAP
    made = (
        fit_lines(
            partial(_paragraphs, some, gap), _whole(ladder, some, place), place.text_width, room
        )
        for some in tried
    )
    return next((lines for lines in made if lines is not None), [])


def _whole(
    ladder: Sequence[float], said: Sequence[tuple[str, str]], place: Placeholder
) -> list[float]:
    """The sizes at which no word is wider than the place: a number keeps its noun."""
    words = [word for _, text in said for word in keep_with_punctuation(text).split(" ")]
    fitting = [
        size for size in ladder if max(measure(word, size) for word in words) <= place.text_width
    ]
    return fitting or list(ladder[-1:])


def _paragraphs(said: Sequence[tuple[str, str]], gap: float, size: float) -> list[Line]:
    found = [(name, text) for name, text in said if text]
    return [
        Line(
            text,
            max(MIN_POINTS, size * CHAMP_SHARE) if name == "Champ" else size,
            lead=f"{name}\u00a0: " if name else "",
            colour=MUTED if name == "Champ" else INK,
            lead_colour=PRIMARY,
            before=gap if place else 0,
        )
        for place, (name, text) in enumerate(found)
    ]


def _add_bars(presentation: PresentationBuilder, plot: NativeChart, texts: _Texts) -> None:
    """A long list goes on over several slides, on one axis."""
    box = presentation.area(
        FIGURE_AND_TEXT,
        subtitle=texts.subtitle,
        source=texts.source,
        alert=texts.alert,
        caption=texts.caption,
    )
    count, axis = bar_chart.count_slides(plot, box), bar_chart.axis_of(plot, box.width)
    for number, run in enumerate(split_evenly(range(len(plot.categories)), count), start=1):
        part = bar_chart.part_of(plot, run[0], run[-1] + 1)
        builder = _add_slide(
            presentation, FIGURE_AND_TEXT, texts, numbered_title(texts.title, number, count)
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
