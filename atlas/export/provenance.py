"""What an image says of itself to a program: what it shows, of which figures, how it was drawn."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, NoReturn, TypeVar

from atlas import periods
from atlas.figures.common.figure import Figure
from atlas.french import table_texts
from atlas.guarded_worker import Guard, ReadingFailed, read_guarded
from atlas.incoming_text import MAX_LETTERS, without_forbidden_characters
from atlas.rendering.image_kinds.image_kind import UnreadableImage
from atlas.rendering.image_kinds.registry import NAMED_KINDS
from atlas.rendering.image_kinds.written_provenance import (
    provenance_answer,
    provenance_of_answer,
    written_provenance,
)

#: Raised when the meaning of a field changes. Version 1, of images made until 0.3.0, called its
#: request a recipe, and its digest was of French words: its rows are compared instead. Version 2,
#: of 0.4.0, did not say how the image was drawn.
VERSION = 3
WORDED_DIGEST_VERSION = 1
_KNOWN_VERSIONS = (WORDED_DIGEST_VERSION, 2, VERSION)
Read = TypeVar("Read")


@dataclass(frozen=True)
class Rendering:
    """How an image was drawn.

    format: the size, with the words of `formats` of config.yaml; title, caption, transparent,
    logo, brand_line: what is around the drawing; embargo: its day in ISO, or nothing; is_draft:
    whether it says that it is one. made_from:
    hash of all that went into it and of the program: what has the same is drawn the same. content:
    hash of what was drawn; key: name of the key that signed, and signature, both empty without.
    """

    format: Mapping[str, float]
    title: bool
    caption: bool
    transparent: bool
    logo: bool
    made_from: str
    content: str = ""
    key: str = ""
    signature: str = ""
    # Images until 0.5.0 have none of these.
    brand_line: bool = False
    embargo: str = ""
    is_draft: bool = False


@dataclass(frozen=True)
class Provenance:
    """request: what makes the figure again, as texts; digest: hash of the keys and amounts that it
    shows; rows: these values, as its table writes them; data: version of the data set; rendering:
    None in images of version 2 and before."""

    figure: str
    title: str
    request: Mapping[str, str]
    digest: str
    rows: tuple[tuple[str, ...], ...]
    data: str
    fictitious: bool
    version: int = VERSION
    rendering: Rendering | None = None


class UnknownImage(ValueError):
    """The file is not one of ours; the text is French and says why."""


def provenance(figure: Figure, data: str, rendering: Rendering | None = None) -> Provenance:
    """What the files of a figure carry. data: version of the data set; the process that draws
    adds the content and the signature of the rendering."""
    frame = table_texts(figure.table)
    rows = (tuple(frame.columns), *frame.itertuples(index=False, name=None))
    return Provenance(
        figure.file_stem,
        figure.title,
        figure.request.as_texts() if figure.request else {},
        figure.digest,
        tuple(tuple(row) for row in rows),
        data,
        figure.fictitious,
        rendering=rendering,
    )


def provenance_text(known: Provenance) -> str:
    """As it is written in the file."""
    return json.dumps(asdict(known), ensure_ascii=False, separators=(",", ":"))


def read_image(
    guard: Guard, reader: Callable[..., bytes], *arguments: object, parse: Callable[[bytes], Read]
) -> Read:
    """See `read_guarded`; raises UnknownImage when its limits were not enough."""
    try:
        return read_guarded(guard, reader, *arguments, parse=parse)
    except ReadingFailed as failure:
        raise UnknownImage(
            f"{failure.message} ; déposez l’image telle qu’elle a été exportée"
        ) from failure


def provenance_in(content: bytes, guard: Guard | None = None) -> Provenance:
    """Read it back from a file of any kind of image; raises UnknownImage.

    guard: under which limits a file from outside is opened, in a process of its own; None for one
    that is trusted.
    """
    try:
        if guard is None:
            text = written_provenance(content)
        else:
            text = read_image(guard, provenance_answer, content, parse=provenance_of_answer)
    except UnreadableImage as error:
        labels = ", ".join(f"ni un {kind.label}" for kind in NAMED_KINDS)
        raise UnknownImage(str(error) or f"ce fichier n’est {labels} lisible") from error
    if not text:
        raise UnknownImage(
            "ce fichier ne dit pas d’où il vient : il n’a pas été produit ici, ou "
            "un logiciel en a retiré les métadonnées"
        )
    try:
        known = Provenance(**_present_names(json.loads(text, parse_constant=_refuse_constant)))
        rows = tuple(tuple(row) for row in known.rows)
    except (ValueError, TypeError, RecursionError) as error:
        raise UnknownImage("ses métadonnées sont abîmées") from error
    if not _is_valid(known, rows):
        raise UnknownImage(
            "ses métadonnées sont abîmées, ou d’une autre version du tableau de bord"
        )
    return without_forbidden_characters(replace(known, rows=rows))


def _present_names(fields: Any) -> dict[str, Any]:
    """The fields of version 1 under the names of today; raises TypeError when there are none."""
    if not isinstance(fields, dict):
        raise TypeError("not a JSON object")
    if fields.get("version") == WORDED_DIGEST_VERSION and "recipe" in fields:
        fields["request"] = fields.pop("recipe")
    if fields.get("rendering") is not None:
        fields["rendering"] = Rendering(**fields["rendering"])
    return fields


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number of JSON")


def _is_valid(known: Provenance, rows: tuple[tuple[str, ...], ...]) -> bool:
    """True when every field is what this version writes: anybody may have edited the file."""
    texts = [known.figure, known.title, known.digest, known.data]
    return (
        known.version in _KNOWN_VERSIONS
        and isinstance(known.request, dict)
        and all(isinstance(text, str) for text in texts)
        and 0 < len(known.title) <= MAX_LETTERS["title"]
        and all(isinstance(text, str) for pair in known.request.items() for text in pair)
        and isinstance(known.fictitious, bool)
        and len(rows) > 1
        and len(rows[0]) > 1
        and all(len(row) == len(rows[0]) for row in rows)
        and all(isinstance(cell, str) for row in rows for cell in row)
        and (known.rendering is None) == (known.version < VERSION)
        and (known.rendering is None or _is_valid_rendering(known.rendering))
    )


def _is_valid_rendering(rendering: Rendering) -> bool:
    flags = [rendering.title, rendering.caption, rendering.transparent, rendering.logo]
    flags += [rendering.brand_line, rendering.is_draft]
    texts = [rendering.made_from, rendering.content, rendering.key, rendering.signature]
    texts += [rendering.embargo]
    return (
        isinstance(rendering.format, dict)
        and all(isinstance(flag, bool) for flag in flags)
        and all(isinstance(text, str) for text in texts)
        and (not rendering.embargo or periods.is_day(rendering.embargo))
    )
