"""PowerPoint and Word files, opened: what stands in them under the names of `office_templates`."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import docx
import docx.opc.exceptions
import pptx
import pptx.exc
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from lxml.etree import XMLSyntaxError
from pptx.enum.shapes import PP_PLACEHOLDER

from atlas.settings.office_templates import (
    EMBARGO_REMINDER,
    ENTRY,
    FIGURE_DRAWING,
    FIGURE_SOURCE,
    FIGURE_SUBTITLE,
    FIGURE_TITLE,
    FOOTER,
    KICKER,
    LAYOUTS,
    LEAD,
    NOTICE,
    NUMBER,
    RESERVE,
    TABLE,
    TABLE_CELL,
    TITLE,
    WARNING,
    TemplateKey,
)

# PowerPoint names these in the language of the person who draws them: their type tells them.
_NAMES_BY_TYPE = {
    PP_PLACEHOLDER.TITLE: TITLE,
    PP_PLACEHOLDER.CENTER_TITLE: TITLE,
    PP_PLACEHOLDER.FOOTER: FOOTER,
    PP_PLACEHOLDER.SLIDE_NUMBER: NUMBER,
}

# Built-in styles have an English name in the file and this one on a French screen.
_BUILT_IN = {
    "Normal": "Normal",
    "Title": "Titre",
    "Subtitle": "Sous-titre",
    "Heading 1": "Titre 1",
    "Heading 2": "Titre 2",
    "List Bullet": "Liste à puces",
    "Caption": "Légende",
}
STYLES: dict[WD_STYLE_TYPE, tuple[str, ...]] = {
    WD_STYLE_TYPE.PARAGRAPH: (
        *_BUILT_IN,
        KICKER,
        LEAD,
        NOTICE,
        WARNING,
        FIGURE_TITLE,
        FIGURE_SUBTITLE,
        FIGURE_DRAWING,
        ENTRY,
        TABLE_CELL,
    ),
    WD_STYLE_TYPE.CHARACTER: (FIGURE_SOURCE, RESERVE, EMBARGO_REMINDER),
    WD_STYLE_TYPE.TABLE: (TABLE,),
}
_STYLE_TYPES = {
    WD_STYLE_TYPE.PARAGRAPH: "de paragraphe",
    WD_STYLE_TYPE.CHARACTER: "de caractère",
    WD_STYLE_TYPE.TABLE: "de tableau",
}
# What every page of a press release says, wherever its header or footer has a text in this style.
PAGE_MARKS = (RESERVE, EMBARGO_REMINDER)

# What a Typst template reads, and the words without which it can fetch no package.
PACK_DATA = "donnees.json"
REACHING_OUT = re.compile(r"\b(import|include|eval)\b")

# What the two libraries raise on a file that is no document of theirs, or one that is damaged.
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    XMLSyntaxError,
    pptx.exc.PythonPptxError,
    docx.opc.exceptions.OpcError,
    KeyError,
    ValueError,
    AttributeError,
    NotImplementedError,
    EOFError,
)


def layouts_by_name(presentation: Any) -> dict[str, Any]:
    """The layouts of all masters; the first of those that have one name."""
    found: dict[str, Any] = {}
    for master in presentation.slide_masters:
        for layout in master.slide_layouts:
            found.setdefault(layout.name, layout)
    return found


def placeholders_by_name(layout: Any) -> dict[str, Any]:
    """The placeholders of a layout, by the names of LAYOUTS."""
    found: dict[str, Any] = {}
    for shape in layout.placeholders:
        name = _NAMES_BY_TYPE.get(shape.placeholder_format.type, shape.name)
        found.setdefault(name, shape)
    return found


def headers_and_footers(document: Any) -> Iterator[Any]:
    """Those that a Word document has of its own: of every page, of the first, of even pages."""
    for section in document.sections:
        for side in ("header", "footer"):
            for name in (side, f"first_page_{side}", f"even_page_{side}"):
                part = getattr(section, name)
                if not part.is_linked_to_previous:
                    yield part


def missing_parts(content: bytes, key: TemplateKey) -> list[str]:
    """What a file lacks to be the template of a key, in French; raises one of UNREADABLE."""
    return _MISSING[key](content)


def _missing_from_slides(content: bytes) -> list[str]:
    layouts = layouts_by_name(pptx.Presentation(io.BytesIO(content)))
    missing = []
    for name, wanted in LAYOUTS.items():
        if name not in layouts:
            missing.append(f"la disposition « {name} »")
            continue
        present = placeholders_by_name(layouts[name])
        missing += [
            f"l’espace réservé « {one} » de la disposition « {name} »"
            for one in wanted
            if one not in present
        ]
    return missing


def _missing_from_text(content: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(content))
    present = {(style.type, style.name): style for style in document.styles}
    missing = [
        f"le style {_STYLE_TYPES[kind]} « {_BUILT_IN.get(name, name)} »"
        for kind, names in STYLES.items()
        for name in names
        if (kind, name) not in present
    ]
    used = {
        element.get(qn("w:val"))
        for part in headers_and_footers(document)
        for element in part._element.iter(qn("w:rStyle"))
    }
    for name in PAGE_MARKS:
        style = present.get((WD_STYLE_TYPE.CHARACTER, name))
        if style is not None and style.style_id not in used:
            missing.append(f"un texte de style « {name} » dans l’en-tête ou le pied de page")
    return missing


def _missing_from_pack(content: bytes) -> list[str]:
    """Raises ValueError for what is no text."""
    text = content.decode("utf-8")
    missing = [] if PACK_DATA in text else [f"la lecture de {PACK_DATA}"]
    if REACHING_OUT.search(text):
        missing.append("de tenir en un fichier, sans import, include ni eval")
    return missing


_MISSING: dict[TemplateKey, Callable[[bytes], list[str]]] = {
    "slides_template": _missing_from_slides,
    "text_template": _missing_from_text,
    "pack_template": _missing_from_pack,
}
