"""What every part of a press kit has, and what it is made from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TypedDict

from atlas.export.embargo import embargo_line
from atlas.export.image import Drawing, logo_png, prepare_drawing
from atlas.export.page_layout import Options
from atlas.export.render_pool import RenderPool
from atlas.export.signing import signing_key
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.publications.publication import Publication
from atlas.rendering.image_kinds.registry import USUAL_KINDS
from atlas.settings import Format

# Path inside the kit and maker of each file; a maker raises ExportError. Files that come together
# are made one after the other: a drawing process keeps the last drawing of Vega.
FileMakers = Iterator[Mapping[str, Callable[[], bytes]]]


class CoverLines(TypedDict):
    """What every document prints of the kit it is in."""

    embargo: str
    date: dt.date


@dataclass(frozen=True)
class KitRequest:
    """One publication as files. formats: of its images, by key; image_kinds: keys of IMAGE_KINDS;
    date: of the making; embargo: nothing is published before; logo: on its images and its press
    pack; bleed_mm: around the pages of its press pack, 0 for none."""

    context: FigureContext
    publication: Publication
    pool: RenderPool
    formats: Mapping[str, Format]
    date: dt.date
    image_kinds: tuple[str, ...] = USUAL_KINDS
    embargo: dt.date | None = None
    logo: bool = True
    bleed_mm: float = 0

    @property
    def cover_lines(self) -> CoverLines:
        """As the makers of documents take them."""
        is_draft = self.publication.is_draft
        return {"embargo": embargo_line(self.embargo, is_draft=is_draft), "date": self.date}

    def draw(self, figure: Figure, kind: str, size: Format, options: Options) -> bytes:
        """One image of the kit; raises ExportError."""
        return self.prepare(figure, size, options).draw(kind, self.pool)

    def prepare(self, figure: Figure, size: Format, options: Options) -> Drawing:
        """What is drawn as files of several kinds, which say that they are a draft's when their
        publication is one; raises ExportError."""
        return prepare_drawing(
            figure,
            self.context.shapes,
            size,
            options=replace(options, is_draft=self.publication.is_draft),
            data=self.publication.version,
            author=self.context.settings.brand.name,
            signing_key=signing_key(self.context.settings),
        )

    def picture_maker(self, size: Format) -> Callable[[Figure], bytes]:
        """What draws the PNG of a figure inside a document, which prints title and caption.
        The picture says the embargo itself: it is copied out of the document."""
        return partial(self.draw, kind="png", size=size, options=self._bare)

    def draw_bare_svg(self, figure: Figure, size: Format) -> bytes:
        """As `picture_maker`, as SVG; raises ExportError."""
        return self.draw(figure, "svg", size, self._bare)

    @property
    def _bare(self) -> Options:
        return Options(title=False, caption=False, embargo=self.embargo)

    def logo_png(self) -> bytes | None:
        """As a bitmap: office suites do not all draw SVG. None without a logo. Raises
        ExportError."""
        return logo_png(self.context.logo, self.pool) if self.context.logo else None


@dataclass(frozen=True)
class KitPart:
    """A part of a press kit.

    name: what the command line and links call it; label: on the page of options; folder: where its
    files are in the kit; description: of this folder, in LISEZ-MOI; use: what to do with it, as a
    sentence of LISEZ-MOI; files: what makes them;
    needs_fonts: whether the reader has to install the fonts, which come with the kit.
    """

    name: str
    label: str
    folder: str
    description: str
    use: str
    files: Callable[[KitRequest], FileMakers]
    needs_fonts: bool = False
