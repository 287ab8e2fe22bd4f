"""The search of a territory by its name, its number or a part of either."""

from __future__ import annotations

import streamlit as st

from atlas.figures.common.context import FigureContext
from atlas.territories import Kind, Territories

_KINDS: tuple[Kind, ...] = ("REG", "DEP", "CPAM")
_KEY = "recherche"


def search_territory(context: FigureContext) -> str:
    """The box; returns the code of what was just picked, else an empty text."""
    picked = st.selectbox(
        "Chercher un territoire",
        searchable_territories(context.territories),
        index=None,
        key=_KEY,
        format_func=lambda code: search_label(context.territories, code),
        placeholder="Nom ou numéro d’un territoire",
        label_visibility="collapsed",
        icon=":material/search:",
    )
    return picked or ""


def searchable_territories(places: Territories) -> list[str]:
    """Every région, département and caisse, each kind by name."""
    return [code for kind in _KINDS for code in places.sorted_by_name(places.of_kind(kind))]


def search_label(places: Territories, code: str) -> str:
    """« Corse, région 94 », « Landes, département 40 », « CPAM de Bayonne, caisse 641 ».

    With plain spaces: what a visitor types in the box has no other.
    """
    place = places[code]
    name, noun = {
        "REG": (place.name, "région"),
        "DEP": (place.name, "département"),
        "CPAM": (place.locative.removeprefix("à la "), "caisse"),
    }[place.kind]
    return f"{name}, {noun} {place.number}".replace("\u00a0", " ")
