"""Dossiers: a card per dossier of config.yaml."""

from __future__ import annotations

import streamlit as st

from atlas.figures.common.context import FigureContext
from atlas.figures.common.silhouette import silhouette
from atlas.figures.key_figures.latest import main_key_figure
from atlas.ui import home
from atlas.ui.page_title import show_title
from atlas.ui.session import current_context

NOT_FICTITIOUS = (
    "Un dossier reproduit une publication : il n’existe pas en données fictives. "
    "Désactivez « Jeu fictif » en haut de la page pour le lire."
)


def page() -> None:
    """Draw the page."""
    context = current_context(shapes=True)
    show_title("Dossiers", context)
    if context.dataset.fictitious:
        st.info(NOT_FICTITIOUS, icon=":material/info:")
        return
    st.markdown("Ce que les régions ont publié pour les quatre ans, dans leur ordre et leurs mots.")
    show_cards(context)


def show_cards(context: FigureContext) -> None:
    """A card per dossier, with the silhouette of its territory and its main figure."""
    st.html(
        home.dossier_cards(
            [
                home.DossierCard(
                    address=f"dossier-{key}",
                    title=dossier.title,
                    place=context.territories[dossier.territory].name,
                    silhouette=silhouette(context, dossier.territory),
                    figure=main_key_figure(context, dossier),
                )
                for key, dossier in context.settings.dossiers.items()
            ]
        )
    )
