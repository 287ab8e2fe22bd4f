"""What the page Cohérence shows: the findings of a desk, kept until its figures change."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from atlas.checks.records import Finding
from atlas.checks.registry import check
from atlas.figures.common.context import FigureContext

# Where the table has little room, beside the menu or on a phone, each finding is a card whose lines
# say their column.
_STYLE = """<style>
.contenant{container-type:inline-size}
.constats{width:100%;border-collapse:collapse;font-size:.88rem;line-height:1.4}
.constats td,.constats th{border-bottom:1px solid color-mix(in srgb,currentColor 22%,transparent);
 padding:.5rem .5rem;text-align:left;vertical-align:top}
.constats .gravite{font-weight:700}
@container(min-width:801px){
.constats{table-layout:fixed}
.constats th:nth-child(1){width:7%}.constats th:nth-child(2){width:10%}
.constats th:nth-child(3){width:12%}.constats th:nth-child(5){width:19%}
.constats th:nth-child(6){width:13%}.constats th:nth-child(7){width:19%}
.constats td{overflow-wrap:break-word}
}
@container(max-width:800px){
.constats thead{display:none}
.constats,.constats tbody,.constats tr,.constats td{display:block;width:100%}
.constats tr{border:1px solid color-mix(in srgb,currentColor 22%,transparent);border-radius:.5rem;
 padding:.5rem .7rem;margin-bottom:.8rem}
.constats td{border:0;padding:.15rem 0}
.constats td[data-nom]::before{content:attr(data-nom) "\\00a0: ";font-weight:600}
}
</style>"""


def findings_of(context: FigureContext) -> list[Finding]:
    """The findings on the figures of a desk, computed once for each version of them."""
    return _checked(context.dataset.version, str(context.territories.population), context)


@st.cache_data(show_spinner="Vérification des chiffres…", max_entries=4)
def _checked(version: str, population: str, _desk: FigureContext) -> list[Finding]:
    return check(_desk.dataset.observations, _desk.settings, _desk.territories)


def findings_table(table: pd.DataFrame) -> None:
    """Show the table of views.coherence_table."""
    head = "".join(f"<th>{escape(name)}</th>" for name in table.columns)
    rows = "".join(
        _row(list(table.columns), list(cells)) for cells in table.itertuples(index=False, name=None)
    )
    st.html(
        f"{_STYLE}<div class='contenant'><table class='constats'><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(names: list[str], cells: list[str]) -> str:
    first, *others = zip(names, cells, strict=True)
    return (
        f"<tr><td class='gravite'>{escape(first[1])}</td>"
        + "".join(f"<td data-nom='{escape(name)}'>{escape(cell)}</td>" for name, cell in others)
        + "</tr>"
    )
