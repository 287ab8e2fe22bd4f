"""What each column of a file holds: proposed, then corrected by the visitor, as a profile."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st
from pydantic import ValidationError
from streamlit.delta_generator import DeltaGenerator

from atlas.french import keep_with_punctuation
from atlas.importing.column_detection import TableProposal
from atlas.importing.profiles import build_profile
from atlas.importing.records import ColumnGuess
from atlas.observations.checks import KnownKeys
from atlas.settings import Corridor, ImportProfile, ProfileColumn, refusals
from atlas.tables.imports import ROLE_LABELS, cell_examples, original_table
from atlas.territories import Kind

LEVEL_LABELS = {
    "departements": "des départements",
    "caisses": "des caisses",
    "regions": "des régions",
    "mixed": "des territoires de plusieurs sortes",
    "none": "celles d’un même territoire",
}
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
TERRITORY_KINDS: tuple[Kind, ...] = ("FR", "REG", "DEP")  # of rows that are all of one territory
MAX_ORIGINAL_ROWS = 5
_FIGURE_ROLES = ("value", "change")
_MARKDOWN_CHARACTERS = r"\`*_{}[]()#+-.!|~$:<>"


def edit_profile(
    proposal: TableProposal, base: ImportProfile | None, known_keys: KnownKeys, key: str
) -> ImportProfile | None:
    """The profile as the visitor corrects it; None while its columns make no table, which is said.

    ``base``: the profile that read the file, None for a proposal. ``key``: names the widgets.
    """
    if proposal.warning:
        st.warning(keep_with_punctuation(proposal.warning), icon=":material/table:")
    with st.expander("Ce que contient chaque colonne", expanded=base is None):
        st.table(original_table(proposal, MAX_ORIGINAL_ROWS), hide_index=True)
        columns = [
            _edit_column(guess, proposal, known_keys, f"{key}_{guess.index}")
            for guess in proposal.guesses
        ]
        fields = _edit_row_fields(proposal, base, known_keys, key, columns)
    label = base.label if base else key
    try:
        return build_profile(proposal, columns, label, base=base, **fields)
    except ValidationError as reason:
        for problem in refusals(reason, ImportProfile, "colonnes"):
            st.warning(
                f"Il manque quelque chose : {problem.message}. {problem.cure}".strip(),
                icon=":material/table:",
            )
        return None


def _edit_column(
    guess: ColumnGuess, proposal: TableProposal, known_keys: KnownKeys, key: str
) -> ProfileColumn:
    title_container, role_container, indicator_container, details_container = st.columns(
        [4, 3, 4, 2], vertical_alignment="center"
    )
    title, proposed = proposal.header.texts[guess.index], guess.column
    examples = " ; ".join(cell_examples(proposal, guess.index))
    title_container.markdown(
        f"**{_escape_markdown(title)}**  \n:small[{_escape_markdown(examples)}]",
        help=guess.reason,
    )
    role = _select(
        role_container,
        f"Contenu de « {title} »",
        list(ROLE_LABELS),
        proposed.holds,
        ROLE_LABELS.__getitem__,
        f"{key}_holds",
    )
    if role not in _FIGURE_ROLES:
        return proposed.model_copy(update={"holds": role, "indicator": "", "corridor": ""})
    indicators = known_keys.settings.indicators
    indicator = _select(
        indicator_container,
        f"Indicateur de « {title} »",
        ["", *indicators],
        proposed.indicator,
        lambda k: indicators[k].label if k else "Dit par les lignes",
        f"{key}_of",
    )
    details = _edit_column_details(details_container, proposed, known_keys.settings.corridors, key)
    header = proposed.header
    if role == "value":  # a year in its title is its period, never a base
        header = header.replace("{compared_to}", "{period}")
    return proposed.model_copy(
        update={**details, "holds": role, "indicator": indicator, "header": header}
    )


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
    with container.popover(", ".join(details) or "Précisions", width="stretch"):
        box = st.container()
    return {
        "unit": _select(
            box,
            "Unité",
            list(UNIT_LABELS),
            proposed.unit,
            UNIT_LABELS.__getitem__,
            f"{key}_unit",
            label_visible=True,
        ),
        "corridor": _select(
            box,
            "Couloir",
            ["", *corridors],
            proposed.corridor,
            lambda k: corridors[k].label if k else "Dit par les lignes",
            f"{key}_corridor",
            label_visible=True,
        ),
        "qualifier": _select(
            box,
            "Qualificatif",
            list(QUALIFIER_LABELS),
            proposed.qualifier,
            QUALIFIER_LABELS.__getitem__,
            f"{key}_qualifier",
            label_visible=True,
        ),
        "compared_to": box.text_input(
            "Base de l’évolution",
            proposed.compared_to,
            key=f"{key}_base",
            placeholder="2024 ou 2024-12",
        ).strip(),
    }


def _edit_row_fields(
    proposal: TableProposal,
    base: ImportProfile | None,
    known_keys: KnownKeys,
    key: str,
    columns: Sequence[ProfileColumn],
) -> dict[str, str]:
    """What the rows are, and what the columns do not say: fields of the profile."""
    left, right = st.columns(2)
    level = _select(
        left,
        "Les lignes sont",
        list(LEVEL_LABELS),
        proposal.level,
        LEVEL_LABELS.__getitem__,
        f"{key}_level",
        label_visible=True,
    )
    fields = {"level": level, "territory": ""}
    if level == "none":
        territories = known_keys.territories
        codes = ["", *(code for kind in TERRITORY_KINDS for code in territories.of_kind(kind))]
        fields["territory"] = _select(
            right,
            "Territoire",
            codes,
            proposal.territory,
            lambda code: territories[code].label if code else "Choisissez…",
            f"{key}_place",
            label_visible=True,
        )
    inputs = [
        ("page", "Page du document", base.page if base else "", ""),
        ("note", "Note de chaque chiffre", base.note if base else "", ""),
    ]
    if not any(c.holds == "period" or "{period}" in c.header for c in columns):
        inputs.insert(0, ("period", "Période des chiffres", proposal.period, "2025 ou 2025-12"))
    for (name, label, start, example), container in zip(
        inputs, st.columns(len(inputs)), strict=True
    ):
        fields[name] = container.text_input(
            label, start, key=f"{key}_{name}", placeholder=example
        ).strip()
    return fields


def _select(
    container: DeltaGenerator,
    label: str,
    options: list[str],
    start: str,
    option_label: Callable[[str], str],
    key: str,
    *,
    label_visible: bool = False,
) -> str:
    chosen: str = container.selectbox(
        label,
        options,
        options.index(start) if start in options else 0,
        key=key,
        format_func=option_label,
        label_visibility="visible" if label_visible else "collapsed",
    )
    return chosen


def _escape_markdown(text: str) -> str:
    """A text of the file in Markdown, where it could mean something."""
    return "".join(
        f"\\{character}" if character in _MARKDOWN_CHARACTERS else character for character in text
    )
