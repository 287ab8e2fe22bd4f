"""Signing in and out, and what a visitor sees of a server that is not for everyone."""

from __future__ import annotations

import logging
import re

import streamlit as st
from streamlit.errors import StreamlitAuthError, StreamlitMissingAuthlibError
from streamlit.navigation.page import Page

from atlas import french
from atlas.settings.server import Role
from atlas.ui import permissions
from atlas.ui.markdown import escape_markdown
from atlas.ui.problems import show_problems

_FAILED = "_sign_in_failed"
_PAGE_NAME = re.compile(r"[a-z0-9-]+")


def show_account() -> None:
    """In the menu: who one is for the server, and the way in or out; nothing where there is no
    sign-in and no token."""
    if permissions.presented_token():
        st.caption("Vous administrez ce serveur (jeton de «\u00a0make run\u00a0»).")
    elif permissions.is_signed_in():
        name = escape_markdown(permissions.account_name(permissions.claims()))
        st.caption(f"Connecté : {name}")
        st.button("Se déconnecter", key="sign_out", type="tertiary", on_click=st.logout)
    elif permissions.can_sign_in():
        _show_sign_in_button("sign_in")


def show_who_may(role: Role) -> None:
    """On a page: why the visitor has not this role, and the way in; nothing for who has it."""
    refused = permissions.refusal(role)
    if refused is None:
        return
    said = f"{french.capitalize_first(refused.message)}. {refused.cure}"
    st.caption(escape_markdown(said))
    if permissions.can_sign_in() and not permissions.is_signed_in():
        _show_sign_in_button(f"sign_in_{role}")


def reserved_pages(asked: str | None) -> list[Page]:
    """What the menu holds for who may not read: one page, under the address that was asked for
    too, which Streamlit would otherwise say in English is unknown. It names none of the pages."""
    pages = [st.Page(_reserved_page, title="Connexion", url_path="connexion", default=True)]
    if asked and _PAGE_NAME.fullmatch(asked):
        pages.append(st.Page(_reserved_page, title="Connexion", url_path=asked))
    return pages


def _reserved_page() -> None:
    st.title("Ce tableau de bord est réservé")
    refused = permissions.refusal("read")
    if refused and permissions.is_signed_in():
        show_problems([refused])
        st.button("Se déconnecter", key="sign_out_reserved", on_click=st.logout)
    elif permissions.can_sign_in():
        st.markdown("Connectez-vous avec le compte de votre organisation pour le voir.")
        _show_sign_in_button("sign_in_reserved")
    elif refused:
        show_problems([refused])


def _show_sign_in_button(key: str) -> None:
    st.button("Se connecter", key=key, icon=":material/login:", on_click=_sign_in)
    if st.session_state.pop(_FAILED, False):
        st.error(
            "La connexion n’est pas bien configurée : .streamlit/secrets.toml, section auth. "
            "Le journal du serveur dit ce qui y manque.",
            icon=":material/block:",
        )


def _sign_in() -> None:
    try:
        st.login()
    except (StreamlitAuthError, StreamlitMissingAuthlibError):
        logging.getLogger(__name__).exception("sign-in is not configured as it should be")
        st.session_state[_FAILED] = True
