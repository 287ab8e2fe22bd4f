"""The blocks that can be added to a dossier, each by its picture; those that the data cannot fill
with what they lack."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from atlas.export.image import ExportError
from atlas.figures.common.context import FigureContext
from atlas.figures.common.request import RequestError
from atlas.publications.block_proposals import BlockProposal, block_proposals
from atlas.publications.drafts import Draft, dossier_of
from atlas.ui import html
from atlas.ui.composer_preview import block_thumbnail
from atlas.ui.composer_state import history, open_block, opened_block, record
from atlas.ui.markdown import escape_markdown

_OPEN = "composer_gallery"
_COLUMNS = 2


def show_gallery(context: FigureContext, draft: Draft) -> None:
    """A button that opens it; a block that is picked is added after the open one."""
    is_open = st.toggle("Ajouter un bloc", key=_OPEN)
    if not is_open:
        return
    proposals = proposals_for(context, draft)
    filled = [proposal for proposal in proposals if proposal.block]
    places: list[DeltaGenerator] = []
    for start in range(0, len(filled), _COLUMNS):
        columns = st.columns(_COLUMNS)
        for column, proposal in zip(columns, filled[start : start + _COLUMNS], strict=False):
            with column:
                places.append(st.empty())
                _show_words(places[-1], "Aperçu en préparation…")
                st.button(
                    escape_markdown(proposal.label),
                    key=f"composer_add_{proposal.label}",
                    icon=":material/add:",
                    width="stretch",
                    on_click=_add,
                    args=(proposal,),
                )
    _show_missing([proposal for proposal in proposals if not proposal.block])
    dossier = dossier_of(draft)
    for proposal, place in zip(filled, places, strict=True):
        try:
            drawing = block_thumbnail(context, dossier, proposal.block)
        except (ExportError, RequestError):
            drawing = ""
        if drawing:
            place.html(html.render("thumbnail.html", drawing=drawing, alt="", words=""))
        else:
            _show_words(place, proposal.label)


def proposals_for(context: FigureContext, draft: Draft) -> list[BlockProposal]:
    """The blocks that could be added to a draft."""
    code, period = draft.fields["territory"], draft.fields["period"]
    made: list[BlockProposal] = context.once(
        ("block proposals", code, period), lambda: block_proposals(context, code, period)
    )
    return made


def _show_missing(proposals: list[BlockProposal]) -> None:
    if proposals:
        st.caption("Ce que les données ne remplissent pas encore :")
        st.html(
            html.render(
                "missing_blocks.html",
                blocks=[(proposal.label, proposal.missing) for proposal in proposals],
            )
        )


def _add(proposal: BlockProposal) -> None:
    present = history()
    if present is None:
        return
    after = opened_block() if opened_block() in present.present.blocks else None
    changed = present.present.add_block(proposal.block, after)
    record(changed)
    open_block(max(changed.blocks))


def _show_words(place: DeltaGenerator, words: str) -> None:
    place.html(html.render("thumbnail.html", drawing="", alt="", words=words))
