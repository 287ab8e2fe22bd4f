"""What each column of a file holds: proposed, then settled by the visitor, as a recipe."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st
from pydantic import ValidationError
from streamlit.delta_generator import DeltaGenerator

from atlas.french import keep_with_punctuation
from atlas.importing import Guess, Proposal, profile_of
from atlas.observations import KnownKeys
from atlas.settings import Column, Corridor, ImportProfile, refusals
from atlas.tables.imports import HOLDS, examples, original_table
from atlas.territories import Kind

LEVELS = {
    "departements": "des départements",
    "caisses": "des caisses",
    "regions": "des régions",
    "mixed": "des territoires de plusieurs sortes",
    "none": "celles d’un même territoire",
}
UNITS = {
    "": "Telle quelle",
    "fraction": "Fraction (0,336 pour 33,6 %)",
    "points": "Points, malgré le signe %",
    "thousands": "Milliers",
    "millions": "Millions",
}
QUALIFIERS = {
    "": "Aucun",
    "about": "Environ",
    "over": "Plus de",
    "nearly": "Près de",
    "under": "Moins de",
}
_FIGURES = ("value", "change")
KINDS: tuple[Kind, ...] = ("FR", "REG", "DEP")


def settled(
    proposal: Proposal, base: ImportProfile | None, words: KnownKeys, key: str
) -> ImportProfile | None:
    """The recipe as the visitor corrects it; None while its columns make no table, and why is said.

    base: the recipe that read the file, None for a proposal. key: names the widgets.
    """
    if proposal.warning:
        st.warning(keep_with_punctuation(proposal.warning), icon=":material/table:")
    with st.expander("Ce que contient chaque colonne", expanded=base is None):
        st.table(original_table(proposal, 5), hide_index=True)
        columns = [
            _column(guess, proposal, words, f"{key}_{guess.index}") for guess in proposal.guesses
        ]
        said = _rows(proposal, base, words, key, columns)
    try:
        return profile_of(proposal, columns, base.label if base else key, base=base, **said)
    except ValidationError as reason:
        for problem in refusals(reason, ImportProfile, "colonnes"):
            st.warning(
                f"Il manque quelque chose : {problem.message}. {problem.cure}".strip(),
                icon=":material/table:",
            )
        return None


def _column(guess: Guess, proposal: Proposal, words: KnownKeys, key: str) -> Column:
    title, role, what, more = st.columns([4, 3, 4, 2], vertical_alignment="center")
    seen = " ; ".join(examples(proposal, guess.index))
    title.markdown(
        f"**{_plain(proposal.header.texts[guess.index])}**  \n:small[{_plain(seen)}]",
        help=guess.reason,
    )
    name, proposed = proposal.header.texts[guess.index], guess.column
    holds = _pick(
        role,
        f"Contenu de « {name} »",
        list(HOLDS),
        proposed.holds,
        HOLDS.__getitem__,
        f"{key}_holds",
    )
    if holds not in _FIGURES:
        return proposed.model_copy(update={"holds": holds, "indicator": "", "corridor": ""})
    indicators, corridors = words.settings.indicators, words.settings.corridors
    indicator = _pick(
        what,
        f"Indicateur de « {name} »",
        ["", *indicators],
        proposed.indicator,
        lambda k: indicators[k].label if k else "Dit par les lignes",
        f"{key}_of",
    )
    said = _precisions(more, proposed, corridors, key)
    # A year in the title of a level is its period, never a base.
    header = (
        proposed.header.replace("{compared_to}", "{period}")
        if holds == "value"
        else (proposed.header)
    )
    return proposed.model_copy(
        update={**said, "holds": holds, "indicator": indicator, "header": header}
    )


def _precisions(
    place: DeltaGenerator, proposed: Column, corridors: dict[str, Corridor], key: str
) -> dict[str, str]:
    """What a column of figures does not say by its title."""
    chosen = {
        name: st.session_state.get(f"{key}_{name}", start)
        for name, start in (("corridor", proposed.corridor), ("unit", proposed.unit))
    }
    told = [corridors[chosen["corridor"]].short] if chosen["corridor"] else []
    told += [UNITS[chosen["unit"]].partition(",")[0].partition(" (")[0]] if chosen["unit"] else []
    with place.popover(", ".join(told) or "Précisions", width="stretch"):
        box = st.container()
    return {
        "unit": _pick(
            box, "Unité", list(UNITS), proposed.unit, UNITS.__getitem__, f"{key}_unit", shown=True
        ),
        "corridor": _pick(
            box,
            "Couloir",
            ["", *corridors],
            proposed.corridor,
            lambda k: corridors[k].label if k else "Dit par les lignes",
            f"{key}_corridor",
            shown=True,
        ),
        "qualifier": _pick(
            box,
            "Qualificatif",
            list(QUALIFIERS),
            proposed.qualifier,
            QUALIFIERS.__getitem__,
            f"{key}_qualifier",
            shown=True,
        ),
        "compared_to": box.text_input(
            "Base de l’évolution",
            proposed.compared_to,
            key=f"{key}_base",
            placeholder="2024 ou 2024-12",
        ).strip(),
    }


def _rows(
    proposal: Proposal,
    base: ImportProfile | None,
    words: KnownKeys,
    key: str,
    columns: Sequence[Column],
) -> dict[str, str]:
    """What the rows are, and what the columns do not say: period, page, note."""
    left, right = st.columns(2)
    level = _pick(
        left,
        "Les lignes sont",
        list(LEVELS),
        proposal.level,
        LEVELS.__getitem__,
        f"{key}_level",
        shown=True,
    )
    said = {"level": level, "territory": ""}
    if level == "none":
        places = words.territories
        codes = ["", *(code for kind in KINDS for code in places.of_kind(kind))]
        said["territory"] = _pick(
            right,
            "Territoire",
            codes,
            proposal.territory,
            lambda code: places[code].label if code else "Choisissez…",
            f"{key}_place",
            shown=True,
        )
    asked = [
        ("page", "Page du document", base.page if base else "", ""),
        ("note", "Note de chaque chiffre", base.note if base else "", ""),
    ]
    if not any(c.holds == "period" or "{period}" in c.header for c in columns):
        asked = [("period", "Période des chiffres", proposal.period, "2025 ou 2025-12"), *asked]
    for (name, label, start, example), place in zip(asked, st.columns(len(asked)), strict=True):
        said[name] = place.text_input(
            label, start, key=f"{key}_{name}", placeholder=example
        ).strip()
    return said


def _pick(
    place: DeltaGenerator,
    label: str,
    options: list[str],
    start: str,
    named: Callable[[str], str],
    key: str,
    *,
    shown: bool = False,
) -> str:
    picked: str = place.selectbox(
        label,
        options,
        options.index(start) if start in options else 0,
        key=key,
        format_func=named,
        label_visibility="visible" if shown else "collapsed",
    )
    return picked


def _plain(text: str) -> str:
    """A text of the file in Markdown, where it could mean something."""
    return "".join(
        f"\\{letter}" if letter in r"\`*_{}[]()#+-.!|~$:<>" else letter for letter in text
    )
