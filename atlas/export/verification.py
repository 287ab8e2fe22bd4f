"""Is an image what the dashboard would draw today?

Two questions, and neither answers the other: whether the values that the file carries are those
published now, and whether what it shows is what was drawn. The second is answered by drawing it
again, or by a signature.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice, product
from typing import Literal

from pydantic import ValidationError

from atlas.export.image import Drawing, ExportError, prepare_drawing
from atlas.export.image_file import ImageFile
from atlas.export.page_layout import Options
from atlas.export.provenance import Provenance, Rendering, UnknownImage, provenance_in
from atlas.export.render_pool import RenderPool
from atlas.export.signing import Signature, check_signature
from atlas.export.value_comparison import ValueComparison, compare_values
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.registry import figure_of
from atlas.guarded_worker import Guard
from atlas.rendering.image_kinds.changes import Changes, Region
from atlas.rendering.image_kinds.image_kind import UnreadableImage
from atlas.rendering.image_kinds.svg_content import svg_root
from atlas.rendering.preflight import texts_of
from atlas.settings import Format

State = Literal["certified", "modified", "outdated", "gone", "uncertified"]
DrawingState = Literal["identical", "modified", "uncertain", "not_drawn"]
# An image of an older version does not say how it was drawn: what fits its size is tried.
MAX_TRIES = 6
# Points of the page that two sizes of one page may differ by.
SIZE_TOLERANCE_POINTS = 0.75
MAX_TEXTS_PER_REGION = 6

# Why an image is altered, or was not compared.
ALTERED_SINCE = "son dessin n’est plus celui dont elle porte l’empreinte depuis son export"
OLD_VALUES = (
    "les chiffres dont elle a été faite ne sont plus publiés, et elle ne peut pas être redessinée"
)
NO_FORMAT = "aucun format de config.yaml n’a sa taille"
OTHER_VERSION = (
    "elle a été dessinée par une autre version du tableau de bord, de ses réglages, de ses "
    "contours ou de ses polices, ou sur un autre type de machine"
)
OLDER_VERSION = (
    "elle date d’une version du tableau de bord qui n’écrivait pas dans ses images comment elles "
    "sont dessinées"
)


@dataclass(frozen=True)
class ChangedPart:
    """A region of an image that has changed; expected: the texts that the drawing has there."""

    region: Region
    expected: tuple[str, ...]


@dataclass(frozen=True)
class DrawingComparison:
    """What the image shows, against the same drawn again.

    state: identical; modified, for certain; uncertain: not the same, which another version of the
    program, of its settings or of its outlines may explain; not_drawn. reason: French, why it is
    uncertain or not drawn, without a full stop. parts: one for each region of `changes`.
    """

    state: DrawingState
    changes: Changes = Changes()
    parts: tuple[ChangedPart, ...] = ()
    reason: str = ""


@dataclass(frozen=True, eq=False)
class Verdict:
    """Everything that is known of an image.

    kind: a key of IMAGE_KINDS; same_data: made from the data set of today.
    """

    kind: str
    known: Provenance
    values: ValueComparison
    drawing: DrawingComparison
    signature: Signature
    same_data: bool

    @property
    def state(self) -> State:
        """certified: the values are those of today, and what is shown was compared or is signed.
        modified: what it shows or says was altered. outdated: values have changed since. gone: its
        figure can no longer be made. uncertified: its values are those of today, and nothing says
        that it shows them."""
        if self.drawing.state == "modified" or self.signature.state == "invalid":
            return "modified"
        if self.values.state != "current":
            return "outdated" if self.values.state == "changed" else "gone"
        if self.drawing.state == "identical" or self.signature.state == "valid":
            return "certified"
        return "uncertified"


def verify_image(
    content: bytes,
    context_for: Callable[[bool], FigureContext],
    pool: RenderPool | None = None,
    *,
    guard: Guard | None = None,
) -> Verdict:
    """Read what a file says of itself, make its figure again and draw it again.

    context_for: what figures are made from, published when it is given False and fictitious when
    it is given True. guard: under which limits the file is opened, in a process of its own; None
    for one that is trusted. Raises UnknownImage when the file is not one of ours, or when those
    limits did not let it be compared.
    """
    known = provenance_in(content, guard)
    file = ImageFile(content, guard)
    try:
        digest = file.content_digest
    except UnreadableImage as error:
        raise UnknownImage("son dessin n’est pas lisible, ou il est trop grand") from error
    context = context_for(known.fictitious)
    values = compare_values(context, known)
    return Verdict(
        file.kind.name,
        known,
        values,
        _compare_drawing(context, known, values, file, pool),
        check_signature(known, context.settings, content=digest),
        known.data == context.dataset.version,
    )


def _compare_drawing(
    context: FigureContext,
    known: Provenance,
    values: ValueComparison,
    file: ImageFile,
    pool: RenderPool | None,
) -> DrawingComparison:
    found = DrawingComparison("not_drawn", reason=OLD_VALUES)
    if values.figure is not None and values.state == "current":
        found = _compare_with_drawings(context, known, values.figure, file, pool)
    is_its_own = known.rendering is None or known.rendering.content == file.content_digest
    if is_its_own or found.state in ("identical", "modified"):
        return found
    reasons = (ALTERED_SINCE, *found.changes.reasons)
    return replace(
        found, state="modified", reason="", changes=replace(found.changes, reasons=reasons)
    )


def _compare_with_drawings(
    context: FigureContext,
    known: Provenance,
    figure: Figure,
    file: ImageFile,
    pool: RenderPool | None,
) -> DrawingComparison:
    found = DrawingComparison("not_drawn", reason=NO_FORMAT)
    try:
        for tried in _drawings(context, known, figure, file):
            changes = _changes(file, tried, pool)
            if changes.is_none:
                return DrawingComparison("identical")
            if found.state == "not_drawn" or changes.share < found.changes.share:
                parts = _changed_parts(changes, tried, pool)
                found = DrawingComparison("uncertain", changes, parts, _uncertainty(known))
            if known.rendering is not None and known.rendering.made_from == tried.made_from:
                return replace(found, state="modified", reason="")
    except ExportError as reason:
        return DrawingComparison("not_drawn", reason=str(reason).rstrip("."))
    return found


def _uncertainty(known: Provenance) -> str:
    return OLDER_VERSION if known.rendering is None else OTHER_VERSION


def _drawings(
    context: FigureContext, known: Provenance, shown: Figure, file: ImageFile
) -> Iterator[Drawing]:
    """What the image may be drawn as, ready to be: as it says, or what fits its size. Raises
    ExportError when what it says cannot be drawn."""
    paper, figure = context.for_print(), shown
    if paper.style != context.style and shown.request is not None:
        again = figure_of(paper, shown.request)
        assert again is not None  # it was made in the colours of the screen
        figure = again
    if known.rendering is not None:
        size, options = _as_said(context, known.rendering)
        yield _prepared(context, figure, size, options)
        return
    fitting = (
        drawing
        for size, options in _possible(context)
        if (drawing := _prepared_or_none(context, figure, size, options)) is not None
        and _has_size(file, drawing)
    )
    yield from islice(fitting, MAX_TRIES)


def _as_said(context: FigureContext, rendering: Rendering) -> tuple[Format, Options]:
    """Raises UnknownImage when it is no format."""
    labels = [
        size.label
        for size in context.settings.formats.values()
        if size.model_dump(exclude={"label"}, exclude_none=True) == dict(rendering.format)
    ]
    try:
        size = Format.model_validate({"label": "de l’image", **rendering.format})
    except (ValidationError, TypeError) as error:
        raise UnknownImage("ses métadonnées sont abîmées") from error
    return size.model_copy(update={"label": labels[0]} if labels else {}), Options(
        title=rendering.title,
        caption=rendering.caption,
        transparent=rendering.transparent,
        logo=context.logo if rendering.logo else "",
        brand_line=context.settings.brand.primary if rendering.brand_line else "",
        embargo=dt.date.fromisoformat(rendering.embargo) if rendering.embargo else None,
        is_draft=rendering.is_draft,
    )


def _possible(context: FigureContext) -> Iterator[tuple[Format, Options]]:
    """Every format on white, with what can be around the drawing, the most usual first."""
    logos = ["", context.logo] if context.logo else [""]
    for logo, caption in product(logos, (True, False)):
        for size in context.settings.formats.values():
            yield size, Options(caption=caption, logo=logo)


def _prepared(context: FigureContext, figure: Figure, size: Format, options: Options) -> Drawing:
    return prepare_drawing(
        figure, context.shapes, size, options=options, data=context.dataset.version
    )


def _prepared_or_none(
    context: FigureContext, figure: Figure, size: Format, options: Options
) -> Drawing | None:
    """None when the figure does not fit."""
    try:
        return _prepared(context, figure, size, options)
    except ExportError:
        return None


def _has_size(file: ImageFile, drawing: Drawing) -> bool:
    try:
        width, height = file.size_in_points(drawing.size.dpi)
    except UnreadableImage:
        return False
    return (
        abs(width - drawing.laid.width) < SIZE_TOLERANCE_POINTS
        and abs(height - drawing.laid.height) < SIZE_TOLERANCE_POINTS
    )


def _changes(file: ImageFile, drawing: Drawing, pool: RenderPool | None) -> Changes:
    """Another size is told without drawing: a file may claim a page of any size."""
    if not _has_size(file, drawing):
        return Changes(reasons=(_size_reason(file, drawing),))
    try:
        return file.changes_from(drawing.draw(file.kind.name, pool))
    except UnreadableImage:
        return Changes(reasons=("son dessin n’est pas lisible",))


def _size_reason(file: ImageFile, drawing: Drawing) -> str:
    try:
        width, height = file.size_in_points(drawing.size.dpi)
    except UnreadableImage:
        return "sa page n’a plus de taille"
    wanted = drawing.laid.width, drawing.laid.height
    same_shape = abs(width * wanted[1] - height * wanted[0]) < 0.005 * wanted[0] * wanted[1]
    how = "redimensionnée" if same_shape else "recadrée ou déformée"
    return (
        f"elle a été {how} (sa largeur est {_percent(width / wanted[0])}\u00a0% de celle de son "
        f"export, sa hauteur {_percent(height / wanted[1])}\u00a0%) : ses points ne peuvent plus "
        "être comparés"
    )


def _percent(share: float) -> str:
    return f"{100 * share:.0f}"


def _changed_parts(
    changes: Changes, drawing: Drawing, pool: RenderPool | None
) -> tuple[ChangedPart, ...]:
    """Each region with the texts that the drawing has there."""
    if not changes.regions:
        return ()
    page = svg_root(drawing.draw("svg", pool))[0]
    width, height = drawing.laid.width, drawing.laid.height
    boxes = [
        (text.text, text.left / width, text.top / height, text.right / width, text.bottom / height)
        for text in texts_of(page)
    ]
    return tuple(
        ChangedPart(
            region,
            tuple(
                dict.fromkeys(
                    text
                    for text, left, top, right, bottom in boxes
                    if min(right, region.right) > max(left, region.left)
                    and min(bottom, region.bottom) > max(top, region.top)
                )
            )[:MAX_TEXTS_PER_REGION],
        )
        for region in changes.regions
    )
