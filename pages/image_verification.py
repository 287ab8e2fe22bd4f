"""Vérifier une image: what an exported file shows, whether its figures are still current, and
whether it is still what was drawn."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pandas as pd
import streamlit as st

from atlas import french
from atlas.export.provenance import UnknownImage
from atlas.export.verification import State, Verdict, verify_image
from atlas.export.verification_texts import (
    REGION_HEADINGS,
    TEXT_HEADINGS,
    details,
    headline,
    region_rows,
    text_rows,
)
from atlas.figures.common.context import FigureContext
from atlas.guarded_worker import Guard, warm_up
from atlas.rendering.image_kinds.registry import NAMED_KINDS
from atlas.rendering.image_kinds.written_provenance import provenance_answer
from atlas.settings.server import Limits
from atlas.ui import figure_frame
from atlas.ui.file_upload import file_upload
from atlas.ui.guarded_reading import reading_guard
from atlas.ui.markdown import escape_markdown, escape_table
from atlas.ui.session import context_of, project

MAX_IMAGE_MEGABYTES = 50
# The last verdict of a visitor: drawing an image again takes a second, and a page is run anew for
# each click.
_LAST_VERDICT = "_last_image_verdict"


def page() -> None:
    """Draw the page."""
    st.title("Vérifier une image")
    st.markdown(
        "Déposez une image produite par ce tableau de bord : la page dit ce qu’elle "
        "montre, si ses chiffres sont encore ceux d’aujourd’hui, et, en la redessinant, si elle "
        "a été retouchée."
    )
    labels = french.join_with_ou([kind.label for kind in NAMED_KINDS])
    extensions = [kind.extension for kind in NAMED_KINDS]
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
        st.session_state.pop(_LAST_VERDICT, None)
        return
    try:
        with reading_guard(limits, waiting) as guard:
            verdict = _verdict(given.getvalue(), guard)
    except UnknownImage as reason:
        st.error(escape_markdown(f"{given.name} : {reason}."), icon=":material/error:")
        return
    figure = verdict.values.figure
    st.header(escape_markdown(figure.title if figure else verdict.known.title))
    _show_verdict(verdict)
    if figure is not None:
        st.subheader("La figure d’aujourd’hui")
    figure_frame.show(
        _published(verdict.known.fictitious), figure, f"verifie_{verdict.known.digest}"
    )


def _verdict(content: bytes, guard: Guard) -> Verdict:
    """Of this file, opened under `guard`, and the data of now; raises UnknownImage."""
    key = (hashlib.blake2b(content).hexdigest(), _published(False).dataset.version)
    last = st.session_state.get(_LAST_VERDICT)
    if last is not None and last[0] == key:
        found: Verdict = last[1]
        return found
    with st.spinner("L’image est redessinée et comparée…"):
        found = verify_image(content, _published, guard=guard)
    st.session_state[_LAST_VERDICT] = (key, found)
    return found


def _published(fictitious: bool) -> FigureContext:
    """Without the rows that the visitor uses for the session: what is certified is published."""
    return context_of(demo=fictitious, shapes=True, session=False)


def _show_verdict(verdict: Verdict) -> None:
    show, icon = _LOOKS[verdict.state]
    show(escape_markdown(headline(verdict)), icon=icon)
    st.markdown("\n".join(f"- {escape_markdown(sentence)}" for sentence in details(verdict)))
    if verdict.state == "outdated":
        _show_table(verdict.values.differences)
    regions = pd.DataFrame(region_rows(verdict), columns=list(REGION_HEADINGS))
    _show_table(regions.replace("", "aucun texte"))
    _show_table(pd.DataFrame(text_rows(verdict), columns=list(TEXT_HEADINGS)))
    if verdict.drawing.changes.picture:
        st.image(
            verdict.drawing.changes.picture,
            caption="L’image déposée, avec un cadre autour de chaque endroit qui diffère",
        )


def _show_table(rows: pd.DataFrame) -> None:
    """Rows of texts that may come from the file, when there are any."""
    if not rows.empty:
        st.table(escape_table(rows), hide_index=True)


_LOOKS: dict[State, tuple[Callable[..., object], str]] = {
    "certified": (st.success, ":material/verified:"),
    "modified": (st.error, ":material/gpp_bad:"),
    "outdated": (st.error, ":material/sync_problem:"),
    "gone": (st.error, ":material/error:"),
    "uncertified": (st.warning, ":material/help:"),
}
