"""Links to the view at hand: living, or frozen, which says when the figures have changed since."""

from __future__ import annotations

import datetime as dt
import re

import streamlit as st

from atlas import periods
from atlas.ui import html, page_state
from atlas.ui.markdown import escape_markdown
from atlas.ui.url_parameters import parameter

FROZEN_PARAMETER = "figee"
# Links frozen until 0.3.0 have no « k »: their hash was of words, and says nothing any more.
_FROZEN_PATTERN = re.compile("([0-9]{8})-([0-9a-f]{6})-(k?)([0-9a-f]{8})")
_LINKS_COMPONENT = st.components.v2.component(
    "liens",
    html=html.asset("templates/view_links.html"),
    css=html.asset("buttons.css"),
    js=html.asset("view_links.js"),
)


def show_links(version: str, place: str = "") -> None:
    """The two buttons. version: of the data set that the page is drawn from; place: the key of the
    figure under which they are, empty in the bar of tools.

    The hash of what is shown is asked for at the click: a fragment may have changed the page.
    """
    key = f"{place}_liens" if place else "liens"
    asked = (st.session_state.get(key) or {}).get("asked")
    today = dt.date.today().strftime("%Y%m%d")
    _LINKS_COMPONENT(
        key=key,
        on_asked_change=lambda: None,
        data={
            "asked": asked,
            "name": FROZEN_PARAMETER,
            "frozen": f"{today}-{version[:6]}-k{page_state.digest()}",
        },
    )


def show_frozen_notice(version: str) -> None:
    """What a frozen link has to say once its page is drawn; nothing for a living link, or one
    that was damaged on its way."""
    found = _FROZEN_PATTERN.fullmatch(parameter(FROZEN_PARAMETER) or "")
    day = _day(found[1]) if found else None
    if found is None or day is None:
        return
    _, data, hashes_keys, digest = found.groups()
    said = f"Lien figé le {periods.label(day.isoformat())}, données {data}"
    same = digest == page_state.digest() if hashes_keys else data == version[:6]
    if same:
        st.info(
            escape_markdown(f"{said} : les chiffres de cette page n’ont pas changé."),
            icon=":material/link:",
        )
    else:
        st.warning(
            f"{escape_markdown(said)} : les chiffres de cette page ont changé depuis (données "
            f"{escape_markdown(version[:6])} aujourd’hui).",
            icon=":material/sync_problem:",
        )


def _day(digits: str) -> dt.date | None:
    """« 20261122 » → that day; None for one that no calendar has."""
    try:
        return dt.date.fromisoformat(digits)
    except ValueError:
        return None
