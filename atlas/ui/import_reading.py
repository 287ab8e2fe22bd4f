"""An uploaded file, read once, and what a recipe makes of it, while its page is redrawn."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from atlas import importing
from atlas.importing import FileReport, Proposal, Sheet
from atlas.observations import KnownKeys
from atlas.problems import Problem
from atlas.settings import ImportProfile
from atlas.ui.messages import problem_list

# What Streamlit refuses itself, it refuses in English: any type of file may come in, and twice what
# is read.
MAX_MEGABYTES = 2 * importing.MAX_BYTES // 1_000_000
PROPOSE = ""
_FILE, _REPORT = "_import_file", "_import_report"


@dataclass(frozen=True)
class Upload:
    """name: of the file; digest: of its content, which names the widgets that are about it."""

    name: str
    digest: str
    sheets: list[Sheet]
    problems: list[Problem]


def uploaded() -> Upload | None:
    """The file that the visitor gives; None until there is one that can be read.

    A file already read is kept when the visitor leaves the page and comes back.
    """
    given = st.file_uploader(
        "Fichier reçu (XLSX, XLS, ODS ou CSV)", key="import_file", max_upload_size=MAX_MEGABYTES
    )
    if given is not None:
        content = given.getvalue()
        digest = hashlib.sha256(given.name.encode() + content).hexdigest()[:12]
        if digest != getattr(_kept(), "digest", ""):
            with st.spinner("Lecture du classeur…"):
                sheets, problems = importing.read_sheets(content, given.name)
            st.session_state[_FILE] = Upload(given.name, digest, sheets, problems)
    read = _kept()
    if read and read.problems:
        problem_list(read.problems)
        return None
    if read and given is None:
        st.caption(f"Fichier en cours : « {read.name} ».")
    return read


def reading(upload: Upload, words: KnownKeys) -> tuple[str, Proposal | None]:
    """The key of the recipe that reads the file, empty for a proposal, and what it reads.

    None when no table is recognised, which is said.
    """
    recipes = words.settings.import_profiles
    known = importing.recognise(upload.sheets, recipes)
    picked: str = st.selectbox(
        "Lecture",
        [*known, PROPOSE],
        key=f"{upload.digest}_reading",
        format_func=lambda key: recipes[key].label if key else "Proposer une lecture des colonnes",
    )
    found = (
        importing.profile_of_proposal(upload.sheets, recipes[picked])
        if picked
        else importing.propose(upload.sheets, words)
    )
    if found is None:
        st.error(
            f"Aucun tableau n’est reconnu dans « {upload.name} » : il faut une ligne de "
            "titres au-dessus des chiffres.",
            icon=":material/error:",
        )
    return picked, found


def report_of(
    upload: Upload, recipe: ImportProfile, published: pd.DataFrame, words: KnownKeys, version: str
) -> FileReport:
    """What the recipe makes of the file, with a bar while it is read; kept until one changes.

    version: of the published figures and of the settings.
    """
    key = (upload.digest, recipe.model_dump_json(), version, tuple(words.sources))
    kept: tuple[Any, FileReport] | None = st.session_state.get(_REPORT)
    bar = st.empty()  # even when nothing is read: what follows keeps its place
    if kept is not None and kept[0] == key:
        return kept[1]

    def tell(share: float) -> None:
        bar.progress(share, "Lecture des lignes…")

    made = importing.extract(upload.sheets, upload.name, recipe, words, tell)
    bar.progress(1.0, "Comparaison avec les chiffres publiés…")
    told = importing.report_on(made, recipe, published, words)
    bar.empty()
    st.session_state[_REPORT] = key, told
    return told


def _kept() -> Upload | None:
    read: Upload | None = st.session_state.get(_FILE)
    return read
