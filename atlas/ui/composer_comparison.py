"""A comparison being composed: what it compares, how it is drawn, and its figures."""

from __future__ import annotations

import streamlit as st

from atlas.figures.common.context import FigureContext
from atlas.figures.common.request import RequestError
from atlas.figures.comparison.options import indicator_options
from atlas.figures.comparison.request import ComparisonRequest
from atlas.figures.comparison.selection import codes_of, words_of_fields
from atlas.figures.registry import figure_of
from atlas.publications.draft_context import context_with_comparison
from atlas.publications.drafts import Draft, comparison_of
from atlas.ui import figure_frame
from atlas.ui.composer_blocks import show_layout_fields, show_territories_field
from atlas.ui.composer_fields import choices_field, text_field
from atlas.ui.composer_preview import DRAFT_KEY
from atlas.ui.composer_texts import change_fields
from atlas.ui.markdown import escape_markdown, escape_paragraphs

_KEY = "composer_comparison"


def show_comparison_fields(context: FigureContext, draft: Draft) -> None:
    """Its texts, its territories and indicators, its layout."""
    fields = draft.fields
    for name, label in (("title", "Titre"), ("nav", "Nom dans le menu")):
        text_field(
            label,
            fields.get(name) or "",
            f"{_KEY}_{name}",
            lambda text, name=name: change_fields(**{name: text}),  # type: ignore[misc]
        )
    text_field(
        "Introduction",
        fields.get("introduction") or "",
        f"{_KEY}_introduction",
        lambda text: change_fields(introduction=text),
        kind="text",
    )
    show_territories_field(context, fields, _KEY, change_fields)
    codes = codes_of(context, words_of_fields(fields))
    choices_field(
        "Indicateurs",
        indicator_options(context, codes),
        fields.get("indicators") or [],
        f"{_KEY}_indicators",
        lambda picked: change_fields(indicators=picked) if picked else None,
        lambda key: escape_markdown(context.settings.indicators[key].label),
    )
    show_layout_fields(context, draft, fields, codes, fields["indicators"][0], _KEY, change_fields)
    text_field(
        "Titre des figures, un constat (facultatif)",
        fields.get("finding") or "",
        f"{_KEY}_finding",
        lambda text: change_fields(finding=text),
    )
    text_field(
        "Conclusion (facultative)",
        fields.get("conclusion") or "",
        f"{_KEY}_conclusion",
        lambda text: change_fields(conclusion=text),
        kind="text",
    )


def show_comparison_preview(context: FigureContext, draft: Draft) -> None:
    """The figures of the page to come; the draft has no problem."""
    comparison = comparison_of(draft)
    shown = context_with_comparison(context, DRAFT_KEY, comparison)
    st.header(escape_markdown(comparison.title))
    st.markdown(escape_paragraphs(comparison.introduction))
    drawn = 0
    for indicator in comparison.indicators:
        request = ComparisonRequest(indicator=indicator, comparison=DRAFT_KEY)
        try:
            figure = figure_of(shown, request)
        except RequestError as reason:
            st.info(
                escape_markdown(f"Cette vue ne se dessine pas : {reason}."),
                icon=":material/info:",
            )
            continue
        drawn += figure is not None
        figure_frame.show(shown, figure, f"composer_{indicator}", is_draft=True)
    if not drawn:
        st.info(
            "Aucun de ces territoires n’a de chiffre pour cette période.", icon=":material/info:"
        )
    if comparison.conclusion:
        st.markdown(escape_paragraphs(comparison.conclusion))
