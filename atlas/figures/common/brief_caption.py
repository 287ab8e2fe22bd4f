"""The caption of an image: three lines at 170 mm, with what changes the meaning of the picture.

The whole caption stays behind the figure on its page, and in the captions file beside the image.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from atlas import french
from atlas.dataset import SESSION_NOTE
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.rendering.text_metrics import wrap
from atlas.values import Value

# The caption of the format 170 mm: size and width in points, and its lines.
CAPTION_POINTS, CAPTION_WIDTH_POINTS, MAX_CAPTION_LINES = 7.5, 454, 3
#: Contradicted values named under an image; more are counted.
MAX_LISTED_CONTRADICTIONS = 3

# Paragraphs of (« Lecture », text)…
Paragraphs = tuple[tuple[tuple[str, str], ...], ...]


def with_brief_caption(context: FigureContext, figure: Figure) -> Figure:
    """The figure with the paragraphs that its images have. Figures that are composed for their box
    keep their whole caption, which has the notes of their numbers."""
    if figure.sized:
        return figure
    marks = _marks(context, figure)
    sources = (figure.source, *_shorter_sources(context, figure))
    for must_say in dict.fromkeys([figure.must_say, figure.must_say_briefly or figure.must_say]):
        champ = " ".join(text for text in (figure.champ, must_say, *marks) if text)
        for source in sources:
            for paragraphs in _arrangements(figure.lecture, champ, source):
                if _line_count(paragraphs) <= MAX_CAPTION_LINES:
                    return replace(figure, brief_caption=paragraphs)
    return replace(figure, brief_caption=paragraphs)


def _arrangements(lecture: str, champ: str, source: str) -> Iterable[Paragraphs]:
    """A line for each of the three; then two that follow each other; then all three."""
    lines = (("Lecture", lecture), ("Champ", champ), ("Source", source))
    first, second, third = (((name, text),) if text else () for name, text in lines)
    for made in ((first, second, third), (first, second + third), (first + second + third,)):
        yield tuple(paragraph for paragraph in made if paragraph)


def with_caption_lines(figure: Figure, points: float, width: float) -> Figure:
    """The figure with its caption set in three lines of this size and width, in points, where it is
    longer and they hold it: its note then follows what it is about.

    Nothing is left out: marks on a drawing refer to its notes.
    """
    paragraphs = figure.printed_caption
    texts = dict(figure.caption)
    champ = " ".join(text for name in ("Champ", "Note") if (text := texts.get(name, "")))
    for made in (paragraphs, *_arrangements(figure.lecture, champ, figure.source)):
        if _line_count(made, points, width) <= MAX_CAPTION_LINES:
            return replace(figure, brief_caption=made)
    return figure


def paragraph_text(paragraph: Sequence[tuple[str, str]]) -> str:
    """« Champ : … Source : … »: what is written on one run of lines."""
    return " ".join(f"{name} : {text}" for name, text in paragraph)


def _line_count(
    paragraphs: Paragraphs, points: float = CAPTION_POINTS, width: float = CAPTION_WIDTH_POINTS
) -> int:
    return sum(
        len(wrap(french.keep_with_punctuation(paragraph_text(one)), points, 400, width))
        for one in paragraphs
    )


def _marks(context: FigureContext, figure: Figure) -> list[str]:
    """One short clause for each thing that must be said with the values of a figure."""
    cells = [cell for column in figure.table.columns for cell in column.cells]
    values = [cell for cell in cells if isinstance(cell, Value) and cell.is_known]
    return [
        f"{french.DERIVED_MARK} Valeur calculée." if _has_mark(figure) else "",
        _contradicted(values),
        captions.revision_note(values),
        "" if figure.says_assumed_periods else _assumed(values),
        SESSION_NOTE if context.dataset.session & set(figure.sources) else "",
    ]


def _has_mark(figure: Figure) -> bool:
    """True where what is drawn bears the mark of computed values: tables hold more than that."""
    series = figure.native.series if figure.native else ()
    labels = [label for one in series for label in one.labels]
    return any(french.DERIVED_MARK in text for text in (figure.note, *labels))


def _contradicted(values: Sequence[Value]) -> str:
    """« Chiffre contredit : +93 %. », « 5 chiffres contredits. »"""
    texts = list(dict.fromkeys(french.value_text(v) for v in values if v.contradiction))
    if len(texts) > MAX_LISTED_CONTRADICTIONS:
        return f"{len(texts)} chiffres contredits."
    noun = "Chiffre contredit" if len(texts) == 1 else "Chiffres contredits"
    return f"{noun} : {french.join_with_et(texts)}." if texts else ""


def _assumed(values: Sequence[Value]) -> str:
    """« Année 2025 supposée. », « Périodes supposées. »"""
    if len(captions.assumed_periods(values)) > 1:
        return "Périodes supposées."
    note = re.split(r"\s:", captions.assumed_period_note(values))[0]
    return f"{note}." if note else ""


def _shorter_sources(context: FigureContext, figure: Figure) -> list[str]:
    """The sources without their pages, then their years alone; with the origin of the outlines."""
    credit = f"Contours : {context.shapes.credit}." if context.shapes else ""
    credit = credit if credit and credit in figure.source else ""
    known = [context.dataset.sources[key] for key in figure.sources]
    if not known:
        return []
    named = " ; ".join(captions.source_text(one) for one in known)
    dated = captions.years_of_sources(context, figure.sources)
    return [" ".join(part for part in (f"{text}.", credit) if part) for text in (named, dated)]
