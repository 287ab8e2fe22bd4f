"""A chart or a map with everything around it; the browser draws it from its specification."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from atlas.export.web.tables import download, table
from atlas.export.web.words import line, text, warning
from atlas.figures.common.figure import Figure, LegendEntry
from atlas.geometry import Shapes


def heading(figure: Figure | None) -> str:
    """Its title in a list; two drawings of the same values are told apart by their names."""
    if figure is None:
        return ""
    return f"{figure.title} ({figure.name.lower()})" if figure.name else figure.title


def figure_html(figure: Figure, place: int, twin: Figure | None) -> str:
    """place: number of its section, from which the script finds its specification; twin: an
    earlier figure of the same values, whose table stands for both on paper.

    The table is open: the script closes it once the drawing is made.
    """
    same = "" if twin is None else f"Valeurs : voir le tableau de « {heading(twin)} »."
    return (
        f'<div class="cadre{" jumeau" if twin else ""}"><figure aria-labelledby="titre-{place}">'
        f"{_head(figure, place)}{_drawing(figure, place)}"
        '<p class="echec" hidden>Le graphique n’a pas pu être dessiné : ses valeurs sont dans le '
        f"tableau ci-dessous.</p><figcaption>{_caption(figure)}</figcaption></figure>"
        f'<p class="papier-seul trop-haut">Graphique trop haut pour une page imprimée.</p>'
        f"{line(same, 'papier-seul ailleurs')}"
        '<details class="valeurs" open><summary>Tableau des valeurs</summary>'
        f"{table(figure.table, figure.title, figure.numbers)}"
        f"{download(figure.file_stem, figure.fictitious)}</details></div>"
    )


def specifications(figures: Iterable[tuple[int, Figure]]) -> str:
    """What the script draws, by the identifier of each drawing."""
    return _json(
        {f"figure-{place}": figure.spec for place, figure in figures}, ' id="specifications"'
    )


def outlines(figures: Iterable[Figure], shapes: Shapes | None) -> str:
    """Each TopoJSON that the figures name by its address, once."""
    if shapes is None:
        return ""
    specs = json.dumps([figure.spec for figure in figures])
    return "".join(
        _json(shapes.inline(view), f' class="contours" data-adresse="{text(shapes.url(view))}"')
        for view in shapes.views
        if f'"{shapes.url(view)}"' in specs
    )


def _drawing(figure: Figure, place: int) -> str:
    """A map keeps its proportions on a narrow screen; bars and curves keep their height."""
    ratio = f' data-rapport="{figure.ratio:.3f}"' if figure.plot is None else ""
    return (
        f'<div class="dessin" id="figure-{place}" role="img" aria-label="{text(figure.alt)}" '
        f'data-hauteur="{figure.height}"{ratio}></div>'
    )


def _head(figure: Figure, place: int) -> str:
    return (
        f"{warning(figure.fictitious)}{line(figure.name, 'genre')}"
        f'<h2 id="titre-{place}">{text(figure.title)}</h2>{line(figure.subtitle, "discret")}'
        f"{_legend(figure)}"
    )


def _legend(figure: Figure) -> str:
    if not figure.legend:
        return ""
    entries = "".join(map(_swatch, figure.legend))
    return f'<div class="legende">{line(figure.legend_title)}<ul>{entries}</ul></div>'


def _swatch(swatch: LegendEntry) -> str:
    count = "" if swatch.count is None else f" ({swatch.count})"
    hatched = ' class="hachures"' if swatch.hatched else ""
    return (
        f'<li><i{hatched} style="background-color:{text(swatch.colour)}"></i>'
        f"{text(swatch.label)}{count}</li>"
    )


def _caption(figure: Figure) -> str:
    return "".join(
        f"<p><b>{text(f'{name} :')}</b> {text(words)}</p>" for name, words in figure.caption
    )


def _json(tree: dict[str, Any], marks: str) -> str:
    """Data that no text can end early: « < » never stands in it."""
    written = json.dumps(tree, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/json"{marks}>{written}</script>\n'
