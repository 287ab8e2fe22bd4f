"""Carnet de réunion: the pinned views, their sentences and links, taken away as a document."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from atlas import periods
from atlas.incoming_text import MAX_LETTERS, clean_typed_text
from atlas.ui.markdown import escape_markdown
from atlas.ui.pinboard import Pin, pins, save_pins
from atlas.ui.pinboard_files import link_of, show_pinboard_files


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
    for place, pin in enumerate(kept):
        _show_pin(place, pin, kept)
    show_pinboard_files(kept)
    if st.button("Vider le carnet", icon=":material/delete:"):
        save_pins([])
        st.rerun()


def _show_pin(place: int, pin: Pin, kept: list[Pin]) -> None:
    with st.container(border=True):
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
        with st.container(horizontal=True):
            moved = [*kept]
            if st.button("Monter", key=f"monter_{place}", disabled=place == 0):
                moved[place - 1 : place + 1] = [pin, kept[place - 1]]
            if st.button("Retirer", key=f"retirer_{place}"):
                del moved[place]
    if moved == kept and sentence != pin.sentence:
        moved[place] = replace(pin, sentence=sentence)
    if moved != kept:
        save_pins(moved)
        st.rerun()


if __name__ == "__main__":  # asked for by its file name: send the visitor to the router
    st.switch_page("app.py")
