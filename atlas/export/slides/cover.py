"""The first slide."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

from atlas import periods
from atlas.export.slides.box import Box, picture_box
from atlas.export.slides.presentation import FICTITIOUS, PresentationBuilder
from atlas.export.slides.shapes import add_outline, box_of, path_steps
from atlas.export.slides.slide import SlideBuilder, mark_decorative
from atlas.export.slides.template import Placeholder
from atlas.export.slides.typesetting import (
    MIN_POINTS,
    MUTED,
    PAPER,
    Line,
    fit_lines,
    paint,
    sizes,
)
from atlas.settings.office_templates import (
    DATE,
    EMBARGO,
    LOGO,
    MENTION,
    PLACE,
    PUBLISHER,
    SILHOUETTE,
    TITLE,
)

# Steps of the sizes that are tried for the title; sizes of the introduction under the place;
# points above the introduction and between the logo and the name of the publisher.
TITLE_STEP, INTRODUCTION_POINTS, INTRODUCTION_GAP, LOGO_GAP = 2.0, (18.0, 14.0), 8.0, 16.0


def add_cover(presentation: PresentationBuilder, date: dt.date) -> None:
    """Title, place and period, publisher, date, and what must be said of the whole."""
    publication, builder = presentation.publication, presentation.add_cover()
    builder.fill_title(
        TITLE, publication.title, builder.layout[TITLE].box, TITLE_STEP, prefer_one_line=False
    )
    _fill_place(presentation, builder)
    _fill_publisher(presentation, builder)
    _draw_silhouette(presentation, builder)
    builder.fill_fitted(DATE, periods.label(date.isoformat()), bold=False)
    builder.fill_fitted(EMBARGO, presentation.embargo, bold=True)
    builder.fill_fitted(MENTION, FICTITIOUS if publication.fictitious else "", bold=True)


def _fill_place(presentation: PresentationBuilder, builder: SlideBuilder) -> None:
    """Place and period, then the introduction."""
    publication, where = presentation.publication, builder.layout[PLACE]
    place = Line(f"{publication.place}, {publication.period}", where.size)
    place = replace(place, size=_fitting(place, where))
    lines = fit_lines(
        lambda size: [
            place,
            Line(publication.introduction, size, bold=False, colour=MUTED, before=INTRODUCTION_GAP),
        ],
        sizes(*INTRODUCTION_POINTS),
        where.text_width,
        where.box.height,
    )
    builder.fill(PLACE, lines or [place])


def _fitting(line: Line, place: Placeholder) -> float:
    """The size at which a line stands on one, as near to that of its place as may be."""
    ladder = sizes(place.size, MIN_POINTS)
    fitting = (size for size in ladder if replace(line, size=size).width <= place.text_width)
    return next(fitting, ladder[-1])


def _draw_silhouette(presentation: PresentationBuilder, builder: SlideBuilder) -> None:
    """The outline of the territory, where there is one and the layout has a place for it."""
    outline = presentation.publication.silhouette
    if outline is not None and SILHOUETTE in builder.layout:
        steps = path_steps(outline.path)
        taken, room = box_of(steps), builder.layout[SILHOUETTE].box
        scale = min(room.width / taken.width, room.height / taken.height)
        width, height = taken.width * scale, taken.height * scale
        box = Box(
            room.x + (room.width - width) / 2, room.y + (room.height - height) / 2, width, height
        )
        shape = add_outline(builder.slide.shapes, SILHOUETTE, steps, box)
        shape.fill.solid()
        paint(shape.fill.fore_color, PAPER)
        mark_decorative(shape)
    builder.remove(SILHOUETTE)


def _fill_publisher(presentation: PresentationBuilder, builder: SlideBuilder) -> None:
    """The logo, and the name of the publisher, where the layout has a place for them."""
    name, logo = presentation.brand.name, presentation.logo
    drawn = None
    if logo is not None and LOGO in builder.layout:
        drawn = picture_box(logo, builder.layout[LOGO].box, left=True)
        shape = builder.slide.shapes.add_picture(io.BytesIO(logo), *drawn.emu)
        builder.describe(shape, LOGO, f"Logo\u00a0: {name}")
    builder.remove(LOGO)
    if PUBLISHER in builder.layout:
        place = builder.layout[PUBLISHER]
        start = _name_start(builder, drawn)
        box = Box(start, place.box.y, place.box.right - start, place.box.height)
        builder.fill(PUBLISHER, [Line(name, place.size)], box)


def _name_start(builder: SlideBuilder, drawn: Box | None) -> float:
    """The name stands against a logo narrower than its place, and in its place without one."""
    name = builder.layout[PUBLISHER].box
    if LOGO not in builder.layout or name.x < builder.layout[LOGO].box.right:
        return name.x
    return drawn.right + LOGO_GAP if drawn else builder.layout[LOGO].box.x
