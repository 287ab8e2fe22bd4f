"""The report of a file before anything is written."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from atlas import french
from atlas.importing.report import FileReport
from atlas.observations.checks import KnownKeys
from atlas.tables.imports import (
    DOUBT_LABELS,
    MAX_ABSENT_NAMES,
    absent_names,
    report_lines,
    rows_table,
)
from atlas.ui.markdown import escape_markdown, escape_table
from atlas.ui.problems import show_problems

MAX_ITEMS_SHOWN = 100  # doubts, remarks or rows


def show_report(report: FileReport, known_keys: KnownKeys) -> None:
    """Counts, refusals with their cells, doubts, remarks, then the rows as they would be kept."""
    extraction = report.extraction
    st.header("Rapport du fichier")
    _show_list(("", line) for line in report_lines(report, known_keys))
    absent = absent_names(report, known_keys)
    if len(absent) > MAX_ABSENT_NAMES:
        with st.expander(f"Les {len(absent)} territoires absents"):
            st.markdown(escape_markdown(french.join_with_et(absent) + "."))
    if extraction.refusals:
        st.error(
            f"Refus : {len(extraction.refusals)}. Ces chiffres ne seront pas repris.",
            icon=":material/block:",
        )
        show_problems(extraction.refusals)
    if report.doubts:
        st.warning(f"Chiffres à vérifier : {len(report.doubts)}.", icon=":material/help:")
        _show_list(
            (doubt.cell, f", {DOUBT_LABELS[doubt.kind]} : {doubt.message}.")
            for doubt in report.doubts[:MAX_ITEMS_SHOWN]
        )
    if extraction.notes:
        st.info(f"Remarques : {len(extraction.notes)}.", icon=":material/info:")
        _show_list(
            (note.where, f" : {note.message}. {note.cure}")
            for note in extraction.notes[:MAX_ITEMS_SHOWN]
        )
    if extraction.table_notes:
        st.markdown("**Notes sous le tableau**")
        _show_list(("", text) for text in extraction.table_notes[:MAX_ITEMS_SHOWN])
    rows = report.rows_to_write or extraction.rows  # once written, what follows keeps its place
    if rows:
        heading = "Premiers chiffres" if len(rows) > MAX_ITEMS_SHOWN else "Chiffres"
        said = "à reprendre" if report.rows_to_write else "du fichier, déjà dans les données"
        st.markdown(f"**{heading} {said}**")
        st.table(escape_table(rows_table(rows[:MAX_ITEMS_SHOWN], known_keys)), hide_index=True)


def _show_list(items: Iterable[tuple[str, str]]) -> None:
    """items: the cell that each is about, empty without one, and what is said of it."""
    st.markdown("\n".join(f"- {_bold(cell)}{escape_markdown(text)}" for cell, text in items))


def _bold(cell: str) -> str:
    return f"**{escape_markdown(cell)}**" if cell else ""
