"""The whole page: a publication in one HTML file that asks nothing of any other."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import itertools
from dataclasses import replace

from atlas import periods
from atlas.export.web.drawings import DrawSvg
from atlas.export.web.resources import FOLDER, data_url, font_faces, read_resource
from atlas.export.web.sections import figure_heading, web_sections
from atlas.figures.common.silhouette import SILHOUETTE_HEIGHT
from atlas.figures.common.style import readable_on
from atlas.figures.key_figures.page import SourceLetters, key_figures_html, style_sheet
from atlas.french import row_texts
from atlas.html_templates import template_environment
from atlas.incoming_text import without_forbidden_characters
from atlas.publications.publication import PressTexts, Publication
from atlas.settings import Brand

FICTITIOUS_NOTICE = "Données fictives, sans valeur statistique"
_PNG_SIGNATURE = b"\x89PNG"
_TEMPLATES = template_environment(FOLDER / "templates")


def web_page(
    publication: Publication,
    *,
    brand: Brand,
    drawing: DrawSvg,
    logo: bytes | None,
    embargo: str,
    date: dt.date,
) -> bytes:
    """An HTML file that reads as the page of a dossier, whole without a script: a cover, key
    figures, drawings, tables, who speaks, sources, and a style for print.

    drawing: an SVG of a figure at a size, with its legend, without title and caption; logo: an SVG
    or PNG file; embargo: the line that says until when, empty when there is none; date: of the
    edition. Raises ExportError when a figure cannot be drawn.
    """
    publication = without_forbidden_characters(publication)
    letters = SourceLetters()
    cover_figure = _cover_figure(publication, letters)
    rows = web_sections(publication, letters, drawing)
    notices = [
        ("fictives", FICTITIOUS_NOTICE if publication.fictitious else ""),
        ("embargo", embargo),
    ]
    script = read_resource("behaviour.js")
    page = _TEMPLATES.get_template("page.html").render(
        publication=publication,
        press=publication.press or PressTexts(""),
        brand=brand,
        on_primary=readable_on(brand.primary),
        embargo=embargo,
        fictitious_notice=FICTITIOUS_NOTICE,
        notices=[(css_class, notice) for css_class, notice in notices if notice],
        logo_url=_logo_url(logo),
        cover_figure=cover_figure,
        outline=publication.silhouette,
        outline_height=SILHOUETTE_HEIGHT,
        rows=rows,
        sections=list(itertools.chain.from_iterable(rows)),
        heading=figure_heading,
        source_letters=letters.html(),
        sources=row_texts(publication.sources),
        definitions=row_texts(publication.definitions),
        credits=_credits(publication, brand, date),
        font_faces=font_faces(),
        style_sheet=style_sheet() + read_resource("style.css"),
        licences=read_resource("licences.txt"),
        script=script,
        # By which the content security policy lets it run, and no other.
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )
    return page.encode()


def _cover_figure(publication: Publication, letters: SourceLetters) -> str:
    """HTML, empty for a publication without a key figure."""
    main = publication.main_figure
    if main is None:
        return ""
    return key_figures_html([replace(main, size="hero")], letters, with_place=True)


def _logo_url(logo: bytes | None) -> str:
    if not logo:
        return ""
    return data_url(logo, "image/png" if logo.startswith(_PNG_SIGNATURE) else "image/svg+xml")


def _credits(publication: Publication, brand: Brand, date: dt.date) -> list[str]:
    return [
        f"{brand.name}, édition du {periods.label(date.isoformat())}.",
        f"Version des données : {publication.version}.",
        *([publication.closing] if publication.closing else []),
        "La licence des données est celle de chaque source.",
        "Lettres : Source Sans Pro (licence SIL Open Font 1.1).",
        "Pictogrammes : Health Icons (licence MIT).",
    ]
