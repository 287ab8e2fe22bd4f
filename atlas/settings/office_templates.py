"""The PowerPoint, Word and Typst files in which slides, press releases and press packs are made.

Those that are shipped stand in templates/ and take the colours of `brand`. An agency that
names its own in config.yaml keeps the colours and the fonts of its file.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from atlas.problems import Problem
from atlas.settings.strict_yaml import read_yaml

TemplateKey = Literal["slides_template", "text_template", "pack_template"]
MAX_TEMPLATE_BYTES = 20_000_000
SHIPPED_FOLDER = Path(__file__).parents[2] / "templates"
_CONFIG = "config.yaml"
_MANUAL = "docs/office-templates.md"

# --- names in a slides template ---
COVER, SECTION, KEY_FIGURES = "Couverture", "Section", "Chiffres clés"
FIGURE, FIGURE_AND_TEXT, TABLE_SLIDE = "Figure", "Figure et texte", "Tableau"
TEXT, QUOTATION, CONTACTS = "Texte", "Citation", "Contacts"
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
QUOTED_WORDS, ROLE = "Citation", "Fonction"
# These three may be absent: an agency draws its own logo, name and picture on its own template.
LOGO, PUBLISHER, SILHOUETTE = "Logo", "Éditeur", "Silhouette"
_EVERY_SLIDE = (TITLE, MENTION, FOOTER, NUMBER)
LAYOUTS: dict[str, tuple[str, ...]] = {
    COVER: (TITLE, PLACE, DATE, EMBARGO, MENTION),
    SECTION: (*_EVERY_SLIDE, BODY),
    KEY_FIGURES: (*_EVERY_SLIDE, SUBTITLE, AREA, SOURCE),
    FIGURE: (*_EVERY_SLIDE, SUBTITLE, AREA, CAPTION, SOURCE),
    FIGURE_AND_TEXT: (*_EVERY_SLIDE, SUBTITLE, AREA, CAPTION, SOURCE),
    TABLE_SLIDE: (*_EVERY_SLIDE, SUBTITLE, AREA, SOURCE),
    TEXT: (*_EVERY_SLIDE, BODY),
    QUOTATION: (*_EVERY_SLIDE, QUOTED_WORDS, ROLE),
    CONTACTS: (*_EVERY_SLIDE, AREA, BODY),
}
# --- names in a text template ---
KICKER, LEAD, NOTICE, WARNING = "Surtitre", "Chapeau", "Embargo", "Données fictives"
FIGURE_TITLE, FIGURE_SUBTITLE = "Titre de figure", "Sous-titre de figure"
FIGURE_DRAWING, ENTRY = "Figure", "Entrée"
TABLE, TABLE_CELL = "Tableau de chiffres", "Cellule de tableau"
FIGURE_SOURCE, RESERVE, EMBARGO_REMINDER = "Source du chiffre", "Réserve", "Rappel d’embargo"


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
    """The templates of one project: of its slides, its press releases and its press packs."""

    slides: OfficeTemplate
    text: OfficeTemplate
    pack: OfficeTemplate


class _Kind(NamedTuple):
    """What is said of a kind of template: the shipped file, its program."""

    file: str
    suffix: str
    program: str


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
    # What reads these files is slow to load: who asks for no template does without it.
    from atlas.settings.office_documents import UNREADABLE, missing_parts

    try:
        missing = missing_parts(content, key)
    except UNREADABLE:
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
    "slides_template": _Kind("diaporama.pptx", ".pptx", "PowerPoint"),
    "text_template": _Kind("communique.docx", ".docx", "Word"),
    "pack_template": _Kind("dossier-de-presse.typ", ".typ", "Typst"),
}
