"""The reading of a file kept as a profile of the configuration: the next one is one click."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from atlas import french
from atlas.importing.profile_saving import PROFILES_FILE, SECTION, save_profile
from atlas.importing.profiles import profile_text
from atlas.problems import Problem
from atlas.settings import ImportProfile
from atlas.store.write_result import WriteResult, write_problem
from atlas.ui import permissions
from atlas.ui.import_fields import lasting_text
from atlas.ui.import_reading import Reading
from atlas.ui.markdown import escape_markdown
from atlas.ui.write_outcome import show_not_written

_OUTCOME_STATE = "_import_profile_outcome"
Check = Callable[[str, Path], list[Problem]]


@dataclass(frozen=True)
class _Outcome:
    """What the last click did. ``reading``: the key of the one that it kept."""

    reading: str
    label: str
    written: WriteResult


def offer_profile(
    profile: ImportProfile,
    base: ImportProfile | None,
    reading: Reading,
    folder: Path,
    check: Check,
    *,
    administers: bool,
) -> None:
    """Keep the reading of the columns under a name, without what is of this year alone.

    ``base``: the profile that it would take the place of, None for a new one.
    ``folder``: that of the project. ``check``: the problems of a file that would take the place of
    another. ``administers``: whether the visitor may write in the configuration.
    """
    outcome: _Outcome | None = st.session_state.get(_OUTCOME_STATE)
    mine = outcome if outcome and outcome.reading == reading.key else None
    with st.expander("Garder cette lecture comme profil", expanded=mine is not None):
        start = base.label if base else ""
        label = lasting_text(
            st.container(), "Nom du profil", start, f"{reading.key}_profile_label", kind="name"
        )
        if not label:
            st.caption("Donnez-lui le nom du fichier et de celui qui l’envoie.")
            return
        key = reading.profile_key or french.slug(label)
        source = base.source if base else ""
        named_profile = profile.model_copy(update={"label": label, "period": "", "source": source})
        st.code(profile_text(key, named_profile), language="yaml")
        if not administers:
            st.caption(
                f"À ajouter sous « {SECTION} » dans {PROFILES_FILE}, par qui administre ce serveur."
            )
        elif st.button(
            f"Écrire dans {PROFILES_FILE}",
            icon=":material/bookmark_add:",
            key="profile_save",
            on_click=_refuse_without_role,
            args=(reading.key, label),
        ):
            _save_profile(folder, key, named_profile, check, reading.key)
            st.rerun()
        if mine and mine.written.problems:
            show_not_written(mine.written)
        elif mine:
            st.success(
                f"Profil « {escape_markdown(mine.label)} » écrit dans {PROFILES_FILE}.",
                icon=":material/check_circle:",
            )


def _refuse_without_role(reading: str, label: str) -> None:
    """Have the page say why nothing is written to who may not, or may not any more."""
    refused = permissions.refusal("administer")
    if refused:
        st.session_state[_OUTCOME_STATE] = _Outcome(
            reading, label, WriteResult(problems=(refused,))
        )


def _save_profile(
    folder: Path, key: str, profile: ImportProfile, check: Check, reading: str
) -> None:
    if not permissions.may("administer"):
        _refuse_without_role(reading, profile.label)
        return
    try:
        written = save_profile(folder, key, profile, check)
    except OSError as reason:
        written = WriteResult(problems=(write_problem(PROFILES_FILE, reason),))
    st.session_state[_OUTCOME_STATE] = _Outcome(reading, profile.label, written)
