"""What an image says of itself to a program: what it shows, and from which figures."""

from __future__ import annotations

import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from PIL import Image, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from atlas.figures.common.figure import Figure
from atlas.rendering.page_svg import ATLAS, KEY, SVG

#: Raised when the meaning of a field changes.
VERSION = 1


@dataclass(frozen=True)
class Provenance:
    """recipe: the request that makes the figure again; digest: hash of the values it shows;
    rows: these values, as its table writes them; data: version of the data set."""

    figure: str
    title: str
    recipe: Mapping[str, str]
    digest: str
    rows: tuple[tuple[str, ...], ...]
    data: str
    fictitious: bool
    version: int = VERSION


class UnknownImage(ValueError):
    """The file is not one of ours; the text is French and says why."""


def provenance(figure: Figure, data: str) -> Provenance:
    """What the files of a figure carry. data: version of the data set."""
    rows = (
        tuple(figure.table.columns),
        *figure.table.astype(str).itertuples(index=False, name=None),
    )
    return Provenance(
        figure.file_stem,
        figure.title,
        dict(figure.recipe),
        figure.digest,
        tuple(tuple(row) for row in rows),
        data,
        figure.fictitious,
    )


def written(known: Provenance) -> str:
    """As it is written in the file."""
    return json.dumps(asdict(known), ensure_ascii=False, separators=(",", ":"))


def provenance_in(content: bytes) -> Provenance:
    """Read it back from a PNG, SVG or PDF file; raises UnknownImage."""
    try:
        text = _text(content)
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        PyPdfError,
        ET.ParseError,
        LookupError,
        OSError,
        ValueError,
    ) as error:
        raise UnknownImage("ce fichier n’est ni un PNG, ni un SVG, ni un PDF lisible") from error
    if not text:
        raise UnknownImage(
            "ce fichier ne dit pas d’où il vient : il n’a pas été produit ici, ou "
            "un logiciel en a retiré les métadonnées"
        )
    try:
        known = Provenance(**json.loads(text))
        rows = tuple(tuple(row) for row in known.rows)
    except (ValueError, TypeError, RecursionError) as error:
        raise UnknownImage("ses métadonnées sont abîmées") from error
    if not _sound(known, rows):
        raise UnknownImage(
            "ses métadonnées sont abîmées, ou d’une autre version du tableau de bord"
        )
    return replace(known, rows=rows)


def _sound(known: Provenance, rows: tuple[tuple[str, ...], ...]) -> bool:
    """True when every field is what this version writes: anybody may have edited the file."""
    texts = [known.figure, known.title, known.digest, known.data]
    return (
        known.version == VERSION
        and isinstance(known.recipe, dict)
        and all(isinstance(text, str) for text in texts)
        and bool(known.title)
        and all(isinstance(text, str) for pair in known.recipe.items() for text in pair)
        and isinstance(known.fictitious, bool)
        and len(rows) > 1
        and len(rows[0]) > 1
        and all(len(row) == len(rows[0]) for row in rows)
        and all(isinstance(cell, str) for row in rows for cell in row)
    )


def _text(content: bytes) -> str:
    if content.startswith(b"%PDF"):
        about = PdfReader(io.BytesIO(content)).metadata
        return str(about.get(f"/{KEY}", "")) if about else ""
    if content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"<?xml", b"<svg")):
        found = ET.fromstring(content).find(f".//{{{SVG}}}metadata/{{{ATLAS}}}provenance")
        return (found.text or "") if found is not None else ""
    with Image.open(io.BytesIO(content)) as picture:
        picture.load()
        return str(picture.info.get(KEY, ""))
