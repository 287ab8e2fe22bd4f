"""The kit that a session is making: its place, its progress, cancel, download."""

from __future__ import annotations

import mimetypes
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from atlas import french
from atlas.settings.server import Limits
from atlas.ui import presentation, session_data
from atlas.ui.doors import page_at
from atlas.ui.kit_process import KitProcess
from atlas.ui.kit_queue import shared_queue
from atlas.ui.markdown import escape_markdown
from atlas.ui.session import project_folder

# Of each button of a publication, the parts of a kit that it makes; none are all of them.
DOCUMENTS: dict[str, tuple[str, ...]] = {
    "Dossier de presse (PDF)": ("dossier-de-presse",),
    "Communiqué (Word)": ("textes",),
    "Diaporama": ("diapositives",),
    "Images": ("images", "planche-contact"),
    "Tout": (),
}
_ICONS = {"Tout": ":material/folder_zip:"}
_KIT = "kit_job"
_REFRESH_SECONDS = 0.7
# A kit of so few documents offers each by itself; what every kit has beside them.
_MAX_DOCUMENTS = 3
_BESIDE_DOCUMENTS = ("LISEZ-MOI.txt", "polices")


def start_kit(
    label: str, arguments: list[str], limits: Limits, drafts: Mapping[str, str] | None = None
) -> None:
    """Make a kit when its turn comes; the one before, of the same session, is stopped.

    drafts: dossiers that are not saved, of which it is made: the text of each by the name of its
    file.
    """
    queue = shared_queue()
    queue.limits = limits
    before: KitProcess | None = st.session_state.get(_KIT)
    if before is not None:
        queue.cancel(before)
        before.remove_files()
    kit = st.session_state[_KIT] = KitProcess(label, arguments, _session_check(), drafts)
    queue.add(kit)


def show_session_notice() -> None:
    """What kits and documents leave out, when a file is used for the session."""
    if session_data.has_rows():
        st.info(
            "Les documents et les kits sont faits des chiffres publiés par ce tableau de bord, "
            "sans ceux de votre session.",
            icon=":material/person:",
        )


def show_document_bar(
    title: str, arguments: list[str], limits: Limits, drafts: Mapping[str, str] | None = None
) -> None:
    """A button per document of a publication, and one for all of them; what was asked for is made
    and offered under the bar. Formats, embargo and logo are chosen on the page of kits.

    title: of the publication; arguments: that name it, as `atlas kit` takes them; drafts: as
    for `start_kit`, instead of them.
    """
    if presentation.is_active():
        return
    project = ["--project", str(project_folder())]
    with st.container(horizontal=True, key="documents", gap="small"):
        for label, parts in DOCUMENTS.items():
            if st.button(escape_markdown(label), key=f"document_{label}", icon=_ICONS.get(label)):
                chosen = [word for part in parts for word in ("--part", part)]
                start_kit(title, [*arguments, *chosen, *project], limits, drafts)
        if drafts is None:
            st.page_link(page_at("kit"), label="Embargo, formats, logo", icon=":material/tune:")
    show_session_notice()
    show_kit_progress()


def _session_check() -> Callable[[], bool]:
    """What says, from any thread, whether the session of this page still has its browser."""
    context = get_script_run_ctx()
    if context is None or not runtime.exists():
        return lambda: True
    return partial(runtime.get_instance().is_active_session, context.session_id)


def show_kit_progress() -> None:
    """The state of the session's kit; nothing before the first."""
    kit: KitProcess | None = st.session_state.get(_KIT)
    if kit is None:
        return
    with st.container(border=True):
        if not kit.over:
            _show_unfinished(kit)
        elif kit.cancelled and not kit.refusal:
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
def _show_unfinished(kit: KitProcess) -> None:
    """Draws itself again while the kit waits or is made; the rest of the page stays as it is."""
    if kit.over:
        st.rerun()
    if kit.running:
        _show_running(kit)
    else:
        _show_waiting(kit)
    if st.button("Arrêter", key="kit_stop", icon=":material/stop:"):
        shared_queue().cancel(kit)
        st.rerun()


def _show_waiting(kit: KitProcess) -> None:
    st.info(
        escape_markdown(f"Votre kit attend : {shared_queue().kits_before(kit)} avant le vôtre."),
        icon=":material/hourglass_empty:",
    )
    limit = shared_queue().limits.kits
    st.caption(
        escape_markdown(
            f"{kit.label}. Ce serveur fait {limit}\u00a0kit{'s' * (limit > 1)} à la fois ; le "
            "vôtre commencera à son tour. Fermer cette page l’annule."
        )
    )


def _show_running(kit: KitProcess) -> None:
    progress = kit.progress
    share = progress.done / progress.total if progress.total else 0.0
    count = (
        f"{progress.done} sur {progress.total} fichiers"
        if progress.total
        else "Lecture des données"
    )
    st.progress(share, escape_markdown(f"{kit.label} : {count}"))
    st.caption(escape_markdown(progress.name.rpartition("/")[2] or "Préparation…"))


def _show_archive(kit: KitProcess, archive: Path) -> None:
    with zipfile.ZipFile(archive) as packed:
        names = packed.namelist()
        documents = [name for name in names if name.split("/")[1] not in _BESIDE_DOCUMENTS]
        few = {name: packed.read(name) for name in documents if len(documents) <= _MAX_DOCUMENTS}
    size = french.format_number(archive.stat().st_size / 1e6, 1)
    st.success(
        escape_markdown(f"{kit.label} : {len(names)} fichiers, {size}\u00a0Mo."),
        icon=":material/check_circle:",
    )
    with st.container(horizontal=True):
        for name, content in few.items():
            _show_download(name.rpartition("/")[2], content, name.rpartition("/")[2])
        _show_download("Télécharger le kit (ZIP)", archive.read_bytes(), archive.name)
    if kit.partial:
        st.warning(
            "Certaines figures ne tiennent pas dans le format demandé ; LISEZ-MOI les "
            "nomme, le reste est là.",
            icon=":material/warning:",
        )
        st.code(kit.messages, language=None)


def _show_download(label: str, content: bytes, file_name: str) -> None:
    st.download_button(
        escape_markdown(label),
        content,
        file_name,
        mimetypes.guess_type(file_name)[0] or "application/octet-stream",
        key=f"download_{file_name}",
        type="primary",
        on_click="ignore",
        icon=":material/download:",
    )
