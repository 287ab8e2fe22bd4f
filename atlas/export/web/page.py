"""The whole page: a publication in one HTML file that asks nothing of any other."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from atlas import periods
from atlas.export.web.resources import FOLDER, data_url, engine, font_faces, read_resource
from atlas.export.web.sections import figure_heading, web_sections
from atlas.figures.common.figure import Figure
from atlas.figures.common.style import readable_on
from atlas.french import row_texts
from atlas.geometry import Shapes
from atlas.html_templates import template_environment
from atlas.incoming_text import without_forbidden_characters
from atlas.publications.publication import Publication
from atlas.settings import Brand

FICTITIOUS_NOTICE = "Données fictives, sans valeur statistique"
# A value with more letters is written smaller.
MAX_LARGE_VALUE_LETTERS = 13
_PNG_SIGNATURE = b"\x89PNG"
_TEMPLATES = template_environment(FOLDER / "templates")


@dataclass(frozen=True)
class Script:
    """A program of the page."""

    source: str
    is_module: bool = False

    @property
    def sha256(self) -> str:
        """The hash by which the content security policy lets it run."""
        return base64.b64encode(hashlib.sha256(self.source.encode()).digest()).decode()


def web_page(
    publication: Publication,
    *,
    brand: Brand,
    shapes: Shapes | None,
    logo: bytes | None,
    embargo: str,
    date: dt.date,
) -> bytes:
    """An HTML file with charts that answer the pointer, tables, sources and a style for print.

    shapes: those that the maps name by address; logo: an SVG or PNG file; embargo: the line that
    says until when, empty when there is none; date: of the edition. Raises ExportError when the
    drawing engine cannot be bundled.
    """
    publication = without_forbidden_characters(publication)
    sections = web_sections(publication)
    specifications = {
        f"figure-{part.number}": part.section.figure.spec
        for part in sections
        if part.section.figure
    }
    # The engine draws from expression trees (see behaviour.js): no `unsafe-eval`.
    scripts = [Script(read_resource("behaviour.js"))]
    if specifications:
        scripts.append(Script(engine(), is_module=True))
    notices = [
        ("fictives", FICTITIOUS_NOTICE if publication.fictitious else ""),
        ("embargo", embargo),
    ]
    page = _TEMPLATES.get_template("page.html").render(
        publication=publication,
        brand=brand,
        on_primary=readable_on(brand.primary),
        embargo=embargo,
        fictitious_notice=FICTITIOUS_NOTICE,
        notices=[(css_class, notice) for css_class, notice in notices if notice],
        logo_url=_logo_url(logo),
        sections=sections,
        heading=figure_heading,
        is_long=lambda value: len(value) > MAX_LARGE_VALUE_LETTERS,
        sources=row_texts(publication.sources),
        definitions=row_texts(publication.definitions),
        credits=_credits(publication, brand, date),
        specifications=specifications,
        outlines=_outlines(publication.figures, shapes),
        font_faces=font_faces(),
        style_sheet=read_resource("style.css"),
        licences=read_resource("licences.txt"),
        scripts=scripts,
    )
    return page.encode()


def _logo_url(logo: bytes | None) -> str:
    if not logo:
        return ""
    return data_url(logo, "image/png" if logo.startswith(_PNG_SIGNATURE) else "image/svg+xml")


def _outlines(figures: Iterable[Figure], shapes: Shapes | None) -> list[tuple[str, dict[str, Any]]]:
    """Each TopoJSON that the figures name by its address, once."""
    if shapes is None:
        return []
    specs = json.dumps([figure.spec for figure in figures])
    return [
        (shapes.url(view), shapes.inline(view))
        for view in shapes.views
        if f'"{shapes.url(view)}"' in specs
    ]


def _credits(publication: Publication, brand: Brand, date: dt.date) -> list[str]:
    credits = [
        f"{brand.name}, édition du {periods.label(date.isoformat())}.",
        f"Version des données : {publication.version}.",
        *([publication.closing] if publication.closing else []),
        "La licence des données est celle de chaque source.",
        "Lettres : Source Sans Pro (licence SIL Open Font 1.1).",
    ]
    if publication.figures:
        credits.append("Graphiques : Vega et Vega-Lite (licence BSD 3 clauses).")
    return credits
