"""The empty press text: A4, French, the styles of Word in the colours of the brand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle

from atlas.export.svg_text import ALERT
from atlas.settings import Brand

FACE, LANGUAGE, RULE = "Source Sans Pro", "fr-FR", "C9CDD6"
PAGE, MARGINS = (210, 297), {"top": 27, "bottom": 22, "left": 20, "right": 20}
WIDTH_MM = PAGE[0] - MARGINS["left"] - MARGINS["right"]
# Names of our own styles; the others are those that Word names in the reader's language.
LEAD, NOTICE, WARNING = "Chapeau", "Embargo", "Données fictives"
KICKER, FIGURE_TITLE, FIGURE_SUBTITLE = "Surtitre", "Titre de figure", "Sous-titre de figure"
FIGURE, ENTRY, SOURCE, RESERVE = "Figure", "Entrée", "Source du chiffre", "Réserve"
TABLE, CELL = "Tableau de chiffres", "Cellule de tableau"
# What the styles of the template have and ours do not: a rule under the title, tab stops at the
# width of an American page, spaced letters.
_TEMPLATE = ("w:pBdr", "w:contextualSpacing", "w:tabs", "w:spacing")


def blank_document(brand: Brand) -> Document:
    """A document without a paragraph, with the styles named above."""
    document = docx.Document()
    _page(document)
    _without_leftovers(document)
    _language(document)
    for name, look in _looks(brand).items():
        _restyle(document, name, **look)
    document.styles.element.append(_table_style(brand))
    return document


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(PAGE[0]), Mm(PAGE[1])
    for side, width in MARGINS.items():
        setattr(section, f"{side}_margin", Mm(width))
    section.header_distance, section.footer_distance = Mm(10), Mm(9)


def _without_leftovers(document: Document) -> None:
    """Drops the template's thumbnail and its second, English, set of styles; names our font."""
    for relations in (document.part.rels, document.part.package.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.endswith(("/stylesWithEffects", "/thumbnail")):
                del relations[key]
    fonts = next(
        r.target_part
        for r in document.part.rels.values()
        if r.reltype == RELATIONSHIP_TYPE.FONT_TABLE
    )
    # Where the font is not installed, Word takes another one without serifs.
    fonts._blob = fonts.blob.replace(
        b"</w:fonts>",
        (
            f'<w:font w:name="{FACE}"><w:altName w:val="Source Sans 3"/><w:family w:val="swiss"/>'
            '<w:pitch w:val="variable"/></w:font></w:fonts>'
        ).encode(),
    )


def _language(document: Document) -> None:
    """French and the house font by default; the template's own fonts and languages go."""
    styles = document.styles.element
    for tag in ("w:rFonts", "w:lang", "w:kern"):
        for element in list(styles.iter(qn(tag))):
            element.getparent().remove(element)
    default = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    faces = " ".join(f'w:{part}="{FACE}"' for part in ("ascii", "hAnsi", "cs", "eastAsia"))
    default.insert(0, parse_xml(f"<w:rFonts {nsdecls('w')} {faces}/>"))
    default.append(
        parse_xml(
            f'<w:lang {nsdecls("w")} w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/>'
        )
    )
    settings = document.settings.element
    values = {"w:themeFontLang": LANGUAGE, "w:decimalSymbol": ",", "w:listSeparator": ";"}
    for tag, value in values.items():
        settings.find(qn(tag)).set(qn("w:val"), value)
    # Below 15, Word opens the file in « mode de compatibilité ».
    settings.find(f".//{qn('w:compatSetting')}").set(qn("w:val"), "15")


def _looks(brand: Brand) -> dict[str, dict[str, Any]]:
    """Size, colour, weight, space before and after (in points) of each style."""
    ink, muted, main = brand.ink, brand.muted, brand.primary
    return {
        "Normal": {"size": 10.5, "colour": ink, "after": 6, "line": 1.12},
        "Title": {"size": 24, "colour": main, "bold": True, "after": 2, "line": 1},
        "Subtitle": {"size": 13, "colour": muted, "after": 10, "italic": False},
        "Heading 1": {"size": 16, "colour": main, "before": 18, "after": 6, "next": True},
        "Heading 2": {"size": 12.5, "colour": ink, "before": 12, "after": 2, "next": True},
        "List Bullet": {"size": 10.5, "colour": ink, "after": 5},
        "Caption": {"size": 8.5, "colour": muted, "bold": False, "after": 1, "line": 1.05},
        **dict.fromkeys(("Header", "Footer"), {"size": 9, "colour": muted, "after": 0}),
        KICKER: {"size": 10.5, "colour": muted, "bold": True, "after": 8},
        LEAD: {"size": 12, "colour": ink, "bold": True, "after": 8},
        NOTICE: {"size": 12, "colour": ALERT, "bold": True, "after": 8},
        WARNING: {"size": 10.5, "colour": ALERT, "bold": True, "after": 6},
        FIGURE_TITLE: {"base": "Heading 2", "before": 14, "after": 0, "next": True},
        FIGURE_SUBTITLE: {"size": 10, "colour": muted, "after": 4, "next": True},
        FIGURE: {"after": 4, "line": 1, "next": True},
        CELL: {"size": 9, "colour": ink, "after": 0, "line": 1},
        ENTRY: {"size": 9.5, "colour": ink, "after": 4},
        SOURCE: {"kind": WD_STYLE_TYPE.CHARACTER, "size": 8.5, "colour": muted},
        RESERVE: {"kind": WD_STYLE_TYPE.CHARACTER, "size": 8.5, "colour": ALERT, "bold": True},
    }


def _restyle(
    document: Document,
    name: str,
    *,
    kind: WD_STYLE_TYPE = WD_STYLE_TYPE.PARAGRAPH,
    base: str = "Normal",
    **look: Any,
) -> None:
    styles = document.styles
    if name not in styles:
        made = styles.add_style(name, kind)
        made.quick_style = True
        if isinstance(made, ParagraphStyle):
            made.base_style = styles[base]
    style = styles[name]
    assert isinstance(style, CharacterStyle)
    _letters(style, look)
    if isinstance(style, ParagraphStyle):
        _spacing(style, look)


def _letters(style: CharacterStyle, look: Mapping[str, Any]) -> None:
    font = style.font
    if "size" in look:
        font.size = Pt(look["size"])
    if "colour" in look:
        font.color.rgb = RGBColor.from_string(look["colour"][1:].upper())
    if "bold" in look:
        font.bold = look["bold"]
    if "italic" in look:
        font.italic = look["italic"]


def _spacing(style: ParagraphStyle, look: Mapping[str, Any]) -> None:
    for tag in _TEMPLATE:
        for element in style.element.findall(f"*/{qn(tag)}"):
            element.getparent().remove(element)
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(look.get("before", 0)), Pt(look["after"])
    form.line_spacing = look.get("line", 1.12)
    form.keep_with_next = look.get("next", False)
    form.keep_together = True


def _table_style(brand: Brand) -> Any:
    """Thin rules between rows, a bold header on a pale ground."""
    ink, edge = brand.ink[1:], brand.muted[1:]
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{colour}"/>'
        for side, colour in (("top", edge), ("bottom", edge), ("insideH", RULE))
    )
    cells = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 40), ("left", 70), ("bottom", 40), ("right", 70))
    )
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="TableauDeChiffres">'
        f'<w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{sides}</w:tblBorders><w:tblCellMar>{cells}</w:tblCellMar>"
        f'</w:tblPr><w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:color w:val="{ink}"/></w:rPr>'
        f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{brand.neutral[1:]}"/></w:tcPr>'
        "</w:tblStylePr></w:style>"
    )
