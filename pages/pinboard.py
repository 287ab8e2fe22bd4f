"""Carnet de réunion: the pinned views, their sentences and links, taken away as a document."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from atlas import periods
from atlas.incoming_text import MAX_LETTERS, clean_typed_text
from atlas.ui.markdown import escape_markdown
from atlas.ui.pinboard import Pin, pins, save_pins
from atlas.ui.pinboard_files import link_of, notes_of, show_pinboard_files
from atlas.ui.pinboard_thumbnails import empty_thumbnail, show_thumbnails

# Of the session: the button that asked whether to erase.
_ASKED = "_removal_asked"


def page() -> None:
    """Draw the page."""
    st.title("Carnet de réunion")
    st.markdown(
        "Les vues épinglées pendant la réunion. Ce navigateur les garde ; elles ne sont "
        "sur aucun serveur."
    )
    kept = pins()
    if not kept:
        st.info(
            "Le carnet est vide : épinglez une figure par sa barre, une vue par « Carnet » en "
            "haut d’une page, ou pressez la touche E.",
            icon=":material/info:",
        )
        return
    show_pinboard_files(kept)
    places = [_show_pin(place, pin, kept) for place, pin in enumerate(kept)]
    _show_removal(
        "Vider le carnet",
        "vider",
        f"Retirer les {len(kept)} vues et effacer leurs phrases ?"
        if len(kept) > 1
        else "Retirer la vue et effacer sa phrase ?",
        [],
    )
    show_thumbnails(notes_of(kept), places)


def _show_pin(place: int, pin: Pin, kept: list[Pin]) -> DeltaGenerator:
    """Returns the empty place of its picture."""
    with st.container(border=True):
        picture, words = st.columns([2, 3], gap="medium")
        with words:
            sentence = clean_typed_text(
                st.text_input(
                    escape_markdown(f"Phrase {place + 1}"),
                    pin.sentence,
                    max_chars=MAX_LETTERS["sentence"],
                    key=f"phrase_{place}_{pin.digest}",
                    placeholder="Une phrase sur cette vue",
                )
            )
            fictitious = "**Données fictives.** " if pin.fictitious else ""
            st.markdown(
                f"{fictitious}[{escape_markdown(pin.title)}]({link_of(pin)}), "
                f"épinglée le {periods.label(pin.day)}"
            )
            moved = [*kept]
            with st.container(horizontal=True):
                if st.button("Monter", key=f"monter_{place}", disabled=place == 0):
                    moved[place - 1 : place + 1] = [pin, kept[place - 1]]
                _show_removal(
                    "Retirer",
                    f"retirer_{place}",
                    "Retirer cette vue et effacer sa phrase ?",
                    [*kept[:place], *kept[place + 1 :]],
                )
    if moved == kept and sentence != pin.sentence:
        moved[place] = replace(pin, sentence=sentence)
    if moved != kept:
        save_pins(moved)
        st.rerun()
    with picture:
        return empty_thumbnail()


def _show_removal(label: str, key: str, question: str, left: list[Pin]) -> None:
    """A button that asks before it erases. left: the views that stay."""
    if st.button(escape_markdown(label), key=key, icon=":material/delete:"):
        st.session_state[_ASKED] = key
    if st.session_state.get(_ASKED) != key:
        return
    st.markdown(escape_markdown(question))
    if st.button("Oui, effacer", key=f"{key}_oui", type="primary"):
        del st.session_state[_ASKED]
        save_pins(left)
        st.rerun()
    if st.button("Non, garder", key=f"{key}_non"):
        del st.session_state[_ASKED]
        st.rerun()
