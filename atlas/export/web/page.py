"""The whole page: a publication in one HTML file that asks nothing of any other."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib

from atlas import periods
from atlas.export.web import figures, parts
from atlas.export.web.resources import data_address, engine, font_faces, read
from atlas.export.web.words import FICTITIOUS, line, text
from atlas.figures.common.style import readable_on
from atlas.geometry import Shapes
from atlas.publications.publication import Publication
from atlas.settings import Brand

PNG = b"\x89PNG"


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
    drawn = [
        (place, section.figure)
        for place, section in enumerate(publication.sections, start=1)
        if section.figure
    ]
    # The engine draws from expression trees (see behaviour.js): no `unsafe-eval`.
    scripts = [("", read("behaviour.js")), *([(' type="module"', engine())] if drawn else [])]
    return "".join(
        [
            '<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n',
            _policy([source for _, source in scripts]),
            _about(publication, brand, embargo),
            f"<style>\n{font_faces()}{_colours(brand)}{read('style.css')}</style>\n</head>\n<body>\n",
            _banners(publication, embargo),
            _header(publication, brand, logo),
            _main(publication),
            _footer(publication, brand, date),
            figures.specifications(drawn),
            figures.outlines(publication.figures, shapes),
            f"<!--\n{read('licences.txt')}-->\n",
            *(f"<script{kind}>{source}</script>\n" for kind, source in scripts),
            "</body>\n</html>\n",
        ]
    ).encode()


def _policy(scripts: list[str]) -> str:
    """Nothing is fetched, and no script runs but those of this file, told by their hashes."""
    hashes = [
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts
    ]
    allowed = " ".join(f"'sha256-{made}'" for made in hashes)
    return (
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        f"script-src {allowed}; style-src 'unsafe-inline'; img-src data:; font-src data:; "
        "connect-src 'none'; base-uri 'none'; form-action 'none'\">\n"
    )


def _about(publication: Publication, brand: Brand, embargo: str) -> str:
    robots = '<meta name="robots" content="noindex">\n' if embargo else ""
    prefix = "Données fictives : " if publication.fictitious else ""
    return (
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light">\n<link rel="icon" href="data:,">\n'
        f"<title>{text(prefix + publication.title)}</title>\n{robots}"
        f'<meta name="description" content="{text(prefix + publication.introduction)}">\n'
        f'<meta name="author" content="{text(brand.name)}">\n'
    )


def _colours(brand: Brand) -> str:
    return (
        f":root{{--encre:{brand.ink};--discret:{brand.muted};--marque:{brand.primary};"
        f"--sur-marque:{readable_on(brand.primary)};--pale:{brand.neutral}}}\n"
    )


def _banners(publication: Publication, embargo: str) -> str:
    """At the top of the screen, and along every printed page."""
    said = [("fictives", FICTITIOUS if publication.fictitious else ""), ("embargo", embargo)]
    shown = [(kind, words) for kind, words in said if words]
    ribbon = " · ".join(words for _, words in shown)
    return (
        '<a class="saut" href="#contenu">Aller au contenu</a>\n'
        + "".join(line(words, f"bandeau {kind}") + "\n" for kind, words in shown)
        + (
            f'<div aria-hidden="true" class="ruban {shown[0][0]}">{text(ribbon)}</div>\n'
            if shown
            else ""
        )
    )


def _header(publication: Publication, brand: Brand, logo: bytes | None) -> str:
    picture = ""
    if logo:
        kind = "image/png" if logo.startswith(PNG) else "image/svg+xml"
        picture = f'<img src="{data_address(logo, kind)}" alt="{text(brand.name)}">'
    return (
        f'<header><div><p class="marque">{picture}<span>{text(brand.title)}</span></p>'
        f"<h1>{text(publication.title)}</h1>"
        f'<p class="lieu">{text(publication.place)} · {text(publication.period)}</p>'
        f"{line(publication.introduction, 'chapeau')}</div></header>\n"
    )


def _main(publication: Publication) -> str:
    return (
        f'<div class="page">{parts.contents(publication)}\n<main id="contenu">\n'
        '<noscript><p class="absent">Les graphiques demandent JavaScript, qui est désactivé '
        "ici : leurs valeurs sont dans les tableaux.</p></noscript>\n"
        f"{parts.sections(publication)}{parts.sources(publication)}"
        f"{parts.definitions(publication)}\n</main></div>\n"
    )


def _footer(publication: Publication, brand: Brand, date: dt.date) -> str:
    said = [
        f"{brand.name}, édition du {periods.label(date.isoformat())}",
        f"Version des données : {publication.version}",
        "La licence des données est celle de chaque source",
        "Lettres : Source Sans Pro (licence SIL Open Font 1.1)",
    ]
    if publication.figures:
        said.append("Graphiques : Vega et Vega-Lite (licence BSD 3 clauses)")
    return f"<footer><div>{''.join(line(f'{words}.') for words in said)}</div></footer>\n"
