"""The template of the slides, made from the brand: theme, master, layouts, notes."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.oxml import serialize_part_xml
from pptx.opc.package import XmlPart
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn

from atlas.export.slides import layouts
from atlas.export.slides.layouts import Box
from atlas.figures.common.series_colours import COLOURS
from atlas.rendering.text_metrics import FAMILY
from atlas.settings import Brand

_PROMPTS = {
    "Click to edit Master text styles": "Modifiez le texte",
    "Second level": "Deuxième niveau",
    "Third level": "Troisième niveau",
    "Fourth level": "Quatrième niveau",
    "Fifth level": "Cinquième niveau",
}
_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.'
    'openxmlformats.org/officeDocument/2006/extended-properties"><TotalTime>0</TotalTime>'
    "<PresentationFormat>Grand écran</PresentationFormat></Properties>"
)
NOTES_IMAGE = Box(54, 54, 432, 243)


def template(brand: Brand, logo: bytes | None) -> Any:
    """An empty presentation, 16:9, in the colours and the font of the brand; logo: a PNG."""
    made = Presentation()
    made.slide_width, made.slide_height = Box(0, 0, layouts.WIDTH, layouts.HEIGHT).emu[2:]
    made.element.find(qn("p:sldSz")).attrib.pop("type")
    _drop_leftovers(made)
    _set_master(made.slide_master, logo)
    _set_layouts(made, brand)
    _set_notes(made.notes_master)
    for master in (made.slide_master, made.notes_master):
        theme = master.part.part_related_by(RT.THEME)
        if isinstance(theme, XmlPart):
            _set_theme(theme._element, brand)
        else:
            root = parse_xml(theme.blob)
            _set_theme(root, brand)
            theme.blob = serialize_part_xml(root)
    for part in (made, made.slide_master, made.notes_master):
        for element in part.element.iter():
            if element.get("lang"):
                element.set("lang", "fr-FR")
    return made


def within(picture: bytes, box: Box, *, left: bool = False) -> Box:
    """The place of a picture in a box: its proportions, as large as it fits."""
    with Image.open(io.BytesIO(picture)) as opened:
        wide, high = opened.size
    scale = min(box.width / wide, box.height / high)
    across = box.x if left else box.x + (box.width - wide * scale) / 2
    return Box(across, box.y + (box.height - high * scale) / 2, wide * scale, high * scale)


def _drop_leftovers(made: Any) -> None:
    """What the starting file brings of its own: a printer, a thumbnail, the name of a program."""
    package = made.part.package
    for owner, kind in ((made.part, RT.PRINTER_SETTINGS), (package, RT.THUMBNAIL)):
        rels = owner._rels
        for key in [key for key in rels if rels[key].reltype == kind]:
            rels.pop(key)
    package.part_related_by(RT.EXTENDED_PROPERTIES).blob = _PROPERTIES.encode()


def _set_master(master: Any, logo: bytes | None) -> None:
    shown = ""
    if logo is not None:
        _, relation = master.part.get_or_add_image_part(io.BytesIO(logo))
        shown = layouts.picture(22, "Logo", within(logo, layouts.LOGO_BOX, left=True), relation)
    _replace_slide(master.element, layouts.master_tree(shown))
    styles = master.element.find(qn("p:txStyles"))
    styles.find(f"{qn('p:titleStyle')}/{qn('a:lvl1pPr')}").set("algn", "l")
    for level, style in enumerate(styles.find(qn("p:bodyStyle"))):
        style.find(qn("a:defRPr")).set("sz", str(max(1400, 1800 - 200 * level)))


def _set_layouts(made: Any, brand: Brand) -> None:
    kept = list(made.slide_layouts)[: len(layouts.LAYOUTS)]
    for layout in list(made.slide_layouts)[len(kept) :]:
        made.slide_layouts.remove(layout)
    for layout, name in zip(kept, layouts.LAYOUTS, strict=True):
        _replace_slide(layout.element, layouts.layout_tree(name, brand.sequential))
        if name == layouts.COVER:
            layout.element.set("showMasterSp", "0")
        else:
            layout.element.attrib.pop("type")
            layout.element.set("userDrawn", "1")


def _replace_slide(element: Any, content: str) -> None:
    """Put other contents in a master or a layout, under the styles and the identity it has."""
    element.replace(element.find(qn("p:cSld")), parse_xml(content))


def _set_notes(master: Any) -> None:
    """French prompts, and a picture of the slide that has its proportions."""
    for text in master.element.iter(qn("a:t")):
        text.text = _PROMPTS.get(text.text, text.text)
    for shape in master.placeholders:
        if shape.element.ph_type.name == "SLIDE_IMAGE":
            shape.left, shape.top, shape.width, shape.height = NOTES_IMAGE.emu


def theme_colours(brand: Brand) -> dict[str, str]:
    """The colours of the theme, by their names in it."""
    return {
        "dk1": brand.ink,
        "lt1": "#ffffff",
        "dk2": brand.muted,
        "lt2": brand.neutral,
        "accent1": brand.primary,
        "accent2": brand.accent,
        "accent3": COLOURS[2],
        "accent4": COLOURS[3],
        "accent5": brand.sequential[len(brand.sequential) // 2],
        "accent6": brand.sequential[-1],
        "hlink": brand.primary,
        "folHlink": brand.muted,
    }


def _set_theme(root: Any, brand: Brand) -> None:
    root.set("name", brand.name)
    colours = root.find(f".//{qn('a:clrScheme')}")
    fonts = root.find(f".//{qn('a:fontScheme')}")
    colours.set("name", brand.name)
    fonts.set("name", FAMILY)
    for name, colour in theme_colours(brand).items():
        slot = colours.find(qn(f"a:{name}"))
        for old in list(slot):
            slot.remove(old)
        slot.append(slot.makeelement(qn("a:srgbClr"), {"val": colour[1:].upper()}))
    for latin in fonts.iter(qn("a:latin")):
        latin.set("typeface", FAMILY)
