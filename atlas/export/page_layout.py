"""The page of an image: title, legend, drawing and caption laid out for one size, in points.

Nothing is scaled to fit: texts are measured with the embedded fonts and wrapped, the drawing is
laid out anew in the box that is left, beside the texts where the page is wide.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from atlas.export.embargo import embargo_line
from atlas.export.svg_text import ALERT, MUTED, SvgTextWriter
from atlas.figures.common.brief_caption import paragraph_text
from atlas.figures.common.figure import Figure
from atlas.settings import Brand, Format

# The smallest letter of a drawing is 10 px: on paper it holds 7 pt.
MIN_POINTS_PER_PX = 0.7
# Shares of the width given to the texts when they stand beside the drawing.
TEXT_COLUMN_SHARES = (0.32, 0.38, 0.44, 0.5)
# And to the legend alone, under a title that goes across the page.
LEGEND_COLUMN_SHARES = (0.17, 0.22, 0.28, 0.35)
# Pixels that a drawing needs: its least width, and the share of its natural height.
MIN_DRAWING_WIDTH_PX, MIN_HEIGHT_SHARE, MAX_HEIGHT_SHARE = 285, 0.6, 2.2

# Letters of a legend, to those of the caption.
LEGEND_SIZE_SHARE = 1.1
# Of the line of the brand, thick enough to be seen in grey on newsprint.
BRAND_LINE_POINTS = 1.2


class FormatTooSmall(Exception):
    """The figure cannot be laid out in this size; the text is French and says what is short."""


@dataclass(frozen=True)
class Options:
    """What goes around the drawing.

    title: with its subtitle; logo: an SVG or the data address of a picture, empty for none;
    brand_line: the colour of the thin line at the top, empty for none; embargo: the day until
    which nothing may be published, and is_draft: not to be published at all, which are said
    whatever else is left out; across: the title and the caption take the whole width, as on a
    slide, with the legend alone beside the drawing.
    """

    title: bool = True
    caption: bool = True
    transparent: bool = False
    logo: str = ""
    brand_line: str = ""
    embargo: dt.date | None = None
    across: bool = False
    is_draft: bool = False

    @property
    def embargo_text(self) -> str:
        """As `embargo_line` says it."""
        return embargo_line(self.embargo, is_draft=self.is_draft)


def signed_options(
    brand: Brand,
    logo: str,
    *,
    caption: bool = True,
    transparent: bool = False,
    embargo: dt.date | None = None,
) -> Options:
    """What goes around an image that stands alone: the agency signs it by its line and by its logo,
    when there is one."""
    return Options(
        caption=caption,
        transparent=transparent,
        logo=logo,
        brand_line=brand.primary,
        embargo=embargo,
    )


@dataclass(frozen=True)
class PageLayout:
    """SVG fragments, in points; boxes: x, y, width, height. pixels: the size of the drawing for
    its specification."""

    width: float
    height: float
    head: str
    legend: str
    foot: str
    logo_box: tuple[float, float, float, float]
    brand_line_box: tuple[float, float, float, float]
    box: tuple[float, float, float, float]
    pixels: tuple[int, int]


def lay_out_page(figure: Figure, size: Format, options: Options) -> PageLayout:
    """Lay a figure out; raises FormatTooSmall when it does not fit."""
    is_wide = size.height is not None and size.width >= 1.25 * size.height
    beside = LEGEND_COLUMN_SHARES if options.across and figure.legend else TEXT_COLUMN_SHARES
    columns = beside if is_wide and (figure.legend or not options.across) else ()
    found, reasons = [], []
    for column in (None, *columns):
        try:
            found.append(_Layout(figure, size, options, column).page())
        except FormatTooSmall as reason:
            reasons.append(reason)
    if not found:
        raise reasons[0]
    return max(found, key=lambda made: _room(figure, made))


def _room(figure: Figure, made: PageLayout) -> float:
    """How large the figure comes out: for a map its own size, for bars the room of their box."""
    width, height = made.pixels
    if figure.sized:
        return figure.sized.letters(width, height)
    if figure.native is None:
        return max(
            min(width / across, height * across / figure.panels * figure.ratio)
            for across in {1, figure.panels}
        )
    natural = _natural(figure, width)
    return min(width, 700) * min(1.0, height / natural)


def _natural(figure: Figure, width: float) -> float:
    """The height, in pixels, that suits a drawing of this width."""
    if figure.sized:
        return figure.sized.natural_height(width)
    if figure.native is None:
        across = figure.panels if width >= figure.panels * MIN_DRAWING_WIDTH_PX else 1
        return width / figure.ratio * figure.panels / across**2
    if figure.native.has_lines:
        return min(max(width / figure.ratio, 310), 460)
    return 640 / figure.ratio


class _Layout:
    """One way to lay a figure out. column: share of the width of the texts, or of the legend where
    titles go across, None to stack."""

    def __init__(
        self, figure: Figure, size: Format, options: Options, column: float | None
    ) -> None:
        self._figure, self._size, self._options, self._column = figure, size, options, column
        self._margin = max(8.0, size.width * 0.028)
        self._small = size.text
        self._title = max(1.2 * size.text, min(2 * size.text, size.width / 21))
        inner = size.width - 2 * self._margin
        self._column_width = inner if column is None else inner * column
        self._inner = inner if options.across else self._column_width
        self._scale = max(MIN_POINTS_PER_PX, size.text * 0.0945)

    def page(self) -> PageLayout:
        head, legend, foot = self._texts()
        if self._column is None:
            return self._stack_parts(head, legend, foot)
        if self._options.across:
            return self._between(head, legend, foot)
        return self._beside(head, legend, foot)

    def _texts(self) -> tuple[SvgTextWriter, SvgTextWriter, SvgTextWriter]:
        head = SvgTextWriter(self._margin, self._margin, self._inner)
        figure, logo = self._figure, self._logo_side if self._options.logo else 0.0
        beside = logo + self._small if logo else 0.0
        if figure.fictitious:
            head.write(
                "Données fictives", size=self._small * 1.35, weight=700, colour=ALERT, less=beside
            )
        if self._options.embargo_text:
            head.write(
                self._options.embargo_text,
                size=self._small * 1.1,
                weight=700,
                colour=ALERT,
                less=beside,
            )
        if self._options.title:
            head.write(figure.title, size=self._title, weight=600, less=beside)
            head.write(
                figure.subtitle,
                size=max(self._small, min(self._small * 1.35, self._title * 0.8)),
                colour=MUTED,
                less=beside,
            )
        if logo:
            head.y = max(head.y, self._margin + logo)
        legend = SvgTextWriter(self._margin, head.y + self._small * 0.5, self._column_width)
        if figure.legend:
            legend.write(figure.legend_title, size=self._small * 1.1, weight=600)
            legend.legend(figure.legend, self._small * LEGEND_SIZE_SHARE)
        return head, legend, self._foot()

    def _foot(self) -> SvgTextWriter:
        foot = SvgTextWriter(self._margin, 0, self._inner)
        if self._options.caption:
            for paragraph in self._figure.printed_caption:
                foot.write(paragraph_text(paragraph), size=self._small, colour=MUTED)
        if self._figure.fictitious:
            foot.write(
                "Données fictives, sans valeur statistique.",
                size=self._small,
                weight=700,
                colour=ALERT,
            )
        return foot

    @property
    def _logo_side(self) -> float:
        return self._title * 1.9

    def _stack_parts(
        self, head: SvgTextWriter, legend: SvgTextWriter, foot: SvgTextWriter
    ) -> PageLayout:
        top = legend.y + self._small * 0.7
        width = self._size.width - 2 * self._margin
        pixels = width / self._scale
        below = foot.y + self._small * 0.6 + self._margin * 0.8
        natural = _natural(self._figure, pixels)
        if self._size.height is None:
            tall, height = natural, top + natural * self._scale + below
        else:
            height = self._size.height
            available = (height - top - below) / self._scale
            tall = self._within(pixels, available, natural)
            top += (available - tall) / 2 * self._scale  # what it leaves, on both sides
        return self._page_of(
            head,
            legend,
            foot,
            (self._margin, top),
            (pixels, tall),
            height,
            height - below + self._small * 0.6,
        )

    def _beside(
        self, head: SvgTextWriter, legend: SvgTextWriter, foot: SvgTextWriter
    ) -> PageLayout:
        height = self._size.height
        assert height is not None and self._column is not None
        left = 2.2 * self._margin + self._inner
        width = self._size.width - left - self._margin
        feet = height - self._margin * 0.8 - foot.y
        if feet < legend.y + self._small:
            raise FormatTooSmall("les textes sont trop longs")
        pixels = width / self._scale
        tall = self._within(
            pixels, (height - 2 * self._margin) / self._scale, _natural(self._figure, pixels)
        )
        top = (height - tall * self._scale) / 2
        return self._page_of(head, legend, foot, (left, top), (pixels, tall), height, feet)

    def _between(
        self, head: SvgTextWriter, legend: SvgTextWriter, foot: SvgTextWriter
    ) -> PageLayout:
        """The legend and the drawing side by side, between the title and the caption."""
        height = self._size.height
        assert height is not None
        feet = height - self._margin * 0.8 - foot.y
        top = head.y + self._small * 0.5
        below = feet - self._small * 0.6
        fits = legend.holds_scale(self._figure.legend, self._small * LEGEND_SIZE_SHARE)
        if legend.y > below or not fits:
            raise FormatTooSmall("la légende est trop longue")
        left = 1.6 * self._margin + self._column_width
        pixels = (self._size.width - left - self._margin) / self._scale
        available = (below - top) / self._scale
        tall = self._within(pixels, available, _natural(self._figure, pixels))
        top += (available - tall) / 2 * self._scale
        return self._page_of(head, legend, foot, (left, top), (pixels, tall), height, feet)

    def _within(self, width: float, available: float, natural: float) -> float:
        """Bars keep a decent thickness; a map is centred in all that there is, and a drawing that
        is composed for its box fills it."""
        if self._figure.sized:
            if available <= 0 or not self._figure.sized.letters(width, available):
                raise FormatTooSmall("il ne reste pas assez de place pour les chiffres")
            return available
        least = 150 if self._figure.native is None else MIN_HEIGHT_SHARE * natural
        if available < least:
            raise FormatTooSmall("il ne reste pas assez de hauteur pour le dessin")
        return (
            available if self._figure.native is None else min(available, MAX_HEIGHT_SHARE * natural)
        )

    def _page_of(
        self,
        head: SvgTextWriter,
        legend: SvgTextWriter,
        foot: SvgTextWriter,
        corner: tuple[float, float],
        pixels: tuple[float, float],
        height: float,
        feet: float,
    ) -> PageLayout:
        if pixels[0] < MIN_DRAWING_WIDTH_PX:
            raise FormatTooSmall("il ne reste pas assez de largeur pour le dessin")
        wide, tall = round(pixels[0]), round(pixels[1])
        side = self._logo_side
        logo = (self._margin + self._inner - side, self._margin * 0.9, side, side)
        across = self._size.width - 2 * self._margin
        line = (self._margin, self._margin * 0.45, across, BRAND_LINE_POINTS)
        return PageLayout(
            self._size.width,
            height,
            head.svg,
            legend.svg,
            f'<g transform="translate(0 {feet:.2f})">{foot.svg}</g>',
            logo,
            line,
            (*corner, wide * self._scale, tall * self._scale),
            (wide, tall),
        )
