"""The kit that a session is making: progress, cancel, download."""

from __future__ import annotations

import zipfile
from pathlib import Path

import streamlit as st

from atlas import french
from atlas.ui.kit_process import KitProcess
from atlas.ui.markdown import escape_markdown

_KIT = "kit_job"
_REFRESH_SECONDS = 0.7


def start_kit(label: str, arguments: list[str]) -> None:
    """Make a kit; the one before is stopped."""
    before: KitProcess | None = st.session_state.get(_KIT)
    if before is not None and before.running:
        before.cancel()
    st.session_state[_KIT] = KitProcess(label, arguments)


def show_kit_progress() -> None:
    """The state of the session's kit; nothing before the first."""
    kit: KitProcess | None = st.session_state.get(_KIT)
    if kit is None:
        return
    with st.container(border=True):
        if kit.running:
            _show_running(kit)
        elif kit.cancelled:
            st.info(
                escape_markdown(f"{kit.label} : arrêté, rien n’est gardé."), icon=":material/info:"
            )
        elif kit.archive is None:
            st.error(
                escape_markdown(f"{kit.label} : le kit n’a pas pu être produit."),
                icon=":material/error:",
            )
            st.code(kit.messages or "Le journal du serveur dit pourquoi.", language=None)
        else:
            _show_archive(kit, kit.archive)


@st.fragment(run_every=_REFRESH_SECONDS)
def _show_running(kit: KitProcess) -> None:
    """Draws itself again while the kit is made; the rest of the page stays as it is."""
    if not kit.running:
        st.rerun()
    progress = kit.progress
    share = progress.done / progress.total if progress.total else 0.0
    count = (
        f"{progress.done} sur {progress.total} fichiers"
        if progress.total
        else "Lecture des données"
    )
    st.progress(share, escape_markdown(f"{kit.label} : {count}"))
    st.caption(escape_markdown(progress.name.rpartition("/")[2] or "Préparation…"))
    if st.button("Arrêter", key="kit_stop", icon=":material/stop:"):
        kit.cancel()
        st.rerun()


def _show_archive(kit: KitProcess, archive: Path) -> None:
    with zipfile.ZipFile(archive) as packed:
        count = len(packed.namelist())
    size = french.format_number(archive.stat().st_size / 1e6, 1)
    st.success(
        escape_markdown(f"{kit.label} : {count} fichiers, {size}\u00a0Mo."),
        icon=":material/check_circle:",
    )
    st.download_button(
        "Télécharger le kit (ZIP)",
        archive.read_bytes(),
        archive.name,
        "application/zip",
        type="primary",
        on_click="ignore",
        icon=":material/download:",
    )
    if kit.partial:
        st.warning(
            "Certaines figures ne tiennent pas dans le format demandé ; LISEZ-MOI les "
            "nomme, le reste est là.",
            icon=":material/warning:",
        )
        st.code(kit.messages, language=None)
