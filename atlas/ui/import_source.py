"""Which document the figures of a file come from: one that is known, or a new one."""

from __future__ import annotations

import streamlit as st
from pydantic import ValidationError

from atlas import french
from atlas.figures.common.captions import source_text
from atlas.importing import read_period
from atlas.settings import ImportProfile, Source, refusals

NEW = "+"
KINDS = {"primary": "Le service ou une agence", "press": "Presse"}
_REQUIRED = {"title": "son titre", "publisher": "son éditeur"}


def source_of(
    recipe: ImportProfile, sources: dict[str, Source], key: str
) -> tuple[str, dict[str, Source]]:
    """The key of the document, empty while it is not said, and the document when it is new.

    Nothing is asked when the rows say it. recipe: whose source is proposed first. key: names the
    widgets.
    """
    if recipe.has("source"):
        return "", {}
    newest = sorted(sources, key=lambda k: sources[k].published, reverse=True)
    options = ["", *newest, NEW]
    picked = st.selectbox(
        "Document d’où viennent les chiffres",
        options,
        key=f"{key}_source",
        index=options.index(recipe.source) if recipe.source in sources else 0,
        format_func=lambda k: (
            {"": "Choisissez…", NEW: "Un nouveau document…"}.get(k)
            or f"{sources[k].title} ({source_text(sources[k])})"
        ),
    )
    if not picked:
        st.info("Indiquez le document d’où viennent les chiffres.", icon=":material/menu_book:")
    return _new_document(sources, key) if picked == NEW else (picked, {})


def _new_document(sources: dict[str, Source], key: str) -> tuple[str, dict[str, Source]]:
    left, right = st.columns(2)
    said = {
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
            "Éditeur de type", list(KINDS), key=f"{key}_kind", format_func=KINDS.__getitem__
        ),
    }
    date = read_period(said["published"])
    if said["published"] and not date:
        st.error(
            f"« {said['published']} » n’est pas une date : écrivez 06/02/2026, février 2026 "
            "ou 2026.",
            icon=":material/error:",
        )
        return "", {}
    missing = [words for field, words in _REQUIRED.items() if not said[field]]
    if missing:
        st.info(f"Indiquez {french.join_with_et(missing)}.", icon=":material/edit:")
        return "", {}
    return _checked(said | {"published": date}, sources)


def _checked(said: dict[str, str], sources: dict[str, Source]) -> tuple[str, dict[str, Source]]:
    try:
        made = Source.model_validate(said)
    except ValidationError as reason:
        for problem in refusals(reason, Source, "document"):
            st.error(f"{problem.message}. {problem.cure}", icon=":material/error:")
        return "", {}
    stem = french.slug(f"{made.publisher} {made.published}")[:60].strip("-")
    name = next(k for k in (stem, *(f"{stem}-{n}" for n in range(2, 1000))) if k not in sources)
    return name, {name: made}
