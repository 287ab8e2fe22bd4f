"""What a visitor reads when the program fails, whatever page, control or fragment it was in."""

from __future__ import annotations

import logging

import streamlit as st

from atlas.event_log import reference_of
from atlas.ui import html
from atlas.ui.url_widgets import current_page

log = logging.getLogger(__name__)


def show_error_page(error: Exception) -> bool:
    """Say so in the place of what was being drawn, with the reference of the log.

    Streamlit calls it with every error that nobody awaited, those of callbacks and fragments too,
    once it has logged its trace; never with what stops a run or begins another. Returns True: its
    own English message is not shown.
    """
    reference = reference_of(error)
    log.error("error page shown", extra={"page": current_page(), "reference": reference})
    st.html(html.render("error_page.html", reference=reference))
    return True
