"""Problems of the inputs, said to whoever can mend them."""

from __future__ import annotations

from html import escape

import streamlit as st
from streamlit.navigation.page import Page

from atlas.problems import Problem

SHOWN = 200


def problem_banner(problems: list[Problem], page: Page) -> None:
    """One line over every page while an input is refused; the last good version is in use."""
    if not problems:
        return
    files = sorted({problem.file for problem in problems})
    many = len(problems) > 1
    st.warning(
        f"{len(problems)} problème{'s' if many else ''} dans {', '.join(files)}. "
        "La dernière version correcte, s’il y en a une, reste affichée.",
        icon=":material/report:",
    )
    st.page_link(
        page,
        label="Voir chaque problème et son remède",
        icon=":material/list:",
    )


def problem_list(problems: list[Problem]) -> None:
    """Every problem at once: file, line, what was found, what is wrong, the cure."""
    if not problems:
        st.success("Aucun problème : tous les fichiers lus sont corrects.")
        return
    rows = "".join(_row(problem) for problem in problems[:SHOWN])
    st.html(
        "<table class='problemes'><thead><tr><th>Fichier</th><th>Ligne</th><th>Où</th>"
        "<th>Valeur</th><th>Problème</th><th>Remède</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )
    if len(problems) > SHOWN:
        st.caption(
            f"{len(problems) - SHOWN} autres problèmes ne sont pas affichés : "
            "corrigez d’abord ceux-ci."
        )


def _row(problem: Problem) -> str:
    cells = (
        problem.file,
        problem.line or "",
        problem.where,
        problem.value,
        problem.message,
        problem.cure,
    )
    return "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in cells) + "</tr>"
