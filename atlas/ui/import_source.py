"""Which document the figures of a file come from: one that is known, or a new one."""

from __future__ import annotations

import streamlit as st
from pydantic import ValidationError

from atlas import french
from atlas.figures.common.captions import source_text
from atlas.importing.dates import read_period
from atlas.settings import ImportProfile, Source, refusals

NEW_SOURCE = "+"
PUBLISHER_KINDS = {"primary": "Le service ou une agence", "press": "Presse"}
_REQUIRED_FIELDS = {"title": "son titre", "publisher": "son éditeur"}
_MAX_KEY_LETTERS = 60


def choose_source(
    profile: ImportProfile, sources: dict[str, Source], key: str
) -> tuple[str, dict[str, Source]]:
    """Ask for the document: its key, empty while it is not said, and by key the document if new.

    Nothing is asked when the rows say it. ``profile``: whose source is proposed first. ``key``:
    names the widgets.
    """
    if profile.has("source"):
        return "", {}
    newest_first = sorted(sources, key=lambda k: sources[k].published, reverse=True)
    options = ["", *newest_first, NEW_SOURCE]

    def label(option: str) -> str:
        if option == NEW_SOURCE:
            return "Un nouveau document…"
        if not option:
            return "Choisissez…"
        return f"{sources[option].title} ({source_text(sources[option])})"

    chosen = st.selectbox(
        "Document d’où viennent les chiffres",
        options,
        key=f"{key}_source",
        index=options.index(profile.source) if profile.source in sources else 0,
        format_func=label,
    )
    if not chosen:
        st.info("Indiquez le document d’où viennent les chiffres.", icon=":material/menu_book:")
    return _describe_new_source(sources, key) if chosen == NEW_SOURCE else (chosen, {})


def _describe_new_source(sources: dict[str, Source], key: str) -> tuple[str, dict[str, Source]]:
    left, right = st.columns(2)
    fields = {
        "title": left.text_input("Titre du document", key=f"{key}_title").strip(),
        "publisher": right.text_input("Éditeur", key=f"{key}_publisher").strip(),
        "published": left.text_input(
            "Date de publication",
            key=f"{key}_published",
            placeholder="06/02/2026, février 2026 ou 2026",
        ).strip(),
        "licence": right.text_input("Licence", "Non précisée", key=f"{key}_licence").strip(),
        "address": left.text_input("Adresse (facultative)", key=f"{key}_address").strip(),
        "kind": right.selectbox(
            "Éditeur de type",
            list(PUBLISHER_KINDS),
            key=f"{key}_kind",
            format_func=PUBLISHER_KINDS.__getitem__,
        ),
    }
    date = read_period(fields["published"])
    if fields["published"] and not date:
        st.error(
            f"« {fields['published']} » n’est pas une date : écrivez 06/02/2026, février 2026 "
            "ou 2026.",
            icon=":material/error:",
        )
        return "", {}
    missing = [wording for field, wording in _REQUIRED_FIELDS.items() if not fields[field]]
    if missing:
        st.info(f"Indiquez {french.join_with_et(missing)}.", icon=":material/edit:")
        return "", {}
    return _validate_source(fields | {"published": date}, sources)


def _validate_source(
    fields: dict[str, str], sources: dict[str, Source]
) -> tuple[str, dict[str, Source]]:
    """The document under a key that no other has; nothing when it is refused, which is said."""
    try:
        source = Source.model_validate(fields)
    except ValidationError as reason:
        for problem in refusals(reason, Source, "document"):
            st.error(f"{problem.message}. {problem.cure}", icon=":material/error:")
        return "", {}
    stem = french.slug(f"{source.publisher} {source.published}")[:_MAX_KEY_LETTERS].strip("-")
    key, number = stem, 2
    while key in sources:
        key, number = f"{stem}-{number}", number + 1
    return key, {key: source}
