"""The press pack as a PDF/UA-1, set by Typst in a folder of its own."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path

import typst

from atlas.export.image import ExportError
from atlas.export.pdf import with_bleed
from atlas.export.press_pack.content import pack_content
from atlas.figures.common.figure import Figure
from atlas.incoming_text import without_forbidden_characters
from atlas.publications.publication import Publication
from atlas.rendering.text_metrics import FOLDER as FONT_FOLDER
from atlas.settings import Brand, OfficeTemplate
from atlas.temporary_folder import TemporaryFolder

# Width of the text of a page, and the height that a drawing leaves to its title and caption.
TEXT_WIDTH_MM, MAX_DRAWING_HEIGHT_MM = 170, 185
_SIZE = re.compile(rb'<svg[^>]*?\bwidth="([\d.]+)[^"]*"[^>]*?\bheight="([\d.]+)')


def press_pack(
    publication: Publication,
    *,
    brand: Brand,
    template: OfficeTemplate,
    drawing: Callable[[Figure], bytes],
    logo: bytes | None,
    embargo: str,
    date: dt.date,
    bleed_mm: float = 0,
) -> bytes:
    """The bytes of a tagged A4 PDF with bookmarks and the fonts of the repository, the same for
    the same publication and day.

    template: the Typst file that holds its pages; drawing: that of a figure with its legend, as
    SVG, without title and caption; logo: PNG; embargo: as it must be read, empty for none;
    bleed_mm: what is printed around the page, to be cut, 0 for none. Raises
    ExportError when the template was refused or cannot be set. Nothing is fetched: a template that
    imports a package is refused.
    """
    if template.refusal:
        raise ExportError(template.refusal)
    publication = without_forbidden_characters(publication)
    with TemporaryFolder("atlas-dossier-de-presse-") as kept:
        folder = kept.path
        drawings = []
        for place, figure in enumerate(publication.figures, 1):
            svg = drawing(figure)
            name = f"figure-{place}.svg"
            (folder / name).write_bytes(svg)
            drawings.append((figure, name, _width_mm(svg)))
        if logo is not None:
            (folder / "logo.png").write_bytes(logo)
        content = pack_content(
            publication,
            brand=brand,
            logo="logo.png" if logo is not None else "",
            drawings=drawings,
            embargo=embargo,
            date=date,
            bleed_mm=bleed_mm,
        )
        (folder / "donnees.json").write_text(json.dumps(content, ensure_ascii=False), "utf-8")
        (folder / "modele.typ").write_bytes(template.content)
        made = _compile(folder, date)
    return with_bleed(made, bleed_mm) if bleed_mm else made


def _width_mm(svg: bytes) -> float:
    """As wide as the text, or less where the drawing would be too tall for a page."""
    found = _SIZE.search(svg)
    if found is None:
        return TEXT_WIDTH_MM
    return min(TEXT_WIDTH_MM, MAX_DRAWING_HEIGHT_MM * float(found[1]) / float(found[2]))


def _compile(folder: Path, date: dt.date) -> bytes:
    """One folder, the fonts of the repository, a fixed date; packages are looked for nowhere."""
    try:
        made = typst.compile(
            folder / "modele.typ",
            root=folder,
            font_paths=[FONT_FOLDER],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["ua-1"],
            package_path=folder,
            package_cache_path=folder,
            timestamp=dt.datetime(date.year, date.month, date.day, tzinfo=dt.UTC),
        )
    except typst.TypstError as reason:
        raise ExportError(
            f"Le modèle du dossier de presse ne peut pas être composé : {reason.message}. "
            "Corrigez-le (docs/office-templates.md)."
        ) from reason
    assert isinstance(made, bytes)
    return made
