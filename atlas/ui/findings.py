"""What the page Cohérence shows: the findings on a data set, kept until its figures change."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from atlas.checks.records import Finding
from atlas.checks.registry import check
from atlas.figures.common.context import FigureContext
from atlas.ui import html


def findings_of(context: FigureContext) -> list[Finding]:
    """The findings on the figures of a data set, computed once for each version of them."""
    return _compute_findings(context.dataset.version, str(context.territories.population), context)


@st.cache_data(show_spinner="Vérification des chiffres…", max_entries=4)
def _compute_findings(version: str, population: str, _context: FigureContext) -> list[Finding]:
    return check(_context.dataset.with_rejected, _context.settings, _context.territories)


def show_findings(table: pd.DataFrame) -> None:
    """Show the table of ``atlas.tables.findings``."""
    st.html(
        html.render(
            "findings.html",
            columns=list(table.columns),
            rows=list(table.itertuples(index=False, name=None)),
        )
    )
