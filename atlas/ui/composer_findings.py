"""What the figures say of a draft: of the title of a block, with others that they confirm, and of
all its texts before it is saved."""

from __future__ import annotations

import streamlit as st

from atlas.figures.common.context import FigureContext
from atlas.publications.dossier_blocks import block_request
from atlas.publications.draft_context import context_with_comparison, context_with_dossier
from atlas.publications.drafts import Draft, comparison_of, dossier_of
from atlas.publications.editorial_warnings import (
    check_block_title,
    comparison_warnings,
    dossier_warnings,
)
from atlas.publications.finding_check import FindingCheck
from atlas.publications.missing_data import figure_of_block
from atlas.publications.proposed_titles import proposed_titles
from atlas.settings import dossiers as blocks
from atlas.ui import figure_frame, html
from atlas.ui.composer_preview import DRAFT_KEY
from atlas.ui.composer_state import history, record
from atlas.ui.markdown import escape_markdown

_MAX_PROPOSALS = 3
_NAMES_OF_KEYS = {
    "title": "Titre",
    "text": "Texte",
    "introduction": "Introduction",
    "headline": "Titre du communiqué",
    "lead": "Chapeau",
    "about": "À propos",
    "quotes": "Citation",
    "contacts": "Contact",
    "finding": "Constat",
    "indicators": "Indicateurs",
}
_DRAWN_BLOCKS = blocks.MapBlock | blocks.CorridorsBlock | blocks.CurveBlock | blocks.ComparisonBlock
_KEPT_CHECKS = 200


def show_title_check(context: FigureContext, draft: Draft, identity: int) -> None:
    """Under the title of a block: whether the figures confirm it, and titles that they confirm."""
    place = draft.blocks.index(identity)
    made, proposals = _block_findings(context, draft, place, context.dataset.version)
    if made.outcome == "confirmed":
        st.caption(":material/check: Les chiffres le confirment.")
    elif made.outcome == "contradicted":
        st.warning(escape_markdown(made.reason), icon=":material/warning:")
    elif made.outcome == "unverified":
        st.caption(escape_markdown(f"À vérifier à la main : {made.reason}"))
    present = draft.block(identity).get("title") or ""
    for number, title in enumerate(proposals):
        if title != present:
            st.button(
                escape_markdown(f"Prendre : {title}"),
                key=f"composer_title_{identity}_{number}",
                type="tertiary",
                icon=":material/lightbulb:",
                on_click=_take_title,
                args=(identity, title),
            )


def show_review(context: FigureContext, draft: Draft) -> None:
    """All that would be wrong in print, once it is asked for: it takes a second."""
    figure_frame.show_on_demand(
        "Relire les titres et les noms", "composer_review", lambda: _show_review(context, draft)
    )


def _show_review(context: FigureContext, draft: Draft) -> None:
    if draft.section == "dossiers":
        dossier = dossier_of(draft)
        shown = context_with_dossier(context, DRAFT_KEY, dossier)
        found = list(dossier_warnings(shown, DRAFT_KEY, dossier))
    else:
        shown = context_with_comparison(context, DRAFT_KEY, comparison_of(draft))
        found = list(comparison_warnings(shown, DRAFT_KEY))
    if not found:
        st.success("Rien n’est contredit par les chiffres.", icon=":material/check_circle:")
        return
    st.html(
        html.render(
            "draft_review.html",
            remarks=[(_place_in_words(one.path), one.message, one.cure) for one in found],
        )
    )


def _place_in_words(path: tuple[str | int, ...]) -> str:
    """« Bloc 3, titre » for a reader who sees no YAML."""
    inside = path[2:]
    if inside[:1] == ("blocks",):
        what = _NAMES_OF_KEYS.get(str(inside[-1]), "").lower()
        return f"Bloc {int(inside[1]) + 1}" + (f", {what}" if what else "")
    return _NAMES_OF_KEYS.get(str(inside[0]), "Dossier") if inside else "Dossier"


def _take_title(identity: int, title: str) -> None:
    present = history()
    if present is not None and identity in present.present.blocks:
        record(present.present.with_block(identity, title=title))


@st.cache_data(max_entries=_KEPT_CHECKS, show_spinner=False)
def _block_findings(
    _context: FigureContext, draft: Draft, place: int, version: str
) -> tuple[FindingCheck, list[str]]:
    """version: of the data and settings; the context itself is not compared."""
    dossier = dossier_of(draft)
    block = dossier.blocks[place]
    shown = context_with_dossier(_context, DRAFT_KEY, dossier)
    made = check_block_title(shown, DRAFT_KEY, dossier, block)
    if not isinstance(block, _DRAWN_BLOCKS):
        return made, []
    figure = figure_of_block(shown, dossier, block)
    request = block_request(shown, dossier, block)
    return made, proposed_titles(shown, request, figure)[:_MAX_PROPOSALS]
