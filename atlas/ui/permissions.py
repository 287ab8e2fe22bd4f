"""Who may write in the project from a page: its figures are what a whole team signs."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

import streamlit as st

from atlas.settings import Settings

# What a proxy adds when it speaks for somebody else.
PROXY_HEADERS = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")


def may_write(settings: Settings) -> bool:
    """Whether `imports.writers` lets this visitor change data/ and config/imports.yaml."""
    writers = settings.imports.writers
    if writers == "local":
        return is_local_visitor(st.context.ip_address, st.context.headers)
    return writers == "everyone"


def is_local_visitor(address: str | None, headers: Mapping[str, str]) -> bool:
    """True for a browser of the machine that serves, which calls it by one of its own names.

    address: where the visitor comes from, None for some of the addresses of this machine. headers:
    of the request; their keys are compared as they are written here.
    """
    host = urlsplit(f"//{headers.get('Host', '')}").hostname or ""
    return (
        _is_loopback(address or "127.0.0.1")
        and (host == "localhost" or _is_loopback(host))
        and not any(name in headers for name in PROXY_HEADERS)
    )


def _is_loopback(address: str) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return (mapped or found).is_loopback
