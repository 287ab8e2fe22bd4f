"""The kit that a session is making: progress, cancel, download."""

from __future__ import annotations

import zipfile
from pathlib import Path

import streamlit as st

from atlas import french
from atlas.ui.kit_job import KitJob

_JOB = "kit_job"
_SECONDS = 0.7


def start(label: str, arguments: list[str]) -> None:
    """Make a kit; the one before is stopped."""
    before: KitJob | None = st.session_state.get(_JOB)
    if before is not None and before.running:
        before.cancel()
    st.session_state[_JOB] = KitJob(label, arguments)


def show_progress() -> None:
    """The state of the session's kit; nothing before the first."""
    job: KitJob | None = st.session_state.get(_JOB)
    if job is None:
        return
    with st.container(border=True):
        if job.running:
            _running(job)
        elif job.cancelled:
            st.info(f"{job.label} : arrêté, rien n’est gardé.", icon=":material/info:")
        elif job.archive is None:
            st.error(f"{job.label} : le kit n’a pas pu être produit.", icon=":material/error:")
            st.code(job.messages or "Le journal du serveur dit pourquoi.", language=None)
        else:
            _ready(job, job.archive)


@st.fragment(run_every=_SECONDS)
def _running(job: KitJob) -> None:
    """Draws itself again while the kit is made; the rest of the page stays as it is."""
    if not job.running:
        st.rerun()
    step = job.step
    share = step.done / step.total if step.total else 0.0
    count = f"{step.done} sur {step.total} fichiers" if step.total else "Lecture des données"
    st.progress(share, f"{job.label} : {count}")
    st.caption(step.name.rpartition("/")[2] or "Préparation…")
    if st.button("Arrêter", key="kit_stop", icon=":material/stop:"):
        job.cancel()
        st.rerun()


def _ready(job: KitJob, archive: Path) -> None:
    with zipfile.ZipFile(archive) as packed:
        count = len(packed.namelist())
    size = french.format_number(archive.stat().st_size / 1e6, 1)
    st.success(f"{job.label} : {count} fichiers, {size}\u00a0Mo.", icon=":material/check_circle:")
    st.download_button(
        "Télécharger le kit (ZIP)",
        archive.read_bytes(),
        archive.name,
        "application/zip",
        type="primary",
        on_click="ignore",
        icon=":material/download:",
    )
    if job.partial:
        st.warning(
            "Certaines figures ne tiennent pas dans le format demandé ; LISEZ-MOI les "
            "nomme, le reste est là.",
            icon=":material/warning:",
        )
        st.code(job.messages, language=None)
