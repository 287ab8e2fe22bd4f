"""An uploaded file, read once, and what a profile makes of it, while its page is redrawn."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from atlas.importing.column_detection import TableProposal, propose_table
from atlas.importing.profiles import find_matching_profiles, proposal_from_profile
from atlas.importing.report import FileReport, compare_with_published
from atlas.importing.row_extraction import extract_rows
from atlas.importing.workbook_reading import MAX_FILE_BYTES, Sheet, read_sheets
from atlas.observations.checks import KnownKeys
from atlas.problems import Problem
from atlas.settings import ImportProfile
from atlas.ui.problems import show_problems

# What Streamlit refuses itself, it refuses in English: any type of file may come in, and twice what
# is read.
MAX_UPLOAD_MEGABYTES = 2 * MAX_FILE_BYTES // 1_000_000
NO_PROFILE = ""
_UPLOAD_STATE, _REPORT_STATE = "_import_file", "_import_report"
_DIGEST_LETTERS = 12


@dataclass(frozen=True)
class Upload:
    """A file that the visitor gave.

    ``digest``: of its name and content, which names the widgets that are about it. ``problems``:
    why it has no sheets.
    """

    name: str
    digest: str
    sheets: list[Sheet]
    problems: list[Problem]


def receive_upload() -> Upload | None:
    """Ask for a file; None until there is one that can be read, and why it cannot is said.

    A file already read is kept when the visitor leaves the page and comes back.
    """
    given = st.file_uploader(
        "Fichier reçu (XLSX, XLS, ODS ou CSV)",
        key="import_file",
        max_upload_size=MAX_UPLOAD_MEGABYTES,
    )
    upload = _current_upload()
    if given is not None:
        content = given.getvalue()
        digest = hashlib.sha256(given.name.encode() + content).hexdigest()[:_DIGEST_LETTERS]
        if upload is None or digest != upload.digest:
            with st.spinner("Lecture du classeur…"):
                sheets, problems = read_sheets(content, given.name)
            upload = Upload(given.name, digest, sheets, problems)
            st.session_state[_UPLOAD_STATE] = upload
    if upload is None:
        return None
    if upload.problems:
        show_problems(upload.problems)
        return None
    if given is None:
        st.caption(f"Fichier en cours : « {upload.name} ».")
    return upload


def choose_reading(upload: Upload, known_keys: KnownKeys) -> tuple[str, TableProposal | None]:
    """Ask which profile reads the file: its key, NO_PROFILE for none, and what is read with it.

    Without a profile the reading is proposed. None when no table is recognised, which is said.
    """
    profiles = known_keys.settings.import_profiles
    key: str = st.selectbox(
        "Lecture",
        [*find_matching_profiles(upload.sheets, profiles), NO_PROFILE],
        key=f"{upload.digest}_reading",
        format_func=lambda key: profiles[key].label if key else "Proposer une lecture des colonnes",
    )
    proposal = (
        propose_table(upload.sheets, known_keys)
        if key == NO_PROFILE
        else proposal_from_profile(upload.sheets, profiles[key])
    )
    if proposal is None:
        st.error(
            f"Aucun tableau n’est reconnu dans « {upload.name} » : il faut une ligne de "
            "titres au-dessus des chiffres.",
            icon=":material/error:",
        )
    return key, proposal


def report_on_upload(
    upload: Upload,
    profile: ImportProfile,
    published: pd.DataFrame,
    known_keys: KnownKeys,
    version: str,
) -> FileReport:
    """What a profile makes of the file, with a bar while it is read; kept until one changes.

    ``version``: of the published figures and of the settings.
    """
    key = (upload.digest, profile.model_dump_json(), version, tuple(known_keys.sources))
    bar = st.empty()  # even when nothing is read: what follows keeps its place
    kept: tuple[tuple[object, ...], FileReport] | None = st.session_state.get(_REPORT_STATE)
    if kept is not None and kept[0] == key:
        return kept[1]

    def show_progress(share: float) -> None:
        bar.progress(share, "Lecture des lignes…")

    extraction = extract_rows(upload.sheets, upload.name, profile, known_keys, show_progress)
    bar.progress(1.0, "Comparaison avec les chiffres publiés…")
    report = compare_with_published(extraction, profile, published, known_keys)
    bar.empty()
    st.session_state[_REPORT_STATE] = key, report
    return report


def _current_upload() -> Upload | None:
    upload: Upload | None = st.session_state.get(_UPLOAD_STATE)
    return upload
