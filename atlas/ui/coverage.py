"""The parts of the page Couverture: overview, grid, what is missing, rows and downloads."""

from __future__ import annotations

from html import escape

import streamlit as st

from atlas import french, periods
from atlas.figures.common.captions import DERIVED_MARK
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import INVENTED
from atlas.tables.coverage import (
    CoverageChoice,
    coverage_file,
    coverage_overview,
    coverage_rows,
    coverage_table,
)
from atlas.tables.coverage_grid import coverage_grid
from atlas.tables.coverage_missing import coverage_caisses, coverage_missing, coverage_sheets
from atlas.ui import coverage_grid as grid_html
from atlas.ui.tables import paged_table, table_files

# The overview scrolls: the page goes on below it.
_STYLE = """<style>
.apercu{max-height:23rem;overflow:auto}
.apercu table{border-collapse:collapse;font-size:.84rem;line-height:1.3;width:100%}
.apercu td,.apercu th{padding:.3rem .6rem .3rem 0;text-align:left;vertical-align:top;
 border-bottom:1px solid color-mix(in srgb,currentColor 18%,transparent)}
.apercu tbody th{font-weight:400;min-width:9rem}
.apercu thead th{position:sticky;top:0;backdrop-filter:blur(.8rem);font-size:.8rem;
 vertical-align:bottom}
.apercu td{white-space:nowrap}
.apercu td:last-child{white-space:normal;min-width:11rem}
.listes{columns:19rem;column-gap:1.6rem;font-size:.9rem;margin:0!important;
 padding:0!important}
.listes div{break-inside:avoid;margin-bottom:.6rem}
.listes dt{font-weight:600}
.listes dd{margin:0}
</style>"""


def show_overview(context: FigureContext) -> None:
    """Every indicator of config/indicators.yaml, one row each."""
    table = coverage_overview(context)
    st.subheader(f"Les {len(table)} indicateurs")
    heads = "".join(f"<th scope=col>{_text(str(name))}</th>" for name in table.columns)
    rows = "".join(
        f"<tr><th scope=row>{_text(first)}</th>"
        + "".join(f"<td>{_text(cell)}</td>" for cell in cells)
        + "</tr>"
        for first, *cells in table.itertuples(index=False, name=None)
    )
    st.html(
        f"{_STYLE}<div class=apercu role=region tabindex=0 aria-label='Les indicateurs'>"
        f"<table><thead><tr>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )
    st.caption(
        "Un territoire est compté dès qu’il a un chiffre, quelle que soit la période. "
        f"{DERIVED_MARK} Valeur calculée d’après d’autres chiffres, jamais publiée. "
        "La dernière colonne retient la période où le plus de départements ont une valeur."
    )


def show_grid(context: FigureContext, asked: CoverageChoice) -> None:
    """Territory × period; the source of a cell is its tooltip, and a row of the table below."""
    shown = coverage_grid(context, asked)
    st.subheader("Territoires et périodes")
    if shown.hidden:
        st.caption(
            f"{len(shown.labels)} périodes sur {len(shown.labels) + shown.hidden} ; "
            "toutes sont dans le tableau et les fichiers plus bas."
        )
    st.html(grid_html.grid(shown, context.style, fictitious=context.dataset.fictitious))


def show_missing(context: FigureContext, asked: CoverageChoice) -> None:
    """What the map of the period lacks, région by région."""
    lacking = coverage_missing(context, asked)
    if not lacking:
        return
    st.subheader(f"Ce qui manque pour une carte de France, {periods.label(asked.reference_period)}")
    enough = coverage_caisses(context, asked)
    if enough:
        st.markdown(french.keep_with_punctuation(enough))
    items = "".join(
        f"<div><dt>{_text(name)}</dt><dd>{_text(places)}</dd></div>" for name, places in lacking
    )
    st.html(f"<dl class=listes>{items}</dl>")


def show_rows(context: FigureContext, asked: CoverageChoice) -> None:
    """Every figure behind the grid with its source, fifty at a time, and the files."""
    rows = coverage_rows(context, asked)
    st.subheader(
        f"{french.format_number(len(rows))} chiffres et leurs sources"
        if len(rows) > 1
        else "Un chiffre et sa source"
    )
    kind = context.settings.indicators[asked.indicator]
    name = f"couverture_{french.slug(kind.label)}_{asked.level}"
    table_files(
        f"{INVENTED}{name}" if context.dataset.fictitious else name,
        lambda: coverage_file(context, rows),
        lambda: coverage_sheets(context, asked),
    )
    paged_table(rows, lambda few: coverage_table(context, few), "couverture")


def _text(text: str) -> str:
    return french.keep_with_punctuation(escape(text))
