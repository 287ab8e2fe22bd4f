"""The token that `make run` prints in its address: presented once, kept by the tab for a reload.

It is in no cookie, which other servers of the machine would be sent, and in no storage that
outlives the tab. Another tab, or a server that was started again, needs the printed address.
"""

from __future__ import annotations

import streamlit as st

from atlas.settings.server import TOKEN_PARAMETER
from atlas.ui import html, permissions
from atlas.ui.url_parameters import has_parameter, parameter, remove_parameter

_STATE, _REFUSED = TOKEN_PARAMETER, "_refused_token"
_TOKEN_COMPONENT = st.components.v2.component("jeton", js=html.asset("run_token.js"))


def accept_token() -> None:
    """Before the page: present the token of the address, or the one that the tab has kept."""
    given, browser = parameter(TOKEN_PARAMETER), _browser()
    if browser.get("cleared") and given is not None:
        # The browser has changed its address itself: this only tells Streamlit, and makes no entry
        # of the history.
        remove_parameter(TOKEN_PARAMETER)
    token = browser.get("kept") if given is None else given
    if token is None or permissions.presented_token() or st.session_state.get(_REFUSED) == token:
        return
    if not permissions.present_token(str(token)):
        st.session_state[_REFUSED] = token
        st.toast(
            "Ce jeton n’est pas celui de ce serveur, qui a sans doute redémarré : ouvrez l’adresse "
            "que «\u00a0make run\u00a0» affiche.",
            icon=":material/key_off:",
        )


def keep_token() -> None:
    """After the page: have the browser take the token out of its address, keep it, or say the one
    that it has kept; nothing on a server without a token."""
    if permissions.has_run_token() or has_parameter([TOKEN_PARAMETER]):
        _TOKEN_COMPONENT(
            key=_STATE,
            data={
                "known": permissions.presented_token(),
                "refused": _REFUSED in st.session_state,
            },
            on_kept_change=lambda: None,
            on_cleared_change=lambda: None,
        )


def _browser() -> dict[str, object]:
    return dict(st.session_state.get(_STATE) or {})
