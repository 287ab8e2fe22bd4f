"""What a page of territories lets choose: above its figure; on a phone, below it."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def page_controls(name: str = "") -> DeltaGenerator:
    """A place for choices. On a phone they come after the figures of the part of the page they are
    in, by style alone: they are read aloud, and reached by the keyboard, before what they change.

    name: tells it from another one on the same page.
    """
    return st.container(key="_".join(filter(None, ("reglages", name))))
