"""The draft of a session: what is composed, its steps, which block is open; the browser keeps a
copy, which a reload or a lost connection gives back."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from atlas.publications.drafts import Draft, DraftHistory, draft_as_json, draft_from_json
from atlas.ui import html

# Keys of the session: the draft and its steps, the open block, whether what the browser kept was
# looked at.
_HISTORY, _OPEN_BLOCK = "_composer_history", "_composer_open_block"
_STORE, _LOADED = "brouillon", "_composer_adopted"
_PLACE_IN_BROWSER = "mon-espace-sante-brouillon"
_STORE_COMPONENT = st.components.v2.component("brouillon", js=html.asset("browser_storage.js"))


def history() -> DraftHistory | None:
    """The draft of the session with its steps; None before anything is composed."""
    found: DraftHistory | None = st.session_state.get(_HISTORY)
    return found


def begin(draft: Draft) -> None:
    """Compose another draft from now on."""
    st.session_state[_HISTORY] = DraftHistory(draft)
    open_block(next(iter(draft.blocks), None))


def close() -> None:
    """Compose nothing any more: the browser forgets its copy."""
    st.session_state[_HISTORY] = None
    open_block(None)


def record(draft: Draft) -> None:
    """Take a step."""
    present = history()
    if present is not None:
        st.session_state[_HISTORY] = present.record(draft)


def step(take: Callable[[DraftHistory], DraftHistory]) -> None:
    """Take the last step back, or take again what was taken back."""
    present = history()
    if present is None:
        return
    st.session_state[_HISTORY] = moved = take(present)
    if opened_block() not in moved.present.blocks:
        open_block(next(iter(moved.present.blocks), None))


def mark_saved(key: str, digest: str) -> None:
    """The configuration says what the draft says. digest: of the saved version."""
    present = history()
    if present is not None:
        st.session_state[_HISTORY] = present.saved_as(key, digest)


def open_block(identity: int | None) -> None:
    """Show the fields and the preview of a block."""
    st.session_state[_OPEN_BLOCK] = identity


def opened_block() -> int | None:
    """The block whose fields are shown."""
    found: int | None = st.session_state.get(_OPEN_BLOCK)
    return found


def load_from_browser() -> None:
    """Before the page: a new session takes the draft that the browser kept."""
    kept = (st.session_state.get(_STORE) or {}).get("kept")
    if kept is None or st.session_state.get(_LOADED) or history() is not None:
        return
    st.session_state[_LOADED] = True
    draft = draft_from_json(kept)
    if draft is not None:
        begin(draft)


def send_to_browser() -> None:
    """After the page: give the draft to the browser, or ask it for the one it kept."""
    present = history()
    known: str | None = None
    if present is not None:
        known = draft_as_json(present.present)
    elif _HISTORY in st.session_state:
        known = ""
    data = {"place": _PLACE_IN_BROWSER, "value": known}
    _STORE_COMPONENT(key=_STORE, data=data, on_kept_change=lambda: None)
