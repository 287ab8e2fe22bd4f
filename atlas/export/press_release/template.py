"""The Word template: opened, emptied, dressed with the brand, its pages measured."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn
from docx.shared import Length
from docx.text.paragraph import Paragraph
from PIL import Image

from atlas.export.image import ExportError
from atlas.export.office_theme import branded_theme, theme_colours
from atlas.settings import Brand, OfficeTemplate
from atlas.settings.office_documents import headers_and_footers
from atlas.settings.office_templates import LOGO

# Word's names of the colours of a theme, where they are not the theme's own.
_WORD_COLOURS = {
    "text1": "dk1",
    "dark1": "dk1",
    "text2": "dk2",
    "dark2": "dk2",
    "background1": "lt1",
    "light1": "lt1",
    "background2": "lt2",
    "light2": "lt2",
    "hyperlink": "hlink",
    "followedHyperlink": "folHlink",
}


@dataclass(frozen=True)
class PageSize:
    """Width and height of the text of a page, in millimetres."""

    width_mm: float
    height_mm: float


def open_document(template: OfficeTemplate, brand: Brand) -> Document:
    """The template as a document without a paragraph, with its styles, headers and footers.

    Raises ExportError when the template was refused.
    """
    if template.refusal:
        raise ExportError(template.refusal)
    document = docx.Document(io.BytesIO(template.content))
    _remove_specimen(document)
    for key, relation in list(document.part.package.rels.items()):
        if relation.reltype == RT.THUMBNAIL:  # it would show the template
            del document.part.package.rels[key]
    if not template.keeps_colours:
        _set_brand_colours(document, brand)
    return document


def page_size(document: Document) -> PageSize:
    """What margins leave to the text on a page."""
    section = document.sections[-1]
    across = (section.page_width, section.left_margin, section.right_margin)
    down = (section.page_height, section.top_margin, section.bottom_margin)
    return PageSize(_left(*across), _left(*down))


def replace_texts(document: Document, texts: Mapping[str, str]) -> None:
    """Write texts in the headers and footers, in place of those that have a character style.

    texts: by style; the texts of a style without any are taken off. A tab before the text of the
    template stays before what replaces it.
    """
    for part in headers_and_footers(document):
        for element in part._element.iter(qn("w:p")):
            written: set[str] = set()
            for run in Paragraph(element, part).runs:
                style = run.style.name or ""
                if style not in texts:
                    continue
                text = texts[style]
                if style in written or not text:  # Word may cut a text in several runs
                    element.remove(run._r)
                    continue
                written.add(style)
                run.text = "\t" * run.text.startswith("\t") + text


def replace_logos(document: Document, logo: bytes | None, name: str) -> None:
    """Put a logo (PNG or JPEG) in the pictures called « Logo » of headers and footers, as high as
    they are; without one, take them off. name: whose logo it is, for screen readers."""
    for part in headers_and_footers(document):
        for run in _runs_with_logo(part):
            blip = run.find(f".//{qn('a:blip')}")
            former = blip.get(qn("r:embed"))
            if logo is None:
                run.getparent().remove(run)
                part.part.drop_rel(former)
                continue
            key, _ = part.part.get_or_add_image(io.BytesIO(logo))
            for extension in list(blip):  # a vector drawing would be shown in its place
                blip.remove(extension)
            blip.set(qn("r:embed"), key)
            if key != former:
                part.part.drop_rel(former)
            _keep_proportions(run, logo)
            run.find(f".//{qn('wp:docPr')}").set("descr", f"Logo {name}")


def _left(whole: Length | None, *margins: Length | None) -> float:
    left: float = Length((whole or 0) - sum(margin or 0 for margin in margins)).mm
    return left


def _remove_specimen(document: Document) -> None:
    """The texts that show the styles to who edits the template, with their pictures and links."""
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    for key, relation in list(document.part.rels.items()):
        if relation.reltype in (RT.IMAGE, RT.HYPERLINK):
            del document.part.rels[key]


def _set_brand_colours(document: Document, brand: Brand) -> None:
    """In the theme, and in what programs that do not read it print instead."""
    theme: Any = document.part.part_related_by(RT.THEME)
    theme._blob = branded_theme(theme.blob, brand)
    colours = theme_colours(brand)
    styles = document.styles.element
    for element in (styles, *(part._element for part in headers_and_footers(document))):
        for coloured in element.iter():
            for theme_key, key in (("themeColor", _colour_key(coloured)), ("themeFill", "fill")):
                named = coloured.get(qn(f"w:{theme_key}"))
                colour = colours.get(_WORD_COLOURS.get(named, named))
                if colour:
                    coloured.set(qn(f"w:{key}"), colour[1:].upper())


def _colour_key(element: Any) -> str:
    """A text has its colour in w:color/@w:val, a border and an underline in their @w:color."""
    return "val" if element.tag == qn("w:color") else "color"


def _runs_with_logo(part: Any) -> Iterator[Any]:
    for properties in list(part._element.iter(qn("wp:docPr"))):
        run = next(properties.iterancestors(qn("w:r")), None)
        if properties.get("name") == LOGO and run is not None:
            yield run


def _keep_proportions(run: Any, logo: bytes) -> None:
    with Image.open(io.BytesIO(logo)) as opened:
        ratio = opened.width / opened.height
    for extent in (run.find(f".//{qn('wp:extent')}"), run.find(f".//{qn('a:ext')}[@cx]")):
        extent.set("cx", str(round(int(extent.get("cy")) * ratio)))
