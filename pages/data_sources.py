"""Données et sources: every figure, what each source provides, downloads."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from pandas import DataFrame

from atlas import french
from atlas.figures.common.captions import source_text
from atlas.figures.common.context import FigureContext
from atlas.french import table_texts
from atlas.tables.data import figures_file, figures_table, sources_table, workbook_sheets
from atlas.ui.page_title import show_title
from atlas.ui.session import current_context
from atlas.ui.tables import show_paged_table, show_table, show_table_files
from atlas.ui.url_widgets import url_selectbox


def page() -> None:
    """Draw the page."""
    context = current_context()
    show_title("Données et sources", context)
    figures = _filter_rows(context)
    many = "s" if len(figures) > 1 else ""
    st.caption(
        f"{french.format_number(len(figures))} chiffre{many}. Règle : quand plusieurs sources "
        "publient la même chose, l’ordre de data/sources.yaml choisit celle qui "
        "est montrée ; les autres restent dans ce tableau."
    )
    show_paged_table(figures, lambda few: table_texts(figures_table(context, few)), "page")
    name = "donnees-fictives" if context.dataset.fictitious else "mon-espace-sante-chiffres"
    show_table_files(
        name,
        lambda: figures_file(context, figures),
        lambda: workbook_sheets(context, figures),
    )
    st.header("Sources")
    addresses = [source.address for source in context.dataset.sources.values()]
    show_table(sources_table(context), addresses=addresses)


def _filter_rows(context: FigureContext) -> DataFrame:
    """The rows that the four filters leave."""
    kept = context.dataset.observations
    columns = st.columns(4)
    filters: dict[str, tuple[str, str, Callable[[str], str]]] = {
        "Territoire": ("territory", "donnees_territoire", lambda c: context.territories[c].label),
        "Indicateur": (
            "indicator",
            "donnees_indicateur",
            lambda k: context.settings.indicators[k].label,
        ),
        "Année": ("year", "donnees_annee", str),
        "Source": (
            "source",
            "donnees_source",
            lambda k: source_text(context.dataset.sources[k]),
        ),
    }
    kept = kept.assign(year=kept["period"].str[:4])
    for column, (label, (field, key, named)) in zip(columns, filters.items(), strict=True):
        with column:
            options = ["", *dict.fromkeys(kept[field])]
            names = {"": "Tous"} | {option: named(option) for option in options[1:]}
            picked = url_selectbox(label, options, key, option_label=names.__getitem__)
        kept = kept[kept[field] == picked] if picked else kept
    return kept.drop(columns="year")
