"""The contact sheet of the images of a press kit."""

from __future__ import annotations

from atlas.export.captions_file import FICTITIOUS
from atlas.export.contact_sheet import SheetImage, contact_sheet
from atlas.export.image import DrawingStopped, ExportError
from atlas.export.kit_parts.kit_part import FileMakers, KitPart, KitRequest
from atlas.export.page_layout import Options
from atlas.figures.common.figure import Figure
from atlas.settings import Format

# Large enough to be recognised, small enough to be drawn at once.
THUMBNAIL_FORMAT = Format(label="planche-contact", width_px=700, dpi=100, text=8)


def files(kit: KitRequest) -> FileMakers:
    """planche-contact/<publication>_planche-contact.png, where there are images"""

    def draw(figure: Figure) -> bytes | None:
        try:
            return kit.draw(figure, "png", THUMBNAIL_FORMAT, Options(embargo=kit.embargo))
        except DrawingStopped:
            raise
        except ExportError:
            return None  # too small for it; its own files say whether they could be made

    def make() -> bytes:
        publication = kit.publication
        images = [
            SheetImage(figure.file_stem, figure.title, draw(figure))
            for figure in publication.images
        ]
        fictitious = FICTITIOUS if publication.fictitious else ""
        warnings = [text for text in (fictitious, kit.cover_lines["embargo"]) if text]
        return contact_sheet(images, title=publication.title, warnings=warnings)

    if kit.publication.images:
        yield {f"planche-contact/{kit.publication.key}_planche-contact.png": make}


PART = KitPart(
    name="planche-contact",
    label="Planche-contact des images (PNG)",
    folder="planche-contact",
    description="toutes les images en petit, avec le nom de leurs fichiers",
    use="Choisir une image : la planche-contact montre chacune au-dessus de son nom",
    files=files,
)
