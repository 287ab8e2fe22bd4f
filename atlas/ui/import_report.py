"""The report of a file before anything is written."""

from __future__ import annotations

import streamlit as st

from atlas import french
from atlas.importing import FileReport
from atlas.observations import KnownKeys
from atlas.tables.imports import DOUBTS, NAMED, absent_names, read_table, report_lines
from atlas.ui.messages import problem_list

SHOWN = 100


def show_report(told: FileReport, words: KnownKeys) -> None:
    """Counts, refusals with their cells, doubts, remarks, then the rows as they would be kept."""
    made = told.extract
    st.subheader("Rapport du fichier")
    st.markdown("\n".join(f"- {line}" for line in report_lines(told, words)))
    absent = absent_names(told, words)
    if len(absent) > NAMED:
        with st.expander(f"Les {len(absent)} territoires absents"):
            st.markdown(french.join_with_et(absent) + ".")
    if made.refusals:
        st.error(
            f"Lignes refusées : {len(made.refusals)}. Elles ne seront pas reprises.",
            icon=":material/block:",
        )
        problem_list(made.refusals)
    if told.doubts:
        st.warning(f"Chiffres à vérifier : {len(told.doubts)}.", icon=":material/help:")
        st.markdown(
            "\n".join(
                f"- **{doubt.cell}**, {DOUBTS[doubt.kind]} : {doubt.message}."
                for doubt in told.doubts[:SHOWN]
            )
        )
    if made.notes:
        st.info(f"Remarques : {len(made.notes)}.", icon=":material/info:")
        st.markdown(
            "\n".join(
                f"- **{note.where}** : {note.message}. {note.cure}" for note in made.notes[:SHOWN]
            )
        )
    rows = told.new + told.changed
    if rows:
        st.markdown(f"**{'Premiers chiffres' if len(rows) > SHOWN else 'Chiffres'} à reprendre**")
        st.table(read_table(rows[:SHOWN], words), hide_index=True)
