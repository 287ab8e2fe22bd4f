"""An uploaded file, read once, and what a profile makes of it, while its page is redrawn."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from atlas import french
from atlas.importing.column_detection import TableProposal
from atlas.importing.file_parsing import MAX_FILE_BYTES
from atlas.importing.history import ImportOrigin
from atlas.importing.profiles import columns_by_place
from atlas.importing.report import FileReport, compare_with_published
from atlas.importing.workbook_reading import (
    FileReading,
    prepare_workers,
    read_file,
    read_proposal,
    read_rows,
)
from atlas.incoming_text import clean_typed_text
from atlas.observations.checks import KnownKeys
from atlas.problems import Problem
from atlas.settings import ImportProfile, Settings
from atlas.ui.file_upload import file_upload
from atlas.ui.guarded_reading import limits_caption, reading_guard
from atlas.ui.import_fields import distinct_labels, lasting_selectbox
from atlas.ui.markdown import escape_markdown
from atlas.ui.problems import show_problems

MAX_UPLOAD_MEGABYTES = MAX_FILE_BYTES // 1_000_000
NO_PROFILE = ""
_WIDGET, _UPLOAD_STATE, _REPORT_STATE = "import_file", "_import_file", "_import_report"
_READING_STATE = "_import_reading"
SERIES = "series"  # all the sheets that are one table cut in several
_DIGEST_LETTERS = 12
Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Upload:
    """A file that the visitor gave.

    ``size``: bytes. ``content_digest``: SHA-256 of its content. ``digest``: of its name and
    content, which names the widgets that are about it. ``content``: what a worker is sent again for
    another sheet or profile.
    """

    name: str
    size: int
    content_digest: str
    digest: str
    content: bytes


@dataclass(frozen=True)
class Reading:
    """What is read in a file before the visitor corrects it.

    ``profile_key``: of the profile that reads it, NO_PROFILE for a proposal. ``key``: names the
    widgets that are about it.
    """

    profile_key: str
    proposal: TableProposal
    key: str


def receive_upload(known_keys: KnownKeys) -> Upload | None:
    """Ask for a file; None until there is one that can be read, and why it cannot is said.

    A file already read is kept when the visitor leaves the page and comes back, until another one
    is given or it is taken away.
    """
    prepare_workers()
    limits = known_keys.settings.limits
    given = file_upload(
        "Fichier reçu (XLSX, XLS, ODS ou CSV)",
        _WIDGET,
        max_megabytes=MAX_UPLOAD_MEGABYTES,
        limits=limits,
        on_change=_forget_upload,
    )
    st.caption(escape_markdown(limits_caption(limits)))
    waiting = st.empty()  # even when nothing waits: what follows keeps its place
    upload: Upload | None = st.session_state.get(_UPLOAD_STATE)
    if given is not None and upload is None:
        upload = _describe_upload(given.name, given.getvalue())
        st.session_state[_UPLOAD_STATE] = upload
    if upload is None:
        return None
    problems = _reading(upload, known_keys, waiting).problems
    if problems:
        show_problems(problems)
        return None
    if given is None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(
                f"Fichier en cours : « {upload.name} », {french.format_file_size(upload.size)}."
            )
            st.button(
                "Fermer ce fichier",
                icon=":material/close:",
                key="import_close",
                on_click=_forget_upload,
            )
    return upload


def choose_profile(upload: Upload, known_keys: KnownKeys) -> str:
    """Ask which profile reads the file: its key, NO_PROFILE for none, which proposes a reading."""
    profiles = known_keys.settings.import_profiles
    matching = _reading(upload, known_keys).profiles
    options = [*matching, NO_PROFILE]
    labels = distinct_labels(
        options, lambda key: profiles[key].label if key else "Proposer une lecture des colonnes"
    )
    return lasting_selectbox(
        st.container(), "Lecture", labels, options[0], f"{upload.digest}_reading"
    )


def choose_sheet(
    container: DeltaGenerator, upload: Upload, profile_key: str, known_keys: KnownKeys
) -> Reading | None:
    """Ask which sheet is read, where the file has several, and read it.

    None when no table is recognised there, which is said.
    """
    sheets = _reading(upload, known_keys).sheets
    waiting = container.empty()
    proposal, problems = _propose(upload, None, profile_key, known_keys, waiting)
    key = f"{upload.digest}_{profile_key}"
    if len(sheets) > 1:
        names = [sheet.name for sheet in sheets]
        labels = distinct_labels([str(place) for place in range(len(names))], _name_at(names))
        proposed = str(names.index(proposal.sheet.name)) if proposal else "0"
        if proposal and proposal.series:
            together = ", ".join(table.sheet.name for table in (proposal, *proposal.series))
            labels, proposed = {SERIES: f"Ensemble : {together}", **labels}, SERIES
        chosen = lasting_selectbox(container, "Feuille", labels, proposed, f"{key}_sheet")
        if chosen != proposed:
            proposal, problems = _propose(upload, int(chosen), profile_key, known_keys, waiting)
        key = f"{key}_{chosen}"
    if problems:
        with container:
            show_problems(problems)
        return None
    if proposal is None:
        container.error(
            f"Aucun tableau n’est reconnu dans « {escape_markdown(upload.name)} » : il faut une "
            "ligne de titres au-dessus des chiffres.",
            icon=":material/error:",
        )
        return None
    return Reading(profile_key, proposal, key)


def report_on_upload(
    upload: Upload,
    reading: Reading,
    profile: ImportProfile,
    published: pd.DataFrame,
    known_keys: KnownKeys,
    version: str,
) -> FileReport:
    """What a profile makes of the file, with a bar while it is read; kept until one changes.

    ``version``: of the published figures and of the settings.
    """
    key = (reading.key, profile.model_dump_json(), version, tuple(known_keys.sources))
    bar = st.empty()  # even when nothing is read: what follows keeps its place
    kept: tuple[tuple[object, ...], FileReport] | None = st.session_state.get(_REPORT_STATE)
    if kept is not None and kept[0] == key:
        return kept[1]

    columns = columns_by_place(reading.proposal, profile.columns)
    with reading_guard(known_keys.settings.limits, bar) as guard:
        extraction = read_rows(
            upload.content,
            upload.name,
            _reading(upload, known_keys).sheets,
            reading.proposal,
            columns,
            profile,
            known_keys,
            guard,
        )
    bar.progress(1.0, "Comparaison avec les chiffres publiés…")
    report = compare_with_published(extraction, profile, published, known_keys)
    bar.empty()
    st.session_state[_REPORT_STATE] = key, report
    return report


def origin_of(
    upload: Upload, reading: Reading, profile: ImportProfile, known_keys: KnownKeys
) -> ImportOrigin:
    """By which the journal of imports knows the file again, under any name: what it holds, how it
    is read, as figures of which period and document.

    A new document is known by what is said of it: its key depends on who was there before.
    """
    source = known_keys.sources.get(profile.source)
    parts = (
        upload.content_digest,
        *(table.sheet.name for table in (reading.proposal, *reading.proposal.series)),
        profile.model_dump_json(exclude={"label", "source"}),
        source.model_dump_json() if source else "",
    )
    return ImportOrigin(upload.name, hashlib.sha256("\n".join(parts).encode()).hexdigest())


def _reading(
    upload: Upload, known_keys: KnownKeys, waiting: DeltaGenerator | None = None
) -> FileReading:
    """What is read in the file, kept while the settings stay. ``waiting``: where the wait is said,
    of the first reading."""

    def read() -> FileReading:
        with reading_guard(known_keys.settings.limits, waiting or st.empty()) as guard:
            return read_file(upload.content, upload.name, known_keys, guard)

    return _kept_reading((upload.digest,), known_keys, read)


def _propose(
    upload: Upload,
    place: int | None,
    profile_key: str,
    known_keys: KnownKeys,
    waiting: DeltaGenerator,
) -> tuple[TableProposal | None, list[Problem]]:
    """See read_proposal; that for all sheets without a profile comes with the file."""
    file = _reading(upload, known_keys)
    if place is None and profile_key == NO_PROFILE:
        return file.proposal, []

    def propose() -> tuple[TableProposal | None, list[Problem]]:
        with reading_guard(known_keys.settings.limits, waiting) as guard:
            return read_proposal(
                upload.content,
                upload.name,
                file.sheets,
                known_keys,
                guard,
                place=place,
                profile_key=profile_key,
            )

    return _kept_reading((upload.digest, profile_key, str(place)), known_keys, propose)


def _kept_reading(key: tuple[str, ...], known_keys: KnownKeys, read: Callable[[], Kept]) -> Kept:
    """What is read in a file, kept from one drawing of the page to the next.

    ``key``: begins with the digest of the file; what is kept of another file, or was read with
    other settings, goes.
    """
    state: tuple[str, Settings, dict[tuple[str, ...], Any]] | None
    state = st.session_state.get(_READING_STATE)
    if state is None or state[0] != key[0] or state[1] is not known_keys.settings:
        state = (key[0], known_keys.settings, {})
        st.session_state[_READING_STATE] = state
    kept = state[2]
    if key not in kept:
        kept[key] = read()
    found: Kept = kept[key]
    return found


def _name_at(names: list[str]) -> Callable[[str], str]:
    return lambda place: names[int(place)]


def _describe_upload(name: str, content: bytes) -> Upload:
    name = clean_typed_text(name, "name")
    digest = hashlib.sha256(name.encode() + content).hexdigest()[:_DIGEST_LETTERS]
    content_digest = hashlib.sha256(content).hexdigest()
    return Upload(name, len(content), content_digest, digest, content)


def _forget_upload() -> None:
    """Nothing of a file that was taken away, or that another one replaces, stays in memory."""
    for state in (_UPLOAD_STATE, _READING_STATE, _REPORT_STATE):
        st.session_state.pop(state, None)
