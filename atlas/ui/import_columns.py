"""What each column of a file holds: proposed with its reason, then corrected by the visitor."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from atlas.french import keep_with_punctuation
from atlas.importing.column_detection import TableProposal
from atlas.importing.records import ColumnGuess
from atlas.observations.checks import KnownKeys
from atlas.settings import Corridor, ProfileColumn
from atlas.tables.imports import ROLE_LABELS, cell_examples, original_table
from atlas.ui.import_fields import distinct_labels, lasting_selectbox, period_field
from atlas.ui.markdown import escape_markdown, escape_table

UNIT_LABELS = {
    "": "Telle quelle",
    "fraction": "Fraction (0,336 pour 33,6 %)",
    "points": "Points, malgré le signe %",
    "thousands": "Milliers",
    "millions": "Millions",
}
QUALIFIER_LABELS = {
    "": "Aucun",
    "about": "Environ",
    "over": "Plus de",
    "nearly": "Près de",
    "under": "Moins de",
}
MAX_ORIGINAL_ROWS = 5
_FIGURE_ROLES = ("value", "change")


def edit_columns(
    proposal: TableProposal, known_keys: KnownKeys, key: str, *, is_settled: bool
) -> list[ProfileColumn]:
    """The columns as the visitor corrects them, each with why it is what it is taken for.

    ``key``: names the widgets. ``is_settled``: a profile says them, so that they start closed.
    """
    if proposal.warning:
        st.warning(
            escape_markdown(keep_with_punctuation(proposal.warning)), icon=":material/table:"
        )
    with st.expander("Ce que contient chaque colonne", expanded=not is_settled):
        st.table(escape_table(original_table(proposal, MAX_ORIGINAL_ROWS)), hide_index=True)
        return [
            _edit_column(guess, proposal, known_keys, f"{key}_{guess.index}")
            for guess in proposal.guesses
        ]


def _edit_column(
    guess: ColumnGuess, proposal: TableProposal, known_keys: KnownKeys, key: str
) -> ProfileColumn:
    title_container, role_container, indicator_container, details_container = st.columns(
        [4, 3, 4, 2], vertical_alignment="center"
    )
    title, proposed = proposal.header.texts[guess.index], guess.column
    if guess.question and guess.answer and _ask(guess, guess.answer, known_keys, key):
        proposed, key = guess.answer, f"{key}_answered"
    examples = " ; ".join(cell_examples(proposal, guess.index))
    title_container.markdown(
        f"**{escape_markdown(title)}**  \n:small[{escape_markdown(examples)}]  \n"
        f":small[:gray[{escape_markdown(keep_with_punctuation(guess.reason))}]]"
    )
    role = lasting_selectbox(
        role_container,
        f"Contenu de « {title} »",
        ROLE_LABELS,
        proposed.holds,
        f"{key}_holds",
        label_visible=False,
    )
    if role not in _FIGURE_ROLES:
        # A column without figures says no period either.
        header = title if "{" in proposed.header else proposed.header
        fields = {"holds": role, "indicator": "", "corridor": "", "header": header}
        return proposed.model_copy(update=fields)
    indicators = known_keys.settings.indicators
    indicator = lasting_selectbox(
        indicator_container,
        f"Indicateur de « {title} »",
        distinct_labels(
            ["", *indicators], lambda k: indicators[k].label if k else "Dit par les lignes"
        ),
        proposed.indicator,
        f"{key}_of",
        label_visible=False,
    )
    details = _edit_column_details(details_container, proposed, known_keys.settings.corridors, key)
    header = proposed.header
    if role == "value":  # a year in its title is its period, never a base
        header = header.replace("{compared_to}", "{period}")
    return proposed.model_copy(
        update={**details, "holds": role, "indicator": indicator, "header": header}
    )


def _ask(guess: ColumnGuess, answer: ProfileColumn, known_keys: KnownKeys, key: str) -> bool:
    """Ask what the titles leave open: whether the column is what it would be. Until it is answered,
    the column is not read."""
    indicators = known_keys.settings.indicators
    what = (
        f"{ROLE_LABELS[answer.holds]} : {indicators[answer.indicator].label}"
        if answer.indicator
        else ROLE_LABELS[answer.holds]
    )
    if answer.unit:
        what += f", {UNIT_LABELS[answer.unit]}"
    box = st.container(border=True)
    box.markdown(f":material/help: {escape_markdown(keep_with_punctuation(guess.question))}")
    chosen = lasting_selectbox(
        box,
        f"Réponse pour la colonne {guess.index + 1}",
        {"": "À préciser : la colonne n’est pas lue", "yes": what, "no": "Ne pas la lire"},
        "",
        f"{key}_question",
        label_visible=False,
    )
    return chosen == "yes"


def _edit_column_details(
    container: DeltaGenerator, proposed: ProfileColumn, corridors: dict[str, Corridor], key: str
) -> dict[str, str]:
    """What a column of figures does not say by its title: unit, corridor, qualifier, base."""
    corridor: str = st.session_state.get(f"{key}_corridor", proposed.corridor)
    unit: str = st.session_state.get(f"{key}_unit", proposed.unit)
    details = []
    if corridor:
        details.append(corridors[corridor].short)
    if unit:
        details.append(UNIT_LABELS[unit].partition(",")[0].partition(" (")[0])
    with container.popover(escape_markdown(", ".join(details)) or "Précisions", width="stretch"):
        box = st.container()
    corridor_labels = distinct_labels(
        ["", *corridors], lambda k: corridors[k].label if k else "Dit par les lignes"
    )
    return {
        "unit": lasting_selectbox(box, "Unité", UNIT_LABELS, proposed.unit, f"{key}_unit"),
        "corridor": lasting_selectbox(
            box, "Couloir", corridor_labels, proposed.corridor, f"{key}_corridor"
        ),
        "qualifier": lasting_selectbox(
            box, "Qualificatif", QUALIFIER_LABELS, proposed.qualifier, f"{key}_qualifier"
        ),
        "compared_to": period_field(
            box,
            "Base de l’évolution",
            proposed.compared_to,
            f"{key}_base",
            example="2024 ou décembre 2024",
        )[0],
    }
