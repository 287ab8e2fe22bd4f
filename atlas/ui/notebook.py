"""The notebook of a meeting: views pinned with a sentence, kept by the browser.

The session holds the list; the browser's own storage keeps a copy, which a reload gives back.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from atlas.ui import projection, seen
from atlas.views import FigureRequest

_PINS, _STORE, _SENTENCE, _PIN = "_pins", "carnet", "carnet_phrase", "_pin_asked"
LARGEST = 100
_COMPONENT = st.components.v2.component(
    "carnet", js=Path(__file__).with_name("notebook.js").read_text("utf-8"))


@dataclass(frozen=True)
class Pin:
    """address: path and query of the view; recipes: its figures, as plain texts; digest: of the
    values it showed; day: ISO date."""

    sentence: str
    address: str
    title: str
    recipes: list[dict[str, str]]
    fictitious: bool
    digest: str
    day: str


def pins() -> list[Pin]:
    """The pinned views, in order; what the browser kept that is not a pin is left out."""
    return list(st.session_state.get(_PINS, []))


def keep(changed: list[Pin]) -> None:
    """Replace the list; the browser gets it at the end of the run."""
    st.session_state[_PINS] = changed[:LARGEST]


def show_pin_control() -> None:
    """The sentence and the button of the menu."""
    st.text_input("Carnet de réunion", key=_SENTENCE, placeholder="Une phrase sur cette vue",
                  max_chars=300)
    if st.button("Épingler la vue (E)", key="carnet_bouton", icon=":material/keep:"):
        ask()


def ask() -> None:
    """Pin the view once its page is drawn."""
    st.session_state[_PIN] = True


def adopt() -> None:
    """Before the page: a new session takes what the browser kept."""
    kept = (st.session_state.get(_STORE) or {}).get("kept")
    if _PINS not in st.session_state and isinstance(kept, list):
        keep([pin for pin in map(_read, kept) if pin is not None])


def store(page: str, title: str) -> None:
    """After the page: pin its view when that was asked for, and give the list to the browser.

    page: its address; title: its name in the menu.
    """
    if st.session_state.pop(_PIN, False):
        keep([*pins(), _pin(page, title)])
        st.toast(f"Vue épinglée : {len(pins())} dans le carnet.", icon=":material/keep:")
    known = [asdict(pin) for pin in pins()] if _PINS in st.session_state else None
    _COMPONENT(key=_STORE, data={"pins": known}, on_kept_change=lambda: None)


def _pin(page: str, title: str) -> Pin:
    shown = [projection.projected()] if projection.active() else seen.figures()
    figures = [figure for figure in shown if figure is not None]
    asked = {key: value for key, value in st.query_params.to_dict().items()
             if key not in (projection.PARAMETER, projection.PLACE)}
    query = "&".join(f"{key}={value}" for key, value in asked.items())
    return Pin(st.session_state.get(_SENTENCE, ""), f"{page}?{query}" if query else page,
               figures[0].title if figures else title,
               [dict(figure.recipe) for figure in figures],
               any(figure.fictitious for figure in figures), seen.digest(),
               dt.date.today().isoformat())


def _read(kept: Any) -> Pin | None:
    """A pin as the browser kept it: anybody may have written there."""
    try:
        pin = Pin(**kept)
        texts = [pin.sentence, pin.address, pin.title, pin.digest, pin.day,
                 *(text for recipe in pin.recipes for pair in recipe.items() for text in pair)]
        dt.date.fromisoformat(pin.day)
        for recipe in pin.recipes:
            FigureRequest.from_texts(recipe)
    except (TypeError, AttributeError, ValueError):
        return None
    return pin if all(isinstance(text, str) for text in texts) else None
