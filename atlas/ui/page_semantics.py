"""What a reader of the screen is told of a page: its title, its parts, French names, what changed.

Streamlit names its controls in English, gives every page the title of the first and its menu no
list. `page_semantics.js` mends it in the browser, where the page is; what it cannot mend is in the
declaration of accessibility.
"""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from atlas.ui import html
from atlas.ui.doors import page_at
from atlas.ui.markdown import escape_markdown

ACCESSIBILITY_ADDRESS = "accessibilite"
_CONTENT, _FOOTER = "contenu", "pied"
_SEMANTICS_COMPONENT = st.components.v2.component(
    "semantique",
    html=html.asset("templates/page_semantics.html"),
    css=html.asset("page_semantics.css"),
    js=html.asset("page_semantics.js"),
)


def mend_page(brand: str, name: str = "") -> None:
    """Have the browser tell the page in French. brand: ends every title; name: begins it in the
    place of the title that stands on the page, empty for that one."""
    _SEMANTICS_COMPONENT(key="semantique", data={"brand": brand, "name": name})


def content() -> DeltaGenerator:
    """The place of the page itself, apart from the tools above and the foot below."""
    return st.container(key=_CONTENT)


def tell_subject(subject: str) -> None:
    """What the title of the page says that it shows, where no figure says it first: « France,
    juin 2026 »."""
    st.html(html.render("page_subject.html", subject=subject))


def show_footer(conformity: str) -> None:
    """The foot of every page, with the link that the law asks for. conformity: « partiellement
    conforme »."""
    with st.container(key=_FOOTER, horizontal=True):
        st.page_link(
            page_at(ACCESSIBILITY_ADDRESS), label=escape_markdown(f"Accessibilité : {conformity}")
        )
