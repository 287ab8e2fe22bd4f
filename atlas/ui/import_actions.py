"""What becomes of a file once its report is read: the session, the data, a profile, or undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from atlas import french
from atlas.importing.profile_saving import PROFILES_FILE, SECTION, save_profile
from atlas.importing.profiles import profile_text
from atlas.importing.report import FileReport
from atlas.importing.writing import (
    WriteResult,
    last_imported_files,
    undo_last_import,
    write_rows,
)
from atlas.observations.checks import KnownKeys
from atlas.problems import Problem
from atlas.settings import ImportProfile
from atlas.tables.imports import count_text, map_query
from atlas.ui import session_data
from atlas.ui.problems import show_problems

_RESULT_STATE = "_import_done"


@dataclass(frozen=True)
class _ActionResult:
    """What the last click did.

    ``message``: a sentence, when it was done. ``query``: where the map shows what came in, empty
    when it does not. ``problems``: why nothing was done.
    """

    message: str = ""
    query: dict[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def show_last_action(folder: Path, map_page: Page, *, writer: bool) -> None:
    """What the last click did, and the button that takes the last import back.

    ``folder``: of the yearly files. ``map_page``: where the new figures are seen. ``writer``:
    whether the visitor may write there.
    """
    with st.container():  # one element, filled or not: what follows keeps its place
        result: _ActionResult | None = st.session_state.pop(_RESULT_STATE, None)
        if result and result.problems:
            st.error("Rien n’a été écrit.", icon=":material/block:")
            show_problems(list(result.problems))
        elif result:
            st.success(result.message, icon=":material/check_circle:")
            if result.query:
                st.page_link(
                    map_page,
                    label="Voir sur la carte",
                    icon=":material/map:",
                    query_params=result.query,
                )
    files = last_imported_files(folder) if writer else ()
    if files:
        st.button(
            f"Annuler le dernier import ({', '.join(files)})",
            icon=":material/undo:",
            key="import_undo",
            on_click=_undo,
            args=(folder,),
        )


def offer_import(report: FileReport, known_keys: KnownKeys, folder: Path, *, writer: bool) -> None:
    """The two ways to use the rows: for the session, or written in the folder of yearly files."""
    if not report.rows_to_write:
        st.info(
            "Ce fichier n’apporte aucun chiffre nouveau : rien à reprendre.",
            icon=":material/done_all:",
        )
        return
    is_confirmed = _confirm(report)
    with st.container(horizontal=True):
        if writer:
            st.button(
                "Accepter et écrire dans data/",
                type="primary",
                disabled=not is_confirmed,
                icon=":material/save:",
                key="import_accept",
                on_click=_write_rows,
                args=(folder, report, known_keys),
            )
        st.button(
            "Utiliser pour cette session",
            icon=":material/person:",
            key="import_session",
            disabled=not is_confirmed,
            on_click=_use_in_session,
            args=(report, known_keys),
        )
    if not writer:
        st.caption(
            "Ce serveur ne laisse pas écrire dans data/ depuis cette page (imports.writers "
            "dans config/imports.yaml) : le fichier ne sert qu’à votre session."
        )


def offer_profile(
    profile: ImportProfile,
    base_key: str,
    folder: Path,
    check: Callable[[str, Path], list[Problem]],
    *,
    writer: bool,
) -> None:
    """Keep the reading of the columns under a name, so that next year's file is one click.

    ``base_key``: of the profile that it would take the place of, empty for a new one. ``folder``:
    that of the project. ``check``: the problems of a file that would take the place of another.
    """
    with st.expander("Garder cette lecture comme profil"):
        label = st.text_input(
            "Nom du profil", profile.label if base_key else "", key="profile_label"
        ).strip()
        if not label:
            st.caption("Donnez-lui le nom du fichier et de celui qui l’envoie.")
            return
        key = base_key or french.slug(label)
        named_profile = profile.model_copy(update={"label": label, "period": ""})
        st.code(profile_text(key, named_profile), language="yaml")
        if writer:
            st.button(
                f"Écrire dans {PROFILES_FILE}",
                icon=":material/bookmark_add:",
                key="profile_save",
                on_click=_save_profile,
                args=(folder, key, named_profile, check),
            )
        else:
            st.caption(f"À ajouter sous « {SECTION} » dans {PROFILES_FILE}.")


def _confirm(report: FileReport) -> bool:
    """Whether the visitor has ticked what must be seen before the rows are used."""
    doubtful = [doubt for doubt in report.doubts if doubt.kind != "differs"]  # asked below
    confirmations = [
        ("refusals", len(report.extraction.refusals), "Reprendre le reste malgré {} refus"),
        ("doubts", len(doubtful), "J’ai vérifié ce qui est douteux ({})"),
        ("changed", len(report.changed), "Remplacer les chiffres déjà publiés ({})"),
    ]
    answers = [
        st.checkbox(label.format(french.format_number(count)), key=f"import_{name}")
        for name, count, label in confirmations
        if count
    ]
    return all(answers)


def _write_rows(folder: Path, report: FileReport, known_keys: KnownKeys) -> None:
    rows = report.rows_to_write
    try:
        written = write_rows(folder, rows, known_keys, replace=bool(report.changed))
    except OSError as reason:
        written = WriteResult(problems=(_write_problem("data", reason),))
    st.session_state[_RESULT_STATE] = _ActionResult(
        f"Écrit : {count_text(written.added, 'ligne ajoutée', 'lignes ajoutées')}, "
        f"{count_text(written.replaced, 'remplacée', 'remplacées')} dans "
        f"{french.join_with_et(list(written.files)) or 'aucun fichier'}.",
        map_query(rows, known_keys),
        written.problems,
    )


def _undo(folder: Path) -> None:
    try:
        undone = undo_last_import(folder)
    except OSError as reason:
        undone = WriteResult(problems=(_write_problem("data", reason),))
    st.session_state[_RESULT_STATE] = _ActionResult(
        f"Import annulé : {french.join_with_et(list(undone.files))} comme avant.",
        problems=undone.problems,
    )


def _use_in_session(report: FileReport, known_keys: KnownKeys) -> None:
    rows, name = tuple(report.rows_to_write), report.extraction.name
    sources = {row.source: known_keys.sources[row.source] for row in rows}
    session_data.use_rows(session_data.Addition(name, rows, sources))
    st.session_state[_RESULT_STATE] = _ActionResult(
        f"{count_text(len(rows), 'chiffre', 'chiffres')} de « {name} » pour cette session.",
        map_query(rows, known_keys),
    )


def _save_profile(
    folder: Path, key: str, profile: ImportProfile, check: Callable[[str, Path], list[Problem]]
) -> None:
    try:
        problems = save_profile(folder, key, profile, check)
    except OSError as reason:
        problems = [_write_problem(PROFILES_FILE, reason)]
    st.session_state[_RESULT_STATE] = _ActionResult(
        f"Profil « {profile.label} » écrit dans {PROFILES_FILE}.", problems=tuple(problems)
    )


def _write_problem(name: str, reason: OSError) -> Problem:
    return Problem(
        name, f"impossible d’écrire ({reason.strerror})", "Vérifiez les droits et la place libre."
    )
