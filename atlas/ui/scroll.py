"""Where a page was scrolled to, given back by the Back and Forward buttons.

Streamlit scrolls a part of the page, which the browser does not remember by itself.
"""

from __future__ import annotations

import streamlit as st

from atlas.ui import html

_SCROLL_COMPONENT = st.components.v2.component("defilement", js=html.asset("scroll.js"))


def keep_scroll() -> None:
    """Have the browser remember where each page of its history was scrolled to."""
    _SCROLL_COMPONENT(key="defilement", data={})
