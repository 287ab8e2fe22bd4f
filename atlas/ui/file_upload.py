"""The button of files in French: Streamlit's own texts are English and have no setting."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from atlas.settings.server import Limits
from atlas.ui import html, upload_limits
from atlas.ui.markdown import escape_markdown

MEBIBYTE = 1 << 20  # as Streamlit counts

_TRANSLATION_COMPONENT = st.components.v2.component("depot", js=html.asset("file_upload.js"))


def file_upload(
    label: str,
    key: str,
    *,
    max_megabytes: int,
    limits: Limits,
    extensions: Sequence[str] | None = None,
    on_change: Callable[[], None] | None = None,
) -> UploadedFile | None:
    """One file that the visitor gives; None until there is one, and once it is taken away.

    max_megabytes: kept by the browser, and here for what comes around it; the refusal is said.
    limits: of the server. extensions: that the browser takes, None for any. on_change: called when
    a file is given or taken away, not when the visitor leaves the page.
    """
    upload_limits.button_shown(limits)
    given = st.file_uploader(
        escape_markdown(label),
        extensions,
        key=key,
        max_upload_size=max_megabytes,
        on_change=on_change,
    )
    _TRANSLATION_COMPONENT(key=f"{key}_texts", height=1)
    if given is not None and given.size > max_megabytes * MEBIBYTE:
        st.error(
            escape_markdown(
                f"{given.name} dépasse {max_megabytes}\u00a0Mo. Découpez-le, ou enregistrez la "
                "partie utile seule."
            ),
            icon=":material/error:",
        )
        return None
    return given
