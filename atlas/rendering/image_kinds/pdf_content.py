"""What a PDF draws, one way to write it, however its objects are numbered and compressed."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
)

from atlas.rendering.image_kinds.changes import Changes, text_changes
from atlas.rendering.image_kinds.image_kind import UnreadableImage

# What a catalogue says that changes nothing of what is seen; anything else may: forms, scripts,
# layers.
_NEUTRAL_CATALOGUE = frozenset(
    ("/Type", "/Pages", "/Lang", "/ViewerPreferences", "/Metadata", "/Version", "/PageMode")
    + ("/PageLayout", "/MarkInfo", "/Extensions")
)
# The way back to the list of pages, and how the bytes of a stream are stored.
_NEUTRAL_KEYS = frozenset(("/Parent", "/Length", "/Filter", "/DecodeParms"))
_TITLE, _SUBJECT = "/Title", "/Subject"
_FAULTS = (
    PyPdfError,
    LookupError,
    OSError,
    ValueError,
    TypeError,
    AttributeError,
    RecursionError,
    NotImplementedError,  # a way to compress that pypdf does not know
)


def pdf_digest(content: bytes) -> str:
    """A hash of what a PDF draws, of its title and of its description; raises UnreadableImage."""
    try:
        document = PdfReader(io.BytesIO(content))
        found = hashlib.blake2b(digest_size=32)
        for part in (_catalogue(document), list(document.pages), _words(document)):
            found.update(_Digests().of(part))
        return found.hexdigest()
    except _FAULTS as error:
        raise UnreadableImage from error


def pdf_size(content: bytes) -> tuple[float, float]:
    """The sides of its first page, in points; raises UnreadableImage."""
    try:
        box = PdfReader(io.BytesIO(content)).pages[0].mediabox
        return float(box.width), float(box.height)
    except _FAULTS as error:
        raise UnreadableImage from error


def pdf_changes(given: bytes, drawn: bytes) -> Changes:
    """The texts and the parts that differ; raises UnreadableImage."""
    if pdf_digest(given) == pdf_digest(drawn):
        return Changes()
    try:
        sides = [PdfReader(io.BytesIO(content)) for content in (given, drawn)]
        return Changes(
            reasons=tuple(_reasons(*sides)),
            texts=text_changes(*(list(_texts(side)) for side in sides)),
        )
    except _FAULTS as error:
        raise UnreadableImage from error


def _reasons(given: PdfReader, drawn: PdfReader) -> Iterator[str]:
    if len(given.pages) != len(drawn.pages):
        yield f"elle a {len(given.pages)} pages au lieu d’une"
    if _catalogue(given):
        names = ", ".join(sorted(name[1:40] for name in _catalogue(given)))
        yield f"elle contient des éléments actifs ou des calques qui ont été ajoutés ({names})"
    if _words(given) != _words(drawn):
        yield "son titre ou sa description a été changé"
    one, other = given.pages[0], drawn.pages[0]
    labels = {
        "/Annots": "des annotations ont été posées sur la page",
        "/MediaBox": "la page n’a plus la même taille",
        "/CropBox": "la page a été recadrée",
        "/Rotate": "la page a été tournée",
        "/Contents": "le dessin n’est plus le même, ou un logiciel l’a réécrit",
        "/Resources": "les polices ou les formes du dessin ne sont plus les mêmes",
    }
    for name, label in labels.items():
        if _Digests().of(one.get(name)) != _Digests().of(other.get(name)):
            yield label


def _catalogue(document: PdfReader) -> dict[str, Any]:
    root = document.trailer["/Root"].get_object()
    assert isinstance(root, DictionaryObject)
    return {name: root.raw_get(name) for name in root if name not in _NEUTRAL_CATALOGUE}


def _words(document: PdfReader) -> list[str]:
    about = document.metadata
    return [str(about.get(name, "")) if about else "" for name in (_TITLE, _SUBJECT)]


def _texts(document: PdfReader) -> Iterator[tuple[str, str]]:
    """The lines of its texts; the strokes of a map, slow to read, are left out."""
    for page in document.pages:
        text = _page_of_texts(page).extract_text()
        yield from (("", line.strip()) for line in text.splitlines() if line.strip())


def _page_of_texts(page: PageObject) -> PageObject:
    content = page.get_contents()
    texts = DecodedStreamObject()
    data = content.get_data() if content is not None else b""
    texts.set_data(b"\n".join(re.findall(rb"BT\b.*?\bET", data, re.DOTALL)))
    page[NameObject("/Contents")] = texts
    return page


class _Digests:
    """Hashes of objects, each object with a number read once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], bytes] = {}

    def of(self, part: Any) -> bytes:
        if isinstance(part, IndirectObject):
            return self._of_numbered(part)
        return hashlib.blake2b(self._written(part), digest_size=32).digest()

    def _of_numbered(self, part: IndirectObject) -> bytes:
        key = (part.idnum, part.generation)
        if key not in self._known:
            self._known[key] = b"an object that holds itself"
            self._known[key] = self.of(part.get_object())
        return self._known[key]

    def _written(self, part: Any) -> bytes:
        if isinstance(part, dict):
            entries = sorted(str(name) for name in part if name not in _NEUTRAL_KEYS)
            raw = part.raw_get if isinstance(part, DictionaryObject) else part.__getitem__
            whole = b"".join(name.encode() + b"\n" + self.of(raw(name)) for name in entries)
            data = part.get_data() if isinstance(part, StreamObject) else b""
            return b"dictionary" + whole + hashlib.blake2b(data, digest_size=32).digest()
        if isinstance(part, ArrayObject | list):
            return b"list" + b"".join(self.of(item) for item in part)
        if isinstance(part, bool) or part is None:
            return repr(part).encode()
        if isinstance(part, int | float):
            return f"number {float(part):.6g}".encode()
        return f"text {part!s}".encode("utf-8", "surrogatepass")
