"""The fonts of the dashboard, asked for with its page instead of once a text is laid out.

A chart measures its texts once, when it is drawn: in a font that came later they would be laid out
with the widths of another.
"""

from __future__ import annotations

import re
from html import escape

from streamlit import config

# What Streamlit asks for: its own font, which no text here is set in.
_FONT_OF_STREAMLIT = re.compile(rb'<link\s+rel="preload"[^>]*\bas="font"[^>]*>')


def with_font_links(page: bytes) -> bytes:
    """Streamlit's page, which asks for the upright faces of `theme.fontFaces` early, and not for
    the font of Streamlit. Unchanged when the configuration names no font."""
    faces = config.get_option("theme.fontFaces") or []
    links = "\n    ".join(
        f'<link rel="preload" href="./{escape(face["url"])}" as="font" type="font/ttf" crossorigin>'
        for face in faces
        if face.get("style") != "italic"
    ).encode()
    return _FONT_OF_STREAMLIT.sub(lambda _: links, page, count=1) if links else page
