"""PDF: one page with embedded fonts, whose texts can be selected."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)

from atlas.rendering import text_metrics, vector_engine
from atlas.rendering.image_kinds.changes import Changes
from atlas.rendering.image_kinds.image_kind import ImageKind, UnreadableImage
from atlas.rendering.image_kinds.pdf_content import pdf_changes, pdf_digest, pdf_size
from atlas.rendering.page_svg import PROVENANCE_KEY, RenderRejected
from atlas.rendering.preflight import Text, letters_of
from atlas.rendering.sealing import sealed_provenance

# What is between « begin text » and « end text » on a page.
_TEXT_OBJECT = re.compile(rb"BT\n.*?\nET", re.DOTALL)


def encode(page: ET.Element, about: dict[str, Any], texts: list[Text]) -> bytes:
    """One page with embedded fonts and its provenance in the document information.

    Raises RenderRejected when another font took the place of ours, or when a text cannot be
    selected on it.
    """
    drawn = PdfReader(io.BytesIO(vector_engine.pdf_of(page)))
    _sort_resources(drawn)
    writer = PdfWriter(clone_from=drawn)
    for font in _fonts(writer):
        if text_metrics.FAMILY.replace(" ", "") not in font:
            raise RenderRejected(f"la police {font} a remplacé {text_metrics.FAMILY}")
    if lost := _texts_not_selectable(writer.pages[0], texts):
        raise RenderRejected(f"le texte « {lost[0].text[:40]} » n’a pas été dessiné")
    writer.pdf_header = "%PDF-1.7"
    writer.add_metadata(
        {
            "/Title": about["title"],
            "/Author": about["author"],
            "/Subject": about["description"],
            "/Producer": "atlas",
        }
    )
    root = writer.root_object
    root[NameObject("/Lang")] = TextStringObject("fr-FR")
    root[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/DisplayDocTitle"): BooleanObject(True)}
    )
    digest = content_digest(_file_of(writer))
    writer.add_metadata({f"/{PROVENANCE_KEY}": sealed_provenance(about, digest)})
    return _file_of(writer)


def recognises(content: bytes) -> bool:
    """By its header."""
    return content.startswith(b"%PDF")


def read_provenance(content: bytes) -> str:
    """The provenance in the document information; raises UnreadableImage."""
    try:
        about = PdfReader(io.BytesIO(content)).metadata
        return str(about.get(f"/{PROVENANCE_KEY}", "")) if about else ""
    except (PyPdfError, LookupError, OSError, ValueError) as error:
        raise UnreadableImage from error


def _sort_resources(document: PdfReader) -> None:
    """The engine names resources in the same order each time and lists them in any: the same
    image would not be the same file."""
    for resources in _resources(document.pages[0]):
        for part in resources.values():
            if isinstance(part, DictionaryObject):
                names = sorted(part)
                values = [part.raw_get(name) for name in names]
                part.clear()
                part.update(zip(names, values, strict=True))


def _texts_not_selectable(page: PageObject, texts: list[Text]) -> list[Text]:
    """Those that a reader of the page cannot select.

    The thousands of strokes of a map take most of the time of reading it: the page is first read
    without them.
    """
    left = texts
    for content in (_text_objects(page), page):
        said = letters_of(content.extract_text())
        left = [text for text in left if letters_of(text.text) not in said]
        if not left:
            break
    return left


def _text_objects(page: PageObject) -> PageObject:
    """A page with the texts that are drawn on it directly, and no stroke."""
    contents = page.get_contents()
    alone = PageObject.create_blank_page(width=1, height=1)
    alone[NameObject("/Resources")] = page["/Resources"]
    texts = DecodedStreamObject()
    if contents is not None:
        texts.set_data(b"\n".join(_TEXT_OBJECT.findall(contents.get_data())))
    alone[NameObject("/Contents")] = texts
    return alone


def _fonts(document: PdfWriter) -> set[str]:
    return {
        str(font["/BaseFont"])
        for resources in _resources(document.pages[0])
        for font in resources.get("/Font", {}).values()
    }


def _resources(holder: DictionaryObject) -> list[DictionaryObject]:
    """Those of a page and of the forms it draws."""
    if "/Resources" not in holder:
        return []
    own = holder["/Resources"]
    assert isinstance(own, DictionaryObject)
    return [
        own,
        *(
            inner
            for form in own.get("/XObject", DictionaryObject()).values()
            for inner in _resources(form.get_object())
        ),
    ]


def size_in_points(content: bytes, dpi: float) -> tuple[float, float]:
    """The sides of its page; raises UnreadableImage."""
    return pdf_size(content)


def content_digest(content: bytes) -> str:
    """Of its page with all that it uses, title and description; raises UnreadableImage."""
    return pdf_digest(content)


def compare(given: bytes, drawn: bytes) -> Changes:
    """Object by object; raises UnreadableImage."""
    return pdf_changes(given, drawn)


def _file_of(writer: PdfWriter) -> bytes:
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


KIND = ImageKind(
    "pdf",
    "PDF",
    "pdf",
    encode,
    recognises,
    read_provenance,
    size_in_points,
    content_digest,
    compare,
)
