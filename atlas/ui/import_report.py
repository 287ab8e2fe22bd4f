"""The report of a file before anything is written."""

from __future__ import annotations

import streamlit as st

from atlas import views, wording
from atlas.figures import Vocabulary
from atlas.importing import FileReport
from atlas.ui.messages import problem_list

SHOWN = 100


def show_report(told: FileReport, words: Vocabulary) -> None:
    """Counts, refusals with their cells, doubts, remarks, then the rows as they would be kept."""
    made = told.extract
    st.subheader("Rapport du fichier")
    st.markdown("\n".join(f"- {line}" for line in views.report_lines(told, words)))
    absent = views.absent_names(told, words)
    if len(absent) > views.NAMED:
        with st.expander(f"Les {len(absent)} territoires absents"):
            st.markdown(wording.enumeration(absent) + ".")
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
                f"- **{doubt.cell}**, {views.DOUBTS[doubt.kind]} : {doubt.message}."
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
        st.table(views.read_table(rows[:SHOWN], words), hide_index=True)
