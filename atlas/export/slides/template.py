"""The PowerPoint template: opened, emptied, dressed with the brand, its placeholders measured."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import XmlPart
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn

from atlas.export.image import ExportError
from atlas.export.office_theme import branded_theme, font_of_theme
from atlas.export.slides.box import Box, picture_box
from atlas.settings import Brand, OfficeTemplate
from atlas.settings.office_documents import layouts_by_name, placeholders_by_name
from atlas.settings.office_templates import LOGO

# Where neither the layout, nor the master, nor its styles say a size.
_DEFAULT_POINTS = 18.0
# The placeholder of the master from which one of a layout takes what it does not say.
_MASTER_TYPES = {
    kind: kind
    for kind in (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
} | {PP_PLACEHOLDER.CENTER_TITLE: PP_PLACEHOLDER.TITLE}
_MASTER_STYLES = {
    PP_PLACEHOLDER.TITLE: "p:titleStyle",
    PP_PLACEHOLDER.BODY: "p:bodyStyle",
    PP_PLACEHOLDER.FOOTER: "p:otherStyle",
    PP_PLACEHOLDER.SLIDE_NUMBER: "p:otherStyle",
}
_FIRST_LEVEL_STYLE = "a:lvl1pPr/a:defRPr/@sz"
_FIRST_LEVEL = f"a:lstStyle/{_FIRST_LEVEL_STYLE}"


@dataclass(frozen=True)
class Placeholder:
    """A placeholder of a layout. index: by which its copies on slides are found; size: of its
    text, in points; inset: left and right margins of its text, in points."""

    index: int
    box: Box
    size: float
    inset: float

    @property
    def text_width(self) -> float:
        """What a line of text may take, in points."""
        return self.box.width - self.inset


def open_presentation(template: OfficeTemplate, brand: Brand, logo: bytes | None) -> Any:
    """The template as a presentation without slides, with the logo (PNG) where it has one.

    Raises ExportError when the template was refused.
    """
    if template.refusal:
        raise ExportError(template.refusal)
    presentation = Presentation(io.BytesIO(template.content))
    _remove_slides(presentation)
    _drop_leftovers(presentation)
    if not template.keeps_colours:
        for theme in _themes(presentation):
            _set_theme(theme, branded_theme(theme.blob, brand))
    _replace_logos(presentation, logo)
    return presentation


def theme_font(presentation: Any) -> str:
    """The font in which the template sets its texts."""
    return font_of_theme(presentation.slide_master.part.part_related_by(RT.THEME).blob)


def measure_layouts(presentation: Any) -> dict[str, dict[str, Placeholder]]:
    """The placeholders of each layout, both by name."""
    return {
        name: {
            of: Placeholder(
                shape.placeholder_format.idx, Box.of(shape), _text_size(shape), _text_inset(shape)
            )
            for of, shape in placeholders_by_name(layout).items()
        }
        for name, layout in layouts_by_name(presentation).items()
    }


def _remove_slides(presentation: Any) -> None:
    """The examples that a designer left in the template."""
    slides = presentation.slides._sldIdLst
    for slide in list(slides):
        presentation.part.drop_rel(slide.rId)
        slides.remove(slide)


def _drop_leftovers(presentation: Any) -> None:
    """A printer, and a thumbnail that would show the template instead of the slides."""
    package = presentation.part.package
    for owner, kind in ((presentation.part, RT.PRINTER_SETTINGS), (package, RT.THUMBNAIL)):
        for key in [key for key, relation in owner._rels.items() if relation.reltype == kind]:
            owner._rels.pop(key)


def _themes(presentation: Any) -> Iterator[Any]:
    for master in (*presentation.slide_masters, presentation.notes_master):
        yield master.part.part_related_by(RT.THEME)


def _set_theme(part: Any, content: bytes) -> None:
    if isinstance(part, XmlPart):  # a notes master that python-pptx made itself
        part._element = parse_xml(content)
    else:
        part.blob = content


def _replace_logos(presentation: Any, logo: bytes | None) -> None:
    """Put the logo of the brand in the pictures called « Logo »; without one, take them off."""
    owners = [*presentation.slide_masters, *layouts_by_name(presentation).values()]
    for owner in owners:
        for shape in list(owner.shapes):
            if shape.name != LOGO or shape.shape_type != MSO_SHAPE_TYPE.PICTURE:
                continue
            blip = shape._element.blipFill.find(qn("a:blip"))
            former = blip.get(qn("r:embed"))
            if logo is None:
                shape._element.getparent().remove(shape._element)
                owner.part.drop_rel(former)
                continue
            _, key = owner.part.get_or_add_image_part(io.BytesIO(logo))
            for extension in list(blip):  # a vector drawing would be shown in its place
                blip.remove(extension)
            blip.set(qn("r:embed"), key)
            if key != former:
                owner.part.drop_rel(former)
            box = picture_box(logo, Box.of(shape), left=True)
            shape.left, shape.top, shape.width, shape.height = box.emu
            shape.crop_left = shape.crop_right = shape.crop_top = shape.crop_bottom = 0


def _text_size(shape: Any) -> float:
    """Points of the first level of a placeholder: its own, else its master's."""
    kind = _MASTER_TYPES.get(shape.placeholder_format.type, PP_PLACEHOLDER.BODY)
    master = shape.part.slide_layout.slide_master
    owners = [shape, *(one for one in master.placeholders if one.placeholder_format.type == kind)]
    sizes = [
        *(size for owner in owners for size in owner._element.xpath(f"./p:txBody/{_FIRST_LEVEL}")),
        *master._element.xpath(f"./p:txStyles/{_MASTER_STYLES[kind]}/{_FIRST_LEVEL_STYLE}"),
    ]
    return int(sizes[0]) / 100 if sizes else _DEFAULT_POINTS


def _text_inset(shape: Any) -> float:
    frame = shape.text_frame
    inset: float = frame.margin_left.pt + frame.margin_right.pt
    return inset
