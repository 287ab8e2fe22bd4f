"""Which document the figures of a file come from: one that is known, or a new one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import streamlit as st
from pydantic import ValidationError

from atlas import french, periods
from atlas.figures.common.captions import source_text
from atlas.importing.dates import read_period
from atlas.settings import Source, refusals
from atlas.ui.import_fields import distinct_labels, lasting_selectbox, lasting_text
from atlas.ui.markdown import escape_markdown

NEW_SOURCE, SAID_BY_ROWS, NOT_CHOSEN = "+", "rows", ""
PUBLISHER_GRADES = {
    "producer": "Producteur : le service, une agence, une caisse",
    "relay": "Relais : qui reprend un producteur",
    "press": "Presse",
}
DATE_EXAMPLES = "06/02/2026, février 2026 ou 2026"
_REQUIRED_FIELDS = {"title": "son titre", "publisher": "son éditeur"}
_MAX_KEY_LETTERS = 60


@dataclass(frozen=True)
class SourceChoice:
    """The document of all the figures of a file.

    ``key``: empty while it is not said. ``said_by_rows``: each row says its own. ``new``: by key,
    the document that data/sources.yaml does not have yet.
    """

    key: str = ""
    said_by_rows: bool = False
    new: dict[str, Source] = field(default_factory=dict)

    @property
    def is_known(self) -> bool:
        """Whether every figure has a document."""
        return bool(self.key) or self.said_by_rows


def choose_source(
    sources: dict[str, Source],
    last_used: Sequence[str],
    read: str,
    key: str,
    *,
    rows_say: bool,
) -> SourceChoice:
    """Ask for the document: it is found by typing some of its words, the last used is first.

    ``read``: the key of the one that the file or its profile names, empty without one. ``key``:
    names the widgets. ``rows_say``: a column says it of each row, unless another one is chosen.
    """
    recent = [used for used in last_used if used in sources]
    others = sorted(sources.keys() - set(recent), key=lambda k: (sources[k].published, k))[::-1]
    first = SAID_BY_ROWS if rows_say else NOT_CHOSEN
    fixed = {
        NEW_SOURCE: "Un nouveau document…",
        SAID_BY_ROWS: "Celui que dit chaque ligne du tableau",
        NOT_CHOSEN: "Choisissez, ou tapez un mot du titre ou de l’éditeur…",
    }
    labels = distinct_labels(
        [first, *recent, NEW_SOURCE, *others],
        lambda option: fixed.get(option) or _label(sources[option]),
    )
    chosen = lasting_selectbox(
        st.container(),
        "Document d’où viennent les chiffres",
        labels,
        read if read in sources else first,
        f"{key}_source",
        help="Tapez quelques lettres pour le trouver ; les derniers utilisés viennent d’abord.",
    )
    if chosen == NEW_SOURCE:
        return _describe_new_source(sources, key)
    if chosen == NOT_CHOSEN:
        st.info("Indiquez le document d’où viennent les chiffres.", icon=":material/menu_book:")
    known = chosen if chosen in sources else ""
    return SourceChoice(known, said_by_rows=chosen == SAID_BY_ROWS)


def _label(source: Source) -> str:
    """With plain spaces: a visitor who types « mai 2026 » in the box types no other."""
    return f"{source.title} {french.in_brackets(source_text(source))}".replace("\u00a0", " ")


def _describe_new_source(sources: dict[str, Source], key: str) -> SourceChoice:
    left, right = st.columns(2)
    fields = {
        "title": lasting_text(left, "Titre du document", "", f"{key}_title"),
        "publisher": lasting_text(right, "Éditeur", "", f"{key}_publisher", kind="name"),
        "published": lasting_text(
            left, "Date de publication", "", f"{key}_published", example=DATE_EXAMPLES
        ),
        "licence": lasting_text(right, "Licence", "Non précisée", f"{key}_licence", kind="name"),
        "address": lasting_text(
            left, "Adresse (facultative)", "", f"{key}_address", kind="address"
        ),
        "grade": lasting_selectbox(
            right, "Éditeur de type", PUBLISHER_GRADES, "producer", f"{key}_grade"
        ),
    }
    date = read_period(fields["published"])
    if fields["published"] and not date:
        typed = escape_markdown(fields["published"])
        st.error(
            f"« {typed} » n’est pas une date : écrivez {DATE_EXAMPLES}.",
            icon=":material/error:",
        )
        return SourceChoice()
    missing = [wording for name, wording in _REQUIRED_FIELDS.items() if not fields[name]]
    if missing:
        st.info(
            f"Indiquez {escape_markdown(french.join_with_et(missing))}.", icon=":material/edit:"
        )
        return SourceChoice()
    if not date:
        fields["grade"] = "undated"
    return _validate_source(fields | {"published": date}, sources)


def _validate_source(fields: dict[str, str], sources: dict[str, Source]) -> SourceChoice:
    """The document under a key that no other has, or under its own when it is there already, as
    after it was written; nothing when it is refused, which is said."""
    try:
        source = Source.model_validate(fields)
    except ValidationError as reason:
        for problem in refusals(reason, Source, "document"):
            st.error(escape_markdown(f"{problem.message}. {problem.cure}"), icon=":material/error:")
        return SourceChoice()
    known = next((key for key, other in sources.items() if other == source), "")
    published = periods.label(source.published) if source.published else "sans date"
    if known:
        st.caption(
            f"Date lue : {escape_markdown(published)}. Ce document est déjà dans data/sources.yaml."
        )
        return SourceChoice(known)
    st.caption(
        f"Date lue : {escape_markdown(published)}. Ce document sera ajouté à data/sources.yaml."
    )
    stem = (
        french.slug(f"{source.publisher} {source.published}")[:_MAX_KEY_LETTERS].strip("-")
        or "document"
    )
    key, number = stem, 2
    while key in sources:
        key, number = f"{stem}-{number}", number + 1
    return SourceChoice(key, new={key: source})
