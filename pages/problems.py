"""Problèmes: everything that is wrong with config.yaml, config/, data/ and geo/, at once."""

from __future__ import annotations

import streamlit as st

from atlas.ui.editorial_warnings import editorial_problems
from atlas.ui.problems import show_problems, show_remarks, show_warnings
from atlas.ui.session import project


def page() -> None:
    """Draw the page."""
    st.title("Problèmes des fichiers")
    st.markdown(
        "Chaque ligne dit ce qui ne va pas et comment le corriger. Enregistrez le fichier "
        "corrigé puis rechargez la page : il est relu sans redémarrage."
    )
    problems = project().problems()
    warnings = project().warnings() + editorial_problems(project())
    if problems or not warnings:
        show_problems(problems)
    show_warnings(warnings)
    show_remarks(project().remarks())
