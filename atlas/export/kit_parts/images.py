"""The images of a press kit: each figure in each format and kind."""

from __future__ import annotations

from functools import partial

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
            yield {
                f"images/{name}/{figure.file_stem}_{name}{IMAGE_KINDS[kind].file_ending}": partial(
                    kit.draw, figure, kind, size, options
                )
                for kind in kit.image_kinds
            }


PART = KitPart(
    name="images",
    label="Images",
    folder="images",
    description="une image par figure, format et type de fichier, légende comprise",
    use="Mettre en page : PDF ou SVG pour InDesign, Illustrator ou Inkscape, PNG pour Word, "
    "un site ou les réseaux ; le nom du format dit la taille",
    files=files,
)
