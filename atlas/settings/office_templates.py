"""The PowerPoint and Word files in which slides and press releases are made, checked by name.

The two that are shipped stand in templates/ and take the colours of `brand`. An agency that
names its own in config.yaml keeps the colours and the fonts of its file.
"""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

import docx
import docx.opc.exceptions
import pptx
import pptx.exc
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from lxml.etree import XMLSyntaxError
from pptx.enum.shapes import PP_PLACEHOLDER

from atlas.problems import Problem
from atlas.settings.strict_yaml import read_yaml

TemplateKey = Literal["slides_template", "text_template"]
MAX_TEMPLATE_BYTES = 20_000_000
SHIPPED_FOLDER = Path(__file__).parents[2] / "templates"
_CONFIG = "config.yaml"
_MANUAL = "docs/office-templates.md"

# --- names in a slides template ---
COVER, CONTENT, FIGURE, TEXT = (
    "Couverture",
    "Titre et contenu",
    "Titre et figure",
    "Titre et texte",
)
TITLE, SUBTITLE, AREA, CAPTION, SOURCE, BODY = (
    "Titre",
    "Sous-titre",
    "Contenu",
    "Légende",
    "Source",
    "Texte",
)
MENTION, FOOTER, NUMBER = "Mention", "Pied de page", "Numéro de diapositive"
PLACE, DATE, EMBARGO = "Lieu et période", "Date", "Embargo"
# These two may be absent: an agency draws its own logo and name on its own template.
LOGO, PUBLISHER = "Logo", "Éditeur"
LAYOUTS: dict[str, tuple[str, ...]] = {
    COVER: (TITLE, PLACE, DATE, EMBARGO, MENTION),
    CONTENT: (TITLE, SUBTITLE, AREA, SOURCE, MENTION, FOOTER, NUMBER),
    FIGURE: (TITLE, SUBTITLE, AREA, CAPTION, SOURCE, MENTION, FOOTER, NUMBER),
    TEXT: (TITLE, BODY, MENTION, FOOTER, NUMBER),
}
# PowerPoint names these in the language of the person who draws them: their type tells them.
_NAMES_BY_TYPE = {
    PP_PLACEHOLDER.TITLE: TITLE,
    PP_PLACEHOLDER.CENTER_TITLE: TITLE,
    PP_PLACEHOLDER.FOOTER: FOOTER,
    PP_PLACEHOLDER.SLIDE_NUMBER: NUMBER,
}

# --- names in a text template ---
KICKER, LEAD, NOTICE, WARNING = "Surtitre", "Chapeau", "Embargo", "Données fictives"
FIGURE_TITLE, FIGURE_SUBTITLE = "Titre de figure", "Sous-titre de figure"
FIGURE_DRAWING, ENTRY = "Figure", "Entrée"
TABLE, TABLE_CELL = "Tableau de chiffres", "Cellule de tableau"
FIGURE_SOURCE, RESERVE, EMBARGO_REMINDER = "Source du chiffre", "Réserve", "Rappel d’embargo"
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


@dataclass(frozen=True)
class OfficeTemplate:
    """The bytes of a template file.

    keeps_colours: True for an agency's own, whose theme is left as it is; refusal: the French
    sentence that says why nothing can be made in it, empty when it is usable.
    """

    content: bytes
    keeps_colours: bool = False
    refusal: str = ""


@dataclass(frozen=True)
class OfficeTemplates:
    """The templates of one project: of its slides and of its press releases."""

    slides: OfficeTemplate
    text: OfficeTemplate


class _Kind(NamedTuple):
    """What is said of a kind of template: the shipped file, its program, what a file lacks."""

    file: str
    suffix: str
    program: str
    missing: Callable[[bytes], list[str]]


def template_path(base: Path, key: TemplateKey, name: str) -> Path:
    """Where a template is read: in the project, or the shipped one when no name is given."""
    # realpath: Path.resolve raises RuntimeError on a link that leads to itself.
    return Path(os.path.realpath(base / name)) if name else SHIPPED_FOLDER / _KINDS[key].file


def read_template(
    base: Path, key: TemplateKey, name: str
) -> tuple[OfficeTemplate | None, list[Problem]]:
    """The template that `brand` names under a key, or None with what it lacks.

    base: the project's folder; name: a path inside it, empty for the shipped template.
    """
    kind, path = _KINDS[key], template_path(base, key, name)
    inside = not name or path.is_relative_to(base.resolve())
    if not inside or path.suffix.lower() != kind.suffix:
        wrong = f"le modèle « {name} » n’est pas un fichier {kind.suffix} du dossier du projet"
        return None, [_problem(base, key, name, wrong)]
    shown = name or f"{SHIPPED_FOLDER.name}/{kind.file}"
    try:
        content = path.read_bytes()
    except OSError:
        wrong = f"le modèle « {shown} » est introuvable ou illisible"
        return None, [_problem(base, key, name, wrong)]
    if len(content) > MAX_TEMPLATE_BYTES:
        return None, [_problem(base, key, name, f"le modèle « {shown} » pèse plus de 20 Mo")]
    try:
        missing = kind.missing(content)
    except _UNREADABLE:
        wrong = f"le modèle « {shown} » n’est pas un fichier {kind.program} lisible"
        return None, [_problem(base, key, name, wrong)]
    if missing:
        return None, [
            _problem(base, key, name, f"il manque au modèle « {shown} » {what}") for what in missing
        ]
    return OfficeTemplate(content, keeps_colours=bool(name)), []


@cache
def shipped_templates() -> OfficeTemplates:
    """Those of templates/, for what is made without a project."""
    return OfficeTemplates(
        *(OfficeTemplate(template_path(Path(), key, "").read_bytes()) for key in _KINDS)
    )


def refused_template(problems: list[Problem]) -> OfficeTemplate:
    """In place of a template that was never usable: it says why to whoever makes a file."""
    said = "\u00a0; ".join(problem.message for problem in problems)
    return OfficeTemplate(b"", refusal=f"{said[:1].upper()}{said[1:]}.")


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


def _problem(base: Path, key: TemplateKey, name: str, message: str) -> Problem:
    kind = _KINDS[key]
    if not name:
        cure = f"Reprenez le fichier fourni, ou corrigez-le dans {kind.program} ({_MANUAL})."
        return Problem(f"{SHIPPED_FOLDER.name}/{kind.file}", message, cure)
    cure = (
        f"Corrigez le fichier dans {kind.program} ({_MANUAL}), ou retirez {key} pour employer le "
        "modèle fourni."
    )
    _, lines, _ = read_yaml(base / _CONFIG, _CONFIG)
    line = lines.get(("brand", key))
    return Problem(_CONFIG, message, cure, line=line, where=f"brand.{key}", value=name)


_KINDS: dict[TemplateKey, _Kind] = {
    "slides_template": _Kind("diaporama.pptx", ".pptx", "PowerPoint", _missing_from_slides),
    "text_template": _Kind("communique.docx", ".docx", "Word", _missing_from_text),
}
# What the two libraries raise on a file that is no document of theirs, or one that is damaged.
_UNREADABLE = (
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
