"""The legend of a map as shapes, in the column of its caption."""

from __future__ import annotations

from pptx.enum.dml import MSO_PATTERN
from pptx.util import Pt

from atlas.export.slides.box import Box
from atlas.export.slides.slide import SlideBuilder, mark_decorative
from atlas.export.slides.typesetting import (
    INK,
    MIN_POINTS,
    MUTED,
    Line,
    lines_height,
    paint,
)
from atlas.figures.common.figure import Figure

# Points: the side of a key, between it and its name, between two rows, under the title.
KEY_WIDTH, KEY_HEIGHT, KEY_GAP, ROW_GAP, TITLE_GAP = 26.0, 15.0, 8.0, 3.0, 5.0


def legend_height(figure: Figure, width: float) -> float:
    """What the legend takes in a column."""
    rows = sum(_row_height(text, width) + ROW_GAP for text in _texts(figure))
    return lines_height([_title(figure)], width) + TITLE_GAP + rows


def add_legend(builder: SlideBuilder, figure: Figure, box: Box) -> None:
    """The title, then a key and its name in each row."""
    title = _title(figure)
    tall = lines_height([title], box.width)
    builder.add_text("Titre de la légende", Box(box.x, box.y, box.width, tall), [title])
    top = box.y + tall + TITLE_GAP
    for entry, text in zip(figure.legend, _texts(figure), strict=True):
        height = _row_height(text, box.width)
        key = builder.add_text("Clé", Box(box.x, top + 1.5, KEY_WIDTH, KEY_HEIGHT), [])
        if entry.hatched:
            key.fill.patterned()
            key.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
            paint(key.fill.fore_color, MUTED)
            paint(key.fill.back_color, entry.colour)
        else:
            key.fill.solid()
            paint(key.fill.fore_color, entry.colour)
        key.line.width = Pt(0.5)
        paint(key.line.color, MUTED)
        mark_decorative(key)
        left = box.x + KEY_WIDTH + KEY_GAP
        place = Box(left, top, box.right - left, height)
        builder.add_text("Légende de la carte", place, [Line(text, MIN_POINTS, colour=INK)])
        top += height + ROW_GAP


def _title(figure: Figure) -> Line:
    return Line(figure.legend_title, MIN_POINTS, bold=True, colour=INK)


def _texts(figure: Figure) -> list[str]:
    return [entry.text for entry in figure.legend]


def _row_height(text: str, width: float) -> float:
    return lines_height([Line(text, MIN_POINTS)], width - KEY_WIDTH - KEY_GAP)
