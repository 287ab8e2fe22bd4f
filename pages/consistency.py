"""Cohérence: which published figures do not agree with each other, and what to do about it."""

from __future__ import annotations

import streamlit as st

from atlas import export, views, wording
from atlas.checks import SEVERITIES
from atlas.ui import frame
from atlas.ui.choices import segments
from atlas.ui.findings import findings_of, findings_table
from atlas.ui.session import current_desk, workspace

NAMES = {"toutes": "Toutes"} | {wording.slug(name): wording.capital(name) for name in SEVERITIES}


def page() -> None:
    """Draw the page."""
    desk = current_desk()
    st.title("Cohérence des chiffres")
    if desk.book.fictitious:
        st.html(frame.BADGE)
    st.markdown(
        "Chaque chiffre est comparé à ceux qui devraient s’accorder avec lui : totaux et "
        "parties, croissances, parts, taux, effectifs, dates. Un constat n’est fait que "
        "si les arrondis ne l’expliquent pas. **Erreur** : rien ne réconcilie les "
        "chiffres. **À vérifier** : une date, une définition ou un « environ » le peut."
    )
    wanted = segments("Gravité", list(NAMES), "gravite", named=NAMES.__getitem__)

    reviews = {} if desk.book.fictitious else workspace().reviews
    findings = findings_of(desk)

    shown = [
        finding for finding in findings if wanted in ("toutes", wording.slug(finding.severity))
    ]
    table = views.coherence_table(desk, shown, reviews)

    st.caption(views.coherence_summary(findings, reviews))
    if shown:
        findings_table(table)
        st.download_button(
            "CSV (point-virgule)",
            file_name="coherence-des-chiffres.csv",
            mime="text/csv",
            on_click="ignore",
            data=export.csv_bytes(table),
        )


if __name__ == "__main__":  # asked for by its file name: send the visitor to the router
    st.switch_page("app.py")
