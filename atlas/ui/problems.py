"""Problems of the inputs, said to whoever can mend them."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import Page

from atlas.problems import Problem
from atlas.ui import html
from atlas.ui.markdown import escape_markdown

MAX_PROBLEMS_SHOWN = 200


def show_problem_banner(problems: list[Problem], page: Page) -> None:
    """One line over every page while an input is refused; the last good version is in use."""
    if not problems:
        return
    files = sorted({problem.file for problem in problems})
    many = len(problems) > 1
    st.warning(
        f"{len(problems)} problème{'s' if many else ''} dans {escape_markdown(', '.join(files))}. "
        "La dernière version correcte, s’il y en a une, reste affichée.",
        icon=":material/report:",
    )
    st.page_link(
        page,
        label="Voir chaque problème et son remède",
        icon=":material/list:",
    )


def show_warning_banner(warnings: list[Problem], page: Page) -> None:
    """One line over every page while figures that were there are no more."""
    if not warnings:
        return
    files = ", ".join(sorted({warning.file for warning in warnings}))
    st.warning(
        f"Des chiffres manquent depuis le dernier état connu : {escape_markdown(files)}.",
        icon=":material/content_cut:",
    )
    st.page_link(page, label="Voir ce qui manque, et comment l’accepter", icon=":material/list:")


def show_problems(problems: list[Problem]) -> None:
    """Every problem at once: file, line, what was found, what is wrong, the cure."""
    if not problems:
        st.success("Aucun problème : tous les fichiers lus sont corrects.")
        return
    st.html(
        html.render(
            "problems.html", problems=problems[:MAX_PROBLEMS_SHOWN], message_heading="Problème"
        )
    )
    if len(problems) > MAX_PROBLEMS_SHOWN:
        st.caption(
            f"{len(problems) - MAX_PROBLEMS_SHOWN} autres problèmes ne sont pas affichés : "
            "corrigez d’abord ceux-ci."
        )


def show_warnings(warnings: list[Problem]) -> None:
    """What files that are used seem to lack; nothing without any."""
    if warnings:
        st.header("Avertissements")
        st.markdown("Ces fichiers sont corrects et employés tels qu’ils sont.")
        st.html(html.render("problems.html", problems=warnings, message_heading="Avertissement"))


def show_remarks(remarks: list[Problem]) -> None:
    """What was mended or left out of files that are used all the same; nothing without any."""
    if remarks:
        st.header("Remarques")
        st.markdown("Ces fichiers sont employés ; voici ce qui en a été corrigé ou laissé de côté.")
        st.html(html.render("problems.html", problems=remarks, message_heading="Remarque"))
