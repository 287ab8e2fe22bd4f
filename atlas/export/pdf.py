"""Several one-page PDF files as one document."""

from __future__ import annotations

import io

from pypdf import PdfWriter
from pypdf.generic import NameObject, TextStringObject


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
