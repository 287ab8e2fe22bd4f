"""The parts of the page Couverture: overview, grid, what is missing, rows and downloads."""

from __future__ import annotations

import streamlit as st

from atlas import french, periods
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import INVENTED
from atlas.french import DERIVED_MARK
from atlas.tables.coverage import (
    CoverageChoice,
    coverage_file,
    coverage_overview,
    coverage_rows,
    coverage_table,
)
from atlas.tables.coverage_grid import coverage_grid
from atlas.tables.coverage_missing import coverage_caisses, coverage_missing, coverage_sheets
from atlas.ui import html
from atlas.ui.coverage_grid import grid_table
from atlas.ui.markdown import escape_markdown
from atlas.ui.tables import show_paged_table, show_table_files


def show_overview(context: FigureContext) -> None:
    """Every indicator of config/indicators.yaml, one row each."""
    table = coverage_overview(context)
    st.header(f"Les {len(table)} indicateurs")
    st.html(
        html.render(
            "coverage_overview.html",
            columns=list(table.columns),
            rows=list(table.itertuples(index=False, name=None)),
        )
    )
    st.caption(
        "Un territoire est compté dès qu’il a un chiffre, quelle que soit la période. "
        f"{DERIVED_MARK} Valeur calculée d’après d’autres chiffres, jamais publiée. "
        "La dernière colonne retient la période où le plus de départements ont une valeur."
    )


def show_grid(context: FigureContext, choice: CoverageChoice) -> None:
    """Territory × period; the source of a cell is its tooltip, and a row of the table below."""
    shown = coverage_grid(context, choice)
    st.header("Territoires et périodes")
    total = len(shown.labels) + shown.hidden
    if shown.hidden:
        st.caption(
            f"{len(shown.labels)} périodes sur {french.format_number(total)} ; "
            "toutes sont dans le tableau et les fichiers plus bas."
        )
    st.html(grid_table(shown, context.style, fictitious=context.dataset.fictitious))


def show_missing(context: FigureContext, choice: CoverageChoice) -> None:
    """What the map of the period lacks, région by région."""
    missing = coverage_missing(context, choice)
    if not missing:
        return
    st.header(f"Ce qui manque pour une carte de France, {periods.label(choice.reference_period)}")
    enough = coverage_caisses(context, choice)
    if enough:
        st.markdown(escape_markdown(french.keep_with_punctuation(enough)))
    st.html(html.render("coverage_missing.html", missing=missing))


def show_rows(context: FigureContext, choice: CoverageChoice) -> None:
    """Every figure behind the grid with its source, fifty at a time, and the files."""
    rows = coverage_rows(context, choice)
    st.header(
        f"{french.format_number(len(rows))} chiffres et leurs sources"
        if len(rows) > 1
        else "Un chiffre et sa source"
    )
    indicator = context.settings.indicators[choice.indicator]
    name = f"couverture_{french.slug(indicator.label)}_{choice.level}"
    show_table_files(
        f"{INVENTED}{name}" if context.dataset.fictitious else name,
        lambda: coverage_file(context, rows),
        lambda: coverage_sheets(context, choice),
    )
    show_paged_table(
        rows, lambda few: french.table_texts(coverage_table(context, few)), "couverture"
    )
