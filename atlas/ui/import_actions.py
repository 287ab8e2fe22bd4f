"""What becomes of a file once its report is read: the session, the data, a recipe, or undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from atlas import french, importing
from atlas.importing import FileReport
from atlas.observations import KnownKeys
from atlas.problems import Problem
from atlas.settings import ImportProfile
from atlas.tables.imports import seen_on_map
from atlas.ui import session_data
from atlas.ui.messages import problem_list

_DONE = "_import_done"


@dataclass(frozen=True)
class _Done:
    """said: a sentence; seen: where the map shows what came in."""

    said: str
    seen: dict[str, str] = field(default_factory=dict)


def show_done(folder: Path, page: Page, *, writer: bool) -> None:
    """What the last click did, and the button that takes the last import back.

    page: where the new figures are seen.
    """
    with st.container():  # one element, filled or not: what follows keeps its place
        done = st.session_state.pop(_DONE, None)
        if isinstance(done, _Done):
            st.success(done.said, icon=":material/check_circle:")
            if done.seen:
                st.page_link(
                    page, label="Voir sur la carte", icon=":material/map:", query_params=done.seen
                )
        elif done:
            st.error("Rien n’a été écrit.", icon=":material/block:")
            problem_list(list(done))
    files = importing.last_import(folder) if writer else ()
    if files:
        st.button(
            f"Annuler le dernier import ({', '.join(files)})",
            icon=":material/undo:",
            key="import_undo",
            on_click=_undo,
            args=(folder,),
        )


def offer(told: FileReport, words: KnownKeys, folder: Path, *, writer: bool) -> None:
    """The two ways to use the rows: for the session, or written in data/."""
    rows = told.new + told.changed
    if not rows:
        st.info(
            "Ce fichier n’apporte aucun chiffre nouveau : rien à reprendre.",
            icon=":material/done_all:",
        )
        return
    ready = _agreed(told)
    with st.container(horizontal=True):
        if writer:
            st.button(
                "Accepter et écrire dans data/",
                type="primary",
                disabled=not ready,
                icon=":material/save:",
                key="import_accept",
                on_click=_accept,
                args=(folder, told, words),
            )
        st.button(
            "Utiliser pour cette session",
            icon=":material/person:",
            key="import_session",
            disabled=not ready,
            on_click=_use,
            args=(told, words),
        )
    if not writer:
        st.caption(
            "Ce serveur ne laisse pas écrire dans data/ depuis cette page (imports.writers "
            "dans config.yaml) : le fichier ne sert qu’à votre session."
        )


def offer_recipe(
    recipe: ImportProfile,
    base_key: str,
    config: Path,
    check: Callable[[Path], list[Problem]],
    *,
    writer: bool,
) -> None:
    """Keep the reading of the columns under a name, so that next year's file is one click."""
    with st.expander("Garder cette lecture comme recette"):
        label = st.text_input(
            "Nom de la recette", recipe.label if base_key else "", key="recipe_label"
        ).strip()
        if not label:
            st.caption("Donnez-lui le nom du fichier et de celui qui l’envoie.")
            return
        key = base_key or french.slug(label)
        kept = recipe.model_copy(update={"label": label, "period": ""})
        st.code(importing.profile_text(key, kept), language="yaml")
        if writer:
            st.button(
                "Écrire dans config.yaml",
                icon=":material/bookmark_add:",
                key="recipe_save",
                on_click=_remember,
                args=(config, key, kept, check),
            )
        else:
            st.caption("À ajouter sous « import_profiles » dans config.yaml.")


def _agreed(told: FileReport) -> bool:
    """What the visitor must have seen is ticked, each kind by itself."""
    asked = [
        (len(told.extract.refusals), "refusals", "Reprendre le reste malgré {} refus"),
        (
            len([d for d in told.doubts if d.kind != "differs"]),
            "doubts",
            "J’ai vérifié ce qui est douteux ({})",
        ),
        (len(told.changed), "changed", "Remplacer les chiffres déjà publiés ({})"),
    ]
    ticked = [
        st.checkbox(words.format(french.format_number(count)), key=f"import_{name}")
        for count, name, words in asked
        if count
    ]
    return all(ticked)


def _accept(folder: Path, told: FileReport, words: KnownKeys) -> None:
    rows = told.new + told.changed
    try:
        done = importing.accept(folder, rows, words, replace=bool(told.changed))
    except OSError as reason:
        done = importing.Written(problems=(_unwritten("data", reason),))
    st.session_state[_DONE] = done.problems or _Done(
        f"Écrit : {_counted(done.added, 'ligne ajoutée', 'lignes ajoutées')}, "
        f"{_counted(done.replaced, 'remplacée', 'remplacées')} dans "
        f"{french.join_with_et(list(done.files)) or 'aucun fichier'}.",
        seen_on_map(rows, words),
    )


def _undo(folder: Path) -> None:
    try:
        done = importing.undo(folder)
    except OSError as reason:
        done = importing.Written(problems=(_unwritten("data", reason),))
    st.session_state[_DONE] = done.problems or _Done(
        f"Import annulé : {french.join_with_et(list(done.files))} comme avant."
    )


def _use(told: FileReport, words: KnownKeys) -> None:
    rows = tuple(told.new + told.changed)
    session_data.use(
        session_data.Addition(
            told.extract.name, rows, {row.source: words.sources[row.source] for row in rows}
        )
    )
    st.session_state[_DONE] = _Done(
        f"{_counted(len(rows), 'chiffre', 'chiffres')} de « {told.extract.name} » pour cette "
        "session.",
        seen_on_map(rows, words),
    )


def _remember(
    config: Path, key: str, recipe: ImportProfile, check: Callable[[Path], list[Problem]]
) -> None:
    try:
        problems = importing.save_profile(config, key, recipe, check)
    except OSError as reason:
        problems = [_unwritten("config.yaml", reason)]
    st.session_state[_DONE] = tuple(problems) or _Done(
        f"Recette « {recipe.label} » écrite dans config.yaml."
    )


def _unwritten(name: str, reason: OSError) -> Problem:
    return Problem(
        name, f"impossible d’écrire ({reason.strerror})", "Vérifiez les droits et la place libre."
    )


def _counted(count: int, one: str, several: str) -> str:
    return f"{french.format_number(count)} {several if count > 1 else one}"
