"""The doors of the dashboard, and the views behind each: what the menu shows, and links between
pages. What draws each page is known by app.py alone."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import Page

from atlas.figures.common.style import readable_on
from atlas.ui import html
from atlas.ui.markdown import escape_markdown


@dataclass(frozen=True)
class Door:
    """An entry of the menu. address: of the page that it opens; views: address → name of all pages
    behind it, the one that it opens among them."""

    title: str
    address: str
    views: dict[str, str]


def page_at(address: str) -> Page:
    """What a link needs of a page: its address. Empty for the first page."""
    return st.Page(_drawn_by_the_router, url_path=address or "accueil", default=not address)


def _drawn_by_the_router() -> None:
    """A link needs the address of a page alone; app.py knows what draws it."""


def show_views(door: Door, current: str) -> None:
    """The views behind a door, the present one marked; nothing for a door with one."""
    if len(door.views) < 2 or current not in door.views:
        return
    with st.container(horizontal=True, key="vues", gap="small"):
        for address, name in door.views.items():
            # A place of its own to the present one alone: each is one more message of every page.
            is_current = address == current
            place = st.container(key="vue_actuelle", width="content") if is_current else st
            place.page_link(page_at(address), label=escape_markdown(name), width="content")


def mark_door(door: Door | None) -> None:
    """Mark in the menu the door behind which the present page is, in the colour of the brand."""
    theme = "dark" if st.context.theme.type == "dark" else "light"
    colour = str(st.get_option(f"theme.{theme}.primaryColor"))
    st.html(
        html.render(
            "current_door.html",
            address=door.address if door else "",
            colour=colour,
            ink=readable_on(colour),
        )
    )
