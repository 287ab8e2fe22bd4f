"""Données et sources: every figure, what each source provides, downloads."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from atlas import views, wording
from atlas.ui import frame
from atlas.ui.choices import choice
from atlas.ui.session import current_desk
from atlas.ui.tables import paged_table, table_files


def page() -> None:
    """Draw the page."""
    desk = current_desk()
    st.title("Données et sources")
    if desk.book.fictitious:
        st.html(frame.BADGE)
    figures = _filtered(desk)
    many = "s" if len(figures) > 1 else ""
    st.caption(
        f"{wording.number(len(figures))} chiffre{many}. Règle : quand plusieurs sources "
        "publient la même chose, l’ordre « source_order » de config.yaml choisit celle qui "
        "est montrée ; les autres restent dans ce tableau."
    )
    paged_table(figures, lambda few: views.figures_table(desk, few), "page")
    name = "donnees-fictives" if desk.book.fictitious else "mon-espace-sante-chiffres"
    table_files(
        name,
        lambda: views.figures_file(desk, figures),
        lambda: views.workbook_sheets(desk, figures),
    )
    st.header("Sources")
    st.table(views.sources_table(desk), hide_index=True)


def _filtered(desk: views.Desk) -> views.DataFrame:
    """The rows that the four filters leave."""
    kept = desk.book.figures
    columns = st.columns(4)
    filters: dict[str, tuple[str, str, Callable[[str], str]]] = {
        "Territoire": ("territory", "donnees_territoire", lambda c: desk.territories[c].label),
        "Indicateur": (
            "indicator",
            "donnees_indicateur",
            lambda k: desk.settings.indicators[k].label,
        ),
        "Année": ("year", "donnees_annee", str),
        "Source": ("source", "donnees_source", lambda k: views.source_text(desk.book.sources[k])),
    }
    kept = kept.assign(year=kept["period"].str[:4])
    for column, (label, (field, key, named)) in zip(columns, filters.items(), strict=True):
        with column:
            options = ["", *dict.fromkeys(kept[field])]
            names = {"": "Tous"} | {option: named(option) for option in options[1:]}
            picked = choice(label, options, key, named=names.__getitem__)
        kept = kept[kept[field] == picked] if picked else kept
    return kept.drop(columns="year")


if __name__ == "__main__":  # asked for by its file name: send the visitor to the router
    st.switch_page("app.py")
