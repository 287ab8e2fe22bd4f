"""What an image says of itself to a program: what it shows, and from which figures."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from atlas.figures.common.figure import Figure
from atlas.rendering.image_kinds.bitmap import open_picture
from atlas.rendering.image_kinds.image_kind import UnreadableImage
from atlas.rendering.image_kinds.registry import IMAGE_KINDS

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
    """Read it back from a file of any kind of IMAGE_KINDS; raises UnknownImage."""
    try:
        text = _text(content)
    except UnreadableImage as error:
        labels = ", ".join(f"ni un {kind.label}" for kind in IMAGE_KINDS.values())
        raise UnknownImage(f"ce fichier n’est {labels} lisible") from error
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
    for kind in IMAGE_KINDS.values():
        if kind.recognises(content):
            return kind.read_provenance(content)
    open_picture(content)  # a picture of another kind is told apart from what cannot be read
    return ""
