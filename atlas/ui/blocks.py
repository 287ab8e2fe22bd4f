"""The blocks of a dossier on screen."""

from __future__ import annotations

import streamlit as st

from atlas import views
from atlas.settings import Block, Dossier
from atlas.settings import publications as blocks
from atlas.ui import frame, markup


def show_block(desk: views.Desk, dossier: Dossier, block: Block, key: str) -> None:
    """Show one block; figures that are not in the data are named, never dropped in silence."""
    if isinstance(block, blocks.KeyFiguresBlock):
        _key_figures(desk, dossier, block)
    elif isinstance(block, blocks.TextBlock):
        _heading(block)
        st.markdown(block.text)
    elif isinstance(block, blocks.TimelineBlock):
        _heading(block)
        st.html(markup.timeline(desk.milestones))
    elif isinstance(block, blocks.CorridorTableBlock | blocks.TerritoryTableBlock):
        _heading(block)
        st.table(views.block_table(desk, dossier, block), hide_index=True)
        st.caption(f"Source : {views.source_text(desk.book.sources[dossier.source])}.")
    else:
        if views.block_figure(desk, dossier, block) is None:
            st.warning(f"Ce bloc n’a aucun chiffre à montrer : {block.title or block.kind}.")
        frame.show(desk, lambda d: views.block_figure(d, dossier, block), key)


def _heading(block: Block) -> None:
    if block.title:
        st.header(block.title)


def _key_figures(desk: views.Desk, dossier: Dossier, block: blocks.KeyFiguresBlock) -> None:
    _heading(block)
    found = [views.card(desk, ref, territory=dossier.territory, period=dossier.period)
             for ref in block.figures]
    st.html(markup.cards([card for card in found if card], with_place=True))
    absent = [desk.settings.indicators[ref.indicator].label
              for ref, card in zip(block.figures, found, strict=True) if card is None]
    if absent:
        st.warning(f"Chiffres demandés par config.yaml et absents des données : "
                   f"{', '.join(absent)}.")
