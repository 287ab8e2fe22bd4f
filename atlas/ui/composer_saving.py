"""What becomes of a draft: kept in the configuration, taken away as a file, made into documents."""

from __future__ import annotations

import threading

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from atlas import french
from atlas.entry_saving import (
    EntryVersion,
    SaveOutcome,
    entry_file_text,
    read_entry,
    save_entry,
)
from atlas.figures.common.context import FigureContext
from atlas.publications.drafts import Draft, new_draft, unwritten_texts
from atlas.store.write_result import WriteResult
from atlas.ui import permissions
from atlas.ui.composer_state import begin, close, mark_saved
from atlas.ui.doors import page_at
from atlas.ui.kit_options import embargo_field
from atlas.ui.kit_progress import show_document_bar
from atlas.ui.markdown import escape_markdown
from atlas.ui.session import project, project_folder
from atlas.ui.write_outcome import show_not_written

_OUTCOME = "_composer_outcome"
# Of a key made of the name in the menu.
_MAX_KEY_LETTERS = 60


def show_saving(context: FigureContext, draft: Draft, *, has_problems: bool) -> None:
    """Save, take away, or leave. has_problems: whether the draft is no valid entry yet."""
    key = draft.key or _free_key(context, draft)
    missing = unwritten_texts(draft)
    if missing:
        st.info(
            escape_markdown(f"Il reste à écrire : {french.join_with_et(missing)}."),
            icon=":material/edit_note:",
        )
    ready = not missing and not has_problems
    saved = draft.is_saved
    with st.container(horizontal=True, vertical_alignment="center"):
        if permissions.may("administer"):
            st.button(
                "Enregistré" if saved else "Enregistrer",
                key="composer_save",
                type="primary",
                icon=":material/check:" if saved else ":material/save:",
                disabled=not ready or saved,
                on_click=_save,
                args=(draft, key),
            )
        st.download_button(
            "Télécharger le fichier",
            entry_file_text(draft.section, draft.fields),
            f"{key}.yaml",
            "application/yaml",
            key="composer_download",
            icon=":material/download:",
            disabled=not ready,
            on_click="ignore",
        )
        _show_closing(saved=saved)
    _show_outcome(draft, key)
    st.caption(
        escape_markdown(
            f"Clé : {key}. Un projet reste dans ce navigateur jusqu’à ce que vous le fermiez ; le "
            "fichier téléchargé s’envoie à un collègue, qui l’ouvre ici ou le dépose dans "
            f"config/{draft.section}/."
        )
    )


def _show_closing(*, saved: bool) -> None:
    """Leave the draft; one that is not saved asks before it is erased."""
    if saved:
        st.button("Fermer", key="composer_close", icon=":material/close:", on_click=close)
        return
    with st.popover("Fermer", icon=":material/close:"):
        st.markdown("Ce projet n’est pas enregistré : l’effacer de ce navigateur ?")
        st.button("Oui, effacer le projet", key="composer_close", on_click=close)


def show_draft_documents(context: FigureContext, draft: Draft, *, has_problems: bool) -> None:
    """A button per document; those of a draft that is not saved say that they are a project."""
    st.header("Documents")
    if draft.section == "comparisons":
        st.caption("Les images d’une comparaison se prennent sous chaque figure.")
        return
    if has_problems or unwritten_texts(draft):
        st.caption("Complétez d’abord le dossier.")
        return
    embargo = embargo_field()
    if embargo is None:
        return
    title = str(draft.fields["title"])
    if draft.is_saved:
        arguments = ["--dossier", draft.key, *embargo]
        show_document_bar(title, arguments, context.settings.limits)
        return
    st.caption("Chaque page et chaque image porte « Projet, à ne pas diffuser ».")
    key = draft.key or _free_key(context, draft)
    text = entry_file_text("dossiers", draft.fields)
    show_document_bar(title, embargo, context.settings.limits, drafts={f"{key}.yaml": text})


def show_other_editors(draft: Draft | None) -> None:
    """Say when somebody else has the same entry open; to be called without a draft too."""
    entry = (draft.section, draft.key) if draft and draft.key else None
    if _editors().are_others_at(entry):
        st.warning(
            "Quelqu’un d’autre a ouvert la même entrée dans cette page : le dernier qui "
            "enregistre en sera averti.",
            icon=":material/group:",
        )


def _free_key(context: FigureContext, draft: Draft) -> str:
    """A key made of the name in the menu, which no entry has."""
    taken = getattr(context.settings, draft.section)
    slug = french.slug(str(draft.fields.get("nav") or ""))
    name = slug[:_MAX_KEY_LETTERS].strip("-") or "projet"
    tries = (name, *(f"{name}-{number}" for number in range(2, len(taken) + 3)))
    return next(found for found in tries if found not in taken)


def _save(draft: Draft, key: str, overwrite: bool = False) -> None:
    refused = permissions.refusal("administer")
    if refused:
        st.session_state[_OUTCOME] = SaveOutcome(WriteResult(problems=(refused,)))
        return
    outcome = save_entry(
        project_folder(),
        draft.section,
        key,
        draft.fields,
        project().settings_problems,
        based_on=draft.based_on,
        overwrite=overwrite,
    )
    st.session_state[_OUTCOME] = outcome
    if outcome.written.problems or outcome.conflict:
        return
    kept = read_entry(project_folder(), draft.section, key)
    if kept is not None:
        mark_saved(key, kept.digest)


def _show_outcome(draft: Draft, key: str) -> None:
    outcome: SaveOutcome | None = st.session_state.get(_OUTCOME)
    if outcome is None:
        return
    if outcome.conflict:
        _show_conflict(draft, key, outcome.conflict)
    elif outcome.written.problems:
        show_not_written(outcome.written)
    elif draft.is_saved:
        address = "dossier" if draft.section == "dossiers" else "comparaison"
        st.success("Enregistré dans la configuration.", icon=":material/check_circle:")
        st.page_link(
            page_at(f"{address}-{draft.key}"),
            label="Voir la page",
            icon=":material/arrow_forward:",
        )


def _show_conflict(draft: Draft, key: str, present: EntryVersion) -> None:
    st.warning(
        escape_markdown(
            f"« {key} » a changé dans {present.file} depuis que vous l’avez ouvert : rien n’a été "
            "écrit."
        ),
        icon=":material/difference:",
    )
    with st.container(horizontal=True):
        st.button(
            "Reprendre la version enregistrée",
            key="composer_take_saved",
            on_click=_take_saved,
            args=(present,),
        )
        st.button(
            "Remplacer par la mienne",
            key="composer_overwrite",
            on_click=_save,
            args=(draft, key, True),
        )


def _take_saved(present: EntryVersion) -> None:
    st.session_state.pop(_OUTCOME, None)
    begin(new_draft(present.section, present.key, present.fields, present.digest))


class _Editors:
    """Which sessions of this process have which entry open."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[str, tuple[str, str]] = {}

    def are_others_at(self, entry: tuple[str, str] | None) -> bool:
        """Note which entry this session has open, None for none; whether another session that is
        there has the same."""
        context = get_script_run_ctx()
        if context is None or not runtime.exists():
            return False
        is_there = runtime.get_instance().is_active_session
        with self._lock:
            self._open.pop(context.session_id, None)
            self._open = {name: open_ for name, open_ in self._open.items() if is_there(name)}
            others = entry is not None and entry in self._open.values()
            if entry is not None:
                self._open[context.session_id] = entry
            return others


@st.cache_resource(show_spinner=False)
def _editors() -> _Editors:
    return _Editors()
