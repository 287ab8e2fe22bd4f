"""Zip archives whose bytes depend on their contents and date alone: office files, press kits."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping

_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms)")


def write_reproducible_zip(files: Mapping[str, bytes], date: dt.date) -> bytes:
    """A zip of the files, in the order given, all of them dated so."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (date.year, date.month, date.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, content)
    return stream.getvalue()


def with_fixed_dates(document: bytes, date: dt.date) -> bytes:
    """An office file without the time of its making, workbooks inside it included."""
    with zipfile.ZipFile(io.BytesIO(document)) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    for name, content in files.items():
        if name.endswith(".xlsx"):
            files[name] = with_fixed_dates(content, date)
        elif name == "docProps/core.xml":
            stamp = f"{date.isoformat()}T00:00:00Z".encode()
            files[name] = _STAMP.sub(rb"\g<1>" + stamp + rb"\2", content)
    return write_reproducible_zip(files, date)
