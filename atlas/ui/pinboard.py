"""The pinboard of a meeting: views pinned with a sentence, kept by the browser.

The session holds the list; the browser's own storage keeps a copy, which a reload gives back.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from atlas.figures.registry import request_from_texts
from atlas.incoming_text import MAX_LETTERS, clean_typed_text, without_forbidden_characters
from atlas.settings.server import TOKEN_PARAMETER
from atlas.ui import html, page_state, presentation
from atlas.ui.doors import page_at
from atlas.ui.url_parameters import readable_parameters

# Keys of the session: the pins, what the browser keeps, the sentence being written, whether what
# the browser kept was taken.
_PINS, _STORE, _SENTENCE, _LOADED = "_pins", "carnet", "carnet_phrase", "_pins_adopted"
MAX_PINS = 100
MAX_REQUESTS_PER_PIN = 50
# A page of this dashboard and its controls: « //exemple.fr » would lead to another host.
_ADDRESS_PATTERN = re.compile(r"[a-z0-9_-]*(\?[\w.~%+=&*-]*)?", re.A)
_DAY_PATTERN = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_STORE_COMPONENT = st.components.v2.component("carnet", js=html.asset("browser_storage.js"))
# The name under which the browser keeps the pins.
_PLACE_IN_BROWSER = "mon-espace-sante-carnet"


@dataclass(frozen=True)
class Pin:
    """address: path and query of the view; requests: of its figures, as plain texts; digest: of
    the values it showed; day: ISO date."""

    sentence: str
    address: str
    title: str
    requests: list[dict[str, str]]
    fictitious: bool
    digest: str
    day: str


def pins() -> list[Pin]:
    """The pinned views, in order; what the browser kept that is not a pin is left out."""
    return list(st.session_state.get(_PINS, []))


def save_pins(changed: list[Pin]) -> None:
    """Replace the list, without what was typed or kept that no file can hold; the browser gets it
    at the end of the run."""
    st.session_state[_PINS] = without_forbidden_characters(changed[:MAX_PINS])


def show_pin_control(page: str, title: str) -> None:
    """The notebook in the bar of tools. page: the address; title: its name in the menu."""
    count = f" ({len(pins())})" if pins() else ""
    with st.popover(f"Carnet{count}", icon=":material/keep:", type="tertiary"):
        st.text_input(
            "Carnet de réunion",
            key=_SENTENCE,
            placeholder="Une phrase sur cette vue",
            max_chars=MAX_LETTERS["sentence"],
        )
        st.button(
            "Épingler la vue (E)",
            key="carnet_bouton",
            icon=":material/keep:",
            on_click=lambda: pin_view(page_state.last_complete(page), title),
        )
        st.page_link(page_at("carnet"), label="Ouvrir le carnet", icon=":material/arrow_forward:")


def pin_view(shown: page_state.PageState, title: str) -> None:
    """Add the view that is on the screen, before the page is drawn again, with the sentence."""
    save_pins([*pins(), _new_pin(shown, title)])
    st.session_state[_SENTENCE] = ""
    st.toast(f"Vue épinglée : {len(pins())} dans le carnet.", icon=":material/keep:")


def pin_figure(page: str, key: str) -> None:
    """Add one figure of the page that is on the screen, before the page is drawn again."""
    shown = page_state.last_complete(page)
    alone = {name: figure for name, figure in shown.figures.items() if name == key}
    figure = alone.get(key)
    pin_view(replace(shown, figures=alone or shown.figures), figure.title if figure else page)


def load_from_browser() -> bool:
    """Before the page: a new session takes what the browser kept, under what it pinned itself;
    whether it took something now."""
    kept = (st.session_state.get(_STORE) or {}).get("kept")
    if _LOADED in st.session_state or not isinstance(kept, list):
        return False
    st.session_state[_LOADED] = True
    save_pins([*(pin for pin in map(_read, kept) if pin is not None), *pins()])
    return True


@st.fragment  # what the browser says waits for a run that a click has begun, and does not end it
def send_to_browser() -> None:
    """After the page: give the list to the browser, or ask it for the one it kept."""
    known = [asdict(pin) for pin in pins()] if _PINS in st.session_state else None
    data = {"place": _PLACE_IN_BROWSER, "value": known}
    _STORE_COMPONENT(key=_STORE, data=data, on_kept_change=lambda: None)
    if load_from_browser():
        st.rerun()


def _new_pin(shown: page_state.PageState, title: str) -> Pin:
    figures = list(shown.figures.values())
    if presentation.is_active():
        on_screen = presentation.figure_on_screen(figures)
        figures = [] if on_screen is None else [on_screen]
    parameters = {
        key: value
        for key, value in readable_parameters().items()
        if key not in (presentation.PARAMETER, presentation.FIGURE_PARAMETER, TOKEN_PARAMETER)
    }
    query = urlencode(parameters)
    return Pin(
        clean_typed_text(st.session_state.get(_SENTENCE, "")),
        f"{shown.page}?{query}" if query else shown.page,
        figures[0].title if figures else title,
        [figure.request.as_texts() for figure in figures if figure.request],
        any(figure.fictitious for figure in figures),
        shown.digest,
        dt.date.today().isoformat(),
    )


def _read(kept: Any) -> Pin | None:
    """A pin as the browser kept it: anybody may have written there."""
    try:
        if "recipes" in kept:  # as browsers have kept them since version 0.3.0
            kept = {**kept, "requests": kept["recipes"]}
            del kept["recipes"]
        pin = Pin(**kept)
        texts = [
            pin.sentence,
            pin.address,
            pin.title,
            pin.digest,
            pin.day,
            *(text for texts in pin.requests for pair in texts.items() for text in pair),
        ]
        if not _ADDRESS_PATTERN.fullmatch(pin.address) or not _DAY_PATTERN.fullmatch(pin.day):
            return None
        dt.date.fromisoformat(pin.day)
        if len(pin.requests) > MAX_REQUESTS_PER_PIN or not _is_of_the_dashboard(pin.address):
            return None
        for request_texts in pin.requests:
            request_from_texts(request_texts)
    except (TypeError, AttributeError, ValueError):
        return None
    if not all(isinstance(text, str) for text in texts):
        return None
    return replace(
        pin,
        sentence=clean_typed_text(pin.sentence, "sentence"),
        title=clean_typed_text(pin.title, "title"),
    )


def _is_of_the_dashboard(address: str) -> bool:
    return len(address) <= MAX_LETTERS["address"] and bool(_ADDRESS_PATTERN.fullmatch(address))
