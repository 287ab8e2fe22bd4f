"""The images of a press kit: each figure in each format and kind."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from atlas.export.image import Drawing
from atlas.export.kit_parts.kit_part import FileMakers, KitPart, KitRequest
from atlas.export.page_layout import signed_options
from atlas.rendering.image_kinds.registry import IMAGE_KINDS


def files(kit: KitRequest) -> FileMakers:
    """images/<format>/<figure>_<format><ending>, by figure, format and kind, the kinds
    of one format together."""
    context = kit.context
    options = signed_options(
        context.settings.brand, context.logo if kit.logo else "", embargo=kit.embargo
    )
    for figure in kit.publication.images:
        for name, size in kit.formats.items():
            drawing = _SharedDrawing(partial(kit.prepare, figure, size, options), kit)
            yield {
                f"images/{name}/{figure.file_stem}_{name}{IMAGE_KINDS[kind].file_ending}": partial(
                    drawing.draw, kind
                )
                for kind in kit.image_kinds
            }


class _SharedDrawing:
    """Laid out once for the kinds of files that are made of it one after the other, then let go."""

    def __init__(self, prepare: Callable[[], Drawing], kit: KitRequest) -> None:
        self._prepare, self._kit = prepare, kit
        self._drawing: Drawing | None = None
        self._kinds_left = len(kit.image_kinds)

    def draw(self, kind: str) -> bytes:
        """One of the files; raises ExportError."""
        self._kinds_left -= 1
        drawing = self._drawing or self._prepare()
        self._drawing = drawing if self._kinds_left else None
        return drawing.draw(kind, self._kit.pool)


PART = KitPart(
    name="images",
    label="Images",
    folder="images",
    description="une image par figure, format et type de fichier, légende comprise",
    use="Mettre en page : PDF ou SVG pour InDesign, Illustrator ou Inkscape, PNG pour Word, "
    "un site ou les réseaux ; le nom du format dit la taille",
    files=files,
)
