"""Buttons that make a file when they are clicked, and hand it over.

`st.download_button` with a function names what it makes by an identifier that each new run of the
page takes back: a click made while the page is drawn again is lost, or gives what was chosen
before. Here the click is an event of the session like every choice, answered after those that came
before it; it is answered by the next run when it interrupts this one.
"""

from __future__ import annotations

import base64
import logging
from collections.abc import Callable

import streamlit as st

from atlas.export.image import ExportError
from atlas.ui import html

_BUTTON_COMPONENT = st.components.v2.component(
    "fichier",
    html=html.asset("templates/file_button.html"),
    css=html.asset("buttons.css") + html.asset("file_button.css"),
    js=html.asset("file_button.js"),
)


def download_button(
    label: str, make: Callable[[], bytes], name: str, key: str, *, primary: bool = False
) -> None:
    """Downloads what `make` gives as the file `name`. `make` may raise ExportError, whose
    sentence is shown under the button."""
    _show_button({"use": "file", "label": label, "name": name, "primary": primary}, make, key)


def copy_button(make: Callable[[], bytes], key: str) -> None:
    """Puts the PNG that `make` gives on the clipboard; as `download_button`."""
    _show_button({"use": "clipboard", "label": "Copier l’image"}, make, key)


def _show_button(data: dict[str, object], make: Callable[[], bytes], key: str) -> None:
    asked = (st.session_state.get(key) or {}).get("asked")
    answered = f"{key}_answered"
    if asked and asked != st.session_state.get(answered):
        data["asked"] = asked
        try:
            data["content"] = base64.b64encode(make()).decode()
        except ExportError as error:
            logging.getLogger(__name__).exception("%s failed", data["label"])
            data["refused"] = str(error)
    _BUTTON_COMPONENT(data=data, key=key, width="content", on_asked_change=lambda: None)
    st.session_state[answered] = asked
