"""The parameters of the address: the one place where they are read, and where they are written.

Anybody may type them, and a link lives for years: what is too long, holds a character that no text
may hold or is unlike what is expected counts as absent, and the page is that of the address without
it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urljoin

import streamlit as st

from atlas.incoming_text import find_forbidden_character

# Every département and caisse chosen at once has 2 100 characters.
MAX_PARAMETER_CHARACTERS = 4_000
MAX_PARAMETERS = 60
_NUMBER_PATTERN = re.compile("[0-9]{1,6}")


def parameter(key: str, pattern: re.Pattern[str] | None = None) -> str | None:
    """The text of a parameter; None when it is absent, or not one that a page writes.

    pattern: what the whole text has to be like.
    """
    text = st.query_params.get(key)
    if text is None or len(text) > MAX_PARAMETER_CHARACTERS or find_forbidden_character(text):
        return None
    return text if pattern is None or pattern.fullmatch(text) else None


def number_parameter(key: str, highest: int, default: int = 0) -> int:
    """A whole number from 0 to `highest`; a greater one is the highest, anything else `default`."""
    text = parameter(key, _NUMBER_PATTERN)
    return default if text is None else min(int(text), highest)


def readable_parameters() -> dict[str, str]:
    """All parameters, without those that no page writes."""
    keys = [key for key in st.query_params if re.fullmatch("[a-z0-9_-]{1,60}", key)]
    found = {key: parameter(key) for key in keys[:MAX_PARAMETERS]}
    return {key: text for key, text in found.items() if text is not None}


def has_parameter(keys: Iterable[str]) -> bool:
    """Whether the address holds one of these parameters, readable or not."""
    return any(key in st.query_params for key in keys)


def whole_address(path: str) -> str:
    """The address of a path, with or without its query, on this server, under its base path when
    it has one."""
    base = st.get_option("server.baseUrlPath").strip("/")
    return urljoin(st.context.url or "", (f"/{base}/" if base else "/") + path.lstrip("/"))


def write_parameter(key: str, text: str) -> None:
    """Put a parameter in the address."""
    st.query_params[key] = text


def remove_parameter(key: str) -> None:
    """Take a parameter out of the address."""
    st.query_params.pop(key, None)
