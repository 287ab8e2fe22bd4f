"""What becomes of a file once its report is read: for the session, or written in the data.

What was done stands where its button was, for every session: the journal of imports knows it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from atlas import french
from atlas.importing.history import (
    ImportOrigin,
    PastImport,
    find_import,
    import_title,
    past_imports,
    undo_import,
)
from atlas.importing.report import FileReport
from atlas.importing.writing import write_rows
from atlas.observations.checks import KnownKeys
from atlas.store.write_result import WriteResult, write_problem
from atlas.tables.imports import count_text, map_query
from atlas.ui import permissions, session_data
from atlas.ui.markdown import escape_markdown
from atlas.ui.write_outcome import show_not_written

_OUTCOME_STATE = "_import_outcome"


@dataclass(frozen=True)
class _Outcome:
    """What the last click did that the journal does not say.

    ``place``: the reading that it is about, or _LAST. ``message``: a sentence, when it was done.
    ``written``: with the problems for which it was not.
    """

    place: str
    message: str = ""
    written: WriteResult = WriteResult()


_LAST = "last"  # the place of the last import, under a page that is about no file or another one


def offer_import(
    report: FileReport,
    origin: ImportOrigin,
    known_keys: KnownKeys,
    folder: Path,
    map_page: Page,
    *,
    writer: bool,
) -> None:
    """The two ways to use the rows, for the session or written in the folder of yearly files; or
    what was done with them, with the link to the map and the button that takes them back.

    ``origin``: by which they are known again. ``map_page``: where they are seen. ``writer``:
    whether the visitor may write in the folder.
    """
    past = find_import(folder, origin.reading) if writer else None
    is_written = past is not None and not report.rows_to_write
    query = map_query(report.extraction.rows, known_keys)
    with st.container(border=True):
        _show_outcome(origin.reading)
        if past and is_written:
            _show_written(past, folder, map_page, query, origin.reading)
            return
        if not report.rows_to_write:
            _show_nothing_new(report, map_page, query)
            return
        if past:
            _show_changed_since(past, report)
        is_used = session_data.reading_in_use() == origin.reading
        if is_used:
            _show_used(report, map_page, query)
        _show_buttons(report, origin, known_keys, folder, writer=writer, is_used=is_used)


def show_last_import(folder: Path, reading: str, *, writer: bool) -> None:
    """The last import, and the button that takes it back, for who may write; nothing without one,
    nor when it is the one of ``reading``, which ``offer_import`` shows."""
    imports = past_imports(folder) if writer else []
    is_shown_above = bool(imports and reading and imports[0].reading == reading)
    _show_outcome(_LAST)
    if not imports or is_shown_above:
        return
    last = imports[0]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(
            f"Dernier import : {import_title(last)}, dans {french.join_with_et([*last.files])}."
        )
        st.button(
            "Annuler le dernier import",
            icon=":material/undo:",
            key="import_undo_last",
            on_click=_undo,
            args=(folder, last, _LAST),
        )


def _show_outcome(place: str) -> None:
    outcome: _Outcome | None = st.session_state.get(_OUTCOME_STATE)
    if outcome is None or outcome.place != place:
        return
    if outcome.written.problems:
        show_not_written(outcome.written)
    else:
        st.success(escape_markdown(outcome.message), icon=":material/check_circle:")


def _show_written(
    past: PastImport, folder: Path, map_page: Page, query: dict[str, str], reading: str
) -> None:
    counts = [
        (past.added, "ligne ajoutée", "lignes ajoutées"),
        (past.replaced, "ligne remplacée", "lignes remplacées"),
    ]
    said = [count_text(number, one, many) for number, one, many in counts if number]
    st.success(
        escape_markdown(
            f"Écrit dans {french.join_with_et([*past.files])} : {french.join_with_et(said)} "
            f"({import_title(past)})."
        ),
        icon=":material/check_circle:",
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        _show_map_link(map_page, query)
        st.button(
            "Annuler cet import",
            icon=":material/undo:",
            key="import_undo",
            on_click=_undo,
            args=(folder, past, reading),
        )


def _show_nothing_new(report: FileReport, map_page: Page, query: dict[str, str]) -> None:
    there = (
        f" : {count_text(len(report.same), 'est déjà là', 'sont déjà là')}" if report.same else ""
    )
    st.info(
        f"Ce fichier n’apporte aucun chiffre nouveau{there}. Rien à reprendre.",
        icon=":material/done_all:",
    )
    _show_map_link(map_page, query)


def _show_changed_since(past: PastImport, report: FileReport) -> None:
    count = count_text(len(report.rows_to_write), "chiffre n’est plus", "chiffres ne sont plus")
    st.info(
        f"Ce fichier a déjà été écrit ({escape_markdown(import_title(past))}), mais {count} dans "
        "les données comme il le dit : on y a écrit depuis.",
        icon=":material/history:",
    )


def _show_used(report: FileReport, map_page: Page, query: dict[str, str]) -> None:
    count = count_text(len(report.rows_to_write), "chiffre sert", "chiffres servent")
    st.success(f"{count} à votre session seule.", icon=":material/person:")
    with st.container(horizontal=True, vertical_alignment="center"):
        _show_map_link(map_page, query)
        st.button(
            "Ne plus les utiliser",
            icon=":material/close:",
            key="import_session_drop",
            on_click=session_data.drop_rows,
        )


def _show_map_link(map_page: Page, query: dict[str, str]) -> None:
    if query:
        st.page_link(map_page, label="Voir sur la carte", icon=":material/map:", query_params=query)


def _show_buttons(
    report: FileReport,
    origin: ImportOrigin,
    known_keys: KnownKeys,
    folder: Path,
    *,
    writer: bool,
    is_used: bool,
) -> None:
    # Answered here and not by a callback, which would have what the page was drawn from before: a
    # date typed just before the click comes with it.
    is_confirmed = _confirm(report)
    with st.container(horizontal=True):
        accepts = writer and st.button(
            "Accepter et écrire dans data/",
            type="primary",
            disabled=not is_confirmed,
            icon=":material/save:",
            key="import_accept",
            on_click=_refuse_without_role,
            args=(origin.reading,),
        )
        uses = not is_used and st.button(
            "Utiliser pour cette session",
            icon=":material/person:",
            key="import_session",
            disabled=not is_confirmed,
        )
    if accepts and is_confirmed:
        _write_rows(folder, report, origin, known_keys)
        st.rerun()
    if uses and is_confirmed:
        _use_in_session(report, origin, known_keys)
        st.rerun()
    if not writer:
        st.caption(
            "Vous n’avez pas le rôle import, qui écrit dans data/ : le fichier ne sert qu’à votre "
            "session."
        )


def _confirm(report: FileReport) -> bool:
    """Whether the visitor has ticked what must be seen before the rows are used: that, and not what
    another reading doubts."""
    doubtful = [doubt for doubt in report.doubts if doubt.kind != "differs"]  # asked below
    confirmations: list[tuple[Sequence[object], str]] = [
        (report.extraction.refusals, "Reprendre le reste malgré {} refus"),
        (doubtful, "J’ai vérifié ce qui est douteux ({})"),
        (report.changed, "Remplacer les chiffres déjà publiés ({})"),
    ]
    answers = [
        st.checkbox(
            escape_markdown(label.format(french.format_number(len(items)))),
            key=f"import_{_digest(report.extraction.name, label, *items)}",
            persist_state="session",
        )
        for items, label in confirmations
        if items
    ]
    return all(answers)


def _digest(*said: object) -> str:
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _write_rows(
    folder: Path, report: FileReport, origin: ImportOrigin, known_keys: KnownKeys
) -> None:
    """Write the rows. A click that waited while they were written, here or in another session,
    finds them there: it writes nothing, and the page shows what the first one did."""
    st.session_state.pop(_OUTCOME_STATE, None)
    if not permissions.may("import"):
        _refuse_without_role(origin.reading)
        return
    try:
        written = write_rows(
            folder, report.rows_to_write, known_keys, replace=bool(report.changed), origin=origin
        )
    except OSError as reason:
        written = WriteResult(problems=(write_problem("data", reason),))
    if written.problems:
        st.session_state[_OUTCOME_STATE] = _Outcome(origin.reading, written=written)
    elif session_data.reading_in_use() == origin.reading:
        session_data.drop_rows()  # they are published now


def _refuse_without_role(place: str) -> None:
    """Have the page say why nothing is written to who may not, or may not any more."""
    refused = permissions.refusal("import")
    if refused:
        st.session_state[_OUTCOME_STATE] = _Outcome(place, written=WriteResult(problems=(refused,)))


def _undo(folder: Path, past: PastImport, place: str) -> None:
    """Take an import back; a second click finds it done, and says nothing more."""
    if not permissions.may("import"):
        _refuse_without_role(place)
        return
    try:
        undone = undo_import(folder, past.entry)
    except OSError as reason:
        undone = WriteResult(problems=(write_problem("data", reason),))
    if undone.problems or undone.files:
        message = f"Import annulé : {french.join_with_et([*undone.files])} comme avant."
        st.session_state[_OUTCOME_STATE] = _Outcome(place, message, undone)


def _use_in_session(report: FileReport, origin: ImportOrigin, known_keys: KnownKeys) -> None:
    st.session_state.pop(_OUTCOME_STATE, None)
    rows = tuple(report.rows_to_write)
    sources = {row.source: known_keys.sources[row.source] for row in rows}
    session_data.use_rows(session_data.Addition(origin.file, rows, sources, origin.reading))
