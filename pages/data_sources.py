"""Données et sources: every figure, what each source provides, downloads."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from atlas import export, views, wording
from atlas.ui import frame
from atlas.ui.choices import choice
from atlas.ui.session import current_desk

ROWS = 50


def page() -> None:
    """Draw the page."""
    desk = current_desk()
    st.title("Données et sources")
    if desk.book.fictitious:
        st.html(frame.BADGE)
    figures = _filtered(desk)
    many = "s" if len(figures) > 1 else ""
    st.caption(f"{wording.number(len(figures))} chiffre{many}. Règle : quand plusieurs sources "
               "publient la même chose, l’ordre « source_order » de config.yaml choisit celle qui "
               "est montrée ; les autres restent dans ce tableau.")
    pages = max(1, -(-len(figures) // ROWS))
    place = st.container()
    number = st.pagination(pages, key=f"page_sur_{pages}")
    place.table(views.figures_table(desk, figures.iloc[(number - 1) * ROWS:number * ROWS]),
                hide_index=True)
    _downloads(desk, figures)
    st.header("Sources")
    st.table(views.sources_table(desk), hide_index=True)


def _filtered(desk: views.Desk) -> views.DataFrame:
    """The rows that the four filters leave."""
    kept = desk.book.figures
    columns = st.columns(4)
    filters: dict[str, tuple[str, str, Callable[[str], str]]] = {
        "Territoire": ("territory", "donnees_territoire",
                       lambda c: desk.territories[c].label),
        "Indicateur": ("indicator", "donnees_indicateur",
                       lambda k: desk.settings.indicators[k].label),
        "Année": ("year", "donnees_annee", str),
        "Source": ("source", "donnees_source",
                   lambda k: views.source_text(desk.book.sources[k]))}
    kept = kept.assign(year=kept["period"].str[:4])
    for column, (label, (field, key, named)) in zip(columns, filters.items(), strict=True):
        with column:
            options = ["", *dict.fromkeys(kept[field])]
            names = {"": "Tous"} | {option: named(option) for option in options[1:]}
            picked = choice(label, options, key, named=names.__getitem__)
        kept = kept[kept[field] == picked] if picked else kept
    return kept.drop(columns="year")


def _downloads(desk: views.Desk, figures: views.DataFrame) -> None:
    name = "donnees-fictives" if desk.book.fictitious else "mon-espace-sante-chiffres"
    with st.container(horizontal=True):
        st.download_button(
            "CSV (point-virgule)", file_name=f"{name}.csv", mime="text/csv", on_click="ignore",
            data=lambda: export.csv_bytes(views.figures_file(desk, figures)))
        st.download_button(
            "XLSX", file_name=f"{name}.xlsx", on_click="ignore",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            data=lambda: export.workbook_bytes(views.workbook_sheets(desk, figures)))


if __name__ == "__main__":  # asked for by its file name: send the visitor to the router
    st.switch_page("app.py")
