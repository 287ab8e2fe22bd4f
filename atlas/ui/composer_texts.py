"""The texts of a dossier being composed: titles, introduction, quotations, contacts, place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from atlas import periods
from atlas.figures.common.context import FigureContext
from atlas.figures.options import periods_of, territories_with_figures
from atlas.incoming_text import TextKind
from atlas.publications.drafts import Draft
from atlas.ui.composer_fields import choice_field, text_field
from atlas.ui.composer_state import history, record
from atlas.ui.markdown import escape_markdown

# Key, label, kind of text: of a quotation and of a contact.
_QUOTE_FIELDS: tuple[tuple[str, str, TextKind], ...] = (
    ("text", "Ses mots, exactement", "text"),
    ("author", "Qui", "name"),
    ("role", "En qualité de", "title"),
)
_CONTACT_FIELDS: tuple[tuple[str, str, TextKind], ...] = (
    ("organisation", "Organisme", "name"),
    ("name", "Nom", "name"),
    ("email", "Adresse électronique", "name"),
    ("phone", "Téléphone", "name"),
)


def change_fields(**fields: Any) -> None:
    """Change keys of the draft, in one step."""
    present = history()
    if present is not None:
        record(present.present.with_fields(**fields))


def show_identity(context: FigureContext, draft: Draft) -> None:
    """What it is called and what it speaks of."""
    fields = draft.fields
    _text(fields, "title", "Titre")
    _text(fields, "nav", "Nom dans le menu", "name")
    codes = territories_with_figures(context)
    choice_field(
        "Territoire",
        codes,
        fields["territory"],
        "composer_territory",
        lambda code: change_fields(territory=code),
        lambda code: context.territories[code].label,
    )
    choice_field(
        "Période",
        periods_of(context, fields["territory"]),
        fields["period"],
        "composer_period",
        lambda date: change_fields(period=date),
        periods.label,
    )
    choice_field(
        "Document cité d’abord",
        list(context.dataset.sources),
        fields["source"],
        "composer_source",
        lambda source: change_fields(source=source),
        lambda source: _source_title(context, source),
    )
    _text(fields, "introduction", "Introduction", "text")


def show_press_texts(draft: Draft) -> None:
    """What the press release and the press pack say around the figures."""
    fields = draft.fields
    _text(fields, "headline", "Titre du communiqué, un fait en une ligne")
    _text(fields, "lead", "Chapeau du communiqué", "text")
    _text(fields, "place", "Fait à", "name")
    _text(fields, "about", "À propos", "text")
    _show_entries(fields, "quotes", "Citation", _QUOTE_FIELDS)
    _show_entries(fields, "contacts", "Contact presse", _CONTACT_FIELDS)


def _source_title(context: FigureContext, source: str) -> str:
    known = context.dataset.sources.get(source)
    return known.title if known else f"{source} (inconnu)"


def _text(fields: Mapping[str, Any], name: str, label: str, kind: TextKind = "title") -> None:
    text_field(
        label,
        fields.get(name) or "",
        f"composer_{name}",
        lambda text: change_fields(**{name: text}),
        kind=kind,
    )


def _show_entries(
    fields: Mapping[str, Any],
    name: str,
    label: str,
    shown: Sequence[tuple[str, str, TextKind]],
) -> None:
    """Quotations or contacts, each with its fields; a new one has to be filled."""
    entries: list[dict[str, Any]] = list(fields.get(name) or ())

    def put(place: int, key: str) -> Callable[[str], None]:
        def change(text: str) -> None:
            entry = {k: v for k, v in {**entries[place], key: text}.items() if v or k in needed}
            change_fields(**{name: [*entries[:place], entry, *entries[place + 1 :]]})

        return change

    needed = ("text", "author") if name == "quotes" else ("organisation",)
    for place, entry in enumerate(entries):
        with st.container(border=True):
            for key, words, kind in shown:
                text_field(
                    f"{label} {place + 1} : {words.lower()}",
                    entry.get(key) or "",
                    f"composer_{name}_{place}_{key}",
                    put(place, key),
                    kind=kind,
                )
            st.button(
                escape_markdown(f"Retirer : {label.lower()} {place + 1}"),
                key=f"composer_{name}_{place}_remove",
                icon=":material/delete:",
                on_click=change_fields,
                kwargs={name: [*entries[:place], *entries[place + 1 :]]},
            )
    empty = dict.fromkeys(needed, "")
    st.button(
        escape_markdown(f"Ajouter : {label.lower()}"),
        key=f"composer_{name}_add",
        icon=":material/add:",
        on_click=change_fields,
        kwargs={name: [*entries, empty]},
    )
