"""Long tables: a page at a time, and taken away as files."""

from __future__ import annotations

from collections.abc import Callable, Collection

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from atlas.export.tables import csv_bytes, workbook_bytes
from atlas.french import table_texts
from atlas.ui.file_button import download_button
from atlas.ui.markdown import escape_table
from atlas.values import Table

ROWS_PER_PAGE = 50


def show_paged_table(
    rows: pd.DataFrame, to_text: Callable[[pd.DataFrame], pd.DataFrame], key: str
) -> None:
    """Fifty rows and the buttons to the others. to_text: rows → the table that is read."""
    pages = max(1, -(-len(rows) // ROWS_PER_PAGE))
    place = st.container()
    # Another number of pages is another widget: it starts from its first.
    number = st.pagination(pages, key=f"{key}_sur_{pages}") if pages > 1 else 1
    place.table(
        escape_table(to_text(rows.iloc[(number - 1) * ROWS_PER_PAGE : number * ROWS_PER_PAGE])),
        hide_index=True,
    )


def show_table(table: Table, *, alt: str | None = None, addresses: Collection[str] = ()) -> None:
    """A table of values, as texts. alt: what it shows, for those who do not see it; addresses:
    those of its cells that are links, of the sources."""
    st.table(escape_table(table_texts(table), addresses), hide_index=True, alt=alt)


@st.fragment
def show_table_files(
    name: str, table: Callable[[], pd.DataFrame], sheets: Callable[[], dict[str, pd.DataFrame]]
) -> None:
    """The same as CSV and XLSX, made when they are asked for. name: of the files."""
    buttons, progress = st.container(horizontal=True), st.empty()
    with buttons:
        download_button(
            "CSV (point-virgule)", lambda: csv_bytes(table()), f"{name}.csv", "table_csv"
        )
        download_button(
            "XLSX", lambda: _make_workbook(sheets, progress), f"{name}.xlsx", "table_xlsx"
        )


def _make_workbook(
    sheets: Callable[[], dict[str, pd.DataFrame]], progress: DeltaGenerator
) -> bytes:
    """The workbook, while a bar says how far it is: that of the whole country takes seconds."""
    said = "Le classeur se prépare…"
    progress.progress(0.0, said)
    made = workbook_bytes(sheets(), lambda share: progress.progress(share, said))
    progress.empty()
    return made
