"""Adresse inconnue: what is answered to an address that is no page of the menu."""

from __future__ import annotations

import streamlit as st

TITLE = "Adresse inconnue"


def page() -> None:
    """Draw the page."""
    st.title(TITLE)
    st.markdown(
        "Aucune page du tableau de bord n’est à cette adresse\u00a0: elle a pu changer de nom, "
        "ou le lien être coupé. Choisissez une page du menu, ou repartez de l’accueil."
    )
    st.html('<p><a href="./" target="_self">Revenir à l’accueil</a></p>')
