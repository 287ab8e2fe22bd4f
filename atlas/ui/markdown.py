"""Texts that came with a file or were typed, inside the Markdown of Streamlit's messages."""

from __future__ import annotations

_CHARACTERS = r"\`*_{}[]()#+-.!|~$:<>"


def escape_markdown(text: str) -> str:
    """A text as it is, where a character could mean something: a picture in a name of file would
    have the browser of the visitor call another host."""
    return "".join(
        f"\\{character}" if character in _CHARACTERS else character for character in text
    )
