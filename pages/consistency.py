"""Cohérence: which published figures do not agree with each other, and what to do about it."""

from __future__ import annotations

import streamlit as st

from atlas import french
from atlas.checks.registry import SEVERITIES
from atlas.export.tables import csv_bytes
from atlas.tables.findings import coherence_summary, coherence_table
from atlas.ui.findings import findings_of, show_findings
from atlas.ui.markdown import escape_markdown
from atlas.ui.page_title import show_title
from atlas.ui.session import current_context, project
from atlas.ui.url_widgets import url_segments

SEVERITY_LABELS = {"toutes": "Toutes"} | {
    french.slug(name): french.capitalize_first(name) for name in SEVERITIES
}


def page() -> None:
    """Draw the page."""
    context = current_context()
    show_title("Cohérence des chiffres", context)
    st.markdown(
        "Chaque chiffre est comparé à ceux qui devraient s’accorder avec lui : totaux et "
        "parties, croissances, parts, taux, effectifs, population, rythmes mensuels, évolutions "
        "de la France et des voisins. Seuls se comparent des chiffres de même date, de même durée "
        "et de même définition ; un constat n’est fait que si les arrondis ne l’expliquent pas, et "
        "une contradiction n’est dite qu’une fois. **Erreur** : rien ne réconcilie les chiffres. "
        "**À vérifier** : une date, un « environ » ou un nombre tronqué le peut."
    )
    wanted = url_segments(
        "Gravité", list(SEVERITY_LABELS), "gravite", option_label=SEVERITY_LABELS.__getitem__
    )

    reviews = {} if context.dataset.fictitious else project().reviews
    findings = findings_of(context)

    shown = [finding for finding in findings if wanted in ("toutes", french.slug(finding.severity))]
    table = coherence_table(context, shown, reviews)

    st.caption(escape_markdown(coherence_summary(findings, reviews)))
    if shown:
        show_findings(table)
        st.download_button(
            "CSV (point-virgule)",
            file_name="coherence-des-chiffres.csv",
            mime="text/csv",
            on_click="ignore",
            data=csv_bytes(table),
        )
