"""Icons as shapes in the colours of the theme."""

from __future__ import annotations

from atlas.export.slides.box import Box
from atlas.export.slides.shapes import add_outline, path_steps
from atlas.export.slides.slide import SlideBuilder, mark_decorative
from atlas.export.slides.typesetting import paint
from atlas.settings.icons import ICON_SIDE, icon_paths


def add_icon(builder: SlideBuilder, name: str, box: Box, colour: str) -> None:
    """Draw an icon in a box, in a colour of the theme; screen readers pass over it."""
    square = Box(0, 0, ICON_SIDE, ICON_SIDE)
    steps = path_steps(icon_paths()[name])
    shape = add_outline(builder.slide.shapes, f"Pictogramme {name}", steps, box, square)
    shape.fill.solid()
    paint(shape.fill.fore_color, colour)
    mark_decorative(shape)
