"""Composer: a dossier or a comparison made from the figures at hand, without a text editor."""

from __future__ import annotations

import streamlit as st

from atlas.figures.common.context import FigureContext
from atlas.publications.drafts import Draft, DraftHistory, draft_problems, unknown_names
from atlas.ui import composer_state
from atlas.ui.composer_blocks import show_blocks
from atlas.ui.composer_comparison import show_comparison_fields, show_comparison_preview
from atlas.ui.composer_findings import show_review
from atlas.ui.composer_gallery import show_gallery
from atlas.ui.composer_preview import show_dossier_preview
from atlas.ui.composer_saving import show_draft_documents, show_other_editors, show_saving
from atlas.ui.composer_start import show_start
from atlas.ui.composer_texts import show_identity, show_press_texts
from atlas.ui.markdown import escape_markdown
from atlas.ui.page_title import show_title
from atlas.ui.problems import show_problems
from atlas.ui.session import current_context, is_demo

NOT_FICTITIOUS = (
    "On ne compose pas de dossier en données fictives : quittez le jeu fictif en haut de la page."
)


def page() -> None:
    """Draw the page."""
    composer_state.load_from_browser()
    context = current_context(shapes=True)
    present = composer_state.history()
    if is_demo():
        show_title("Composer", context)
        st.info(NOT_FICTITIOUS, icon=":material/info:")
    elif present is None:
        show_title("Composer", context)
        show_other_editors(None)
        with st.container(key="composer_page_start"):
            show_start(context)
    else:
        with st.container(key="composer_page_draft"):
            _show_draft(context, present)
    composer_state.send_to_browser()


def _show_draft(context: FigureContext, steps: DraftHistory) -> None:
    draft = steps.present
    st.title("Composer")
    st.markdown(escape_markdown(str(draft.fields.get("title") or "Sans titre")))
    _show_steps(steps)
    strangers = unknown_names(context, draft)
    problems = [*draft_problems(draft), *strangers]
    show_saving(context, draft, has_problems=bool(problems))
    show_other_editors(draft)
    if strangers:
        st.warning(
            "Ce projet nomme ce que ce tableau de bord ne connaît pas. Corrigez le fichier, ou "
            "fermez le projet :",
            icon=":material/warning:",
        )
        show_problems(problems)
        return
    fields, preview = st.columns([2, 3], gap="large")
    with preview, st.container(key="composer_preview"):
        if problems:
            st.warning("L’aperçu attend que ceci soit corrigé :", icon=":material/warning:")
            show_problems(problems)
        elif draft.section == "dossiers":
            show_dossier_preview(context, draft)
        else:
            show_comparison_preview(context, draft)
    with fields:
        if draft.section == "dossiers":
            _show_dossier_fields(context, draft, has_problems=bool(problems))
        else:
            show_comparison_fields(context, draft)
        if not problems:
            show_review(context, draft)
        show_draft_documents(context, draft, has_problems=bool(problems))


def _show_steps(steps: DraftHistory) -> None:
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Annuler",
            key="composer_undo",
            icon=":material/undo:",
            disabled=not steps.past,
            on_click=composer_state.step,
            args=(DraftHistory.undo,),
        )
        st.button(
            "Rétablir",
            key="composer_redo",
            icon=":material/redo:",
            disabled=not steps.future,
            on_click=composer_state.step,
            args=(DraftHistory.redo,),
        )


def _show_dossier_fields(context: FigureContext, draft: Draft, *, has_problems: bool) -> None:
    with st.expander("Titre, territoire, période"):
        show_identity(context, draft)
    with st.expander("Presse : communiqué, citations, contacts"):
        show_press_texts(draft)
    st.header("Blocs")
    show_blocks(context, draft)
    if not has_problems:
        show_gallery(context, draft)
