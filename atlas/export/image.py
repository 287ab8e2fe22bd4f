"""A figure as an image of any kind at an exact size, checked before it is handed over."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from atlas.export.embargo import embargo_line
from atlas.export.page_layout import FormatTooSmall, Options, PageLayout, lay_out_page
from atlas.export.provenance import Rendering, provenance, provenance_text
from atlas.export.render_pool import (
    EngineStopped,
    OnWait,
    RenderFailed,
    RenderPool,
    shared_pool,
)
from atlas.figures.common.brief_caption import paragraph_text
from atlas.figures.common.figure import Figure
from atlas.figures.common.findings import without_finding
from atlas.geometry import Shapes
from atlas.incoming_text import remove_forbidden_characters, without_forbidden_characters
from atlas.rendering.fingerprint import program_fingerprint
from atlas.rendering.sealing import SigningKeyError, read_signing_key
from atlas.rendering.text_metrics import missing_fonts
from atlas.settings import Format


class ExportError(Exception):
    """The image could not be made, or would not be right; the text is French and says why."""


class DrawingStopped(ExportError):
    """The process that draws ended, or took too long: the same image may succeed later."""


@dataclass(frozen=True)
class Drawing:
    """An image ready to be drawn.

    laid: its page; request: what the process that draws is asked for, but for the kind of file;
    made_from: hash of all that goes into it and of the program. Two of the same are drawn alike.
    """

    figure: Figure
    size: Format
    laid: PageLayout
    request: dict[str, Any]
    made_from: str

    def draw(
        self, kind: str, pool: RenderPool | None = None, on_wait: OnWait | None = None
    ) -> bytes:
        """The file. kind: a key of IMAGE_KINDS; pool and on_wait: as of `image`. Raises
        ExportError."""
        try:
            return (pool or shared_pool()).draw({**self.request, "kind": kind}, on_wait)
        except RenderFailed as reason:
            raise _error_of(reason)(
                f"« {self.figure.title} » n’a pas pu être dessinée dans le format "
                f"« {self.size.label} » : {reason}."
            ) from reason


def image(
    figure: Figure,
    kind: str,
    shapes: Shapes | None,
    size: Format,
    *,
    options: Options | None = None,
    data: str = "",
    author: str = "",
    signing_key: Path | None = None,
    pool: RenderPool | None = None,
    on_wait: OnWait | None = None,
) -> bytes:
    """Draw a figure at a size.

    kind: a key of IMAGE_KINDS; shapes: those that the figure names by address; data: version of
    the data set, and author, both written in the file; signing_key: file of the key that signs it;
    pool: the processes that draw; on_wait: told how many images are before this one while it waits.
    Raises ExportError when the figure does not fit, when the drawing fails, when a text or a mark
    is missing from it, or when it cannot be signed.
    """
    return prepare_drawing(
        figure,
        shapes,
        size,
        options=options or Options(),
        data=data,
        author=author,
        signing_key=signing_key,
    ).draw(kind, pool, on_wait)


def prepare_drawing(
    figure: Figure,
    shapes: Shapes | None,
    size: Format,
    *,
    options: Options,
    data: str = "",
    author: str = "",
    signing_key: Path | None = None,
) -> Drawing:
    """All that `image` does before the drawing itself; raises ExportError."""
    figure = without_forbidden_characters(figure)
    if lost := missing_fonts():
        raise ExportError(
            f"« {figure.title} » n’a pas pu être dessinée dans le format "
            f"« {size.label} » : il manque la police {lost[0]}."
        )
    try:
        figure, laid = _laid_out(figure, size, options)
    except FormatTooSmall as reason:
        raise ExportError(
            f"« {figure.title} » ne tient pas dans le format « {size.label} » : {reason}."
        ) from reason
    request: dict[str, Any] = {
        "spec": _spec_at_size(figure, laid),
        "shapes": _files(figure, shapes),
        "page": _page(figure, laid, size, options),
        "expected": _expected_texts(figure, options),
        "marks": _marks(figure),
        "fills": _fills(figure),
    }
    try:
        made_from = _digest(request, _view_hashes(figure, shapes))
    except OSError as reason:
        raise ExportError(
            f"« {figure.title} » n’a pas pu être dessinée dans le format « {size.label} » : "
            f"les contours préparés ne sont pas lisibles."
        ) from reason
    rendering = Rendering(
        format=size.model_dump(exclude={"label"}, exclude_none=True),
        title=options.title,
        caption=options.caption,
        transparent=options.transparent,
        logo=bool(options.logo),
        brand_line=bool(options.brand_line),
        embargo=options.embargo.isoformat() if options.embargo else "",
        is_draft=options.is_draft,
        made_from=made_from,
    )
    request["page"] |= {
        "author": remove_forbidden_characters(author),
        "provenance": provenance_text(provenance(figure, data, rendering)),
        "signing_key": _usable_key(signing_key),
    }
    return Drawing(figure, size, laid, request, made_from)


def _laid_out(figure: Figure, size: Format, options: Options) -> tuple[Figure, PageLayout]:
    """The figure and its page; under the title that says what is drawn where a finding leaves too
    little room. Raises FormatTooSmall."""
    try:
        return figure, lay_out_page(figure, size, options)
    except FormatTooSmall:
        plain = without_finding(figure)
        if plain is figure:
            raise
        return plain, lay_out_page(plain, size, options)


def logo_png(logo: str, pool: RenderPool | None = None, on_wait: OnWait | None = None) -> bytes:
    """A PNG of a logo, an SVG or the data address of a PNG; raises ExportError.

    pool and on_wait: as of `image`.
    """
    try:
        return (pool or shared_pool()).draw({"kind": "logo", "logo": logo}, on_wait)
    except RenderFailed as reason:
        raise _error_of(reason)(f"Le logo n’a pas pu être dessiné : {reason}.") from reason


def _error_of(reason: RenderFailed) -> type[ExportError]:
    return DrawingStopped if isinstance(reason, EngineStopped) else ExportError


def caption_text(figure: Figure, embargo: dt.date | None = None) -> str:
    """The words of a figure, for an image without them; embargo: as of Options."""
    lines = [
        figure.title,
        figure.subtitle,
        "",
        *(f"{name} : {text}" for name, text in figure.caption),
        "",
        f"Texte de remplacement : {figure.alt}",
    ]
    warning = ["Données fictives, sans valeur statistique.", ""] if figure.fictitious else []
    warning += [f"{embargo_line(embargo)}.", ""] if embargo else []
    return "\n".join([*warning, *lines]) + "\n"


def _spec_at_size(figure: Figure, laid: PageLayout) -> dict[str, object]:
    """The specification at the size of its box, whatever the width of the screen."""
    spec = figure.sized.spec(*laid.pixels) if figure.sized else figure.spec
    return {
        **without_forbidden_characters(spec),
        "width": laid.pixels[0],
        "height": laid.pixels[1],
        "autosize": {"type": "fit", "contains": "padding"},
    }


def _files(figure: Figure, shapes: Shapes | None) -> dict[str, str]:
    """The file behind each address of the specification: the drawing process opens no URL."""
    if shapes is None:
        return {}
    return {shapes.url(view): str(shapes.file(view)) for view in _views(figure, shapes)}


def _view_hashes(figure: Figure, shapes: Shapes | None) -> dict[str, str]:
    """The content behind each view that is drawn; raises OSError."""
    if shapes is None:
        return {}
    return {view: shapes.content_hash(view) for view in _views(figure, shapes)}


def _views(figure: Figure, shapes: Shapes) -> list[str]:
    text = json.dumps(figure.spec)
    return [view for view in shapes.views if f'"{shapes.url(view)}"' in text]


def _usable_key(signing_key: Path | None) -> str:
    """The file of the key, known to be one; the process that draws reads it again."""
    if signing_key is None:
        return ""
    try:
        read_signing_key(signing_key)
    except SigningKeyError as reason:
        raise ExportError(f"L’image n’a pas pu être signée : {reason}.") from reason
    return str(signing_key.resolve())


def _digest(request: dict[str, Any], view_hashes: dict[str, str]) -> str:
    """Of all that is drawn, with the content of the shapes in the place of where they lie."""
    whole = {**request, "shapes": view_hashes, "program": program_fingerprint()}
    text = json.dumps(whole, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _page(figure: Figure, laid: PageLayout, size: Format, options: Options) -> dict[str, Any]:
    return {
        "width": laid.width,
        "height": laid.height,
        "size": _written_size(laid, size),
        "title": figure.title,
        "description": figure.alt,
        "dpi": size.dpi,
        "background": "" if options.transparent else "#ffffff",
        "head": laid.head,
        "legend": laid.legend,
        "foot": laid.foot,
        "box": laid.box,
        "logo": options.logo,
        "logo_box": laid.logo_box,
        "brand_line": options.brand_line,
        "brand_line_box": laid.brand_line_box,
    }


def _written_size(laid: PageLayout, size: Format) -> tuple[str, str]:
    """In the unit of the format: an SVG is placed by a designer at its own size."""
    if size.width_mm is not None:
        return f"{size.width_mm:g}mm", f"{laid.height / 72 * 25.4:.2f}mm"
    return f"{size.width_px}px", f"{laid.height / 72 * size.dpi:.0f}px"


def _expected_texts(figure: Figure, options: Options) -> list[str]:
    """The words that must be on the image."""
    said = [figure.title, figure.subtitle] if options.title else []
    said += [text for entry in figure.legend for text in entry.printed_words]
    said += figure.sized.texts if figure.sized else ()
    if options.caption:
        said += [paragraph_text(paragraph) for paragraph in figure.printed_caption]
    if figure.fictitious:
        said += ["Données fictives, sans valeur statistique."]
    said += [options.embargo_text]
    return [text for text in said if text]


def _marks(figure: Figure) -> int:
    """How many marks carry a value: every territory of a map, every bar that has one."""
    if figure.sized:
        return figure.sized.marks
    if figure.native is None or figure.native.has_lines:
        return len(figure.table)
    return sum(amount is not None for amount in figure.native.series[0].amounts)


def _fills(figure: Figure) -> dict[str, int]:
    """On a map, how many territories have each colour: as many as its legend says."""
    if figure.native is not None:
        return {}
    return {swatch.colour: swatch.count for swatch in figure.legend if swatch.count}
