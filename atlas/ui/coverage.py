"""The parts of the page Couverture: overview, grid, what is missing, rows and downloads."""

from __future__ import annotations

from html import escape

import streamlit as st

from atlas import periods, views, wording
from atlas.charts import INVENTED
from atlas.ui import coverage_grid
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


def show_overview(desk: views.Desk) -> None:
    """Every indicator of config.yaml, one row each."""
    table = views.coverage_overview(desk)
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
        f"{views.DERIVED_MARK} Valeur calculée d’après d’autres chiffres, jamais publiée. "
        "La dernière colonne retient la période où le plus de départements ont une valeur."
    )


def show_grid(desk: views.Desk, asked: views.CoverageChoice) -> None:
    """Territory × period; the source of a cell is its tooltip, and a row of the table below."""
    shown = views.coverage_grid(desk, asked)
    st.subheader("Territoires et périodes")
    if shown.hidden:
        st.caption(
            f"{len(shown.labels)} périodes sur {len(shown.labels) + shown.hidden} ; "
            "toutes sont dans le tableau et les fichiers plus bas."
        )
    st.html(coverage_grid.grid(shown, desk.style, fictitious=desk.book.fictitious))


def show_missing(desk: views.Desk, asked: views.CoverageChoice) -> None:
    """What the map of the period lacks, région by région."""
    lacking = views.coverage_missing(desk, asked)
    if not lacking:
        return
    st.subheader(f"Ce qui manque pour une carte de France, {periods.label(asked.when)}")
    enough = views.coverage_caisses(desk, asked)
    if enough:
        st.markdown(wording.no_break(enough))
    items = "".join(
        f"<div><dt>{_text(name)}</dt><dd>{_text(places)}</dd></div>" for name, places in lacking
    )
    st.html(f"<dl class=listes>{items}</dl>")


def show_rows(desk: views.Desk, asked: views.CoverageChoice) -> None:
    """Every figure behind the grid with its source, fifty at a time, and the files."""
    rows = views.coverage_rows(desk, asked)
    st.subheader(
        f"{wording.number(len(rows))} chiffres et leurs sources"
        if len(rows) > 1
        else "Un chiffre et sa source"
    )
    kind = desk.settings.indicators[asked.indicator]
    name = f"couverture_{wording.slug(kind.label)}_{asked.level}"
    table_files(
        f"{INVENTED}{name}" if desk.book.fictitious else name,
        lambda: views.coverage_file(desk, rows),
        lambda: views.coverage_sheets(desk, asked),
    )
    paged_table(rows, lambda few: views.coverage_table(desk, few), "couverture")


def _text(text: str) -> str:
    return wording.no_break(escape(text))
