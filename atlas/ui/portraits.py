"""A portrait on screen: figures in large, what is missing, then the drawings."""

from __future__ import annotations

import streamlit as st

from atlas.ui import frame, markup, seen
from atlas.views import Desk, Portrait


def show_portrait(desk: Desk, shown: Portrait) -> None:
    """Show all but the name of the territory; a drawing that there is none of is not missed."""
    seen.text("portrait", "\n".join(fact.value for fact in shown.facts))
    st.html(markup.facts(shown.facts))
    for said in ("\n\n".join(shown.remarks), shown.corridor_remark):
        if said:
            st.info(said, icon=":material/info:")
    frame.show(desk, shown.strip, "portrait_bande")
    beside = [figure for figure in (shown.bars, shown.curve) if figure]
    for place, column in enumerate(st.columns(len(beside)) if beside else []):
        with column:
            frame.show(desk, beside[place], f"portrait_{place}")
    frame.show(desk, shown.corridors, "portrait_couloirs")
