"""« Dossiers de toutes les régions »: one template for every territory that has figures, what each
lacks, and all their kits."""

from __future__ import annotations

from typing import Any

import streamlit as st

from atlas.entry_saving import entry_file_text, read_entry, save_entry
from atlas.figures.common.context import FigureContext
from atlas.problems import Problem
from atlas.publications.dossier_template import FilledTemplate, fill_default, fill_template
from atlas.settings import Level
from atlas.territories import KIND_OF_LEVEL
from atlas.ui import html, permissions
from atlas.ui.kit_progress import show_kit_progress, start_kit
from atlas.ui.map_controls import LEVELS
from atlas.ui.markdown import escape_markdown
from atlas.ui.problems import show_problems
from atlas.ui.session import project, project_folder

_USUAL = ""
_OUTCOME = "_composer_template_outcome"


def show_template(context: FigureContext) -> None:
    """The choice, the table, and what can be done with all of them."""
    st.header("Un dossier par territoire")
    left, right = st.columns(2)
    level: Level = left.selectbox(
        "Territoires",
        sorted(LEVELS, key=lambda level: level != "regions"),
        key="composer_template_level",
        format_func=lambda level: LEVELS[level],
    )
    template = right.selectbox(
        "Modèle",
        [_USUAL, *context.settings.dossiers],
        key="composer_template",
        format_func=lambda key: (
            context.settings.dossiers[key].title if key else "Ce que les données permettent"
        ),
    )
    filled = _fill_all(context, level, template, context.dataset.version)
    possible = [one for one in filled if one.fields]
    st.html(
        html.render(
            "filled_templates.html",
            rows=[
                (context.territories[one.code].name, len(one.fields.get("blocks", ())), one.lacks)
                for one in filled
            ],
        )
    )
    if not possible:
        st.info(
            "Aucun de ces territoires n’a de chiffre : importez-en (page Importer), ou choisissez "
            "un autre découpage.",
            icon=":material/info:",
        )
        return
    _show_actions(context, possible)


def _show_actions(context: FigureContext, possible: list[FilledTemplate]) -> None:
    count = len(possible)
    noun = f"{count} kits" if count > 1 else "le kit"
    with st.container(horizontal=True):
        if st.button(
            escape_markdown(f"Produire {f'les {noun}' if count > 1 else noun}"),
            key="composer_template_kits",
            icon=":material/folder_zip:",
        ):
            start_kit(
                f"Dossiers de {count} territoires"
                if count > 1
                else str(possible[0].fields["title"]),
                ["--project", str(project_folder())],
                context.settings.limits,
                {
                    f"{context.territories[one.code].slug}.yaml": entry_file_text(
                        "dossiers", one.fields
                    )
                    for one in possible
                },
            )
        if permissions.may("administer"):
            st.button(
                escape_markdown(f"Enregistrer {'ces dossiers' if count > 1 else 'ce dossier'}"),
                key="composer_template_save",
                icon=":material/save:",
                on_click=_save_all,
                args=({context.territories[one.code].slug: one.fields for one in possible},),
            )
    st.caption(
        "Un kit fait d’ici porte « Projet, à ne pas diffuser » ; une fois enregistrés, les "
        "dossiers sont des pages, et leurs kits n’ont plus cette mention."
    )
    _show_outcome()
    show_kit_progress()


def _save_all(entries: dict[str, dict[str, Any]]) -> None:
    """Those that have no entry of their key yet: a dossier that somebody wrote is not replaced."""
    refused = permissions.refusal("administer")
    if refused:
        st.session_state[_OUTCOME] = ([], [refused])
        return
    saved: list[str] = []
    problems: list[Problem] = []
    for key, fields in entries.items():
        if read_entry(project_folder(), "dossiers", key) is not None:
            problems.append(
                Problem(
                    "dossiers",
                    f"« {key} » existe déjà, et n’a pas été remplacé",
                    "Ouvrez-le dans Composer pour le changer.",
                )
            )
            continue
        outcome = save_entry(
            project_folder(),
            "dossiers",
            key,
            fields,
            project().settings_problems,
            based_on=None,
        )
        problems += outcome.written.problems
        saved += [key] if not outcome.written.problems else []
    st.session_state[_OUTCOME] = (saved, problems)


def _show_outcome() -> None:
    outcome: tuple[list[str], list[Problem]] | None = st.session_state.get(_OUTCOME)
    if outcome is None:
        return
    saved, problems = outcome
    if saved:
        st.success(
            escape_markdown(f"Enregistrés : {', '.join(saved)}."), icon=":material/check_circle:"
        )
    if problems:
        show_problems(problems)


@st.cache_data(max_entries=20, show_spinner="Ce que chaque territoire permet…")
def _fill_all(
    _context: FigureContext, level: str, template: str, version: str
) -> list[FilledTemplate]:
    """version: of the data and settings; the context itself is not compared."""
    codes = _context.territories.of_kind(KIND_OF_LEVEL[level])
    known = read_entry(project_folder(), "dossiers", template) if template else None
    if known is None:
        return [fill_default(_context, code) for code in codes]
    return [fill_template(_context, known.fields, code) for code in codes]
