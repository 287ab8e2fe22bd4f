"""Who may write in the project from a page: its figures are what a whole team signs."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from atlas.settings import Settings

_HERE = {"localhost", "127.0.0.1", "::1"}
# What a proxy adds when it speaks for somebody else.
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")


def may_write(settings: Settings) -> bool:
    """Whether `imports.writers` of config.yaml lets this visitor change data/ and config.yaml."""
    writers = settings.imports.writers
    return writers == "everyone" or (writers == "local" and _is_here())


def _is_here() -> bool:
    """True for a browser of the machine that serves; Streamlit gives no address then."""
    headers = st.context.headers
    host = urlsplit(f"//{headers.get('Host', '')}").hostname
    return (st.context.ip_address is None and host in _HERE
            and not any(name in headers for name in _FORWARDED))
