"""A territory without figures: what is missing, where such figures come from, how to bring them."""

from __future__ import annotations

import streamlit as st

from atlas import french
from atlas.figures.common.context import FigureContext
from atlas.figures.options import territories_with_figures
from atlas.ui.doors import page_at
from atlas.ui.markdown import escape_markdown
from atlas.ui.url_widgets import chosen

# Publishers that are named as examples.
MAX_PUBLISHERS = 6


def show_missing_figures(context: FigureContext, code: str) -> None:
    """What a territory without any figure lacks; nothing for one that has some."""
    if code in territories_with_figures(context):
        return
    place = context.territories[code]
    rates = [context.settings.indicators[key].label for key in context.settings.map_indicators]
    with st.container(border=True, key="territoire_sans_chiffre"):
        st.header(escape_markdown(f"{place.name} : aucun chiffre publié"), anchor=False)
        st.markdown(
            escape_markdown(
                f"Il manque : {french.join_with_et([rate.lower() for rate in rates])}, documents "
                "déposés et consultés par couloir, professionnels qui alimentent le service."
            )
        )
        publishers = publishers_of_kind(context, code)
        if publishers:
            st.markdown(
                escape_markdown(
                    "Ailleurs, ces chiffres viennent de publications comme celles de : "
                    f"{french.join_with_et(publishers)}."
                )
            )
        with st.container(horizontal=True):
            st.page_link(
                page_at("importer"), label="Importer un fichier", icon=":material/upload_file:"
            )
            st.page_link(
                page_at("couverture"), label="Ce qui est publié, et où", icon=":material/grid_on:"
            )


def show_what_is_shown_instead(context: FigureContext, shown: str) -> None:
    """Where a page cannot show the territory that was chosen elsewhere: which one it shows."""
    asked = chosen("territoire")
    if not asked or asked == shown or asked not in context.territories.by_code:
        return
    names = context.territories[asked].label, context.territories[shown].label
    st.info(
        escape_markdown(f"{names[0]} : rien n’est publié pour cette page, qui montre {names[1]}."),
        icon=":material/info:",
    )
    st.page_link(
        page_at("portrait"),
        label=escape_markdown(f"Ce qui est connu : {names[0]}"),
        icon=":material/arrow_forward:",
        query_params={"territoire": asked},
    )


def publishers_of_kind(context: FigureContext, code: str) -> list[str]:
    """Who published figures of territories of the same kind, the most figures first."""
    kind = context.territories[code].kind
    rows = context.dataset.select(territories=context.territories.of_kind(kind))
    rows = rows[rows["derived"] == ""]
    names = rows["source"].map(lambda key: context.dataset.sources[key].publisher)
    return [str(name) for name in names.value_counts().index[:MAX_PUBLISHERS]]
