"""PDF files put together, and the boxes of a page that is cut after printing."""

from __future__ import annotations

import io

from pypdf import PdfWriter
from pypdf.generic import NameObject, RectangleObject, TextStringObject

POINTS_PER_MM = 72 / 25.4


def merge(pages: list[bytes], title: str, author: str) -> bytes:
    """The pages in order, with title and language set; one page at least."""
    writer = PdfWriter()
    for page in pages:
        writer.append(io.BytesIO(page), import_outline=False)
    writer.pdf_header = "%PDF-1.7"
    writer.add_metadata({"/Title": title, "/Author": author, "/Producer": "atlas"})
    writer.root_object[NameObject("/Lang")] = TextStringObject("fr-FR")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def with_bleed(content: bytes, bleed_mm: float) -> bytes:
    """The document whose pages are so much larger on each side than what is kept of them: their
    TrimBox says where they are cut, their BleedBox is the whole page."""
    writer = PdfWriter(clone_from=io.BytesIO(content))
    bleed = bleed_mm * POINTS_PER_MM
    for page in writer.pages:
        left, bottom, right, top = (float(side) for side in page.mediabox)
        page.bleedbox = RectangleObject((left, bottom, right, top))
        page.trimbox = RectangleObject((left + bleed, bottom + bleed, right - bleed, top - bleed))
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()
