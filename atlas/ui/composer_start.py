"""From what one composes: a territory, a dossier or a comparison that there is, a file that a
colleague sent, or nothing."""

from __future__ import annotations

import streamlit as st

from atlas.entry_saving import read_entry, read_sent_entry
from atlas.figures.common.context import FigureContext
from atlas.figures.options import territories_with_figures
from atlas.publications.block_proposals import UnknownInData, default_dossier
from atlas.publications.drafts import new_draft
from atlas.settings import Comparison, Dossier
from atlas.settings.entry_files import Section
from atlas.ui.composer_state import begin
from atlas.ui.composer_template import show_template
from atlas.ui.file_upload import file_upload
from atlas.ui.guarded_reading import reading_guard
from atlas.ui.markdown import escape_markdown
from atlas.ui.problems import show_problems
from atlas.ui.session import project_folder
from atlas.ui.territory_search import search_label, searchable_territories
from atlas.ui.url_widgets import page_before

#: Of a file that a colleague sent, which holds one entry.
_MAX_FILE_MEGABYTES = 1
_SECTION_WORDS: dict[Section, str] = {"dossiers": "Dossier", "comparisons": "Comparaison"}
_SEPARATOR = "/"


def show_start(context: FigureContext) -> None:
    """The ways in."""
    _show_territory(context)
    left, right = st.columns(2, gap="large")
    with left:
        _show_existing(context)
    with right:
        _show_file(context)
    _show_empty(context)
    if st.toggle("Un dossier par territoire, pour toute la France", key="composer_every"):
        show_template(context)


def _show_territory(context: FigureContext) -> None:
    st.header("À partir d’un territoire")
    st.markdown(
        "Un dossier complet est proposé, de ce que les données permettent : chiffres clés, carte, "
        "couloirs, place parmi ses semblables, courbe, chronologie."
    )
    code = st.selectbox(
        "Territoire du dossier",
        ["FR", *searchable_territories(context.territories)],
        index=None,
        key="composer_new_territory",
        placeholder="Chercher une région, un département ou une caisse",
        format_func=lambda code: (
            "France" if code == "FR" else search_label(context.territories, code)
        ),
    )
    if code is None:
        return
    try:
        fields = default_dossier(context, code)
    except UnknownInData as reason:
        st.warning(escape_markdown(str(reason)), icon=":material/warning:")
        return
    st.button(
        "Composer son dossier",
        type="primary",
        icon=":material/edit_document:",
        key="composer_new",
        on_click=lambda: begin(new_draft("dossiers", "", fields)),
    )


def _show_existing(context: FigureContext) -> None:
    st.header("À partir de ce qui existe")
    settings = context.settings
    entries = {
        **{
            f"dossiers{_SEPARATOR}{key}": f"Dossier : {entry.title}"
            for key, entry in settings.dossiers.items()
        },
        **{
            f"comparisons{_SEPARATOR}{key}": f"Comparaison : {entry.title}"
            for key, entry in settings.comparisons.items()
        },
    }
    before = page_before().replace("dossier-", f"dossiers{_SEPARATOR}", 1)
    before = before.replace("comparaison-", f"comparisons{_SEPARATOR}", 1)
    picked = st.selectbox(
        "Dossier ou comparaison",
        list(entries),
        index=list(entries).index(before) if before in entries else None,
        key="composer_existing",
        placeholder="Choisissez…",
        format_func=lambda name: entries[name],
    )
    with st.container(horizontal=True):
        st.button(
            "L’ouvrir",
            key="composer_open",
            icon=":material/edit:",
            disabled=picked is None,
            on_click=_open_existing,
            args=(picked, False),
        )
        st.button(
            "En faire une copie",
            key="composer_copy",
            icon=":material/content_copy:",
            disabled=picked is None,
            on_click=_open_existing,
            args=(picked, True),
        )


def _open_existing(picked: str, as_copy: bool) -> None:
    section, _, key = picked.partition(_SEPARATOR)
    found = read_entry(project_folder(), section, key)  # type: ignore[arg-type]
    if found is None:
        return
    if as_copy:
        begin(new_draft(found.section, "", found.fields))
    else:
        begin(new_draft(found.section, found.key, found.fields, found.digest))


def _show_file(context: FigureContext) -> None:
    st.header("À partir d’un fichier")
    section = st.segmented_control(
        "Ce qu’il contient",
        list(_SECTION_WORDS),
        default="dossiers",
        key="composer_file_section",
        required=True,
        format_func=lambda name: escape_markdown(_SECTION_WORDS[name]),
    )
    sent = file_upload(
        "Fichier YAML enregistré ici par un collègue",
        "composer_file",
        max_megabytes=_MAX_FILE_MEGABYTES,
        limits=context.settings.limits,
        extensions=["yaml", "yml"],
    )
    if sent is None:
        return
    with reading_guard(context.settings.limits, st.empty()) as guard:
        fields, problems = read_sent_entry(sent.getvalue(), section, sent.name, guard)
    if fields is None:
        show_problems(problems)
        return
    st.button(
        "Composer à partir de ce fichier",
        key="composer_file_open",
        icon=":material/edit:",
        on_click=lambda: begin(new_draft(section, "", fields)),
    )


def _show_empty(context: FigureContext) -> None:
    st.header("À partir de rien")
    with st.container(horizontal=True):
        st.button(
            "Dossier vide",
            key="composer_empty_dossier",
            on_click=lambda: begin(new_draft("dossiers", "", _empty_dossier(context))),
        )
        st.button(
            "Comparaison vide",
            key="composer_empty_comparison",
            on_click=lambda: begin(new_draft("comparisons", "", _empty_comparison(context))),
        )


def _empty_dossier(context: FigureContext) -> dict[str, object]:
    """One of France with a block of text to be written."""
    code = next(iter(territories_with_figures(context)), "FR")
    fields = {
        **default_dossier(context, code),
        "title": "",
        "nav": "",
        "introduction": "",
        "blocks": [{"kind": "text", "text": ""}],
    }
    return {name: fields[name] for name in Dossier.model_fields if name in fields}


def _empty_comparison(context: FigureContext) -> dict[str, object]:
    """All régions, of the first indicator of the map, in bars."""
    fields = {
        "title": "",
        "nav": "",
        "introduction": "",
        "all": "regions",
        "layout": "bars",
        "indicators": context.settings.map_indicators[:1],
    }
    return {name: fields[name] for name in Comparison.model_fields if name in fields}
