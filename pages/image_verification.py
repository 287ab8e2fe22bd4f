"""Vérifier une image: what an exported file shows, and whether its figures are still current."""

from __future__ import annotations

import streamlit as st

from atlas import french
from atlas.export.provenance import Provenance, UnknownImage, provenance_in
from atlas.export.verification import Verdict, verify
from atlas.figures.common.context import FigureContext
from atlas.guarded_worker import warm_up
from atlas.rendering.image_kinds.registry import IMAGE_KINDS
from atlas.rendering.image_kinds.written_provenance import provenance_answer
from atlas.settings.server import Limits
from atlas.ui import figure_frame
from atlas.ui.file_upload import file_upload
from atlas.ui.guarded_reading import reading_guard
from atlas.ui.markdown import escape_markdown, escape_table
from atlas.ui.session import context_of, project

MAX_IMAGE_MEGABYTES = 50


def page() -> None:
    """Draw the page."""
    st.title("Vérifier une image")
    st.markdown(
        "Déposez une image produite par ce tableau de bord : la page dit ce qu’elle "
        "montre, et si ses chiffres sont encore ceux d’aujourd’hui."
    )
    labels = french.join_with_ou([kind.label for kind in IMAGE_KINDS.values()])
    extensions = [kind.extension for kind in IMAGE_KINDS.values()]
    settings = project().settings
    limits = settings.limits if settings else Limits()
    warm_up(provenance_answer)
    given = file_upload(
        f"Image ({labels})",
        "image_file",
        max_megabytes=MAX_IMAGE_MEGABYTES,
        limits=limits,
        extensions=extensions,
    )
    waiting = st.empty()  # even when nothing waits: what follows keeps its place
    if given is None:
        return
    try:
        with reading_guard(limits, waiting) as guard:
            known = provenance_in(given.getvalue(), guard)
        context = context_of(demo=known.fictitious, shapes=True)
        verdict = verify(context, known)
    except UnknownImage as reason:
        st.error(escape_markdown(f"{given.name} : {reason}."), icon=":material/error:")
        return
    st.header(escape_markdown(known.title))
    _show_verdict(context, known, verdict)
    figure_frame.show(context, verdict.figure, f"verifie_{known.digest}")


def _show_verdict(context: FigureContext, known: Provenance, verdict: Verdict) -> None:
    same = "mêmes données" if known.data == context.dataset.version else "données modifiées depuis"
    if verdict.state == "current":
        st.success(
            f"À jour : tous les chiffres de l’image sont encore ceux publiés ({same}).",
            icon=":material/check_circle:",
        )
    elif verdict.state == "changed":
        count = len(verdict.differences)
        many = "s" if count > 1 else ""
        st.error(
            f"À refaire : {count} valeur{many} de l’image a changé.".replace(
                "a changé", "ont changé" if count > 1 else "a changé"
            ),
            icon=":material/sync_problem:",
        )
        st.table(escape_table(verdict.differences), hide_index=True)
    else:
        st.error(
            f"Cette figure ne peut plus être faite : {escape_markdown(verdict.reason)}",
            icon=":material/error:",
        )


if __name__ == "__main__":  # asked for by its file name: send the visitor to the router
    st.switch_page("app.py")
